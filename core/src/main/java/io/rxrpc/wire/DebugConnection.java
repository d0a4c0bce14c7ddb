// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.wire;

import java.lang.foreign.MemorySegment;

/**
 * The reply to {@link DebugRequest#GETCONN} and {@link DebugRequest#GETALLCONN} (wire.md 8): a raw
 * struct, as servers of version letter M and later send it. Offsets are from the start of the
 * payload, {@code at} is the start of the packet.
 */
public final class DebugConnection {
  /** uint32: IPv4 address of the peer. */
  public static final int HOST = 0;

  /** uint32: connection id; all ones = behind the last connection. */
  public static final int CID = 4;

  /** uint32: last serial sent. */
  public static final int SERIAL = 8;

  /** uint32: four words, one for each channel. */
  public static final int CALL_NUMBER = 12;

  /** int32: the code that ended the connection. */
  public static final int ERROR = 28;

  /** uint16: UDP port of the peer. */
  public static final int PORT = 32;

  /** uint8: flags of the connection. */
  public static final int FLAGS = 34;

  /** uint8: 0 client, 1 server. */
  public static final int TYPE = 35;

  /** uint8: as in the header. */
  public static final int SECURITY_INDEX = 36;

  /** uint8: three octets of 0. */
  public static final int PAD = 37;

  /**
   * uint8: four octets, one for each channel: 0 NOTINIT 1 PRECALL 2 ACTIVE 3 DALLY 4 HOLD 5 RESET.
   */
  public static final int CALL_STATE = 40;

  /** uint8: four octets, one for each channel: 1 SENDING 2 RECEIVING 3 ERROR 4 EOF. */
  public static final int CALL_MODE = 44;

  /** uint8: four octets, one for each channel: low 8 bits of the flags of the call. */
  public static final int CALL_FLAGS = 48;

  /** uint8: four octets, one for each channel: 1 = in queue, 2 = out queue. */
  public static final int CALL_OTHER = 52;

  /** uint8: first of 76 octets of statistics of the security class. */
  public static final int SECURITY_TYPE = 56;

  /** uint8: level. */
  public static final int SECURITY_LEVEL = 57;

  /** int32: flags, behind ten octets of padding. */
  public static final int SECURITY_FLAGS = 68;

  /** uint32: when the ticket ends, in seconds since 1970. */
  public static final int SECURITY_EXPIRES = 72;

  /** int32: packets opened. */
  public static final int SECURITY_PACKETS_RECEIVED = 76;

  /** int32: packets sealed. */
  public static final int SECURITY_PACKETS_SENT = 80;

  /** int32: octets opened. */
  public static final int SECURITY_BYTES_RECEIVED = 84;

  /** int32: octets sealed. */
  public static final int SECURITY_BYTES_SENT = 88;

  /** uint16: four of 16 bits, then eight of 32. */
  public static final int SECURITY_SPARE = 92;

  /** uint32: as in the header. */
  public static final int EPOCH = 132;

  /** int32: MTU agreed with the peer. */
  public static final int NAT_MTU = 136;

  /** int32: nine words of 0. */
  public static final int SPARE = 140;

  /** Length of the record. */
  public static final int RECORD = 176;

  /** Length of the whole packet. */
  public static final int LENGTH = Header.LENGTH + RECORD;

  private DebugConnection() {}

  public static int host(MemorySegment p, long at) {
    return Layouts.int32(p, at + Header.LENGTH + HOST);
  }

  public static void setHost(MemorySegment p, long at, int value) {
    Layouts.setInt32(p, at + Header.LENGTH + HOST, value);
  }

  public static int cid(MemorySegment p, long at) {
    return Layouts.int32(p, at + Header.LENGTH + CID);
  }

  public static void setCid(MemorySegment p, long at, int value) {
    Layouts.setInt32(p, at + Header.LENGTH + CID, value);
  }

  public static int serial(MemorySegment p, long at) {
    return Layouts.int32(p, at + Header.LENGTH + SERIAL);
  }

