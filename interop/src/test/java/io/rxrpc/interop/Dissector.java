// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import io.rxrpc.interop.peers.Programs;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What tshark makes of a capture; its own knowledge of ports is that 7000 to 7009 are Rx. */
final class Dissector {
  private static final String CHAT = "0x200000";

  private final List<String> command = new ArrayList<>();

  Dissector(Path file) {
    command.addAll(List.of("tshark", "-n", "-r", file.toString()));
    command.addAll(List.of("-o", "udp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE"));
  }

  /** Without that, it takes the data of every call for a call of AFS. */
  Dissector withoutAfs() {
    command.addAll(List.of("--disable-protocol", "afs"));
    return this;
  }

  /** What comes from or goes to this port is Rx, too. */
  Dissector port(InetSocketAddress address) {
    command.addAll(List.of("-d", "udp.port==" + address.getPort() + ",rx"));
    return this;
  }

  /**
   * Packets with an expert's note or warning, or that are malformed, or that are no Rx. What is
   * below a note is chat: that a port of the system's choice may be one of traceroute's.
   */
  String complaints() {
    return run("-Y", "_ws.expert.severity > " + CHAT + " || _ws.malformed || !rx", "-V");
  }

  /** The types of packets that occur. */
  Set<String> types() {
    return run("-T", "fields", "-e", "rx.type").lines().collect(Collectors.toSet());
  }

  /** One line for each packet. */
  List<String> summary() {
    return run().lines().toList();
  }

  private String run(String... arguments) {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(arguments));
    return Programs.run(Duration.ofMinutes(2), all).ok().out();
  }
}
