// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine.policy;

import java.util.Arrays;

/**
 * A few packets whose answer measures the round trip: of those that asked for an ACK. Each gives
 * one sample. More may ask within a round trip than there are places; those that have one
 * keep it until they are answered or overtaken, or no answer comes, or none of them would ever be
 * known when its answer comes. Times in nanoseconds.
 */
public final class RttSamples {
  private static final int SLOTS = 4;

  /** After this no answer is expected any more. */
  private static final long VAIN = 2_000_000_000L;

  private final int[] serials = new int[SLOTS];
  private final int[] orders = new int[SLOTS];
  private final long[] sentAt = new long[SLOTS];
  private int order;

  /** Begins anew, for another call. */
  public void again() {
    Arrays.fill(serials, 0);
    Arrays.fill(orders, 0);
    Arrays.fill(sentAt, 0);
    order = 0;
  }

  /** DATA that asks for an ACK was sent, with that order number; serial 0 is none. */
  public void add(int serial, int order, long now) {
    int slot = oldest();
    if (serials[slot] == 0 || now - sentAt[slot] >= VAIN) {
      set(slot, serial, order, now);
    }
  }

  /** A PING was sent: its answer tells more than a time, and is always waited for. */
  public void ping(int serial, int order, long now) {
    set(oldest(), serial, order, now);
  }

  private void set(int slot, int serial, int order, long now) {
    if (serial != 0) {
      serials[slot] = serial;
      orders[slot] = order;
      sentAt[slot] = now;
    }
  }

  /** A free place, or the one that was taken first. */
  private int oldest() {
    int found = 0;
    for (int i = 0; i < SLOTS; i++) {
      if (serials[i] == 0) {
        return i;
      }
      if (sentAt[i] < sentAt[found]) {
        found = i;
      }
    }
    return found;
  }

  /** The time since that serial was sent, or -1 if it is not known or was answered before. */
  public long answered(int serial, long now) {
    for (int i = 0; i < SLOTS; i++) {
      if (serials[i] == serial && serial != 0) {
        order = orders[i];
        overtaken(sentAt[i]);
        serials[i] = 0;
        return now - sentAt[i];
      }
    }
    return -1;
  }

  /** Forgets the packets sent before: their answers are lost, or were joined with a later one. */
  private void overtaken(long before) {
    for (int i = 0; i < SLOTS; i++) {
      if (sentAt[i] < before) {
        serials[i] = 0;
      }
    }
  }

  /** The order number of the packet that was answered last. */
  public int order() {
    return order;
  }
}
