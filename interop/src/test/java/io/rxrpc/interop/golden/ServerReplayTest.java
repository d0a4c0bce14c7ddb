// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.engine.CallState;
import io.rxrpc.interop.golden.Capture.Datagram;
import io.rxrpc.interop.golden.CapturedExchange.Conversation;
import io.rxrpc.interop.golden.EngineSide.Handle;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.wire.Abort;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import io.rxrpc.wire.Version;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The engine in the place of captured servers: it gets what the real client sent, answers with the
 * captured reply at the captured time, and what it sends must do for that client as well.
 */
class ServerReplayTest {
  private static final long QUIET = 1_000_000_000L;

  static Stream<Named> exchanges() {
    return Stream.of(
            "01-noauth-vos-listvldb",
            "02-noauth-pts-examine",
            "10-bulk-fuse-store-200k",
            "11-bulk-afsio-fetch-200k",
            "14-abort-noauth-vos-create",
            "32-rxperf-null-recv-100k-jumbo",
            "33-rxperf-null-send-100k-nojumbo",
            "linux-rxkad-clear")
        .flatMap(name -> CapturedExchange.of(name).stream().map(e -> new Named(name, e)));
  }

  record Named(String capture, CapturedExchange exchange) {
    @Override
    public String toString() {
      return capture + ": " + exchange;
    }
  }

  /** One exchange played to the engine. */
  private static final class Replay {
    final CapturedExchange exchange;
    final EngineSide side;
    final Map<CallKey, Handle> handles = new HashMap<>();
    final Map<CallKey, Integer> highest = new HashMap<>();
    final Set<Integer> serials = new HashSet<>();
    final Set<CallKey> answered = new HashSet<>();

    Replay(CapturedExchange exchange) {
      this.exchange = exchange;
      side = new EngineSide(exchange.server);
      exchange.calls.values().stream().mapToInt(c -> c.serviceId).distinct().forEach(side::serve);
    }

    Replay run() throws SecurityFailure {
      for (Datagram d : exchange.datagrams) {
        side.advance(Math.max(d.at(), side.now));
        if (d.fromClient()) {
          fromClient(d);
        } else {
          fromServer(d);
        }
      }
      side.advance(side.now + QUIET);
      return this;
    }

    private void fromClient(Datagram d) throws SecurityFailure {
      MemorySegment p = d.memory();
      serials.add(Header.serial(p, 0));
      if (d.type() == PacketType.DATA) {
        highest.merge(CallKey.of(p), Header.seq(p, 0), Math::max);
      }
      int before = side.handles.size();
      side.receive(d.from(), d.payload());
      for (Handle h : side.handles.subList(before, side.handles.size())) {
        handles.put(new CallKey(h.call.epoch(), h.call.cid(), h.call.number()), h);
      }
    }

    private void fromServer(Datagram d) throws SecurityFailure {
      CallKey key = CallKey.of(d.memory());
      Conversation captured = exchange.call(d.memory());
      boolean answers = d.type() == PacketType.DATA || d.type() == PacketType.ABORT;
      if (!answers || !answered.add(key)) {
        return;
      }
      Handle h = handles.get(key);
      assertThat(h).as("call %s", key).isNotNull();
      assertThat(h.receivedAll).as("%s has its request", key).isTrue();
      if (d.type() == PacketType.ABORT) {
        h.call.abort(captured.abortCode, side.now);
      } else {
        side.write(h, captured.reply.refitted());
      }
      side.settle();
    }
  }

  @ParameterizedTest
  @MethodSource("exchanges")
  void theEngineServesAsTheCapturedServerDid(Named named) throws SecurityFailure {
    CapturedExchange exchange = named.exchange();
    Replay replay = new Replay(exchange).run();
    EngineSide side = replay.side;

    Map<CallKey, Phase> replies = Expectations.phases(side.sent);
    exchange.calls.forEach(
        (key, captured) -> {
          Handle h = replay.handles.get(key);
          assertThat(h).as("call %s", key).isNotNull();
          assertThat(h.received.toByteArray()).isEqualTo(captured.request.bytes());
          if (captured.abortCode != 0) {
            assertThat(h.completion().abortCode()).isEqualTo(captured.abortCode);
          } else {
            if (h.call.state() == CallState.SERVER_AWAIT_ACK) {
              assertThat(captured.replyIsHardAcked()).as("%s has been hard-acked", key).isFalse();
            } else {
              assertThat(h.completion().ok()).as("%s: %s", key, h.completion()).isTrue();
            }
            Phase reply = replies.get(key);
            assertThat(reply.isWhole()).isTrue();
            assertThat(reply.bytes()).isEqualTo(captured.reply.refitted());
            assertThat(reply.packets()).isEqualTo(captured.reply.packets());
            assertThat(reply.repeated()).isZero();
          }
        });
    Expectations.packetsFit(side, false);
    headersAreTheClients(replay);
    Expectations.acksFit(side, replay.highest, replay.serials);
    // whatever DATA the real server answered at the client's wish, so do we
    assertThat(Expectations.answered(side.sent, AckReason.REQUESTED, false))
        .containsAll(Expectations.answered(exchange.datagrams, AckReason.REQUESTED, false));
    if (exchange.calls.values().stream().allMatch(c -> c.abortCode == 0)) {
      Expectations.nothingWasInVain(side);
    }
  }

  private static void headersAreTheClients(Replay replay) {
    for (Datagram d : replay.side.sent) {
      MemorySegment p = d.memory();
      Conversation captured = replay.exchange.call(p);
      assertThat(d.to()).isEqualTo(replay.exchange.client);
      assertThat(Header.serviceId(p, 0)).as(d.toString()).isEqualTo(captured.serviceId);
      if (d.type() == PacketType.ABORT) {
        assertThat(Abort.code(p, 0)).isEqualTo(captured.abortCode);
      }
      boolean last = (Header.flags(p, 0) & Flags.LAST_PACKET) != 0;
      boolean requests = (Header.flags(p, 0) & Flags.REQUEST_ACK) != 0;
      if (d.type() == PacketType.DATA && last) {
        assertThat(requests).as("R-34: %s", d).isFalse();
      }
    }
  }

  @Test
  // R-22; an ABORT under its own call number would make the real rxdebug list connections without
  // end
  void versionIsAnsweredAndDebugIsRefused() throws SecurityFailure {
    List<Datagram> captured = Capture.read("03-rxdebug");
    EngineSide side = new EngineSide(captured.getFirst().to());
    for (Datagram d : captured) {
      if (d.fromClient()) {
        side.advance(Math.max(d.at(), side.now));
        side.receive(d.from(), d.payload());
      }
    }
    MemorySegment ours = side.sent.getFirst().memory();
    for (Datagram refusal : side.sent.subList(1, side.sent.size())) {
      assertThat(refusal.type()).isEqualTo(PacketType.ABORT);
      assertThat(Header.callNumber(refusal.memory(), 0)).isZero();
    }
    MemorySegment theirs = captured.get(1).memory();
    assertThat(Version.text(ours, 0, (int) ours.byteSize())).isEqualTo("golden");
    assertThat(ours.byteSize()).isEqualTo(theirs.byteSize());
    assertThat(side.sent.getFirst().fromClient()).isFalse();
    assertThat(Header.callNumber(ours, 0)).isEqualTo(Header.callNumber(theirs, 0));
    assertThat(Header.epoch(ours, 0)).isEqualTo(Header.epoch(theirs, 0));
    assertThat(Header.cid(ours, 0)).isEqualTo(Header.cid(theirs, 0));
  }
}
