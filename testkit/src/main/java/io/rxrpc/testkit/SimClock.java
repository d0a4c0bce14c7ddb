// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit;

/** A node's clock, which may run faster or slower than the network's. Times in nanoseconds. */
final class SimClock {
  private static final int MILLION = 1_000_000;

  private int partsPerMillion;
  private long from;

  /** From now on it runs faster by so many millionths, or slower. */
  void rate(int parts, long netTime) {
    partsPerMillion = parts;
    from = netTime;
  }

  /** What it says at a time of the network. */
  long at(long netTime) {
    if (partsPerMillion == 0) {
      return netTime;
    }
    return netTime + Math.floorDiv((netTime - from) * partsPerMillion, (long) MILLION);
  }

  /** The first time of the network at which it says that; {@link Long#MAX_VALUE} stays. */
  long netTime(long local) {
    if (partsPerMillion == 0 || local == Long.MAX_VALUE) {
      return local;
    }
    long guess = from + (long) ((local - from) * (double) MILLION / (MILLION + partsPerMillion));
    while (at(guess) >= local) {
      guess -= 2000;
    }
    while (at(guess) < local) {
      guess++;
    }
    return guess;
  }
}
