// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.udp;

import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to open a {@link DatagramPort}.
 *
 * @param local the address to bind, resolved; port 0 lets the system choose. The IPv6 wildcard
 *     {@code ::} opens a dual-stack port that speaks IPv4 too; {@code 0.0.0.0} opens IPv4 only.
 *     Take care with {@code new InetSocketAddress(port)}: it means {@code 0.0.0.0} unless the JVM
 *     runs with {@code java.net.preferIPv6Addresses=true}, where it means {@code ::}
 * @param forced the implementation to use, or null to let {@link DatagramPorts#open} choose
 * @param receiveBufferBytes the socket receive buffer to ask for, in bytes; 0 keeps the system's
 *     default. What was got is told by {@link DatagramPort#receiveBufferSize()}
 * @param sendBufferBytes the socket send buffer to ask for, in bytes; 0 keeps the system's default
 * @param reusePort whether several ports may bind the same address (SO_REUSEPORT)
 */
public record PortOptions(
    InetSocketAddress local,
    @Nullable PortKind forced,
    int receiveBufferBytes,
    int sendBufferBytes,
    boolean reusePort) {

  /** Checks the values. */
  public PortOptions {
    Objects.requireNonNull(local, "local");
    if (local.isUnresolved()) {
      throw new IllegalArgumentException("unresolved address: " + local);
    }
    if (receiveBufferBytes < 0 || sendBufferBytes < 0) {
      throw new IllegalArgumentException("negative buffer size");
    }
  }

  /**
   * {@return the defaults of the system on this local address: port chosen, buffers unchanged}
   *
   * @param local the address to bind
   */
  public static PortOptions of(InetSocketAddress local) {
    return new PortOptions(local, null, 0, 0, false);
  }

  /**
   * {@return these options with another choice of implementation}
   *
   * @param kind which one, or null for the best there is
   */
  public PortOptions withForced(@Nullable PortKind kind) {
    return new PortOptions(local, kind, receiveBufferBytes, sendBufferBytes, reusePort);
  }

  /**
   * {@return these options with other buffer sizes, in bytes; 0 keeps the system's default}
   *
   * @param receiveBytes of the socket's receive buffer
   * @param sendBytes of the socket's send buffer
   */
  public PortOptions withBuffers(int receiveBytes, int sendBytes) {
    return new PortOptions(local, forced, receiveBytes, sendBytes, reusePort);
  }
}
