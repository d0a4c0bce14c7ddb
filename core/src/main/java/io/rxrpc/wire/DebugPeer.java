// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.wire;

import java.lang.foreign.MemorySegment;

/**
 * The reply to {@link DebugRequest#GETPEER} (wire.md 8): a raw struct. Offsets are from the start
 * of the payload, {@code at} is the start of the packet.
 */
public final class DebugPeer {
  /** uint32: IPv4 address; all ones = behind the last peer. */
  public static final int HOST = 0;

  /** uint16: UDP port. */
  public static final int PORT = 4;

  /** uint16: MTU of the interface. */
  public static final int IF_MTU = 6;

  /** uint32: when it became idle, in seconds. */
  public static final int IDLE_WHEN = 8;

  /** uint16: references. */
  public static final int REF_COUNT = 12;

  /** uint8: of the old burst control. */
  public static final int BURST_SIZE = 14;

  /** uint8: of the old burst control. */
  public static final int BURST = 15;

  /** int32: seconds, then microseconds at 20. */
  public static final int BURST_WAIT = 16;

  /** int32: smoothed round-trip time, in 1/8 ms. */
  public static final int RTT = 24;

  /** int32: its deviation, in 1/4 ms. */
  public static final int RTT_DEV = 28;

  /** int32: retransmission timeout: seconds, then microseconds at 36. */
  public static final int TIMEOUT = 32;

  /** int32: second half of the timeout. */
  public static final int TIMEOUT_MICROS = 36;

  /** int32: packets sent. */
  public static final int SENT = 40;

  /** int32: packets sent again. */
  public static final int RESENDS = 44;

  /** int32: unused. */
  public static final int IN_SKEW = 48;

  /** int32: unused. */
  public static final int OUT_SKEW = 52;

  /** int32: of the old rate control. */
  public static final int RATE_FLAG = 56;

  /** uint16: MTU agreed with the peer. */
  public static final int NAT_MTU = 60;

  /** uint16: most the peer takes. */
  public static final int MAX_MTU = 62;

  /** uint16: packets in a jumbo, at most. */
  public static final int MAX_DGRAM_PACKETS = 64;

  /** uint16: packets in a jumbo, by the interface. */
  public static final int IF_DGRAM_PACKETS = 66;

  /** uint16: MTU in use. */
  public static final int MTU = 68;

  /** uint16: congestion window, packets. */
  public static final int CWIND = 70;

  /** uint16: packets in a jumbo, now. */
  public static final int DGRAM_PACKETS = 72;

  /** uint16: counts changes of the congestion values. */
  public static final int CONGEST_SEQ = 74;

  /** int32: high word, then low word at 80. */
  public static final int BYTES_SENT = 76;

  /** int32: high word, then low word at 88. */
  public static final int BYTES_RECEIVED = 84;

  /** int32: ten words of 0. */
  public static final int SPARE = 92;

  /** Length of the record. */
  public static final int RECORD = 132;

  /** Length of the whole packet. */
  public static final int LENGTH = Header.LENGTH + RECORD;

  private DebugPeer() {}

  public static int host(MemorySegment p, long at) {
    return Layouts.int32(p, at + Header.LENGTH + HOST);
  }

  public static void setHost(MemorySegment p, long at, int value) {
    Layouts.setInt32(p, at + Header.LENGTH + HOST, value);
  }

  public static int port(MemorySegment p, long at) {
    return Layouts.uint16(p, at + Header.LENGTH + PORT);
  }

  public static void setPort(MemorySegment p, long at, int value) {
    Layouts.setUint16(p, at + Header.LENGTH + PORT, value);
  }

  public static int ifMtu(MemorySegment p, long at) {
    return Layouts.uint16(p, at + Header.LENGTH + IF_MTU);
  }

  public static void setIfMtu(MemorySegment p, long at, int value) {
    Layouts.setUint16(p, at + Header.LENGTH + IF_MTU, value);
  }

  public static int idleWhen(MemorySegment p, long at) {
    return Layouts.int32(p, at + Header.LENGTH + IDLE_WHEN);
  }

  public static void setIdleWhen(MemorySegment p, long at, int value) {
    Layouts.setInt32(p, at + Header.LENGTH + IDLE_WHEN, value);
  }

  public static int refCount(MemorySegment p, long at) {
    return Layouts.uint16(p, at + Header.LENGTH + REF_COUNT);
  }

  public static void setRefCount(MemorySegment p, long at, int value) {
    Layouts.setUint16(p, at + Header.LENGTH + REF_COUNT, value);
  }

  public static int burstSize(MemorySegment p, long at) {
    return Layouts.uint8(p, at + Header.LENGTH + BURST_SIZE);
  }

  public static void setBurstSize(MemorySegment p, long at, int value) {
    Layouts.setUint8(p, at + Header.LENGTH + BURST_SIZE, value);
  }

  public static int burst(MemorySegment p, long at) {
    return Layouts.uint8(p, at + Header.LENGTH + BURST);
  }

  public static void setBurst(MemorySegment p, long at, int value) {
    Layouts.setUint8(p, at + Header.LENGTH + BURST, value);
  }

  public static int rtt(MemorySegment p, long at) {
    return Layouts.int32(p, at + Header.LENGTH + RTT);
  }

  public static void setRtt(MemorySegment p, long at, int value) {
    Layouts.setInt32(p, at + Header.LENGTH + RTT, value);
  }

  public static int rttDev(MemorySegment p, long at) {
    return Layouts.int32(p, at + Header.LENGTH + RTT_DEV);
  }

  public static void setRttDev(MemorySegment p, long at, int value) {
    Layouts.setInt32(p, at + Header.LENGTH + RTT_DEV, value);
  }