  public static void setSerial(MemorySegment p, long at, int value) {
    Layouts.setInt32(p, at + Header.LENGTH + SERIAL, value);
  }

  public static int error(MemorySegment p, long at) {
    return Layouts.int32(p, at + Header.LENGTH + ERROR);
  }

  public static void setError(MemorySegment p, long at, int value) {
    Layouts.setInt32(p, at + Header.LENGTH + ERROR, value);
  }

  public static int port(MemorySegment p, long at) {
    return Layouts.uint16(p, at + Header.LENGTH + PORT);
  }

  public static void setPort(MemorySegment p, long at, int value) {
    Layouts.setUint16(p, at + Header.LENGTH + PORT, value);
  }

  public static int flags(MemorySegment p, long at) {
    return Layouts.uint8(p, at + Header.LENGTH + FLAGS);
  }

  public static void setFlags(MemorySegment p, long at, int value) {
    Layouts.setUint8(p, at + Header.LENGTH + FLAGS, value);
  }

  public static int type(MemorySegment p, long at) {
    return Layouts.uint8(p, at + Header.LENGTH + TYPE);
  }

  public static void setType(MemorySegment p, long at, int value) {
    Layouts.setUint8(p, at + Header.LENGTH + TYPE, value);
  }

  public static int securityIndex(MemorySegment p, long at) {
    return Layouts.uint8(p, at + Header.LENGTH + SECURITY_INDEX);
  }

  public static void setSecurityIndex(MemorySegment p, long at, int value) {
    Layouts.setUint8(p, at + Header.LENGTH + SECURITY_INDEX, value);
  }

  public static int securityType(MemorySegment p, long at) {
    return Layouts.uint8(p, at + Header.LENGTH + SECURITY_TYPE);
  }

  public static void setSecurityType(MemorySegment p, long at, int value) {
    Layouts.setUint8(p, at + Header.LENGTH + SECURITY_TYPE, value);
  }

  public static int securityLevel(MemorySegment p, long at) {
    return Layouts.uint8(p, at + Header.LENGTH + SECURITY_LEVEL);
  }

  public static void setSecurityLevel(MemorySegment p, long at, int value) {
    Layouts.setUint8(p, at + Header.LENGTH + SECURITY_LEVEL, value);
  }

  public static int securityFlags(MemorySegment p, long at) {
    return Layouts.int32(p, at + Header.LENGTH + SECURITY_FLAGS);
  }

  public static void setSecurityFlags(MemorySegment p, long at, int value) {
    Layouts.setInt32(p, at + Header.LENGTH + SECURITY_FLAGS, value);
  }

  public static int securityExpires(MemorySegment p, long at) {
    return Layouts.int32(p, at + Header.LENGTH + SECURITY_EXPIRES);
  }

  public static void setSecurityExpires(MemorySegment p, long at, int value) {
    Layouts.setInt32(p, at + Header.LENGTH + SECURITY_EXPIRES, value);
  }

  public static int securityPacketsReceived(MemorySegment p, long at) {
    return Layouts.int32(p, at + Header.LENGTH + SECURITY_PACKETS_RECEIVED);
  }

  public static void setSecurityPacketsReceived(MemorySegment p, long at, int value) {
    Layouts.setInt32(p, at + Header.LENGTH + SECURITY_PACKETS_RECEIVED, value);
  }

  public static int securityPacketsSent(MemorySegment p, long at) {
    return Layouts.int32(p, at + Header.LENGTH + SECURITY_PACKETS_SENT);
  }

  public static void setSecurityPacketsSent(MemorySegment p, long at, int value) {
    Layouts.setInt32(p, at + Header.LENGTH + SECURITY_PACKETS_SENT, value);
  }

  public static int securityBytesReceived(MemorySegment p, long at) {
    return Layouts.int32(p, at + Header.LENGTH + SECURITY_BYTES_RECEIVED);
  }

