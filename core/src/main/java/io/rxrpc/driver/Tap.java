// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import io.rxrpc.udp.ReceiveBatch;
import io.rxrpc.udp.SendBatch;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Takes batches apart for a {@link DatagramTap}, if there is one. */
final class Tap {
  private final @Nullable DatagramTap tap;
  private final InetSocketAddress bound;
  private final InstantSource clock;

  Tap(@Nullable DatagramTap tap, InetSocketAddress bound, InstantSource clock) {
    this.clock = clock;
    this.tap = tap;
    this.bound = bound;
  }

  void sent(SendBatch batch) {
    DatagramTap t = tap;
    if (t == null) {
      return;
    }
    long time = wallTime();
    for (int i = 0; i < batch.size(); i++) {
      InetSocketAddress from = local(batch.from(i));
      split(
          t,
          time,
          from,
          batch.to(i),
          batch.memory(i),
          batch.offset(i),
          batch.length(i),
          batch.segmentSize(i));
    }
  }

  void received(ReceiveBatch batch) {
    DatagramTap t = tap;
    if (t == null) {
      return;
    }
    long time = wallTime();
    for (int i = 0; i < batch.count(); i++) {
      InetSocketAddress to = local(batch.local(i));
      split(
          t,
          time,
          batch.source(i),
          to,
          batch.memory(i),
          batch.offset(i),
          batch.length(i),
          batch.segmentSize(i));
    }
  }

  private static void split(
      DatagramTap tap,
      long time,
      InetSocketAddress from,
      InetSocketAddress to,
      MemorySegment memory,
      long offset,
      int length,
      int segmentSize) {
    int at = 0;
    do {
      int n = Math.min(segmentSize, length - at);
      tap.record(time, from, to, memory, offset + at, n);
      at += n;
    } while (at < length);
  }

  private InetSocketAddress local(@Nullable InetAddress address) {
    return address == null ? bound : new InetSocketAddress(address, bound.getPort());
  }

  private long wallTime() {
    Instant now = clock.instant();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }
}
