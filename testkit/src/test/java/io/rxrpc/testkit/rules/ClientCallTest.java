// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.rules;

import static io.rxrpc.testkit.PacketFilter.ack;
import static io.rxrpc.testkit.PacketFilter.data;
import static io.rxrpc.testkit.SimNet.ms;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.engine.Completion;
import io.rxrpc.testkit.Datagram;
import io.rxrpc.testkit.PacketBuilder;
import io.rxrpc.testkit.SimAddress;
import io.rxrpc.testkit.SimCall;
import io.rxrpc.testkit.SimEndpoint;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.udp.Errno;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client's call survives and what ends it. */
class ClientCallTest {
  private final ScriptedPair bench = new ScriptedPair();

  @Test
  @Tag("R-31")
  void busyIsBorneByRepeating() {
    SimCall call = bench.call(new byte[10]);
    Datagram request = bench.peer.expect(data());
    for (int i = 0; i < 3; i++) {
      bench.peer.answer(request, new PacketBuilder(PacketType.BUSY));
      request = bench.peer.expect(data());
    }
    bench.reply(request, new byte[2]);
    bench.answers();
    assertThat(call.ok()).isTrue();
  }

  @Test
  @Tag("R-31")
  void aServerThatIsBusyForTooLongIsNamedSo() {
    SimCall call = bench.call(new byte[10]);
    while (!call.isComplete()) {
      for (Datagram request : bench.peer.collect(ms(100))) {
        bench.peer.answer(request, new PacketBuilder(PacketType.BUSY));
      }
    }
    assertThat(call.outcome().kind()).isEqualTo(Completion.Kind.BUSY);
    assertThat(call.outcome().errno()).isEqualTo(Errno.EBUSY.number());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  @Tag("R-30")
  void nothingTouchesACallThatIsOver(int type) { // R-30, the client's side
    SimCall call = bench.call(new byte[10]);
    Datagram request = bench.peer.expect(data());
    bench.reply(request, new byte[3]);
    bench.answers();
    assertThat(call.ok()).isTrue();
    for (int number = 0; number <= 3; number++) {
      bench.peer.answer(request, new PacketBuilder(type).seq(1).payload(new byte[60]));
      bench.peer.send(
          bench.address(),
          new PacketBuilder(type)
              .seq(1)
              .payload(new byte[60])
              .connection(request.epoch(), request.cid())
              .call(number)
              .service(ScriptedPair.SERVICE));
    }
    bench.answers();
    assertThat(call.ok()).isTrue();
    SimCall next = bench.call(new byte[10]);
    Datagram second = bench.peer.await(data());
    bench.reply(second, new byte[4]);
    bench.answers();
    assertThat(next.reply()).hasSize(4);
  }

  @Test
  @Tag("R-47")
  void anAbortIsMatchedByItsNumbersOnly() { // as OpenAFS 1.8.9 sends it
    SimCall call = bench.call(new byte[10]);
    Datagram request = bench.peer.expect(data());
    bench.peer.send(
        bench.address(),
        PacketBuilder.abort(-2)
            .connection(request.epoch(), request.cid())
            .call(request.callNumber()));
    bench.answers();
    assertThat(call.outcome().kind()).isEqualTo(Completion.Kind.REMOTE_ABORT);
    assertThat(call.outcome().abortCode()).isEqualTo(-2);
  }

  @Test
  @Tag("R-13")
  void abortCodeZeroIsNoSuccess() {
    SimCall call = bench.call(new byte[10]);
    bench.peer.answer(bench.peer.expect(data()), PacketBuilder.abort(0));
    bench.answers();
    assertThat(call.ok()).isFalse();
    assertThat(call.outcome().abortCode()).isEqualTo(-5);
  }

  @Test
  @Tag("R-42")
  void afterAServersRestartANewConnectionIsTaken() {
    SimCall call = bench.call(new byte[10]);
    Datagram request = bench.peer.expect(data());
    bench.peer.answer(request, PacketBuilder.abort(-5));
    bench.answers();
    assertThat(call.ok()).isFalse();
    bench.call(new byte[10]);
    Datagram second = bench.peer.await(data());
    assertThat(Header.connectionId(second.cid())).isNotEqualTo(Header.connectionId(request.cid()));
  }

  @Test
  @Tag("R-42")
  void afterSilenceANewConnectionIsTaken() {
    SimCall call = bench.call(new byte[10]);
    Datagram request = bench.peer.expect(data());
    bench.net.runUntil(call::isComplete);
    assertThat(call.outcome().errno()).isEqualTo(Errno.ETIME.number());
    bench.answers();
    bench.call(new byte[10]);
    Datagram second = bench.peer.await(data());
    assertThat(Header.connectionId(second.cid())).isNotEqualTo(Header.connectionId(request.cid()));
  }

  @Test
  void anApplicationsAbortKeepsTheConnection() { // rule R-87 needs it later
    SimCall call = bench.call(new byte[10]);
    Datagram request = bench.peer.expect(data());
    bench.peer.answer(request, PacketBuilder.abort(-455));
    bench.answers();
    assertThat(call.ok()).isFalse();
    bench.call(new byte[10]);
    assertThat(bench.peer.await(data()).cid()).isEqualTo(request.cid());
  }

  @Test
  @Tag("R-39")
  void aSilentServerIsPingedOftenEnough() { // every 1.5 s, below Linux's 2 to 5 s
    SimCall call = bench.call(new byte[10]);
    Datagram request = bench.peer.expect(data());
    bench.peer.answer(
        request, PacketBuilder.ack(AckReason.DELAY, 1, 1, request.serial(), 32, true));
    long before = bench.net.now();
    for (int i = 0; i < 20; i++) { // a server that works for long and answers pings
      Datagram ping = bench.peer.expect(ack(AckReason.PING));
      assertThat(bench.net.now() - before).isBetween(ms(1400), ms(1600));
      before = bench.net.now();
      bench.peer.answer(
          ping, PacketBuilder.ack(AckReason.PING_RESPONSE, 1, 1, ping.serial(), 32, true));
    }
    assertThat(call.isComplete()).as("never given up while answers come").isFalse();
  }

  @Test
  @Tag("R-39")
  void aServerThatIsHeardIsNotPinged() {
    bench.call(new byte[10]);
    Datagram request = bench.peer.expect(data());
    for (int i = 0; i < 10; i++) {
      bench.peer.answer(request, PacketBuilder.ack(AckReason.DELAY, 1, 1, 0, 32, true));
      assertThat(bench.peer.collect(ms(1000))).isEmpty();
    }
  }

  @Test
  @Tag("R-41")
  void epochAndConnectionIdsAreRandom() {
    Datagram first = request(1);
    Datagram second = request(2);
    assertThat(first.epoch() & 0xc0000000).isEqualTo(0x80000000);
    assertThat(second.epoch() & 0xc0000000).isEqualTo(0x80000000);
    assertThat(first.epoch()).isNotEqualTo(second.epoch());
    assertThat(first.cid()).isNotEqualTo(second.cid());
  }

  private Datagram request(int host) {
    SimEndpoint endpoint =
        new SimEndpoint(
            bench.net, SimAddress.of(20 + host, 8000), Tunables.defaults(), 1000 + host);
    endpoint.call(bench.peer.address(), ScriptedPair.SERVICE, new byte[1]);
    return bench.peer.await(data());
  }

  @Test
  void aClosedPortEndsTheCallAtOnce() { // reliability.md section 10
    SimCall call = bench.engine.call(SimAddress.of(99, 1), ScriptedPair.SERVICE, new byte[10]);
    bench.net.runUntil(call::isComplete);
    assertThat(call.outcome().kind()).isEqualTo(Completion.Kind.NETWORK_ERROR);
    assertThat(call.outcome().errno()).isEqualTo(Errno.ECONNREFUSED.number());
    assertThat(bench.net.elapsed()).isLessThan(ms(10));
  }

  @Test
  @Tag("R-7")
  void aBrokenJumboAbortsTheCall() {
    SimCall call = bench.call(new byte[10]);
    Datagram request = bench.peer.expect(data());
    bench.peer.answer(request, PacketBuilder.data(1, new byte[1000]).flags(Flags.JUMBO_PACKET));
    List<Datagram> answers = bench.answers();
    assertThat(ScriptedPair.aborts(answers)).hasSize(1);
    assertThat(call.outcome().abortCode()).isEqualTo(-5);
  }

  @Test
  @Tag("R-8")
  void aJumboOfAnyLengthIsReadAndCounted() {
    SimCall call = bench.call(new byte[10]);
    Datagram request = bench.peer.expect(data());
    byte[][] parts = new byte[40][1412];
    parts[39] = new byte[5];
    bench.peer.answer(request, PacketBuilder.jumbo(1, true, parts));
    bench.answers();
    assertThat(call.ok()).isTrue();
    assertThat(call.reply()).hasSize(39 * 1412 + 5);
  }

  @Test
  @Tag("R-11")
  void unknownFlagsAreIgnored() {
    SimCall call = bench.call(new byte[10]);
    Datagram request = bench.peer.expect(data());
    bench.peer.answer(request, PacketBuilder.data(1, new byte[3]).flags(Flags.LAST_PACKET | 0xd0));
    assertThat(bench.answers()).allMatch(d -> (d.flags() & 0xd0) == 0).isNotEmpty();
    assertThat(call.ok()).isTrue();
  }
}
