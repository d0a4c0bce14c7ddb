// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.wire;

/**
 * The arithmetic of sequence and serial numbers: 32 bits, modular, ordered by the sign of the
 * difference. Nothing else in the project compares them.
 */
public final class Sequence {
  /** The highest call number of a channel; the channel is used up behind it. */
  public static final int MAX_CALL_NUMBER = 0x7fffffff;

  private Sequence() {}

  /** How far {@code b} is ahead of {@code a}; negative when it is behind. */
  public static int distance(int a, int b) {
    return b - a;
  }

  public static boolean before(int a, int b) {
    return a - b < 0;
  }

  public static boolean beforeOrEqual(int a, int b) {
    return a - b <= 0;
  }

  public static boolean after(int a, int b) {
    return a - b > 0;
  }

  public static boolean afterOrEqual(int a, int b) {
    return a - b >= 0;
  }

  /** The serial that follows, never 0: 0 means "none". */
  public static int nextSerial(int serial) {
    int next = serial + 1;
    return next == 0 ? 1 : next;
  }
}
