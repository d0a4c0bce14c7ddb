// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine.policy;

import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Sequence;

/**
 * The tail-loss probe of a call (RFC 8985 section 7): when the end of what was sent may be lost,
 * one packet that asks for an ACK finds out, before the retransmission timer collapses the window.
 */
public final class TailProbe {
  private boolean wanted;
  private boolean outstanding;
  private int serial;
  private boolean repeat;

  /** Begins anew, for another call. */
  public void again() {
    cancel();
    serial = 0;
    repeat = false;
  }

  /** A probe is to go, as the timer says. */
  public void want() {
    wanted = true;
  }

  public boolean wanted() {
    return wanted;
  }

  /**
   * It goes out.
   *
   * @param repeat whether it is a packet that was sent before
   */
  public void sent(int serial, boolean repeat) {
    wanted = false;
    outstanding = true;
    this.serial = serial;
    this.repeat = repeat;
  }

  /** Whether one is out that was not answered; then there is no second one. */
  public boolean outstanding() {
    return outstanding;
  }

  /**
   * An ACK has come.
   *
   * @param acked the serial it names
   * @param allAcked whether nothing is in flight any more
   * @return whether the probe has repaired a loss that nobody else will notice (§7.4.2)
   */
  public boolean answered(int acked, int reason, boolean allAcked) {
    if (!outstanding) {
      return false;
    }
    boolean own = acked != 0 && acked == serial;
    if (own || allAcked || (acked != 0 && Sequence.after(acked, serial))) {
      outstanding = false;
      return own && repeat && reason != AckReason.DUPLICATE;
    }
    return false;
  }

  /** The retransmission timer has taken over, or there is nothing to probe any more. */
  public void cancel() {
    wanted = false;
    outstanding = false;
  }
}
