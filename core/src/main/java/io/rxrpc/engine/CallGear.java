// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.engine.packet.BufferPool;
import io.rxrpc.engine.packet.PacketRun;
import io.rxrpc.engine.packet.ReceiveQueue;
import io.rxrpc.engine.packet.TransmitQueue;
import io.rxrpc.engine.policy.AckPolicy;
import io.rxrpc.engine.policy.AckRepeat;
import io.rxrpc.engine.policy.Liveness;
import io.rxrpc.engine.policy.MtuSearch;
import io.rxrpc.engine.policy.PathWindow;
import io.rxrpc.engine.policy.Rack;
import io.rxrpc.engine.policy.ReadPolicy;
import io.rxrpc.engine.policy.RttEstimator;
import io.rxrpc.engine.policy.RttSamples;
import io.rxrpc.engine.policy.Told;
import io.rxrpc.security.SealedPacket;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import org.jspecify.annotations.Nullable;

/**
 * What a call works with: its queues and policies. Twenty times as large as the call itself, and
 * used again by another call when that one is over, as if it were new: see {@link CallGears}.
 */
final class CallGear {
  final TransmitQueue tx;
  final ReceiveQueue rx;
  final AckPolicy acks;
  final ReadPolicy reads;
  final Rack rack;
  final RttSamples samples = new RttSamples();
  final Recovery recovery;
  final Told told;
  final WriteRoom room;

  /** What was sent and may be lost. */
  final ResendClock resends;

  /** Signs of life: each KEEPALIVE without one asks, DEAD_TIME without one ends the call. */
  final Liveness life;

  /** Client: the request shall not seem to pause. */
  final RequestRepeat repeat;

  /** What is missing of the phase that arrives. */
  final HoleWatch hole;

  /** What the peer waits for may be our last ACK, and lost. */
  final AckRepeat ackAgain;

  /** Where the packets lie that the reader is at; used without the lock while it is at any. */
  final PacketRun run = new PacketRun();

  /** The packet that the reader unseals. */
  final SealedPacket packet = new SealedPacket();

  int peerWindow;
  int widestWindow;
  int ackHeaderSerial;

  private boolean gone;
  private final CallTuning tuning;
  private final long requestRepeat;

  /**
   * One that has to {@link #begin}.
   *
   * @param path of a peer, as is the next: those of any
   */
  CallGear(
      Tunables tunables,
      CallTuning tuning,
      BufferPool pool,
      Counters counters,
      PathWindow path,
      RttEstimator rtt) {
    this.tuning = tuning;
    requestRepeat = tunables.get(Tunable.REQUEST_REPEAT);
    rack = Rack.of(tunables);
    tx = new TransmitQueue(pool, 1, rack, path);
    rx = new ReceiveQueue(pool, tuning.rxWindow(), 1);
    acks = AckPolicy.of(tunables);
    reads = ReadPolicy.of(tunables);
    recovery = new Recovery(tx, path, rack, rtt, counters);
    told = new Told(true);
    room = new WriteRoom(tx, pool);
    resends =
        new ResendClock(
            tx,
            rtt,
            recovery,
            true,
            tunables.get(Tunable.PEER_ACK_DELAY),
            tunables.get(Tunable.PEER_LAST_ACK_DELAY));
    life = new Liveness(false, tuning.keepalive(), tuning.deadTime(), 0);
    repeat = new RequestRepeat(tx, pool, life, 0);
    hole = new HoleWatch(rx, rtt, tuning.keepalive());
    ackAgain = new AckRepeat(tunables.get(Tunable.ACK_REPEAT));
  }

  /**
   * Begins for a call; nothing is left of the one before. {@link #life} is what its timers know.
   *
   * @param path of the call's peer, as are the size of packets, the round trip and the window
   * @param reach of the client that a reply goes to; null for a call from here
   * @param state of the call: more may be received where it is known who calls
   */
  void begin(
      PathWindow path,
      MtuSearch mtu,
      RttEstimator rtt,
      int window,
      @Nullable Reach reach,
      CallState state) {
    boolean client = reach == null;
    gone = false;
    rack.again();
    tx.again(1, path);
    boolean secured = state != CallState.SERVER_SECURING;
    rx.again(secured ? tuning.rxWindow() : tuning.rxWindowUnsecured(), 1);
    acks.again();
    reads.again();
    samples.again();
    run.clear();
    recovery.again(path, rtt);
    told.again(client);
    room.again(mtu, reach);
    resends.again(rtt, client);
    repeat.again(client ? requestRepeat : 0);
    hole.again(rtt);
    ackAgain.again();
    peerWindow = Math.min(window, tuning.txWindow());
    widestWindow = 0;
    ackHeaderSerial = 0;
  }

  /** Whether it is that of calls which have given theirs back. */
  boolean isGone() {
    return gone;
  }

  /** For calls that are over: nothing can be sent or received with it. */
  void end() {
    gone = true;
    repeat.clear();
    tx.clear();
    rx.clear();
  }
}
