// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.engine.packet.BufferPool;
import io.rxrpc.engine.packet.TransmitQueue;
import io.rxrpc.engine.policy.MtuSearch;
import org.jspecify.annotations.Nullable;

/** How much a call's writer may have ready, and whether it waits as that was nothing. */
final class WriteRoom {
  private final TransmitQueue tx;
  private final BufferPool pool;
  private @Nullable MtuSearch mtu;
  private @Nullable Reach reach;
  private boolean wanted;

  /**
   * One that has to begin {@link #again}.
   *
   * @param pool says how many bytes may be kept: as many large packets as small ones are too much
   */
  WriteRoom(TransmitQueue tx, BufferPool pool) {
    this.tx = tx;
    this.pool = pool;
  }

  /**
   * Begins anew, for another call.
   *
   * @param toPeer how large packets to the peer are
   * @param ofClient of the client that a reply goes to; null for a request
   */
  void again(MtuSearch toPeer, @Nullable Reach ofClient) {
    mtu = toPeer;
    reach = ofClient;
    wanted = false;
  }

  /** Packets that may be queued now; 0 while there is no channel or after the phase. */
  int packets(CallState state) {
    boolean may =
        switch (state) {
          case CLIENT_SEND_REQUEST, SERVER_RECV_REQUEST, SERVER_ACK_REQUEST, SERVER_SEND_REPLY ->
              true;
          case CLIENT_AWAIT_CONN,
              CLIENT_AWAIT_REPLY,
              CLIENT_RECV_REPLY,
              SERVER_SECURING,
              SERVER_AWAIT_ACK,
              COMPLETE ->
              false;
        };
    return may ? Math.min(tx.vacant(), queue() - (tx.top() - tx.hardAcked())) : 0;
  }

  private int queue() {
    MtuSearch packets = mtu;
    int most =
        packets == null
            ? TransmitQueue.CAPACITY
            : Math.min(TransmitQueue.CAPACITY, pool.queueBytes() / packets.size());
    return reach == null ? most : Math.min(most, reach.queue());
  }

  /** A writer found no room, or no memory: it waits. */
  void want() {
    wanted = true;
  }

  /**
   * Whether a PING should go out: a reply waits for memory that only who is proven gets, and the
   * answer to a PING proves it.
   */
  boolean needsProof(long now) {
    return wanted && reach != null && queue() == 0 && reach.mayRepeat(now);
  }

  /**
   * Packets were acked: whether the writer that waits shall go on, which it does when half of the
   * queue is free: one wake-up for many.
   */
  boolean freed(CallState state) {
    return wanted && packets(state) > 0 && packets(state) >= queue() / 2 && goOn();
  }

  /** Memory has become free: whether a writer that waits may try again. */
  boolean memoryFreed() {
    return wanted && goOn();
  }

  private boolean goOn() {
    wanted = false;
    return true;
  }
}
