// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.rekey;

import io.rxrpc.security.PlainPackets;
import io.rxrpc.security.SecurityFailure;

/**
 * The key number of a connection, in both directions the same: who has used a key up goes to the
 * next, and who verifies a packet with the next one follows. Safe for all threads.
 */
final class ShiftingKeys {
  private static final int CHANNELS = 4;

  private final long life;
  private final boolean asks;
  private int current;
  private long used;

  /** The newest key that the peer has shown to have. */
  private int shown;

  /** By channel: the last packet with the key of now, and with one before it; 0 for none. */
  private final long[] last = new long[CHANNELS];

  private final long[] lastOld = new long[CHANNELS];

  /**
   * @param life octets after which this side goes to the next key; 0 = it only follows
   * @param asks whether it waits until no packet of the key before may be repeated
   */
  ShiftingKeys(int first, long life, boolean asks) {
    current = first;
    shown = first;
    this.life = life;
    this.asks = asks;
  }

  synchronized int current() {
    return current;
  }

  /** The key number for a packet. */
  synchronized int take(PlainPackets packets, int packet, int octets) {
    if (life > 0 && used >= life && shown >= current && (!asks || settled(packets))) {
      shift();
    }
    used += octets;
    last[packets.channel()] =
        (long) packets.callNumber() << 32 | (packets.seq(packet) & 0xffffffffL);
    return current;
  }

  /**
   * A receiver that is at n takes n-1, n and n+1: nothing older than now may go out again, and it
   * must be seen to be here already.
   */
  private boolean settled(PlainPackets packets) {
    for (int channel = 0; channel < CHANNELS; channel++) {
      long old = lastOld[channel];
      if (old != 0 && packets.mayBeRepeated(channel, (int) (old >>> 32), (int) old)) {
        return false;
      }
    }
    return true;
  }

  private void shift() {
    for (int channel = 0; channel < CHANNELS; channel++) {
      if (last[channel] != 0) {
        lastOld[channel] = last[channel];
        last[channel] = 0;
      }
    }
    current++;
    used = 0;
  }

  /**
   * The whole number of the key that a packet says it has. Older ones are taken: what is hard-acked
   * may still wait to be read.
   */
  synchronized int whole(int checksum) throws SecurityFailure {
    int distance = (short) (checksum - current);
    int number = current + distance;
    if (distance > 1 || number < 0) {
      throw new SecurityFailure(RekeyingSecurity.BAD_KEY_NUMBER, "toy: key number " + checksum);
    }
    return number;
  }

  /** A packet with this key was good. */
  synchronized void verified(int number) {
    shown = Math.max(shown, number);
    if (number == current + 1) {
      shift();
    }
  }
}
