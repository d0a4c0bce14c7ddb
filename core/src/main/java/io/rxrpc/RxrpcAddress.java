package io.rxrpc;

import io.rxrpc.udp.Zone;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A service at a transport address. Immutable. */
public final class RxrpcAddress extends SocketAddress {
  private static final long serialVersionUID = 1L;

  /** Where the server is. */
  private final InetSocketAddress transport;

  /** The service there. */
  private final int serviceId;

  /**
   * @param transport resolved
   * @param serviceId 1..65535, or 0 for a client's own address
   * @throws IllegalArgumentException when one of them cannot be called
   */
  public RxrpcAddress(InetSocketAddress transport, int serviceId) {
    Objects.requireNonNull(transport, "transport");
    if (transport.isUnresolved()) {
      throw new IllegalArgumentException("unknown host: " + transport.getHostString());
    }
    this.transport = transport;
    if (serviceId < 0 || serviceId > 0xffff) {
      throw new IllegalArgumentException("service " + serviceId + " is outside 0..65535");
    }
    this.serviceId = serviceId;
  }

  /**
   * The service on a host. A name is looked up, which may take a while.
   *
   * @param port 0..65535
   * @param serviceId 1..65535, or 0 for a client's own address
   * @throws IllegalArgumentException when the host is not known or a number is out of range
   */
  public static RxrpcAddress of(String host, int port, int serviceId) {
    return new RxrpcAddress(new InetSocketAddress(host, port), serviceId);
  }

  static int checkService(int serviceId) {
    if (serviceId < 1 || serviceId > 0xffff) {
      throw new IllegalArgumentException("service " + serviceId + " is outside 1..65535");
    }
    return serviceId;
  }

  /** Where the server is. */
  public InetSocketAddress transport() {
    return transport;
  }

  /** The service id, 1..65535, or 0 for a client's own address. */
  public int serviceId() {
    return serviceId;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof RxrpcAddress a
        && a.serviceId == serviceId
        && Zone.same(a.transport, transport);
  }

  @Override
  public int hashCode() {
    return transport.hashCode() * 31 + serviceId;
  }

  /** For example {@code 127.0.0.1:7003/52} or {@code [::1]:7003/52}. */
  @Override
  public String toString() {
    return text(transport) + "/" + serviceId;
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
