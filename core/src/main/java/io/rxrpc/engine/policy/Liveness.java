// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine.policy;

import io.rxrpc.wire.Sequence;

/**
 * Whether a call's peer lives. Only what it could not have sent without having got something of
 * ours counts, and new data: packets that repeat what is known may be anybody's, or of one that has
 * forgotten the call, and would keep it for ever. Times in nanoseconds.
 */
public final class Liveness {
  private static final long NEVER = Long.MAX_VALUE;

  /** Tenths of the time until it is dead after which a peer that proves nothing is asked. */
  private static final int DOUBTFUL = 6;

  /** Whether there is anything that the peer could be silent about. */
  private boolean begun;

  /** Whether any packet of the call has come, and when the first one did. */
  private boolean heard;

  private long heardFirst;

  /** When any packet of the call came last. */
  private long lastPacket;

  /** When a packet came last that proves life. */
  private long lastLife;

  private long lastPing;

  /** The latest serial of ours that was answered. */
  private int answered;

  private long keepalive;
  private long deadTime;

  public Liveness(boolean begun, long keepalive, long deadTime, long now) {
    again(begun, keepalive, deadTime, now);
  }

  /** Begins anew, for another call. */
  public void again(boolean hasBegun, long pingEvery, long deadAfter, long now) {
    begun = hasBegun;
    keepalive = pingEvery;
    deadTime = deadAfter;
    heard = false;
    heardFirst = 0;
    lastPacket = now;
    lastLife = now;
    lastPing = now;
    answered = 0;
  }

  /** The first packet goes out; before it the peer cannot be silent. */
  public void begin(long now) {
    if (!begun) {
      begun = true;
      lastPacket = now;
      lastLife = now;
      lastPing = now;
    }
  }

  /** The call has a connection; packets sent on it before are no business of the call. */
  public void serialsAfter(int serial) {
    answered = serial;
  }

  /** Any packet of the call. */
  public void packet(long now) {
    if (!heard) {
      heard = true;
      heardFirst = now;
    }
    lastPacket = now;
  }

  /** New data, or an ACK of what was not acked before. */
  public void alive(long now) {
    lastLife = now;
  }

  /**
   * Whether the peer names a packet of ours sent later than all that it has answered. An answer
   * that was overtaken proves nothing more.
   *
   * @param latest the serial of our latest packet
   */
  public boolean answers(int serial, int latest) {
    if (serial == 0 || !Sequence.after(serial, answered) || Sequence.after(serial, latest)) {
      return false;
    }
    answered = serial;
    return true;
  }

  /** Whether any packet of the call has come. */
  public boolean wasHeard() {
    return heard;
  }

  /** When any packet of the call came last. */
  public long heardAt() {
    return lastPacket;
  }

  /** Since when the call waits for a first answer, or was silent. */
  public long silence(long now) {
    return Math.max(0, now - lastPacket);
  }

  public long lastPing() {
    return lastPing;
  }

  public void pinged(long now) {
    lastPing = now;
  }

  public long keepalive() {
    return keepalive;
  }

  public long deadTime() {
    return deadTime;
  }

  /** A silent peer is pinged at least so often. */
  public void pingEvery(long nanos) {
    keepalive = Math.min(keepalive, nanos);
  }

  /** Sets how long silence is borne; 0 leaves it. */
  public void patience(long dead) {
    deadTime = dead == 0 ? deadTime : dead;
  }

  /** When the peer is given up. */
  public long deadAt() {
    return begun ? lastLife + deadTime : NEVER;
  }

  /** Until when a server that is heard is waited for to ask who calls. */
  public long askedBy() {
    return heard ? heardFirst + deadTime : NEVER;
  }

  /**
   * When the peer is to be asked for a sign of life. One that was never heard on this call
   * is not: it may not know the call yet.
   */
  public long askAt() {
    if (!heard) {
      return NEVER;
    }
    long doubtful = lastLife + deadTime / 10 * DOUBTFUL;
    return Math.max(lastPing + keepalive, Math.min(lastPacket + keepalive, doubtful));
  }
}
