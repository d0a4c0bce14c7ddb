// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.wire;

import java.lang.foreign.MemorySegment;

/**
 * The reply to {@link DebugRequest#GETSTATS} (wire.md 8): a raw struct. Offsets are from the start
 * of the payload, {@code at} is the start of the packet. A reply of an older server may be shorter:
 * check against {@link #LENGTH} before reading.
 */
public final class DebugStats {
  /** int32: packets in the free queue. */
  public static final int FREE_PACKETS = 0;

  /** int32: packets taken back from caches. */
  public static final int PACKET_RECLAIMS = 4;

  /** int32: calls executed. */
  public static final int CALLS_EXECUTED = 8;

  /** uint8: not 0 while something waits for a packet. */
  public static final int WAITING_FOR_PACKETS = 12;

  /** uint8: open sockets. */
  public static final int USED_FDS = 13;

  /** uint8: one letter of L..S, see {@link #hasPeers} and its like. */
  public static final int VERSION = 14;

  /** uint8: 0. */
  public static final int SPARE = 15;

  /** int32: calls waiting for a thread. */
  public static final int WAITING = 16;

  /** int32: idle threads. */
  public static final int IDLE_THREADS = 20;

  /** int32: calls that have waited for a thread. */
  public static final int WAITED = 24;

  /** int32: packets in total. */
  public static final int PACKETS = 28;

  /** int32: six words of 0. */
  public static final int SPARE_2 = 32;

  /** Length of the record. */
  public static final int RECORD = 56;

  /** Length of the whole packet. */
  public static final int LENGTH = Header.LENGTH + RECORD;

  private DebugStats() {}

  public static int freePackets(MemorySegment p, long at) {
    return Layouts.int32(p, at + Header.LENGTH + FREE_PACKETS);
  }

  public static void setFreePackets(MemorySegment p, long at, int value) {
    Layouts.setInt32(p, at + Header.LENGTH + FREE_PACKETS, value);
  }

  public static int packetReclaims(MemorySegment p, long at) {
    return Layouts.int32(p, at + Header.LENGTH + PACKET_RECLAIMS);
  }

  public static void setPacketReclaims(MemorySegment p, long at, int value) {
    Layouts.setInt32(p, at + Header.LENGTH + PACKET_RECLAIMS, value);
  }

  public static int callsExecuted(MemorySegment p, long at) {
    return Layouts.int32(p, at + Header.LENGTH + CALLS_EXECUTED);
  }

  public static void setCallsExecuted(MemorySegment p, long at, int value) {
    Layouts.setInt32(p, at + Header.LENGTH + CALLS_EXECUTED, value);
  }

  public static int waitingForPackets(MemorySegment p, long at) {
    return Layouts.uint8(p, at + Header.LENGTH + WAITING_FOR_PACKETS);
  }

  public static void setWaitingForPackets(MemorySegment p, long at, int value) {
    Layouts.setUint8(p, at + Header.LENGTH + WAITING_FOR_PACKETS, value);
  }

  public static int usedFds(MemorySegment p, long at) {
    return Layouts.uint8(p, at + Header.LENGTH + USED_FDS);
  }

  public static void setUsedFds(MemorySegment p, long at, int value) {
    Layouts.setUint8(p, at + Header.LENGTH + USED_FDS, value);
  }

  public static int version(MemorySegment p, long at) {
    return Layouts.uint8(p, at + Header.LENGTH + VERSION);
  }

  public static void setVersion(MemorySegment p, long at, int value) {
    Layouts.setUint8(p, at + Header.LENGTH + VERSION, value);
  }

  public static int waiting(MemorySegment p, long at) {
    return Layouts.int32(p, at + Header.LENGTH + WAITING);
  }

  public static void setWaiting(MemorySegment p, long at, int value) {
    Layouts.setInt32(p, at + Header.LENGTH + WAITING, value);
  }

  public static int idleThreads(MemorySegment p, long at) {
    return Layouts.int32(p, at + Header.LENGTH + IDLE_THREADS);
  }

  public static void setIdleThreads(MemorySegment p, long at, int value) {
    Layouts.setInt32(p, at + Header.LENGTH + IDLE_THREADS, value);
  }

  public static int waited(MemorySegment p, long at) {
    return Layouts.int32(p, at + Header.LENGTH + WAITED);
  }

  public static void setWaited(MemorySegment p, long at, int value) {
    Layouts.setInt32(p, at + Header.LENGTH + WAITED, value);
  }

  public static int packets(MemorySegment p, long at) {
    return Layouts.int32(p, at + Header.LENGTH + PACKETS);
  }

  public static void setPackets(MemorySegment p, long at, int value) {
    Layouts.setInt32(p, at + Header.LENGTH + PACKETS, value);
  }

  /** The version letter of a current server. */
  public static final int CURRENT_VERSION = 'S';

  /**
   * Whether a server of this version letter has GETALLCONN and RXSTATS and the {@link
   * DebugConnection} laid out here.
   */
  public static boolean hasAllConnections(int version) {
    return version >= 'M';
  }

  /** Whether a server of this version letter fills {@link #waiting}. */
  public static boolean hasWaiting(int version) {
    return version >= 'N';
  }

  /** Whether a server of this version letter fills {@link #idleThreads}. */
  public static boolean hasIdleThreads(int version) {
    return version >= 'O';
  }

  /** Whether a server of this version letter has GETPEER. */
  public static boolean hasPeers(int version) {
    return version >= 'Q';
  }

  /** Whether a server of this version letter fills {@link #waited}. */
  public static boolean hasWaited(int version) {
    return version >= 'R';
  }

  /** Whether a server of this version letter fills {@link #packets}. */
  public static boolean hasPackets(int version) {
    return version >= 'S';
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
