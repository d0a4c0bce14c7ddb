package io.rxrpc.engine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.rxrpc.tuning.Tunable;
import io.rxrpc.wire.DebugRequest;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import io.rxrpc.wire.Version;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** DEBUG packets, both ways: who asks us, and what peers answered to those who ask here. */
final class DebugSide {
  /** Answers that nobody has taken yet; whoever waits takes them at once. */
  private static final int MOST = 64;

  private final Endpoint endpoint;
  private final ArrayDeque<DebugReply> replies = new ArrayDeque<>();
  private final DebugAnswers answers;
  private final RateLimit rate;
  private int wanted;
  private int allowed;

  DebugSide(Endpoint endpoint, long now) {
    this.endpoint = endpoint;
    answers = new DebugAnswers(endpoint);
    rate = new RateLimit(endpoint.tunables.get(Tunable.DEBUG_RATE), now);
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
  void packet(
      long now,
      InetSocketAddress from,
      @Nullable InetAddress to,
      MemorySegment p,
      long at,
      int length) {
    if (!DebugRequest.isRequest(p, at, length)) {
      if (wanted > 0) {
        byte[] payload = p.asSlice(at + Header.LENGTH, length - Header.LENGTH).toArray(JAVA_BYTE);
        add(new DebugReply(from, Header.callNumber(p, at), payload, false));
      }
    } else if (allowed == 0) {
      refuse(now, from, to, p, at);
    } else if (rate.permits(now)) {
      endpoint.control.debugReply(from, to, p, at, answers);
    } else {
      // not a refusal: whoever is allowed to ask asks once more, a second later
      endpoint.counters.add(Counter.REJECTIONS_SUPPRESSED);
    }
  }

  /** Whether a packet tells those who ask that the peer answers no DEBUG requests. */
  boolean takesRefusal(InetSocketAddress from, MemorySegment p, long at) {
    boolean refusal =
        wanted > 0
            && Header.type(p, at) == PacketType.ABORT
            && Header.epoch(p, at) == Version.TOOL_EPOCH
            && Header.cid(p, at) == 0;
    if (refusal) {
      add(new DebugReply(from, 0, new byte[0], true));
    }
    return refusal;
  }

  /**
   * Says no, in less than what was asked. Linux sends an ABORT, which the tools of OpenAFS
   * pass over; what makes these give up is an empty datagram: a read of nothing is a failed try to
   * them, and after five they say that they failed.
   */
  private void refuse(
      long now, InetSocketAddress from, @Nullable InetAddress to, MemorySegment p, long at) {
    endpoint.counters.add(Counter.SPURIOUS);
    if (endpoint.mayReject(now)) {
      endpoint.control.debugRefusal(from, to, p, at);
      if (Header.epoch(p, at) == Version.TOOL_EPOCH) {
        endpoint.control.empty(from, to);
      }
    }
  }

  private void add(DebugReply reply) {
    if (replies.size() < MOST) {
      replies.add(reply);
    }
  }
}
