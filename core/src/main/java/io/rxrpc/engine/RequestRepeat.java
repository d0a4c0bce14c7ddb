// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.engine.packet.Block;
import io.rxrpc.engine.packet.BufferPool;
import io.rxrpc.engine.packet.TransmitQueue;
import io.rxrpc.engine.policy.Liveness;
import org.jspecify.annotations.Nullable;

/**
 * Sends the last packet of a request again while none follows: a server of Linux gives up a request
 * that pauses, whoever is to blame, and takes any DATA for a sign that it goes on. The
 * peer's DUPLICATE is all that comes of it: it counts as no retransmission.
 */
final class RequestRepeat {
  private static final long NEVER = Long.MAX_VALUE;

  /** How long a server that was never heard is sent repeats. */
  private static final long UNHEARD = 2_000_000_000L;

  private final TransmitQueue tx;
  private final BufferPool pool;
  private final Liveness life;
  private long pause;

  /** When data went out last. */
  private long lastData;

  private long firstData;
  private boolean any;
  private boolean wanted;

  /** Whether a repetition went out last, and no new DATA. */
  private boolean repeated;

  /** The highest packet sent, kept here too: the server may have it and read it already. */
  private @Nullable Block block;

  private int offset;
  private int length;
  private int seq;

  /**
   * @param life what was heard of the call
   * @param pause without DATA, in nanoseconds, after which one goes; 0 for never
   */
  RequestRepeat(TransmitQueue tx, BufferPool pool, Liveness life, long pause) {
    this.tx = tx;
    this.pool = pool;
    this.life = life;
    this.pause = pause;
  }

  /** Begins anew, for another call; see the constructor. */
  void again(long pauseOfCall) {
    clear();
    pause = pauseOfCall;
    lastData = 0;
    firstData = 0;
    any = false;
    wanted = false;
    repeated = false;
    offset = 0;
    length = 0;
    seq = 0;
  }

  /** Data went out, new or again. */
  void sent(long now) {
    lastData = now;
    wanted = false;
    repeated = false;
    if (!any) {
      any = true;
      firstData = now;
    }
    int last = tx.next() - 1;
    if (pause == 0 || last == seq) {
      return;
    }
    clear();
    if (!tx.isLast(last)) { // that one stays in the queue until all of the request is hard-acked
      Block b = tx.block(last);
      b.uses++;
      block = b;
      offset = tx.offset(last);
      length = tx.length(last);
      seq = last;
    }
  }

  /** Nothing will be sent again: its memory is given back. */
  void clear() {
    Block b = block;
    if (b != null) {
      block = null;
      pool.release(b);
    }
  }

  /**
   * When one is due; {@link Long#MAX_VALUE} for never.
   *
   * @param taken whether the server may be a Linux, and has not refused the call
   */
  long dueAt(CallState state, boolean taken) {
    if (pause == 0 || !any || wanted || !taken || !begunAndNotEnded(state)) {
      return NEVER;
    }
    boolean vain = repeated && life.heardAt() < lastData;
    return lastData + (vain ? pause / 2 : pause); // a lost one leaves time for another
  }

  /** Whether the server may wait for more: a request of one packet comes whole or not at all. */
  private boolean begunAndNotEnded(CallState state) {
    boolean going =
        switch (state) {
          case CLIENT_SEND_REQUEST -> true;
          case CLIENT_AWAIT_REPLY -> tx.top() > 1 && tx.inFlight() + tx.lost() + tx.unsent() > 0;
          default -> false;
        };
    return going && (life.wasHeard() || lastData - firstData < UNHEARD);
  }

  /** Its time has come: one is to go. */
  void want() {
    wanted = true;
  }

  /** Whether there is one to send; there is not when data has gone or the reply has begun. */
  boolean take(CallState state, boolean taken, long now) {
    if (!wanted) {
      return false;
    }
    wanted = false;
    lastData = now;
    repeated = true;
    return taken && begunAndNotEnded(state);
  }

  /** The highest packet sent, while {@link #kept} says that it is not in the queue. */
  Block block() {
    Block b = block;
    if (b == null) {
      throw new IllegalStateException("no packet of the request is kept");
    }
    return b;
  }

  /** Whether the packet is here, and not to be looked for in the queue. */
  boolean kept() {
    return block != null;
  }

  int offset() {
    return offset;
  }

  int length() {
    return length;
  }
}
