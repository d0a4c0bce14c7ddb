// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.rxrpc.engine.policy.RateLimit;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.wire.DebugRequest;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import io.rxrpc.wire.Version;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** DEBUG packets, both ways: who asks us, and what peers answered to those who ask here. */
final class DebugSide {
  /** Answers that nobody has taken yet; whoever waits takes them at once. */
  private static final int MOST = 64;

  private final EngineContext context;
  private final ArrayDeque<DebugReply> replies = new ArrayDeque<>();
  private final DebugAnswers answers;
  private final RateLimit rate;
  private int wanted;
  private int allowed;

  DebugSide(EngineContext context, DebugAnswers answers, long now) {
    this.context = context;
    this.answers = answers;
    rate = new RateLimit(context.tunables.get(Tunable.DEBUG_RATE), now);
  }

  /** So many more wait for answers of peers, or less. */
  void want(int change) {
    wanted += change;
  }

  /** So many more allow requests to be answered, or less; nobody does at first. */
  void allow(int change) {
    allowed += change;
  }

  @Nullable DebugReply poll() {
    return replies.poll();
  }

  /** A packet of type DEBUG has come. */
  void packet(Arrival a) {
    if (!DebugRequest.isRequest(a.memory(), a.at(), a.length())) {
      if (wanted > 0) {
        byte[] payload =
            a.memory()
                .asSlice(a.at() + Header.LENGTH, a.length() - Header.LENGTH)
                .toArray(JAVA_BYTE);
        add(new DebugReply(a.from(), a.callNumber(), payload, false));
      }
    } else if (allowed == 0) {
      refuse(a);
    } else if (rate.permits(a.now())) {
      context.control.debugReply(a, DebugAnswers.MAX_LENGTH, answers);
    } else {
      // not a refusal: whoever is allowed to ask asks once more, a second later
      context.counters.add(Counter.REJECTIONS_SUPPRESSED);
    }
  }

  /** Whether a packet tells those who ask that the peer answers no DEBUG requests. */
  boolean takesRefusal(Arrival a) {
    boolean refusal =
        wanted > 0
            && a.type() == PacketType.ABORT
            && a.epoch() == Version.TOOL_EPOCH
            && a.cid() == 0;
    if (refusal) {
      add(new DebugReply(a.from(), 0, new byte[0], true));
    }
    return refusal;
  }

  /**
   * Says no, in less than what was asked. Linux sends an ABORT, which the tools of OpenAFS
   * pass over; what makes these give up is an empty datagram: a read of nothing is a failed try to
   * them, and after five they say that they failed.
   */
  private void refuse(Arrival a) {
    context.counters.add(Counter.SPURIOUS);
    if (context.rejections.permits(a.now())) {
      context.control.debugRefusal(a);
      if (a.epoch() == Version.TOOL_EPOCH) {
        context.control.empty(a);
      }
    }
  }

  private void add(DebugReply reply) {
    if (replies.size() < MOST) {
      replies.add(reply);
    }
  }
}
