// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.udp;

import java.net.InetSocketAddress;
import java.util.Objects;

/**
 * A datagram that did not get through, as far as this host knows.
 *
 * @param destination where the datagram was sent; an IPv4-mapped address is given as IPv4
 * @param errno the Linux errno on every platform, see {@link Errno}
 * @param kind who said so
 * @param mtu the path MTU in bytes, IP header included, that came with {@link Errno#EMSGSIZE}; 0
 *     when there is none
 */
public record PortError(InetSocketAddress destination, int errno, Kind kind, int mtu) {

  /** Who found the fault. */
  public enum Kind {
    /** A host on the way or the destination answered by ICMP or ICMPv6; some earlier datagram. */
    ICMP,
    /** Our own system refused to send; the entry of the batch was skipped. */
    LOCAL
  }

  /** Checks the values. */
  public PortError {
    Objects.requireNonNull(destination, "destination");
    Objects.requireNonNull(kind, "kind");
  }

  /** For example {@code /127.0.0.1:7003: ECONNREFUSED (ICMP)}. */
  @Override
  public String toString() {
    String text = destination + ": " + Errno.name(errno) + " (" + kind + ")";
    return mtu == 0 ? text : text + ", MTU " + mtu;
  }
}
