// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;

/** Sees every datagram that a port sends and receives. */
@FunctionalInterface
public interface DatagramTap {
  /**
   * One datagram passed. Called under the driver's lock: it must be quick, and must not call the
   * driver. The memory is only valid during the call.
   *
   * @param epochNanos nanoseconds since 1970
   */
  void record(
      long epochNanos,
      InetSocketAddress from,
      InetSocketAddress to,
      MemorySegment memory,
      long offset,
      int length);
}
