// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.wire;

import java.lang.foreign.MemorySegment;

/**
 * Several DATA packets of one call in one datagram (wire.md 6): the header, 1412 octets of data,
 * then for each further subpacket a subheader of 4 octets and its data. All but the last have
 * exactly 1412 octets of data and JUMBO in their own flags.
 *
 * <p>Walking, after {@link PacketCheck} said {@link Malformed#NONE}; an ordinary DATA packet is a
 * walk of one step:
 *
 * <pre>{@code
 * long data = at + Header.LENGTH, end = at + length;
 * int seq = Header.seq(p, at), flags = Header.flags(p, at), checksum = Header.checksum(p, at);
 * while (true) {
 *   receive(seq, flags, checksum, data, Jumbo.dataLength(flags, data, end));
 *   if (!Jumbo.isMore(flags)) break;
 *   flags = Jumbo.nextFlags(p, data);        // all three take the data of the current subpacket
 *   checksum = Jumbo.nextChecksum(p, data);
 *   data = Jumbo.nextOffset(data);
 *   seq++;                                   // serial + 1 too, by Sequence.nextSerial
 * }
 * }</pre>
 */
public final class Jumbo {
  /** Octets of data in every subpacket but the last. */
  public static final int DATA_LENGTH = 1412;

  /** Octets of the header in front of every subpacket but the first. */
  public static final int SUBHEADER = 4;

  /** uint8 in the subheader: {@link Flags}. */
  public static final int FLAGS = 0;

  /** uint8 in the subheader: 0. */
  public static final int PAD = 1;

  /** uint16 in the subheader: as {@link Header#CHECKSUM}. */
  public static final int CHECKSUM = 2;

  /** From one subpacket's data to the next one's. */
  public static final int STRIDE = DATA_LENGTH + SUBHEADER;

  private Jumbo() {}

  /** Whether another subpacket follows the one with these flags. */
  public static boolean isMore(int flags) {
    return (flags & Flags.JUMBO_PACKET) != 0;
  }

  /** Where the data of the next subpacket starts, from where the current one's does. */
  public static long nextOffset(long dataAt) {
    return dataAt + STRIDE;
  }

  /** The flags of the next subpacket, from where the current one's data starts. */
  public static int nextFlags(MemorySegment p, long dataAt) {
    return Layouts.uint8(p, dataAt + DATA_LENGTH + FLAGS);
  }

  /** The checksum of the next subpacket, from where the current one's data starts. */
  public static int nextChecksum(MemorySegment p, long dataAt) {
    return Layouts.uint16(p, dataAt + DATA_LENGTH + CHECKSUM);
  }

  /**
   * Octets of data of the subpacket with these flags at {@code dataAt}; {@code end} is the end of
   * the datagram.
   */
  public static int dataLength(int flags, long dataAt, long end) {
    return isMore(flags) ? DATA_LENGTH : (int) (end - dataAt);
  }

  /**
   * Writes the subheader of the next subpacket behind the 1412 octets of data that start at {@code
   * dataAt}.
   */
  public static void writeNext(MemorySegment p, long dataAt, int flags, int checksum) {
    long subheader = dataAt + DATA_LENGTH;
    Layouts.setUint8(p, subheader + FLAGS, flags & Flags.KNOWN);
    Layouts.setUint8(p, subheader + PAD, 0);
    Layouts.setUint16(p, subheader + CHECKSUM, checksum);
  }

  /** Sets the flags in the subheader in front of the data that starts at {@code dataAt}. */
  public static void setFlags(MemorySegment p, long dataAt, int flags) {
    Layouts.setUint8(p, dataAt - SUBHEADER + FLAGS, flags & Flags.KNOWN);
  }

  /** Octets of a datagram of so many subpackets, all of them full. */
  public static int length(int packets) {
    return Header.LENGTH + packets * STRIDE - SUBHEADER;
  }

  /** How many full subpackets a datagram of so many octets holds. */
  public static int fit(int length) {
    return (length - Header.LENGTH + SUBHEADER) / STRIDE;
  }

  /** The subpackets of a DATA packet that {@link #check} found good; 1 without JUMBO. */
  public static int count(MemorySegment p, long at, int length) {
    int count = 1;
    int flags = Header.flags(p, at);
    long data = at + Header.LENGTH;
    while (isMore(flags)) {
      flags = nextFlags(p, data);
      data = nextOffset(data);
      count++;
    }
    assert data <= at + length;
    return count;
  }

  /**
   * Whether the chain of subpackets of a DATA packet of at least {@link Header#LENGTH} octets is
   * whole. Each step goes forward by {@link #STRIDE} octets or ends, so the loop is bounded by the
   * length.
   */
  public static Malformed check(MemorySegment p, long at, int length) {
    int flags = Header.flags(p, at);
    int seq = Header.seq(p, at);
    long data = at + Header.LENGTH;
    long end = at + length;
    while (isMore(flags)) {
      if ((flags & Flags.LAST_PACKET) != 0) {
        return Malformed.JUMBO_LAST;
      }
      if (end - data < STRIDE) {
        return Malformed.JUMBO_TRUNCATED; // what is there is never taken for data
      }
      if (++seq == 0) {
        return Malformed.SEQ_OVERFLOW;
      }
      flags = nextFlags(p, data);
      data = nextOffset(data);
    }
    return Malformed.NONE;
  }
}
