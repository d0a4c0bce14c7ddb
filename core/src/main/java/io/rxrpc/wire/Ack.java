// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.wire;

import java.lang.foreign.MemorySegment;

/**
 * The ACK packet (wire.md 5). All methods take {@code at}, the start of the <em>packet</em>, and
 * where they need it {@code length}, the length of the whole packet; the offsets are from the start
 * of the payload, {@code at + 28}. The getters other than the trailer's may be used once {@link
 * PacketCheck} said {@link Malformed#NONE}.
 *
 * <p>The trailer behind acks[] is not aligned: three zero octets follow whatever the count is, then
 * up to four words.
 */
public final class Ack {
  /** uint16: sent as 0, ignored. */
  public static final int BUFFER_SPACE = 0;

  /** uint16: sent as 0, ignored. */
  public static final int MAX_SKEW = 2;

  /** uint32: the first seq that is not hard-acked. */
  public static final int FIRST_PACKET = 4;

  /** uint32: the last DATA seq seen; with OpenAFS before 1.6.23 perhaps a serial. */
  public static final int PREVIOUS_PACKET = 8;

  /** uint32: serial of the packet that prompted this ACK; 0 = none. */
  public static final int SERIAL = 12;

  /** uint8: {@link AckReason}. */
  public static final int REASON = 16;

  /** uint8: how many octets acks[] has, 0..255. */
  public static final int COUNT = 17;

  /** acks[]: one octet for each seq firstPacket + i. */
  public static final int ACKS = 18;

  /** The octets between acks[] and the trailer: always zero. */
  public static final int PADDING = 3;

  /**
   * First trailer word, counted from the end of the padding: largest datagram the sender can
   * receive.
   */
  public static final int MAX_MTU = 0;

  /** Second trailer word: MTU of the sender's interface. */
  public static final int IF_MTU = 4;

  /** Third trailer word: receive window in packets. */
  public static final int RWIND = 8;

  /** Fourth trailer word: most packets in a jumbo; 0 = the sender does path-MTU discovery. */
  public static final int JUMBO_MAX = 12;

  /** Length of a trailer with all four words. */
  public static final int TRAILER_LENGTH = 16;

  /** Most acks that one packet can carry. */
  public static final int MAX_COUNT = 255;

  /** The shortest ACK packet, without acks[] and trailer. */
  public static final int MIN_LENGTH = Header.LENGTH + ACKS;

  /** The longest ACK packet that is written here: 255 acks and four trailer words. */
  public static final int MAX_LENGTH = MIN_LENGTH + MAX_COUNT + PADDING + TRAILER_LENGTH;

  /** What a trailer getter returns when the packet ends before that word. */
  public static final int ABSENT = -1;

  private Ack() {}

  public static int firstPacket(MemorySegment p, long at) {
    return Layouts.int32(p, at + Header.LENGTH + FIRST_PACKET);
  }

  public static int previousPacket(MemorySegment p, long at) {
    return Layouts.int32(p, at + Header.LENGTH + PREVIOUS_PACKET);
  }

  public static int serial(MemorySegment p, long at) {
    return Layouts.int32(p, at + Header.LENGTH + SERIAL);
  }

  public static int reason(MemorySegment p, long at) {
    return Layouts.uint8(p, at + Header.LENGTH + REASON);
  }

  public static int count(MemorySegment p, long at) {
    return Layouts.uint8(p, at + Header.LENGTH + COUNT);
  }

  /** Whether seq firstPacket + i is soft-acked, 0 &lt;= i &lt; count; only bit 0 counts. */
  public static boolean softAck(MemorySegment p, long at, int i) {
    return (Layouts.uint8(p, at + MIN_LENGTH + i) & 1) != 0;
  }

  /** How many trailer words there are to read: 0, 2, 3 or 4. */
  public static int trailerWords(MemorySegment p, long at, int length) {
    int octets = length - (MIN_LENGTH + count(p, at) + PADDING);
    // a single word says nothing that may be used alone: no sender makes it
    return octets < 8 ? 0 : Math.min(octets / 4, 4);
  }

  /**
   * First trailer word, {@link #ABSENT} when not there. Unauthenticated and unclamped; at
   * most {@link Integer#MAX_VALUE}.
   */
  public static int maxMtu(MemorySegment p, long at, int length) {
    return trailerWords(p, at, length) < 2 ? ABSENT : word(p, at, MAX_MTU);
  }

  /** Second trailer word, {@link #ABSENT} when not there; as {@link #maxMtu}. */
  public static int ifMtu(MemorySegment p, long at, int length) {
    return trailerWords(p, at, length) < 2 ? ABSENT : word(p, at, IF_MTU);
  }

  /** Third trailer word, {@link #ABSENT} when not there; as {@link #maxMtu}. */
  public static int rwind(MemorySegment p, long at, int length) {
    return trailerWords(p, at, length) < 3 ? ABSENT : word(p, at, RWIND);
  }

  /** Fourth trailer word, {@link #ABSENT} when not there; as {@link #maxMtu}. */
  public static int jumboMax(MemorySegment p, long at, int length) {
    return trailerWords(p, at, length) < 4 ? ABSENT : word(p, at, JUMBO_MAX);
  }

  private static int word(MemorySegment p, long at, int offset) {
    int value = Layouts.int32(p, at + MIN_LENGTH + count(p, at) + PADDING + offset);
    return value < 0 ? Integer.MAX_VALUE : value;
  }

  /**
   * Writes the body up to acks[], for which {@link #setSoftAck} must follow {@code count} times.
   */
  public static void write(
      MemorySegment p,
      long at,
      int firstPacket,
      int previousPacket,
      int serial,
      int reason,
      int count) {
    long body = at + Header.LENGTH;
    Layouts.setUint16(p, body + BUFFER_SPACE, 0);
    Layouts.setUint16(p, body + MAX_SKEW, 0);
    Layouts.setInt32(p, body + FIRST_PACKET, firstPacket);
    Layouts.setInt32(p, body + PREVIOUS_PACKET, previousPacket);
    Layouts.setInt32(p, body + SERIAL, serial);
    Layouts.setUint8(p, body + REASON, reason);
    Layouts.setUint8(p, body + COUNT, count);
  }

  /** Writes acks[i] whole: 1 or 0. */
  public static void setSoftAck(MemorySegment p, long at, int i, boolean received) {
    Layouts.setUint8(p, at + MIN_LENGTH + i, received ? 1 : 0);
  }

  /**
   * Writes the three zero octets and all four words; returns the length of the whole packet.
   */
  public static int writeTrailer(
      MemorySegment p, long at, int count, int maxMtu, int ifMtu, int rwind, int jumboMax) {
    long padding = at + MIN_LENGTH + count;
    long trailer = padding + PADDING;
    Layouts.zero(p, padding, trailer);
    Layouts.setInt32(p, trailer + MAX_MTU, maxMtu);
    Layouts.setInt32(p, trailer + IF_MTU, ifMtu);
    Layouts.setInt32(p, trailer + RWIND, rwind);
    Layouts.setInt32(p, trailer + JUMBO_MAX, jumboMax);
    return MIN_LENGTH + count + PADDING + TRAILER_LENGTH;
  }

  /**
   * Fills an MTU-probe ping with zeros from {@code length} to {@code paddedLength}; returns
   * the latter.
   */
  public static int writeFill(MemorySegment p, long at, int length, int paddedLength) {
    Layouts.zero(p, at + length, at + paddedLength);
    return paddedLength;
  }
}
