// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxgk;

import io.rxrpc.security.PlainPackets;
import io.rxrpc.security.SealedPacket;
import io.rxrpc.security.SecurityFailure;
import java.time.InstantSource;

/**
 * The number of the key that a connection is at, the same for both directions (rxgk.md section 7).
 * Who has used a key up goes to the next, and who verifies a packet with the next follows. Safe for
 * all threads.
 *
 * <p>A receiver at n takes n-1, n and n+1. So this side goes on by itself only when no packet with
 * the key before may go out again, on any channel, and when the peer has shown that it has the one
 * of now: else the packet that took it there may be lost, or lie unread.
 */
final class KeyNumbers {
  private static final int CHANNELS = 4;
  private static final long LAST = 0xfffffffeL;
  private static final int WIRE = 0xffff;
  private static final int UNLIMITED = 63;

  private final RxgkForm form;
  private final InstantSource wallClock;

  /** Octets and milliseconds that a key is good for; {@link Long#MAX_VALUE} = for ever. */
  private final long octets;

  private final long millis;

  private long current;
  private long used;
  private long since;

  /** The newest key that the peer has shown to have. */
  private long shown;

  private final PeerSteps steps = new PeerSteps();

  /** By channel: the last packet with the key of now, and with one before it; 0 for none. */
  private final long[] last = new long[CHANNELS];

  private final long[] lastOld = new long[CHANNELS];

  /**
   * @param first the number at the beginning
   * @param lifetime seconds, 0 or less = for ever
   * @param bytelife the logarithm of octets, 0 or less = for ever
   */
  KeyNumbers(RxgkForm form, InstantSource wallClock, long first, long lifetime, long bytelife) {
    this.form = form;
    this.wallClock = wallClock;
    current = first;
    shown = first;
    octets = octets(form, bytelife);
    millis = lifetime <= 0 || lifetime > Integer.MAX_VALUE ? Long.MAX_VALUE : lifetime * 1000;
    since = wallClock.millis();
  }

  /** YFS counts octets themselves above 63. */
  private static long octets(RxgkForm form, long bytelife) {
    if (bytelife <= 0 || bytelife == UNLIMITED) {
      return Long.MAX_VALUE;
    }
    if (bytelife < UNLIMITED) {
      return 1L << bytelife;
    }
    return form == RxgkForm.YFS ? bytelife : Long.MAX_VALUE;
  }

  synchronized long current() {
    return current;
  }

  /** The key number for a packet of so many octets that is to be sealed. */
  synchronized long take(PlainPackets packets, int packet, int length) {
    if (isUsedUp() && shown >= current && current < LAST && settled(packets)) {
      advance();
    }
    used += length;
    last[packets.channel()] =
        (long) packets.callNumber() << 32 | (packets.seq(packet) & 0xffffffffL);
    return current;
  }

  private boolean isUsedUp() {
    return used >= octets || (millis < Long.MAX_VALUE && wallClock.millis() - since >= millis);
  }

  private boolean settled(PlainPackets packets) {
    for (int channel = 0; channel < CHANNELS; channel++) {
      long old = lastOld[channel];
      if (old != 0 && packets.mayBeRepeated(channel, (int) (old >>> 32), (int) old)) {
        return false;
      }
    }
    return true;
  }

  private void advance() {
    for (int channel = 0; channel < CHANNELS; channel++) {
      if (last[channel] != 0) {
        lastOld[channel] = last[channel];
        last[channel] = 0;
      }
    }
    current++;
    used = 0;
    since = wallClock.millis();
  }

  /**
   * The whole number of the key that a packet says it has: nothing but the next is newer. One from
   * before the last is taken if it may be late, and not only made late: see {@link PeerSteps}.
   */
  synchronized long whole(SealedPacket packet) throws SecurityFailure {
    int distance = (short) (packet.checksum() - (int) current);
    long number = current + distance;
    if (number < 0) {
      throw RxgkFault.KEY_WRAP.in(form, "key number " + packet.checksum() + " at the first");
    }
    if (distance > 1 || number > LAST + 1 || steps.isStale(number, packet.arrival())) {
      throw RxgkFault.KEY_NUMBER.in(
          form, "key number " + packet.checksum() + " at " + (current & WIRE));
    }
    return number;
  }

  /** A packet with this key was good. */
  synchronized void verified(long number, SealedPacket packet) {
    shown = Math.max(shown, number);
    if (number == current + 1) {
      steps.taken(number, packet.arrival());
      advance();
    }
  }
}
