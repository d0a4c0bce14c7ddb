// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.engine.packet.Block;
import io.rxrpc.engine.packet.TransmitQueue;
import io.rxrpc.engine.policy.JumboCount;
import io.rxrpc.engine.policy.PathWindow;
import io.rxrpc.wire.Jumbo;

/**
 * What a call sends now, or why it sends nothing. A value, but for the sake of the garbage
 * collector one object for all decisions, which is filled anew for each.
 */
final class SendDecision {
  /** The outcomes, in the order in which they are tried. */
  enum Kind {
    /** Nothing: there is no channel yet, or the call is over. */
    NO_CHANNEL,
    /** Nothing: the server has refused the call, and it waits for its turn. */
    REFUSED,
    /** The last packet of the request once more, so that it does not seem to pause. */
    REPEAT,
    /** Nothing: the client has drawn what it may before it proves where it is. */
    UNPROVEN,
    /** One new packet that asks whether the end has arrived (RFC 8985 §7). */
    PROBE,
    /** The same with the last packet sent, as nothing new may go. */
    PROBE_AGAIN,
    /** Nothing: the probe is not needed any more. */
    PROBE_VAIN,
    /** Nothing: all there is has been sent. */
    EMPTY,
    /** Nothing: the peer has closed its window, which is probed. */
    CLOSED,
    /** Nothing: the peer is silent, and one packet is on its way. */
    SILENT,
    /** One lost packet again, although the path's window is full (RFC 9002 §7.3.2). */
    FREE_RESEND,
    /** Nothing: the path's window is full. */
    FULL,
    /** Nothing: the pacer says later. */
    PACED,
    /** The first lost packet again. */
    RESEND,
    /** New packets that lie one behind the other. */
    TRAIN;

    /** Whether DATA goes out that counts as such. */
    boolean sends() {
      return switch (this) {
        case PROBE, PROBE_AGAIN, FREE_RESEND, RESEND, TRAIN -> true;
        case NO_CHANNEL,
            REFUSED,
            REPEAT,
            UNPROVEN,
            PROBE_VAIN,
            EMPTY,
            CLOSED,
            SILENT,
            FULL,
            PACED ->
            false;
      };
    }

    /** Whether it is something that was sent before. */
    boolean again() {
      return this == PROBE_AGAIN || this == FREE_RESEND || this == RESEND;
    }
  }

  /** Most datagrams of one train: what segmentation offload takes. */
  private static final int MAX_TRAIN = 64;

  private static final int MAX_TRAIN_BYTES = 65_507;
  private static final long SECOND = 1_000_000_000L;
  private static final int ENOUGH_SAMPLES = 3;
  private static final int SMALL_WINDOW = 4;

  /** Packets of so many bytes, one behind the other, are bulk data, whatever security leaves. */
  private static final int FULL = 1000;

  Kind kind = Kind.NO_CHANNEL;

  /** The first packet to be sent. */
  int first;

  int count;

  /** Packets that go in one datagram. */
  int join;

  /** Whether nothing more can be sent behind it before an ACK comes. */
  boolean stalls;

  /**
   * Decides for a call. What is asked for is used up: a free repetition, the time of the pacer, a
   * repetition of the request.
   */
  void decide(Call call, long now) {
    TransmitQueue tx = call.gear.tx;
    Peer peer = call.peer;
    if (call.channel == null || call.state() == CallState.COMPLETE) {
      none(Kind.NO_CHANNEL);
      return;
    }
    if (call.timers.held()) {
      none(Kind.REFUSED);
      return;
    }
    if (call.timers.takeRepeat(now)) {
      none(Kind.REPEAT);
      return;
    }
    int credit = call.isClient() ? Integer.MAX_VALUE : peer.reach.credit();
    int window = tx.windowLeft(call.gear.peerWindow);
    if (credit <= 0) {
      none(Kind.UNPROVEN);
    } else if (call.gear.recovery.probe.wanted()) {
      probe(tx, window);
    } else if (tx.lost() == 0 && Math.min(tx.unsent(), window) <= 0) {
      none(tx.unsent() > 0 ? Kind.CLOSED : Kind.EMPTY);
    } else if (call.timers.expiredTwice() && tx.inFlight() > 0) {
      none(Kind.SILENT); // the window is for those who are answered: its timer or an ACK goes on
    } else {
      byPath(call, credit, window, now);
    }
  }