  public static int timeoutSeconds(MemorySegment p, long at) {
    return Layouts.int32(p, at + Header.LENGTH + TIMEOUT);
  }

  public static void setTimeoutSeconds(MemorySegment p, long at, int value) {
    Layouts.setInt32(p, at + Header.LENGTH + TIMEOUT, value);
  }

  public static int timeoutMicros(MemorySegment p, long at) {
    return Layouts.int32(p, at + Header.LENGTH + TIMEOUT_MICROS);
  }

  public static void setTimeoutMicros(MemorySegment p, long at, int value) {
    Layouts.setInt32(p, at + Header.LENGTH + TIMEOUT_MICROS, value);
  }

  public static int sent(MemorySegment p, long at) {
    return Layouts.int32(p, at + Header.LENGTH + SENT);
  }

  public static void setSent(MemorySegment p, long at, int value) {
    Layouts.setInt32(p, at + Header.LENGTH + SENT, value);
  }

  public static int resends(MemorySegment p, long at) {
    return Layouts.int32(p, at + Header.LENGTH + RESENDS);
  }

  public static void setResends(MemorySegment p, long at, int value) {
    Layouts.setInt32(p, at + Header.LENGTH + RESENDS, value);
  }

  public static int inSkew(MemorySegment p, long at) {
    return Layouts.int32(p, at + Header.LENGTH + IN_SKEW);
  }

  public static void setInSkew(MemorySegment p, long at, int value) {
    Layouts.setInt32(p, at + Header.LENGTH + IN_SKEW, value);
  }

  public static int outSkew(MemorySegment p, long at) {
    return Layouts.int32(p, at + Header.LENGTH + OUT_SKEW);
  }

  public static void setOutSkew(MemorySegment p, long at, int value) {
    Layouts.setInt32(p, at + Header.LENGTH + OUT_SKEW, value);
  }

  public static int rateFlag(MemorySegment p, long at) {
    return Layouts.int32(p, at + Header.LENGTH + RATE_FLAG);
  }

  public static void setRateFlag(MemorySegment p, long at, int value) {
    Layouts.setInt32(p, at + Header.LENGTH + RATE_FLAG, value);
  }

  public static int natMtu(MemorySegment p, long at) {
    return Layouts.uint16(p, at + Header.LENGTH + NAT_MTU);
  }

  public static void setNatMtu(MemorySegment p, long at, int value) {
    Layouts.setUint16(p, at + Header.LENGTH + NAT_MTU, value);
  }

  public static int maxMtu(MemorySegment p, long at) {
    return Layouts.uint16(p, at + Header.LENGTH + MAX_MTU);
  }

  public static void setMaxMtu(MemorySegment p, long at, int value) {
    Layouts.setUint16(p, at + Header.LENGTH + MAX_MTU, value);
  }

  public static int maxDgramPackets(MemorySegment p, long at) {
    return Layouts.uint16(p, at + Header.LENGTH + MAX_DGRAM_PACKETS);
  }

  public static void setMaxDgramPackets(MemorySegment p, long at, int value) {
    Layouts.setUint16(p, at + Header.LENGTH + MAX_DGRAM_PACKETS, value);
  }

  public static int ifDgramPackets(MemorySegment p, long at) {
    return Layouts.uint16(p, at + Header.LENGTH + IF_DGRAM_PACKETS);
  }

  public static void setIfDgramPackets(MemorySegment p, long at, int value) {
    Layouts.setUint16(p, at + Header.LENGTH + IF_DGRAM_PACKETS, value);
  }

  public static int mtu(MemorySegment p, long at) {
    return Layouts.uint16(p, at + Header.LENGTH + MTU);
  }

  public static void setMtu(MemorySegment p, long at, int value) {
    Layouts.setUint16(p, at + Header.LENGTH + MTU, value);
  }

  public static int cwind(MemorySegment p, long at) {
    return Layouts.uint16(p, at + Header.LENGTH + CWIND);
  }

  public static void setCwind(MemorySegment p, long at, int value) {
    Layouts.setUint16(p, at + Header.LENGTH + CWIND, value);
  }

  public static int dgramPackets(MemorySegment p, long at) {
    return Layouts.uint16(p, at + Header.LENGTH + DGRAM_PACKETS);
  }

  public static void setDgramPackets(MemorySegment p, long at, int value) {
    Layouts.setUint16(p, at + Header.LENGTH + DGRAM_PACKETS, value);
  }

  public static int congestSeq(MemorySegment p, long at) {
    return Layouts.uint16(p, at + Header.LENGTH + CONGEST_SEQ);
  }

  public static void setCongestSeq(MemorySegment p, long at, int value) {
    Layouts.setUint16(p, at + Header.LENGTH + CONGEST_SEQ, value);
  }

  /** Octets sent to the peer. */
  public static long bytesSent(MemorySegment p, long at) {
    return Layouts.int64(p, at + Header.LENGTH + BYTES_SENT);
  }

  public static void setBytesSent(MemorySegment p, long at, long value) {
    Layouts.setInt64(p, at + Header.LENGTH + BYTES_SENT, value);
  }

  /** Octets received from the peer. */
  public static long bytesReceived(MemorySegment p, long at) {
    return Layouts.int64(p, at + Header.LENGTH + BYTES_RECEIVED);
  }

  public static void setBytesReceived(MemorySegment p, long at, long value) {
    Layouts.setInt64(p, at + Header.LENGTH + BYTES_RECEIVED, value);
  }

  /** Whether this record says that the index was behind the last peer. */
  public static boolean isEnd(MemorySegment p, long at) {
    return host(p, at) == -1;
  }

  /** Writes the record that says so; returns the length of the whole packet. */
  public static int writeEnd(MemorySegment p, long at) {
    int length = clear(p, at);
    setHost(p, at, -1);
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
