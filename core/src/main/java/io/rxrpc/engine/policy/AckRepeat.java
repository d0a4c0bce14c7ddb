// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine.policy;

/**
 * When the last ACK of a phase is sent again, or one that could wait is sent: data was to follow
 * and does not, for longer than it took lately. The ACK may be lost, and a sender with a small
 * window has nothing else to send: Linux and OpenAFS would wait for their retransmission timers, of
 * 200 ms and more. Times in nanoseconds.
 */
public final class AckRepeat {
  private static final long NEVER = Long.MAX_VALUE;

  /** A sender that is slower than this waits for something else than our ACK. */
  private static final long SLOW = 200_000_000L;

  private final long silence;
  private boolean more;
  private boolean answered;

  /** Whether nothing came since the ACK. */
  private boolean acked;

  private long sentAt;
  private long gap;
  private long deadline = NEVER;

  /**
   * @param silence least time after an ACK; 0 for never
   */
  public AckRepeat(long silence) {
    this.silence = silence;
  }

  /** Begins anew, for another call. */
  public void again() {
    more = false;
    answered = false;
    acked = false;
    sentAt = 0;
    gap = 0;
    deadline = NEVER;
  }

  /**
   * Data came. An ACK of it is owed, if it is not sent at once.
   *
   * @param follows whether the sender says that more does, and this is not all
   * @param worth whether it may be answered several times
   */
  public void arrived(long now, boolean follows, boolean worth) {
    more = follows;
    answered = worth;
    if (acked) {
      gap = now - sentAt;
      acked = false;
    }
    arm(now, follows);
  }

  private void arm(long now, boolean waits) {
    boolean worth = waits && answered && silence > 0 && gap < SLOW;
    deadline = worth ? now + Math.max(silence, 2 * gap) : NEVER;
  }

  /** Whether what came last may be answered several times. */
  public boolean worth() {
    return answered;
  }

  /**
   * An ACK went out.
   *
   * @param hole whether something is missing
   */
  public void sent(long now, boolean hole) {
    arm(now, more || hole);
    sentAt = now;
    acked = true;
  }

  /** There is nothing to wait for. */
  public void stop() {
    deadline = NEVER;
  }

  /** Whether the ACK is to go again now. Each pause is longer, until data comes again. */
  public boolean due(long now) {
    if (deadline > now) {
      return false;
    }
    deadline = NEVER;
    gap = 2 * (now - sentAt);
    return true;
  }

  public long deadline() {
    return deadline;
  }
}