  /** New data if the window allows, else the last packet again. */
  private void probe(TransmitQueue tx, int window) {
    if (tx.unsent() > 0 && window > 0) {
      one(Kind.PROBE, tx.next(), true);
    } else if (tx.inFlight() + tx.lost() > 0) {
      one(Kind.PROBE_AGAIN, tx.lastUnacked(), true);
    } else {
      none(Kind.PROBE_VAIN);
    }
  }

  /** There is something to send: as much as the path carries now. */
  private void byPath(Call call, int credit, int window, long now) {
    TransmitQueue tx = call.gear.tx;
    Peer peer = call.peer;
    PathWindow path = peer.path;
    int allowed = call.timers.expiredTwice() ? 1 : path.allowance(tx.inFlight());
    if (allowed <= 0) {
      if (tx.lost() > 0 && path.takeFreeRepeat()) {
        one(Kind.FREE_RESEND, tx.firstLost(), true);
      } else {
        none(Kind.FULL);
      }
      return;
    }
    allowed = Math.min(allowed, credit);
    if (tx.inFlight() > 0) { // small calls are not held up: it is long ones that overrun queues
      long rtt = peer.rtt.smoothed();
      int pace = peer.pacer.allowance(now, path.window(), path.slowStart(), rtt);
      if (pace <= 0) {
        none(Kind.PACED);
        return;
      }
      allowed = Math.min(allowed, pace);
    }
    if (tx.lost() > 0) {
      one(Kind.RESEND, tx.firstLost(), allowed == 1);
    } else {
      train(call, credit, Math.min(window, allowed), now);
    }
  }

  private void train(Call call, int credit, int most, long now) {
    TransmitQueue tx = call.gear.tx;
    kind = Kind.TRAIN;
    first = tx.next();
    count = run(tx, first, Math.min(Math.min(most, tx.unsent()), MAX_TRAIN));
    stalls = count == most;
    join = 1;
    if (count > 1 && tx.length(first) > FULL && credit == Integer.MAX_VALUE) {
      call.peer.bulk(); // no large probe for who may not be where it says
    }
    if (count > 1 && tx.length(first) == Jumbo.length(1)) {
      JumboCount jumbo = call.peer.path.jumbo;
      if (credit == Integer.MAX_VALUE) {
        jumbo.want(); // no large probe for who may not be where it says
      }
      join = jumbo.packets(call.peer.mtu.datagram());
      int end = first + count - 1;
      if (join > 1 && !call.isClient() && tx.isLast(end) && asks(call, end - 1, now)) {
        count--; // who asks ends its datagram, whose last serial then is the one that is answered
      }
    }
  }

  /** How many packets from {@code first} on lie one behind the other at equal length. */
  private static int run(TransmitQueue tx, int first, int most) {
    Block block = tx.block(first);
    int length = tx.length(first);
    int next = tx.offset(first) + length;
    int bytes = length;
    int count = 1;
    while (count < most) {
      int seq = first + count;
      int n = tx.length(seq);
      if (tx.block(seq) != block
          || tx.offset(seq) != next
          || n > length
          || bytes + n > MAX_TRAIN_BYTES) {
        break;
      }
      next += n;
      bytes += n;
      count++;
      if (n < length) {
        break; // only the last one of a train may be shorter
      }
    }
    return count;
  }

  private void none(Kind why) {
    kind = why;
    first = 0;
    count = 0;
    join = 1;
    stalls = false;
  }

  private void one(Kind why, int seq, boolean last) {
    kind = why;
    first = seq;
    count = 1;
    join = 1;
    stalls = last;
  }

  /** Whether a packet of it asks for an ACK, after Linux: reliability.md section 5. */
  boolean asks(Call call, int seq, long now) {
    TransmitQueue tx = call.gear.tx;
    boolean last = tx.isLast(seq);
    if (last && !call.isClient()) {
      return false; // the answer would be a soft ACK only
    }
    return kind.again()
        || call.gear.recovery.probe.wanted()
        || call.peer.rtt.samples() < ENOUGH_SAMPLES
        || now - call.peer.ackRequested > SECOND
        || call.gear.peerWindow <= 2
        || (!last && (stalls || seq == tx.top() || call.peer.path.window() <= SMALL_WINDOW));
  }

  @Override
  public String toString() {
    return switch (count) {
      case 0 -> kind.toString();
      case 1 -> kind + " " + first + (stalls ? " and wait" : "");
      default ->
          kind
              + " "
              + first
              + ".."
              + (first + count - 1)
              + (join > 1 ? " by " + join : "")
              + (stalls ? " and wait" : "");
    };
  }
}
