// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.debug;

import io.rxrpc.security.SecurityLevel;
import io.rxrpc.wire.DebugConnection;
import java.io.PrintStream;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A connection as the one who was asked has it. */
record ConnectionInfo(
    String host,
    int port,
    int epoch,
    int cid,
    int serial,
    int mtu,
    int error,
    boolean server,
    int securityIndex,
    @Nullable Security security,
    List<String> flags,
    List<CallInfo> calls) {
  private static final int CHANNELS = 4;
  private static final int KAD = 3;
  private static final int GK = 4;
  private static final String[] FLAGS = {
    "makecall-waiting",
    "destroyed",
    "checksums",
    "know-window",
    "reset",
    "busy",
    "attach-wait",
    "makecall-active"
  };

  /**
   * What the security class tells of it.
   *
   * @param level null for a number that none has
   * @param expires null for never, or not known
   * @param counted whether octets and packets were counted
   */
  record Security(
      @Nullable SecurityLevel level,
      boolean authenticated,
      boolean expired,
      @Nullable Instant expires,
      boolean counted,
      long bytesReceived,
      long packetsReceived,
      long bytesSent,
      long packetsSent) {}

  static ConnectionInfo of(MemorySegment p) {
    List<CallInfo> calls = new ArrayList<>();
    for (int i = 0; i < CHANNELS; i++) {
      calls.add(CallInfo.of(p, i));
    }
    return new ConnectionInfo(
        PeerInfo.host(DebugConnection.host(p, 0)),
        DebugConnection.port(p, 0),
        DebugConnection.epoch(p, 0),
        DebugConnection.cid(p, 0),
        DebugConnection.serial(p, 0),
        DebugConnection.natMtu(p, 0),
        DebugConnection.error(p, 0),
        DebugConnection.type(p, 0) != 0,
        DebugConnection.securityIndex(p, 0),
        security(p),
        CallInfo.names(FLAGS, DebugConnection.flags(p, 0)),
        calls);
  }

  private static @Nullable Security security(MemorySegment p) {
    int type = DebugConnection.securityType(p, 0);
    if (type != KAD && type != GK) {
      return null;
    }
    int flags = DebugConnection.securityFlags(p, 0);
    long expires = DebugConnection.securityExpires(p, 0) & 0xffff_ffffL;
    return new Security(
        SecurityLevel.of(DebugConnection.securityLevel(p, 0)),
        (flags & 2) != 0,
        (flags & 4) != 0,
        expires == 0 || expires == 0xffff_ffffL ? null : Instant.ofEpochSecond(expires),
        (flags & 1) == 0,
        DebugConnection.securityBytesReceived(p, 0) & 0xffff_ffffL,
        DebugConnection.securityPacketsReceived(p, 0) & 0xffff_ffffL,
        DebugConnection.securityBytesSent(p, 0) & 0xffff_ffffL,
        DebugConnection.securityPacketsSent(p, 0) & 0xffff_ffffL);
  }

  /** Whether no channel has more than the memory of a call. */
  boolean dallies() {
    return calls.stream().allMatch(CallInfo::isOver);
  }

  /** {@code none}, {@code rxkad clear}, or the number of a class that is not known. */
  String protection() {
    String name =
        switch (securityIndex) {
          case 0 -> "none";
          case 2 -> "rxkad";
          case 4, 6 -> "rxgk";
          default -> "class " + securityIndex;
        };
    Security s = security;
    SecurityLevel level = s == null ? null : s.level();
    return level == null ? name : name + " " + level.label();
  }

  String identity() {
    return String.format(Locale.ROOT, "%08x/%08x", epoch, cid);
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("host", host);
    json.put("port", port);
    json.put("side", server ? "server" : "client");
    json.put("epoch", epoch & 0xffff_ffffL);
    json.put("cid", cid & 0xffff_ffffL);
    json.put("serial", serial & 0xffff_ffffL);
    json.put("mtu", mtu);
    json.put("error", error);
    json.put("flags", flags);
    json.put("security_index", securityIndex);
    Security s = security;
    if (s != null) {
      json.put("security", json(s));
    }
    json.put("calls", calls.stream().map(CallInfo::json).toList());
    return json;
  }

  private static Map<String, Object> json(Security s) {
    Map<String, Object> json = new LinkedHashMap<>();
    SecurityLevel level = s.level();
    Instant expires = s.expires();
    json.put("level", level == null ? "unknown" : level.label());
    json.put("authenticated", s.authenticated());
    json.put("expired", s.expired());
    if (expires != null) {
      json.put("expires", expires.toString());
    }
    if (s.counted()) {
      json.put("bytes_received", s.bytesReceived());
      json.put("packets_received", s.packetsReceived());
      json.put("bytes_sent", s.bytesSent());
      json.put("packets_sent", s.packetsSent());
    }
    return json;
  }

  void print(PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%s:%d  %s %s  serial %s  mtu %d%n",
        host,
        port,
        server ? "server" : "client",
        identity(),
        Integer.toUnsignedString(serial),
        mtu);
    out.println("  security " + protection() + details());
    Security s = security;
    if (s != null && s.counted()) {
      out.printf(
          Locale.ROOT,
          "  received %d bytes in %d packets, sent %d in %d%n",
          s.bytesReceived(),
          s.packetsReceived(),
          s.bytesSent(),
          s.packetsSent());
    }
    for (int i = 0; i < calls.size(); i++) {
      CallInfo call = calls.get(i);
      if (call.number() != 0 || !call.isIdle()) {
        out.println("  channel " + i + "  " + call);
      }
    }
  }

  private String details() {
    StringBuilder text = new StringBuilder();
    Security s = security;
    if (s != null) {
      text.append(s.authenticated() ? ", authenticated" : ", not authenticated");
      text.append(s.expired() ? ", expired" : "");
      Instant expires = s.expires();
      text.append(expires == null ? "" : ", until " + expires);
    }
    text.append(error == 0 ? "" : ", error " + error);
    text.append(flags.isEmpty() ? "" : ", " + String.join(" ", flags));
    return text.toString();
  }
}
