// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a host. Asked by {@link RxrpcAddress#of} and by nothing else. */
@FunctionalInterface
public interface HostResolver {
  /**
   * The system's: the hosts file, DNS, or what the JDK is told to use instead. {@code localhost}
   * has the loopback addresses of IPv4 and IPv6, also where the hosts file names one of them only.
   */
  HostResolver SYSTEM =
      host -> {
        try {
          List<InetAddress> found = List.of(InetAddress.getAllByName(host));
          return Localhost.isName(host) ? Localhost.complete(found) : found;
        } catch (UnknownHostException e) {
          if (Localhost.isName(host)) {
            return Localhost.complete(List.of()); // it needs nobody to know it
          }
          UnknownHostException told =
              new UnknownHostException("no address is known for the host '" + host + "'");
          told.initCause(e);
          throw told;
        }
      };

  /**
   * Looks a host up, which may take a while.
   *
   * @param host a name or an address
   * @return its addresses in the order in which they are to be tried, at least one
   * @throws UnknownHostException if there is none
   */
  List<InetAddress> resolve(String host) throws UnknownHostException;
}
