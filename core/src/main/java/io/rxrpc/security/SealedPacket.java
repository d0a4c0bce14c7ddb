// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security;

import io.rxrpc.wire.Header;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * One received DATA packet as its security class sees it. A cursor that its owner moves from packet
 * to packet; not safe for several threads.
 */
public final class SealedPacket {
  private @Nullable MemorySegment memory;
  private long offset;
  private int length;
  private int cid;
  private int callNumber;
  private int seq;
  private int checksum;
  private int arrival;

  /** A cursor at no packet. */
  public SealedPacket() {}

  /**
   * Moves the cursor to a packet that has no {@link #arrival}.
   *
   * @param memory the data
   * @param offset where they begin
   * @param length how many bytes
   * @param cid the connection id, with the channel in its lowest two bits
   * @param callNumber the number of the call
   * @param seq the sequence number
   * @param checksum the checksum of its header
   */
  public void set(
      MemorySegment memory,
      long offset,
      int length,
      int cid,
      int callNumber,
      int seq,
      int checksum) {
    set(memory, offset, length, cid, callNumber, seq, checksum, 0);
  }

  /**
   * Moves the cursor; {@code cid} carries the channel bits.
   *
   * @param memory the data
   * @param offset where they begin
   * @param length how many bytes
   * @param cid the connection id, with the channel in its lowest two bits
   * @param callNumber the number of the call
   * @param seq the sequence number
   * @param checksum the checksum of its header
   * @param arrival what {@link #arrival} says
   */
  public void set(
      MemorySegment memory,
      long offset,
      int length,
      int cid,
      int callNumber,
      int seq,
      int checksum,
      int arrival) {
    this.memory = memory;
    this.offset = offset;
    this.length = length;
    this.cid = cid;
    this.callNumber = callNumber;
    this.seq = seq;
    this.checksum = checksum;
    this.arrival = arrival;
  }

  /** {@return memory that holds the payload; not to be written} */
  public MemorySegment memory() {
    MemorySegment m = memory;
    if (m == null) {
      throw new IllegalStateException("no packet");
    }
    return m;
  }

  /** {@return where the payload begins in {@link #memory()}} */
  public long offset() {
    return offset;
  }

  /** {@return bytes of payload} */
  public int length() {
    return length;
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

  /** {@return the sequence number} */
  public int seq() {
    return seq;
  }

  /**
   * {@return a number that is greater, as the difference of two says, for a packet that came later,
   * whichever channel it is of and whenever it is read} For a class that changes its key: what is
   * read late may be sealed with a key that what came late may not be.
   */
  public int arrival() {
    return arrival;
  }

  /** {@return the header's checksum field, 0..65535, also of a packet inside a jumbo datagram} */
  public int checksum() {
    return checksum;
  }
}
