// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop.kernel;

import java.net.InetSocketAddress;

/**
 * Where a server is found.
 *
 * @param echo service {@link #ECHO}
 * @param echo6 the same over IPv6
 * @param refusing service {@link #REFUSES}
 */
record Served(InetSocketAddress echo, InetSocketAddress echo6, InetSocketAddress refusing) {
  static final int ECHO = 100;

  /** Aborts every call with {@link #REFUSAL}. */
  static final int REFUSES = 102;

  static final int REFUSAL = 4711;

  /** A port of the same host where nobody listens. */
  InetSocketAddress closed() {
    return new InetSocketAddress(echo.getAddress(), 7199);
  }
}
