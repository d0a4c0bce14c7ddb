// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.engine.packet.TransmitQueue;
import io.rxrpc.engine.policy.RttEstimator;
import io.rxrpc.engine.policy.TailProbe;

/**
 * When what a call has sent is to be seen to: the retransmission timer (RFC 6298 §5), the tail-loss
 * probe (RFC 8985 §7) and the look for packets that were overtaken (§6.2). Times in nanoseconds.
 */
final class ResendClock {
  private static final long NEVER = Long.MAX_VALUE;

  private final TransmitQueue tx;
  private RttEstimator rtt;
  private final Recovery recovery;
  private boolean client;

  /** What a peer may take, beyond the round trip, to acknowledge what is in flight. */
  private final long peerAckDelay;

  /** The same for the end of a reply. */
  private final long peerLastAckDelay;

  /** When what was not acked is sent again, or a closed window is probed. */
  private long resendAt = NEVER;

  /** When one packet asks whether the end of what was sent has arrived. */
  private long probeAt = NEVER;

  /** When what was overtaken is looked at again: it may be late or lost. */
  private long reorderAt = NEVER;

  /** How often in a row the retransmission timer has expired. */
  private int backoff;

  ResendClock(
      TransmitQueue tx,
      RttEstimator rtt,
      Recovery recovery,
      boolean client,
      long peerAckDelay,
      long peerLastAckDelay) {
    this.tx = tx;
    this.rtt = rtt;
    this.recovery = recovery;
    this.client = client;
    this.peerAckDelay = peerAckDelay;
    this.peerLastAckDelay = peerLastAckDelay;
  }

  /** Begins anew, for another call. */
  void again(RttEstimator ofPeer, boolean ofClient) {
    rtt = ofPeer;
    client = ofClient;
    resendAt = NEVER;
    probeAt = NEVER;
    reorderAt = NEVER;
    backoff = 0;
  }

  /** The first of the deadlines; {@link Long#MAX_VALUE} for none. */
  long deadline() {
    return Math.min(Math.min(resendAt, probeAt), reorderAt);
  }

  boolean reorderDue(long now) {
    return reorderAt <= now;
  }

  boolean probeDue(long now) {
    return probeAt <= now;
  }

  boolean resendDue(long now) {
    return resendAt <= now;
  }

  boolean armed() {
    return resendAt != NEVER;
  }

  int backoff() {
    return backoff;
  }

  void resetBackoff() {
    backoff = 0;
  }

  /** The retransmission timer has expired: the next time it takes twice as long. */
  void backOff() {
    backoff++;
  }

  /**
   * Arms the retransmission timer anew, or stops it.
   *
   * @param waits whether the call waits to ask again after a refusal
   * @param refused whether the server has refused the call and not taken it since
   */
  void arm(long now, boolean waits, boolean refused) {
    boolean blocked = tx.unsent() > 0 || (!client && tx.lastQueued());
    if (waits || tx.size() == 0 || (tx.inFlight() == 0 && tx.lost() == 0 && !blocked)) {
      resendAt = NEVER;
      probeAt = NEVER;
    } else {
      resendAt = now + rtt.timeout(backoff) + ackDelay();
      armProbe(now, refused);
    }
  }

  /** DATA went out; whether a deadline may have become earlier. */
  boolean dataSent(long now, boolean waits, boolean refused) {
    if (resendAt == NEVER) {
      arm(now, waits, refused);
      return true;
    }
    return armProbe(now, refused);
  }

  private boolean armProbe(long now, boolean refused) {
    TailProbe probe = recovery.probe;
    if (tx.inFlight() == 0 || backoff > 0 || refused || probe.outstanding() || probe.wanted()) {
      probeAt = NEVER;
      return false;
    }
    // a client that has all of a longer reply says so soon, OpenAFS's excepted: a PING harms nobody
    long delay = tx.top() > 1 && replyEnds() ? peerAckDelay : ackDelay();
    probeAt = Math.min(now + rtt.probeTimeout() + delay, resendAt);
    return true;
  }

  /** The probe goes out: the retransmission timer begins anew behind it. */
  void probing() {
    probeAt = NEVER;
  }

  /** The probe has gone out. */
  void probed(long now) {
    resendAt = now + rtt.timeout(backoff) + ackDelay();
  }

  /** What the peer may take, beyond the round trip, to acknowledge what is in flight. */
  private long ackDelay() {
    if (replyEnds()) {
      return peerLastAckDelay;
    }
    return recovery.tailAsked ? 0 : peerAckDelay;
  }

  /** Whether only a final ACK is to come, which cannot be asked for. */
  boolean replyEnds() {
    return !client && tx.lastQueued() && tx.unsent() == 0;
  }

  /** Looks again for overtaken packets after {@code nanos}; 0 for never. Whether it will. */
  boolean reorder(long now, long nanos) {
    reorderAt = nanos == 0 ? NEVER : now + nanos;
    return nanos != 0;
  }
}
