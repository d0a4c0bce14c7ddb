// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine.policy;

/**
 * Keeps what waits in a near peer's UDP buffer below what that holds. On a short path what is in
 * flight lies there and nowhere else, and congestion control would find out by losing it, again and
 * again where several calls share it. How much waits is told by the round trip, as in TCP Vegas:
 * the part of it that is more than the least one. On longer paths the window is spread ({@link
 * Pacer}), and this says nothing. Times in nanoseconds.
 */
public final class BufferGuard {
  /**
   * Packets that may wait at an OpenAFS: it asks for 64 KiB, which the system doubles, and charges
   * 2,304 bytes for a packet.
   */
  private static final int NARROW = 40;

  /** Bytes of large packets that may wait at others. */
  private static final int WIDE = 2 << 20;

  /** Packets no larger than that wait in their receivers' windows alone. */
  private static final int ORDINARY = 1500;

  private int limit = Integer.MAX_VALUE;

  /**
   * Whether it bounds anything.
   *
   * @param narrow whether the peer tells windows like those of OpenAFS
   * @param packet bytes of the largest packets sent
   */
  public static boolean isOf(boolean narrow, int packet) {
    return narrow || packet > ORDINARY;
  }

  /** A round trip was measured. */
  public void measured(boolean narrow, long smoothed, long least, int packet) {
    if (smoothed >= Pacer.LEAST_RTT || !isOf(narrow, packet)) {
      limit = Integer.MAX_VALUE;
      return;
    }
    long room = narrow ? NARROW : WIDE / packet;
    long waiting = smoothed - least;
    limit = waiting <= 0 ? Integer.MAX_VALUE : (int) Math.min(room * smoothed / waiting, 1 << 20);
  }

  /** Packets that may be in flight. */
  public int limit() {
    return limit;
  }

  /** Whether that is less than without it. */
  public boolean limits() {
    return limit < Integer.MAX_VALUE;
  }
}
