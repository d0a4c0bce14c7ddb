// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security;

import io.rxrpc.wire.Header;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * DATA packets of one call that its security class seals where they lie: consecutive ones, with
 * equally much user data in each. A cursor that its owner moves; not safe for several threads, and
 * of no meaning once {@link ConnectionSecurity#seal} has returned.
 *
 * <p>The payload of packet {@code i} begins at {@link #payload}{@code (i)} of {@link #memory()}: at
 * first {@link ConnectionSecurity#headerRoom()} octets of no meaning, then the user data, then room
 * for what {@link ConnectionSecurity#sealedLength} says, which may hold anything as well. All of it
 * goes out, so all of it is to be written.
 */
public final class PlainPackets {
  /** What the class may ask of the packets that its connection has sent before. */
  @FunctionalInterface
  public interface Sent {
    /** No packet is on its way: for uses without an endpoint. */
    Sent NOTHING = (channel, callNumber, seq) -> false;

    /**
     * See {@link PlainPackets#mayBeRepeated}.
     *
     * @param channel the channel, 0 to 3
     * @param callNumber the number of the call
     * @param seq the sequence number
     * @return whether it may
     */
    boolean mayBeRepeated(int channel, int callNumber, int seq);
  }

  private static final int MAX_CHECKSUM = 0xffff;

  private final Sent sent;
  private @Nullable MemorySegment memory;
  private long first;
  private long stride;
  private int count;
  private int dataLength;
  private int cid;
  private int callNumber;
  private int firstSeq;

  /**
   * A cursor at no packets.
   *
   * @param sent what has been sent
   */
  public PlainPackets(Sent sent) {
    this.sent = sent;
  }

  /**
   * Moves the cursor.
   *
   * @param memory the data
   * @param first where the first packet begins, with its 28 octets of header
   * @param stride octets from the beginning of a packet to that of the next
   * @param count at least 1
   * @param dataLength octets of user data in each
   * @param cid with the channel bits
   * @param callNumber the number of the call
   * @param firstSeq the first one's; the others follow
   */
  public void set(
      MemorySegment memory,
      long first,
      long stride,
      int count,
      int dataLength,
      int cid,
      int callNumber,
      int firstSeq) {
    this.memory = memory;
    this.first = first;
    this.stride = stride;
    this.count = count;
    this.dataLength = dataLength;
    this.cid = cid;
    this.callNumber = callNumber;
    this.firstSeq = firstSeq;
  }

  /** {@return memory that holds the packets} Nothing but the payloads may be written. */
  public MemorySegment memory() {
    MemorySegment m = memory;
    if (m == null) {
      throw new IllegalStateException("no packets");
    }
    return m;
  }

  /** {@return how many there are, at least 1} */
  public int count() {
    return count;
  }

  /** {@return octets of user data in each of them, 0 or more} */
  public int dataLength() {
    return dataLength;
  }

  /**
   * {@return where the payload of a packet begins in {@link #memory()}}
   *
   * @param packet which packet, from 0
   */
  public long payload(int packet) {
    return first + packet * stride + Header.LENGTH;
  }

  /** {@return the connection id with the channel in its two low bits} */
  public int cid() {
    return cid;
  }

  /** {@return the channel, 0..3} */
  public int channel() {
    return cid & Header.CHANNEL_MASK;
  }

  /** {@return the call number} */
  public int callNumber() {
    return callNumber;
  }

  /**
   * {@return the sequence number of a packet}
   *
   * @param packet which packet, from 0
   */
  public int seq(int packet) {
    return firstSeq + packet;
  }

  /**
   * Writes the header's checksum field, which is 0 otherwise and is the class's own: a checksum, or
   * a key number. It stays as it is however often the packet goes out.
   *
   * @param packet 0..{@link #count}
   * @param value 0..65535
   */
  public void checksum(int packet, int value) {
    if (packet < 0 || packet >= count || value < 0 || value > MAX_CHECKSUM) {
      throw new IllegalArgumentException("checksum " + value + " of packet " + packet);
    }
    Header.setChecksum(memory(), first + packet * stride, value);
  }

  /**
   * Whether a packet that this side has sealed before may still go out again, as it was sealed: the
   * peer has not hard-acked it, and its call is not over. For a class that changes its key: an old
   * one is needed as long as packets with it may be repeated. The answer may be late by an ACK that
   * is being read, never early.
   *
   * @param channel 0..3
   * @param callNumber the call that the packet is of
   * @param seq its sequence number
   * @return whether it may
   */
  public boolean mayBeRepeated(int channel, int callNumber, int seq) {
    return sent.mayBeRepeated(channel, callNumber, seq);
  }
}
