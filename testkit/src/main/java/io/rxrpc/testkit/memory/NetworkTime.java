// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.memory;

import io.rxrpc.machine.Time;
import io.rxrpc.testkit.SimNet;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The time of a network: it stands still while anybody runs. */
final class NetworkTime implements Time {
  private static final Instant BEGINNING = Instant.parse("2030-01-01T00:00:00Z");

  private final SimNet net;
  private final Baton baton;
  private final InstantSource wall = () -> BEGINNING.plusNanos(elapsed());

  NetworkTime(SimNet net, Baton baton) {
    this.net = net;
    this.baton = baton;
  }

  private long elapsed() {
    return net.elapsed();
  }

  @Override
  public long nanoTime() {
    return net.now();
  }

  @Override
  public InstantSource wallClock() {
    return wall;
  }

  @Override
  public boolean goesOn() {
    return false;
  }

  @Override
  public void park(Object blocker) {
    baton.park(blocker, Long.MAX_VALUE);
  }

  @Override
  public void parkNanos(Object blocker, long nanos) {
    long until = net.now() + nanos;
    baton.park(blocker, nanos > 0 && until < 0 ? Long.MAX_VALUE : until);
  }

  @Override
  public void unpark(@Nullable Thread thread) {
    if (thread != null) {
      baton.unpark(thread);
    }
  }
}
