// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxgk;

/**
 * Which steps to a next key the peer has taken by itself, and when they came. Whoever steps to n by
 * himself has no packet of n-2 that may go out again: all of them are here. So one that comes after
 * such a step is refused, while one that came before it and is only read late is good. Steps that
 * the peer took because this side did say nothing about its packets.
 */
final class PeerSteps {
  /** Later ones are enough to tell the rest. */
  private static final int KEPT = 16;

  private final long[] numbers = new long[KEPT];
  private final int[] arrivals = new int[KEPT];
  private int count;

  /**
   * The peer has stepped to a key.
   *
   * @param arrival of a packet with that key
   */
  void taken(long number, int arrival) {
    numbers[count % KEPT] = number;
    arrivals[count % KEPT] = arrival;
    count++;
    if (count == 2 * KEPT) {
      count = KEPT; // the place is the same
    }
  }

  /** Whether a packet with this key came after the peer had given the key up. */
  boolean isStale(long number, int arrival) {
    for (int i = 0; i < Math.min(count, KEPT); i++) {
      if (numbers[i] >= number + 2 && arrival - arrivals[i] >= 0) {
        return true;
      }
    }
    return false;
  }
}
