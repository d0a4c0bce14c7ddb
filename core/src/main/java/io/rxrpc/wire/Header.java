// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.wire;

import java.lang.foreign.MemorySegment;

/**
 * The 28 octets in front of every Rx packet (wire.md 1). Offsets in octets from the start of the
 * packet, fields big-endian.
 *
 * <p>The getters return 8 and 16-bit fields unsigned and 32-bit fields as the {@code int} with the
 * same bits; compare sequence and serial numbers only with {@link Sequence}.
 */
public final class Header {
  /** uint32: start of the client process or random; bit 31 set means random. */
  public static final int EPOCH = 0;

  /** uint32: connection id in bits 31..2, channel in bits 1..0. */
  public static final int CID = 4;

  /** uint32: call counter of the channel, from 1; 0 = the packet is for the connection. */
  public static final int CALL_NUMBER = 8;

  /** uint32: DATA from 1, other types 0. */
  public static final int SEQ = 12;

  /** uint32: counter of the connection and direction, new for each transmission; 0 = unset. */
  public static final int SERIAL = 16;

  /** uint8: {@link PacketType}. */
  public static final int TYPE = 20;

  /** uint8: {@link Flags}. */
  public static final int FLAGS = 21;

  /** uint8: for the application; 1 on the first DATA asks for a service upgrade. */
  public static final int USER_STATUS = 22;

  /** uint8: 0 none, 2 rxkad, 4 rxgk, 6 YFS rxgk. */
  public static final int SECURITY_INDEX = 23;

  /** uint16: rxkad header checksum or rxgk key number; 0 = none. */
  public static final int CHECKSUM = 24;

  /** uint16: target service. */
  public static final int SERVICE_ID = 26;

  /** Length of the header. */
  public static final int LENGTH = 28;

  /** The channel bits of a cid. */
  public static final int CHANNEL_MASK = 3;

  /** Distance of two neighbouring connection ids. */
  public static final int CID_INCREMENT = 4;

  private Header() {}

  public static int epoch(MemorySegment p, long at) {
    return Layouts.int32(p, at + EPOCH);
  }

  public static int cid(MemorySegment p, long at) {
    return Layouts.int32(p, at + CID);
  }

  public static int callNumber(MemorySegment p, long at) {
    return Layouts.int32(p, at + CALL_NUMBER);
  }

  public static int seq(MemorySegment p, long at) {
    return Layouts.int32(p, at + SEQ);
  }

  public static int serial(MemorySegment p, long at) {
    return Layouts.int32(p, at + SERIAL);
  }

  public static int type(MemorySegment p, long at) {
    return Layouts.uint8(p, at + TYPE);
  }

  /** The flags as received, unknown bits included: test bits, never compare the whole. */
  public static int flags(MemorySegment p, long at) {
    return Layouts.uint8(p, at + FLAGS);
  }

  public static int userStatus(MemorySegment p, long at) {
    return Layouts.uint8(p, at + USER_STATUS);
  }

  public static int securityIndex(MemorySegment p, long at) {
    return Layouts.uint8(p, at + SECURITY_INDEX);
  }

  public static int checksum(MemorySegment p, long at) {
    return Layouts.uint16(p, at + CHECKSUM);
  }

  public static int serviceId(MemorySegment p, long at) {
    return Layouts.uint16(p, at + SERVICE_ID);
  }

  public static void setEpoch(MemorySegment p, long at, int epoch) {
    Layouts.setInt32(p, at + EPOCH, epoch);
  }

  public static void setCid(MemorySegment p, long at, int cid) {
    Layouts.setInt32(p, at + CID, cid);
  }

  public static void setCallNumber(MemorySegment p, long at, int callNumber) {
    Layouts.setInt32(p, at + CALL_NUMBER, callNumber);
  }

  public static void setSeq(MemorySegment p, long at, int seq) {
    Layouts.setInt32(p, at + SEQ, seq);
  }

  public static void setSerial(MemorySegment p, long at, int serial) {
    Layouts.setInt32(p, at + SERIAL, serial);
  }

  public static void setType(MemorySegment p, long at, int type) {
    Layouts.setUint8(p, at + TYPE, type);
  }

  /**
   * Writes the flags; bits outside {@link Flags#KNOWN} go out as 0 whatever the caller has.
   */
  public static void setFlags(MemorySegment p, long at, int flags) {
    Layouts.setUint8(p, at + FLAGS, flags & Flags.KNOWN);
  }

  public static void setUserStatus(MemorySegment p, long at, int userStatus) {
    Layouts.setUint8(p, at + USER_STATUS, userStatus);
  }

  public static void setSecurityIndex(MemorySegment p, long at, int securityIndex) {
    Layouts.setUint8(p, at + SECURITY_INDEX, securityIndex);
  }

  public static void setChecksum(MemorySegment p, long at, int checksum) {
    Layouts.setUint16(p, at + CHECKSUM, checksum);
  }

  public static void setServiceId(MemorySegment p, long at, int serviceId) {
    Layouts.setUint16(p, at + SERVICE_ID, serviceId);
  }

  /** Writes all 28 octets; the flags as {@link #setFlags} does. */
  public static void write(
      MemorySegment p,
      long at,
      int epoch,
      int cid,
      int callNumber,
      int seq,
      int serial,
      int type,
      int flags,
      int userStatus,
      int securityIndex,
      int checksum,
      int serviceId) {
    setEpoch(p, at, epoch);
    setCid(p, at, cid);
    setCallNumber(p, at, callNumber);
    setSeq(p, at, seq);
    setSerial(p, at, serial);
    setType(p, at, type);
    setFlags(p, at, flags);
    setUserStatus(p, at, userStatus);
    setSecurityIndex(p, at, securityIndex);
    setChecksum(p, at, checksum);
    setServiceId(p, at, serviceId);
  }

  /** Whether the sender is the client side of the connection; then the receiver is its server. */
  public static boolean isClientInitiated(MemorySegment p, long at) {
    return (flags(p, at) & Flags.CLIENT_INITIATED) != 0;
  }

  /** The connection id without its channel bits. */
  public static int connectionId(int cid) {
    return cid & ~CHANNEL_MASK;
  }

  /** The channel 0..3 of a cid. */
  public static int channel(int cid) {
    return cid & CHANNEL_MASK;
  }
}
