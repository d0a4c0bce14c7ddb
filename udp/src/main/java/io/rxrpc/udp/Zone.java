// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.udp;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Addresses with their zones (RFC 4007): {@code fe80::1%2} and {@code fe80::1%3} are two hosts, but
 * {@link Inet6Address#equals} looks at the 16 bytes only. Whoever compares addresses, or keeps
 * something by them, does it by these methods. Safe for all threads.
 */
public final class Zone {
  private Zone() {}

  /**
   * {@return the number of the interface that an address belongs to, 0 for an address of no zone}
   *
   * @param address the address
   */
  public static int of(InetAddress address) {
    return address instanceof Inet6Address six ? six.getScopeId() : 0;
  }

  /**
   * {@return whether both are the same host, as far as addresses tell}
   *
   * @param a one of the two
   * @param b the other
   */
  public static boolean same(InetAddress a, @Nullable InetAddress b) {
    return a.equals(b) && (b == null || of(a) == of(b));
  }

  /**
   * {@return whether both are the same port of the same host; two unresolved ones by name}
   *
   * @param a one of the two
   * @param b the other
   */
  public static boolean same(InetSocketAddress a, @Nullable InetSocketAddress b) {
    if (b == null || !a.equals(b)) {
      return false;
    }
    InetAddress ip = a.getAddress();
    return ip == null || same(ip, b.getAddress());
  }

  /**
   * {@return what stands for an address in a hash table: itself unless it has a zone}
   *
   * @param address the address
   */
  public static Object key(InetSocketAddress address) {
    InetAddress ip = address.getAddress();
    int zone = ip == null ? 0 : of(ip);
    return zone == 0 ? address : new Zoned(address, zone);
  }

  /**
   * {@return the same for an address without a port}
   *
   * @param address the address
   */
  public static Object key(InetAddress address) {
    int zone = of(address);
    return zone == 0 ? address : new Zoned(address, zone);
  }

  private record Zoned(Object address, int zone) {}
}
