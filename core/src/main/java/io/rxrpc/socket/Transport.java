// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import io.rxrpc.driver.EndpointDriver;
import io.rxrpc.driver.Look;
import org.jspecify.annotations.Nullable;

/** A UDP port that sockets of this JVM share. The fields belong to {@link Transports}. */
final class Transport {
  final EndpointDriver driver;

  /** What others must ask for to share it, besides its own address; null for a server's port. */
  final Transports.@Nullable Anonymous anonymous;

  /** How long it is kept without sockets and connections, in nanoseconds. */
  final long retention;

  /** Sockets bound to it. */
  int sockets;

  /** Where it was got, if there. */
  final @Nullable Transports shared;

  /** Since when it has no socket, by the driver's clock. */
  private long freeSince;

  Transport(
      @Nullable Transports shared,
      EndpointDriver driver,
      Transports.@Nullable Anonymous anonymous,
      long retention) {
    this.shared = shared;
    this.driver = driver;
    this.anonymous = anonymous;
    this.retention = retention;
  }

  /** Its last socket has gone. */
  void freed(long now) {
    freeSince = now;
  }

  /**
   * How long it is still kept, in nanoseconds: the time counts from the end of its last connection,
   * not from the moment at which somebody found that there is none any more.
   */
  long left(long now) {
    try (Look _ = driver.look()) {
      if (driver.engine().clientConnections() > 0) {
        return retention; // at least
      }
      long ended = driver.engine().lastClientConnectionClosed();
      long idleSince = ended - freeSince > 0 ? ended : freeSince;
      return idleSince + retention - now;
    }
  }
}
