// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** The name that always means this host's loopback addresses (RFC 6761, 6.3). */
final class Localhost {
  private static final List<InetAddress> LOOPBACK =
      List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1"));

  private Localhost() {}

  static boolean isName(String host) {
    return host.equalsIgnoreCase("localhost") || host.equalsIgnoreCase("localhost.");
  }

  /** Adds the family that the system did not name. */
  static List<InetAddress> complete(List<InetAddress> found) {
    List<InetAddress> all = new ArrayList<>(found);
    for (InetAddress loopback : LOOPBACK) {
      if (all.stream().noneMatch(a -> a.getClass() == loopback.getClass())) {
        all.add(loopback);
      }
    }
    return List.copyOf(all);
  }
}
