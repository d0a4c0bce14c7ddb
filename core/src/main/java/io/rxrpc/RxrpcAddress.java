// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import io.rxrpc.udp.Zone;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A service at a transport address, or at one of the several that a host name has. Immutable.
 *
 * <p>A name is looked up by {@link #of}, once, in the calling thread, and at no other time: whoever
 * wants to see changes of it makes a new address. An {@link RxrpcEndpoint} tries the addresses of a
 * name in order ({@link RxrpcEndpoint#call(RxrpcAddress, byte[])} says how); sockets, which are
 * given one address as in C, use the first. Two are equal if their first addresses and services
 * are.
 */
public final class RxrpcAddress extends SocketAddress {
  private static final long serialVersionUID = 1L;

  /** Where the server is, in the order of trying; at least one. */
  private final InetSocketAddress[] transports;

  /** The service there. */
  private final int serviceId;

  /** The name that was looked up, or the first address as text. */
  private final String host;

  /**
   * An address that is resolved already.
   *
   * @param transport resolved
   * @param serviceId 1..65535, or 0 for a client's own address
   * @throws IllegalArgumentException when one of them cannot be called
   */
  public RxrpcAddress(InetSocketAddress transport, int serviceId) {
    this(
        new InetSocketAddress[] {Objects.requireNonNull(transport, "transport")},
        serviceId,
        transport.getHostString());
  }

  private RxrpcAddress(InetSocketAddress[] transports, int serviceId, String host) {
    if (transports[0].isUnresolved()) {
      throw new IllegalArgumentException("unknown host: " + transports[0].getHostString());
    }
    this.transports = transports;
    if (serviceId < 0 || serviceId > 0xffff) {
      throw new IllegalArgumentException("service " + serviceId + " is outside 0..65535");
    }
    this.serviceId = serviceId;
    this.host = host;
  }

  /**
   * {@return the service on a host} A name is looked up now, which may take a while; all its
   * addresses are kept.
   *
   * @param host a name or an address, IPv6 without brackets, {@code fe80::1%eth0} with its link
   * @param port 0..65535
   * @param serviceId 1..65535, or 0 for a client's own address
   * @throws UnknownHostException when no address is known for the host
   * @throws IllegalArgumentException when a number is out of range
   */
  public static RxrpcAddress of(String host, int port, int serviceId) throws UnknownHostException {
    return of(host, port, serviceId, HostResolver.SYSTEM);
  }

  /**
   * {@return the same with another way to look names up}
   *
   * @param host a name, or an address as a number
   * @param port the UDP port
   * @param serviceId the service id
   * @param resolver finds it
   * @throws UnknownHostException as the resolver throws it, or if it returns no address
   */
  public static RxrpcAddress of(String host, int port, int serviceId, HostResolver resolver)
      throws UnknownHostException {
    List<InetAddress> found = resolver.resolve(Objects.requireNonNull(host, "host"));
    if (found.isEmpty()) {
      throw new UnknownHostException("no address is known for the host '" + host + "'");
    }
    InetSocketAddress[] transports = new InetSocketAddress[found.size()];
    for (int i = 0; i < transports.length; i++) {
      transports[i] = new InetSocketAddress(found.get(i), port);
    }
    return new RxrpcAddress(transports, serviceId, host);
  }

  /** The same service at one of the addresses alone. */
  RxrpcAddress at(int index) {
    return transports.length == 1
        ? this
        : new RxrpcAddress(new InetSocketAddress[] {transports[index]}, serviceId, host);
  }

  /** All addresses, for messages: {@code localhost:7003/52 (127.0.0.1, ::1)}. */
  String everywhere() {
    if (transports.length == 1) {
      return toString();
    }
    String all =
        Arrays.stream(transports)
            .map(t -> t.getAddress() instanceof Inet6Address six ? compressed(six) : ip(t))
            .collect(Collectors.joining(", "));
    return host + ":" + transports[0].getPort() + "/" + serviceId + " (" + all + ")";
  }

  private static String ip(InetSocketAddress transport) {
    return transport.getAddress().getHostAddress();
  }

  static int checkService(int serviceId) {
    if (serviceId < 1 || serviceId > 0xffff) {
      throw new IllegalArgumentException("service " + serviceId + " is outside 1..65535");
    }
    return serviceId;
  }

  /** {@return where the server is: the first of its addresses} */
  public InetSocketAddress transport() {
    return transports[0];
  }

  /** {@return all addresses of the server, in the order in which they are tried; at least one} */
  public List<InetSocketAddress> transports() {
    return List.of(transports);
  }

  InetSocketAddress transport(int index) {
    return transports[index];
  }

  /** {@return the name that was looked up; if there was none, the address} */
  public String host() {
    return host;
  }

  /** {@return the service id, 1..65535, or 0 for a client's own address} */
  public int serviceId() {
    return serviceId;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof RxrpcAddress a
        && a.serviceId == serviceId
        && Zone.same(a.transport(), transport());
  }

  @Override
  public int hashCode() {
    return transport().hashCode() * 31 + serviceId;
  }

  /** For example {@code 127.0.0.1:7003/52} or {@code [::1]:7003/52}. */
  @Override
  public String toString() {
    return text(transport()) + "/" + serviceId;
  }

  /** For example {@code 127.0.0.1:7003} or {@code [::1]:7003}. */
  static String text(InetSocketAddress transport) {
    InetAddress ip = transport.getAddress();
    if (ip == null) {
      return transport.getHostString() + ":" + transport.getPort();
    }
    if (!(ip instanceof Inet6Address)) {
      return ip.getHostAddress() + ":" + transport.getPort();
    }
    return "[" + compressed(ip) + "]:" + transport.getPort();
  }

  /** The longest run of zero groups becomes {@code ::}, as RFC 5952 has it. */
  private static String compressed(InetAddress ip) {
    String full = ip.getHostAddress();
    int percent = full.indexOf('%');
    String scope = percent < 0 ? "" : full.substring(percent);
    String[] groups = (percent < 0 ? full : full.substring(0, percent)).split(":", -1);
    int best = -1;
    int bestLength = 1;
    int run = 0;
    for (int i = 0; i < groups.length; i++) {
      run = groups[i].equals("0") ? run + 1 : 0;
      if (run > bestLength) {
        bestLength = run;
        best = i - run + 1;
      }
    }
    if (best < 0) {
      return full;
    }
    StringBuilder s = new StringBuilder();
    for (int i = 0; i < groups.length; i++) {
      if (i == best) {
        s.append("::");
        i += bestLength - 1;
      } else {
        if (i > 0 && i != best + bestLength) {
          s.append(':');
        }
        s.append(groups[i]);
      }
    }
    return s.append(scope).toString();
  }
}
