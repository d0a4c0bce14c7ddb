// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.debug;

import io.rxrpc.wire.DebugPeer;
import java.io.PrintStream;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A peer as the one who was asked has it.
 *
 * @param rtt in milliseconds, smoothed
 * @param deviation of the round trip, in milliseconds
 */
record PeerInfo(
    String host,
    int port,
    int references,
    long sent,
    long resent,
    long bytesSent,
    long bytesReceived,
    long rtt,
    long deviation,
    int ifMtu,
    int natMtu,
    int maxMtu,
    int mtu,
    int window,
    int jumboNow,
    int jumboInterface,
    int jumboMax) {
  static PeerInfo of(MemorySegment p) {
    return new PeerInfo(
        host(DebugPeer.host(p, 0)),
        DebugPeer.port(p, 0),
        DebugPeer.refCount(p, 0),
        DebugPeer.sent(p, 0) & 0xffff_ffffL,
        DebugPeer.resends(p, 0) & 0xffff_ffffL,
        DebugPeer.bytesSent(p, 0),
        DebugPeer.bytesReceived(p, 0),
        DebugPeer.rtt(p, 0) >> 3, // OpenAFS keeps eighths, and quarters of the deviation
        DebugPeer.rttDev(p, 0) >> 2,
        DebugPeer.ifMtu(p, 0),
        DebugPeer.natMtu(p, 0),
        DebugPeer.maxMtu(p, 0),
        DebugPeer.mtu(p, 0),
        DebugPeer.cwind(p, 0),
        DebugPeer.dgramPackets(p, 0),
        DebugPeer.ifDgramPackets(p, 0),
        DebugPeer.maxDgramPackets(p, 0));
  }

  /** An IPv4 address; 0.0.0.0 stands for IPv6 at our servers, as a record has no room for it. */
  static String host(int address) {
    return (address >>> 24)
        + "."
        + (address >>> 16 & 255)
        + "."
        + (address >>> 8 & 255)
        + "."
        + (address & 255);
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("host", host);
    json.put("port", port);
    json.put("references", references);
    json.put("packets_sent", sent);
    json.put("packets_resent", resent);
    json.put("bytes_sent", bytesSent);
    json.put("bytes_received", bytesReceived);
    json.put("rtt_ms", rtt);
    json.put("rtt_deviation_ms", deviation);
    json.put("if_mtu", ifMtu);
    json.put("nat_mtu", natMtu);
    json.put("max_mtu", maxMtu);
    json.put("mtu", mtu);
    json.put("congestion_window", window);
    json.put("jumbo", jumboNow);
    json.put("jumbo_interface", jumboInterface);
    json.put("jumbo_max", jumboMax);
    return json;
  }

  void print(PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%s:%d  round trip %d ms, deviation %d ms, window %d%n",
        host,
        port,
        rtt,
        deviation,
        window);
    out.printf(
        Locale.ROOT,
        "  packets sent %d, resent %d; bytes sent %s, received %s%n",
        sent,
        resent,
        Long.toUnsignedString(bytesSent),
        Long.toUnsignedString(bytesReceived));
    out.printf(
        Locale.ROOT,
        "  mtu %d (interface %d, nat %d, max %d), jumbo %d (interface %d, max %d)%n",
        mtu,
        ifMtu,
        natMtu,
        maxMtu,
        jumboNow,
        jumboInterface,
        jumboMax);
  }
}
