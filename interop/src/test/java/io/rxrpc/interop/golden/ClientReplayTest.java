// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.engine.Completion;
import io.rxrpc.interop.golden.Capture.Datagram;
import io.rxrpc.interop.golden.CapturedExchange.Conversation;
import io.rxrpc.interop.golden.EngineSide.Handle;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.wire.Ack;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The engine in the place of captured clients: it makes the captured calls at the captured times
 * and gets what the real server sent. Epoch, connection id and call number are the client's choice,
 * so those of the server's packets are exchanged for the engine's.
 */
class ClientReplayTest {
  private static final long QUIET = 1_000_000_000L;

  static Stream<ServerReplayTest.Named> exchanges() {
    return ServerReplayTest.exchanges();
  }

  /** One exchange, its server's half played to the engine. */
  private static final class Replay {
    final CapturedExchange exchange;
    final EngineSide side;
    final Map<CallKey, Handle> handles = new HashMap<>();
    final Map<CallKey, CallKey> ours = new HashMap<>();
    final Map<CallKey, Integer> highest = new HashMap<>();
    final Set<Integer> serials = new HashSet<>();

    Replay(CapturedExchange exchange) {
      this.exchange = exchange;
      side = new EngineSide(exchange.client);
    }

    Replay run() throws SecurityFailure {
      for (Datagram d : exchange.datagrams) {
        side.advance(Math.max(d.at(), side.now));
        CallKey key = CallKey.of(d.memory());
        if (!d.fromClient()) {
          fromServer(d);
        } else if (d.type() == PacketType.DATA && !handles.containsKey(key)) {
          Conversation captured = exchange.call(d.memory());
          Handle h = side.call(exchange.server, captured.serviceId, captured.request.refitted());
          handles.put(key, h);
          ours.put(key, new CallKey(h.call.epoch(), h.call.cid(), h.call.number()));
        }
      }
      side.advance(side.now + QUIET);
      return this;
    }

    private void fromServer(Datagram d) throws SecurityFailure {
      byte[] payload = d.payload().clone();
      MemorySegment p = MemorySegment.ofArray(payload);
      CallKey to = ours.get(CallKey.of(p));
      assertThat(to).as(d.toString()).isNotNull();
      Header.setEpoch(p, 0, to.epoch());
      Header.setCid(p, 0, to.cid());
      Header.setCallNumber(p, 0, to.number());
      serials.add(Header.serial(p, 0));
      if (d.type() == PacketType.DATA) {
        Phase packets = new Phase();
        packets.add(p);
        highest.merge(to, packets.highest(), Math::max);
      }
      side.receive(d.from(), payload);
    }
  }

  @ParameterizedTest
  @MethodSource("exchanges")
  void theEngineCallsAsTheCapturedClientDid(ServerReplayTest.Named named) throws SecurityFailure {
    CapturedExchange exchange = named.exchange();
    Replay replay = new Replay(exchange).run();
    EngineSide side = replay.side;

    Map<CallKey, Phase> requests = Expectations.phases(side.sent);
    exchange.calls.forEach(
        (key, captured) -> {
          Handle h = replay.handles.get(key);
          Phase request = requests.get(replay.ours.get(key));
          assertThat(request.isWhole()).isTrue();
          assertThat(request.bytes()).isEqualTo(captured.request.refitted());
          assertThat(request.packets()).isEqualTo(captured.request.packets());
          assertThat(request.repeated()).isZero();
          if (captured.abortCode != 0) {
            assertThat(h.completion().kind()).isEqualTo(Completion.Kind.REMOTE_ABORT);
            assertThat(h.completion().abortCode()).isEqualTo(captured.abortCode);
          } else {
            assertThat(h.completion().ok()).as("%s: %s", key, h.completion()).isTrue();
            assertThat(h.received.toByteArray()).isEqualTo(captured.reply.bytes());
          }
        });
    Expectations.packetsFit(side, true);
    Expectations.acksFit(side, replay.highest, replay.serials);
    Expectations.nothingWasInVain(side);
    for (int reason : new int[] {AckReason.REQUESTED, AckReason.PING_RESPONSE}) {
      assertThat(Expectations.answered(side.sent, reason, true))
          .as(AckReason.name(reason))
          .containsAll(Expectations.answered(exchange.datagrams, reason, true));
    }
    theLastReplyIsHardAcked(replay);
  }

  /**
   * A server must not have to keep the last reply of a channel: nothing follows that would ack it.
   */
  private static void theLastReplyIsHardAcked(Replay replay) {
    Map<Integer, CallKey> last = new HashMap<>();
    replay
        .ours
        .values()
        .forEach(k -> last.merge(k.cid(), k, (a, b) -> a.number() > b.number() ? a : b));
    for (CallKey key : last.values()) {
      int highest = replay.highest.getOrDefault(key, 0);
      boolean acked =
          replay.side.sent.stream()
              .filter(d -> d.type() == PacketType.ACK && CallKey.of(d.memory()).equals(key))
              .anyMatch(d -> Ack.firstPacket(d.memory(), 0) == highest + 1);
      assertThat(acked || highest == 0).as("hard ACK of %s", key).isTrue();
    }
  }
}
