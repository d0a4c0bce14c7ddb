// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.wire;

import java.lang.foreign.MemorySegment;

/**
 * The reply to {@link DebugRequest#RXSTATS} (wire.md 8): words of 32 bits, read and written by
 * {@link #get} and {@link #set} with the offset as their name. Offsets are from the start of the
 * payload, {@code at} is the start of the packet.
 */
public final class RxStatistics {
  /** Packets asked for. */
  public static final int PACKET_REQUESTS = 0;

  /** No packet to receive into. */
  public static final int RECEIVE_ALLOC_FAILURES = 4;

  /** No packet to send from. */
  public static final int SEND_ALLOC_FAILURES = 8;

  /** No packet for an ACK or its like. */
  public static final int SPECIAL_ALLOC_FAILURES = 12;

  /** Whether a large socket buffer was got. */
  public static final int SOCKET_GREEDY = 16;

  /** Datagrams that are no packet. */
  public static final int BOGUS_PACKETS = 20;

  /** IPv4 address that the last of these came from. */
  public static final int BOGUS_HOST = 24;

  /** Reads that gave nothing. */
  public static final int NO_PACKET_ON_READ = 28;

  /** Datagrams dropped for want of a packet. */
  public static final int NO_BUFFERS_ON_READ = 32;

  /** Selects that waited. */
  public static final int SELECTS = 36;

  /** Selects for sending. */
  public static final int SEND_SELECTS = 40;

  /** Thirteen words, one for each type from 1. */
  public static final int PACKETS_READ = 44;

  /** DATA that were not duplicates. */
  public static final int DATA_READ = 96;

  /** ACKs read. */
  public static final int ACKS_READ = 100;

  /** Duplicates. */
  public static final int DUPLICATES_READ = 104;

  /** DATA that were acknowledged already. */
  public static final int SPURIOUS_READ = 108;

  /** Thirteen words, one for each type from 1. */
  public static final int PACKETS_SENT = 112;

  /** ACKs sent. */
  public static final int ACKS_SENT = 164;

  /** Pings sent. */
  public static final int PINGS_SENT = 168;

  /** ABORTs sent. */
  public static final int ABORTS_SENT = 172;

  /** BUSYs sent. */
  public static final int BUSIES_SENT = 176;

  /** DATA sent first. */
  public static final int DATA_SENT = 180;

  /** DATA sent again. */
  public static final int DATA_RESENT = 184;

  /** DATA sent again early. */
  public static final int DATA_PUSHED = 188;

  /** Packets acknowledged that were not there any more. */
  public static final int ACKED_IGNORED = 192;

  /** Seconds, then microseconds. */
  public static final int TOTAL_RTT = 196;

  /** Seconds, then microseconds. */
  public static final int MIN_RTT = 204;

  /** Seconds, then microseconds. */
  public static final int MAX_RTT = 212;

  /** Round trips measured. */
  public static final int RTT_SAMPLES = 220;

  /** Server connections. */
  public static final int SERVER_CONNECTIONS = 224;

  /** Client connections. */
  public static final int CLIENT_CONNECTIONS = 228;

  /** Peers. */
  public static final int PEERS = 232;

  /** Calls. */
  public static final int CALLS = 236;

  /** Free calls. */
  public static final int FREE_CALLS = 240;

  /** Sends that failed. */
  public static final int SEND_FAILURES = 244;

  /** Fatal errors. */
  public static final int FATAL_ERRORS = 248;

  /** Packets ignored while a call dallied. */
  public static final int DALLY_IGNORED = 252;

  /** No continuation buffer to receive into. */
  public static final int RECEIVE_CBUF_ALLOC_FAILURES = 256;

  /** No continuation buffer to send from. */
  public static final int SEND_CBUF_ALLOC_FAILURES = 260;

  /** Calls refused with BUSY. */
  public static final int BUSIES = 264;

  /** Four words of 0. */
  public static final int SPARES = 268;

  /** How many words {@link #PACKETS_READ} and {@link #PACKETS_SENT} have: types 1 to 13. */
  public static final int TYPES = 13;

  /** Length of the record. */
  public static final int RECORD = 284;

  /** Length of the whole packet. */
  public static final int LENGTH = Header.LENGTH + RECORD;

  private RxStatistics() {}

  /** The word at one of the offsets above. */
  public static int get(MemorySegment p, long at, int offset) {
    return Layouts.int32(p, at + Header.LENGTH + offset);
  }

  public static void set(MemorySegment p, long at, int offset, int value) {
    Layouts.setInt32(p, at + Header.LENGTH + offset, value);
  }

  /** Packets of a type 1..13 that were read. */
  public static int packetsRead(MemorySegment p, long at, int type) {
    return get(p, at, PACKETS_READ + 4 * (type - 1));
  }

  /** Packets of a type 1..13 that were sent. */
  public static int packetsSent(MemorySegment p, long at, int type) {
    return get(p, at, PACKETS_SENT + 4 * (type - 1));
  }

  /** Microseconds of {@link #TOTAL_RTT}, {@link #MIN_RTT} or {@link #MAX_RTT}. */
  public static long micros(MemorySegment p, long at, int offset) {
    return get(p, at, offset) * 1_000_000L + get(p, at, offset + 4);
  }

  public static void setMicros(MemorySegment p, long at, int offset, long micros) {
    set(p, at, offset, (int) (micros / 1_000_000));
    set(p, at, offset + 4, (int) (micros % 1_000_000));
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
