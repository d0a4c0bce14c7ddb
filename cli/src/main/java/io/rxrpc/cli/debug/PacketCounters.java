// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.debug;

import io.rxrpc.wire.RxStatistics;
import java.io.PrintStream;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A server's counters of packets, in the order in which they are told. */
record PacketCounters(Map<String, Object> values) {
  private static final String[] TYPES = {
    "data",
    "ack",
    "busy",
    "abort",
    "ackall",
    "challenge",
    "response",
    "debug",
    "params",
    "type10",
    "type11",
    "type12",
    "version"
  };

  static PacketCounters of(MemorySegment p) {
    Map<String, Object> all = new LinkedHashMap<>();
    put(all, p, "packet_requests", RxStatistics.PACKET_REQUESTS);
    put(all, p, "receive_alloc_failures", RxStatistics.RECEIVE_ALLOC_FAILURES);
    put(all, p, "receive_cbuf_alloc_failures", RxStatistics.RECEIVE_CBUF_ALLOC_FAILURES);
    put(all, p, "send_alloc_failures", RxStatistics.SEND_ALLOC_FAILURES);
    put(all, p, "send_cbuf_alloc_failures", RxStatistics.SEND_CBUF_ALLOC_FAILURES);
    put(all, p, "special_alloc_failures", RxStatistics.SPECIAL_ALLOC_FAILURES);
    put(all, p, "socket_greedy", RxStatistics.SOCKET_GREEDY);
    put(all, p, "bogus_packets", RxStatistics.BOGUS_PACKETS);
    int bogus = RxStatistics.get(p, 0, RxStatistics.BOGUS_HOST);
    // kept as the socket gave it, so that a little-endian server sends it turned round
    all.put("bogus_host", String.format(Locale.ROOT, "%08x", bogus));
    put(all, p, "no_packet_on_read", RxStatistics.NO_PACKET_ON_READ);
    put(all, p, "no_buffers_on_read", RxStatistics.NO_BUFFERS_ON_READ);
    put(all, p, "selects", RxStatistics.SELECTS);
    put(all, p, "send_selects", RxStatistics.SEND_SELECTS);
    for (int type = 1; type <= RxStatistics.TYPES; type++) {
      put(all, p, "read_" + TYPES[type - 1], RxStatistics.PACKETS_READ + 4 * (type - 1));
    }
    put(all, p, "data_read", RxStatistics.DATA_READ);
    put(all, p, "acks_read", RxStatistics.ACKS_READ);
    put(all, p, "duplicates_read", RxStatistics.DUPLICATES_READ);
    put(all, p, "spurious_read", RxStatistics.SPURIOUS_READ);
    put(all, p, "dally_ignored", RxStatistics.DALLY_IGNORED);
    for (int type = 1; type <= RxStatistics.TYPES; type++) {
      put(all, p, "sent_" + TYPES[type - 1], RxStatistics.PACKETS_SENT + 4 * (type - 1));
    }
    put(all, p, "acks_sent", RxStatistics.ACKS_SENT);
    put(all, p, "pings_sent", RxStatistics.PINGS_SENT);
    put(all, p, "aborts_sent", RxStatistics.ABORTS_SENT);
    put(all, p, "busies_sent", RxStatistics.BUSIES_SENT);
    put(all, p, "data_sent", RxStatistics.DATA_SENT);
    put(all, p, "data_resent", RxStatistics.DATA_RESENT);
    put(all, p, "data_pushed", RxStatistics.DATA_PUSHED);
    put(all, p, "acked_ignored", RxStatistics.ACKED_IGNORED);
    put(all, p, "send_failures", RxStatistics.SEND_FAILURES);
    put(all, p, "fatal_errors", RxStatistics.FATAL_ERRORS);
    put(all, p, "busies", RxStatistics.BUSIES);
    long samples = RxStatistics.get(p, 0, RxStatistics.RTT_SAMPLES) & 0xffff_ffffL;
    all.put("rtt_samples", samples);
    if (samples != 0) {
      all.put("rtt_average_us", RxStatistics.micros(p, 0, RxStatistics.TOTAL_RTT) / samples);
      all.put("rtt_min_us", RxStatistics.micros(p, 0, RxStatistics.MIN_RTT));
      all.put("rtt_max_us", RxStatistics.micros(p, 0, RxStatistics.MAX_RTT));
    }
    put(all, p, "server_connections", RxStatistics.SERVER_CONNECTIONS);
    put(all, p, "client_connections", RxStatistics.CLIENT_CONNECTIONS);
    put(all, p, "peers", RxStatistics.PEERS);
    put(all, p, "calls", RxStatistics.CALLS);
    put(all, p, "free_calls", RxStatistics.FREE_CALLS);
    return new PacketCounters(all);
  }

  void print(PrintStream out) {
    values.forEach(
        (name, value) -> out.printf(Locale.ROOT, "%-28s %s%n", name.replace('_', ' '), value));
  }

  private static void put(Map<String, Object> all, MemorySegment p, String name, int offset) {
    all.put(name, RxStatistics.get(p, 0, offset) & 0xffff_ffffL);
  }
}