  public static void setSecurityBytesReceived(MemorySegment p, long at, int value) {
    Layouts.setInt32(p, at + Header.LENGTH + SECURITY_BYTES_RECEIVED, value);
  }

  public static int securityBytesSent(MemorySegment p, long at) {
    return Layouts.int32(p, at + Header.LENGTH + SECURITY_BYTES_SENT);
  }

  public static void setSecurityBytesSent(MemorySegment p, long at, int value) {
    Layouts.setInt32(p, at + Header.LENGTH + SECURITY_BYTES_SENT, value);
  }

  public static int epoch(MemorySegment p, long at) {
    return Layouts.int32(p, at + Header.LENGTH + EPOCH);
  }

  public static void setEpoch(MemorySegment p, long at, int value) {
    Layouts.setInt32(p, at + Header.LENGTH + EPOCH, value);
  }

  public static int natMtu(MemorySegment p, long at) {
    return Layouts.int32(p, at + Header.LENGTH + NAT_MTU);
  }

  public static void setNatMtu(MemorySegment p, long at, int value) {
    Layouts.setInt32(p, at + Header.LENGTH + NAT_MTU, value);
  }

  public static int callNumber(MemorySegment p, long at, int channel) {
    return Layouts.int32(p, at + Header.LENGTH + CALL_NUMBER + 4L * channel);
  }

  public static void setCallNumber(MemorySegment p, long at, int channel, int value) {
    Layouts.setInt32(p, at + Header.LENGTH + CALL_NUMBER + 4L * channel, value);
  }

  public static int callState(MemorySegment p, long at, int channel) {
    return Layouts.uint8(p, at + Header.LENGTH + CALL_STATE + channel);
  }

  public static void setCallState(MemorySegment p, long at, int channel, int value) {
    Layouts.setUint8(p, at + Header.LENGTH + CALL_STATE + channel, value);
  }

  public static int callMode(MemorySegment p, long at, int channel) {
    return Layouts.uint8(p, at + Header.LENGTH + CALL_MODE + channel);
  }

  public static void setCallMode(MemorySegment p, long at, int channel, int value) {
    Layouts.setUint8(p, at + Header.LENGTH + CALL_MODE + channel, value);
  }

  public static int callFlags(MemorySegment p, long at, int channel) {
    return Layouts.uint8(p, at + Header.LENGTH + CALL_FLAGS + channel);
  }

  public static void setCallFlags(MemorySegment p, long at, int channel, int value) {
    Layouts.setUint8(p, at + Header.LENGTH + CALL_FLAGS + channel, value);
  }

  public static int callOther(MemorySegment p, long at, int channel) {
    return Layouts.uint8(p, at + Header.LENGTH + CALL_OTHER + channel);
  }

  public static void setCallOther(MemorySegment p, long at, int channel, int value) {
    Layouts.setUint8(p, at + Header.LENGTH + CALL_OTHER + channel, value);
  }

  /**
   * Moves the fields of the calls to where they are described here: servers of version letter L
   * have no padding in front of them. Everything else they have at the same places.
   */
  public static void align(MemorySegment p, long at) {
    long calls = at + Header.LENGTH + CALL_STATE;
    MemorySegment.copy(p, at + Header.LENGTH + PAD, p, calls, SECURITY_TYPE - CALL_STATE);
  }

  /**
   * Whether this record says that the index was behind the last connection: by the cid, not by the
   * host.
   */
  public static boolean isEnd(MemorySegment p, long at) {
    return cid(p, at) == -1;
  }

  /** Writes the record that says so; returns the length of the whole packet. */
  public static int writeEnd(MemorySegment p, long at) {
    int length = clear(p, at);
    setCid(p, at, -1);
    return length;
  }

  /**
   * Zeroes the record, spare fields included, and returns the length of the whole packet: setters
   * follow.
   */
  public static int clear(MemorySegment p, long at) {
    Layouts.zero(p, at + Header.LENGTH, at + LENGTH);
    return LENGTH;
  }
}
