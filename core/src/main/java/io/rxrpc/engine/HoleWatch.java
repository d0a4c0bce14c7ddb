// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.engine.packet.ReceiveQueue;
import io.rxrpc.engine.policy.RttEstimator;

/**
 * A hole in what a call has received. A sender of Linux repeats what is missing only when it is
 * told of the hole again, by an ACK that names something it sent after the repetition: so it is
 * asked for a packet when none comes, and each that comes is answered.
 */
final class HoleWatch {
  /**
   * Questions after which the pauses between them grow: they are small, and the hole costs time.
   */
  private static final int PATIENT_AFTER = 8;

  /** Least time after which a peer whose round trip is known is asked, in nanoseconds. */
  private static final long SOON = 10_000_000;

  private final ReceiveQueue rx;
  private RttEstimator rtt;
  private final long keepalive;

  /** Questions since the hole was smaller last. */
  private int asked;

  private long askAt = Long.MAX_VALUE;

  /**
   * @param keepalive the longest pause between questions, in nanoseconds
   */
  HoleWatch(ReceiveQueue rx, RttEstimator rtt, long keepalive) {
    this.rx = rx;
    this.rtt = rtt;
    this.keepalive = keepalive;
  }

  /** Begins anew, for another call. */
  void again(RttEstimator ofPeer) {
    rtt = ofPeer;
    asked = 0;
    askAt = Long.MAX_VALUE;
  }

  boolean open() {
    return rx.highest() != rx.inOrder();
  }

  /** Data came. */
  void arrived(boolean closed, long now) {
    if (closed) {
      asked = 0;
    }
    askAt = open() ? now + pause() : Long.MAX_VALUE;
  }

  private long pause() {
    long pause = rtt.timeout(Math.max(0, asked - PATIENT_AFTER));
    if (rtt.samples() > 0) {
      // long before the sender's timeout: what it repeats takes little more than a round trip
      pause = Math.min(pause, Math.max(SOON, 2 * rtt.probeTimeout()) << Math.min(asked, 16));
    }
    return Math.min(pause, keepalive);
  }

  long askAt() {
    return askAt;
  }

  /** Whether no data came for a while: then a PING goes, whose answer will be told of the hole. */
  boolean expire(long now) {
    if (askAt > now) {
      return false;
    }
    if (!open()) {
      askAt = Long.MAX_VALUE;
      return false;
    }
    asked++;
    askAt = now + pause();
    return true;
  }
}
