package io.rxrpc.socket;

import io.rxrpc.driver.EndpointDriver;
import java.util.concurrent.Future;
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

  /** Since when it has neither sockets nor connections, by {@link System#nanoTime}. */
  long idleSince;

  /** A look at it is planned. */
  boolean watched;

  /** That look. */
  @Nullable Future<?> planned;

  Transport(EndpointDriver driver, Transports.@Nullable Anonymous anonymous, long retention) {
    this.driver = driver;
    this.anonymous = anonymous;
    this.retention = retention;
  }
}
