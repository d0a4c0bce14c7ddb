// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Addresses of the simulated network: 10.0.0.n with a port. */
public final class SimAddress {
  private SimAddress() {}

  /**
   * {@return the address 10.0.0.{@code host}:{@code port}}
   *
   * @param host the number of the host
   * @param port the UDP port
   */
  public static InetSocketAddress of(int host, int port) {
    try {
      return new InetSocketAddress(
          InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) host}), port);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e); // four octets are an address
    }
  }
}
