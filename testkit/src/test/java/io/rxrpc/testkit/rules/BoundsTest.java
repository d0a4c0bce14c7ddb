// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.rules;

import static io.rxrpc.testkit.SimNet.ms;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.testkit.Datagram;
import io.rxrpc.testkit.PacketBuilder;
import io.rxrpc.testkit.PacketFilter;
import io.rxrpc.testkit.ToySecurity;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.wire.Ack;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.PacketType;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers can make an endpoint keep. */
class BoundsTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 255})
  @Tag("R-25")
  void onlyDataMakesState(int type) {
    ScriptedPair bench = new ScriptedPair();
    bench.sendClient(1, new PacketBuilder(type).payload(new byte[40]));
    bench.answers();
    assertThat(bench.engine.engine().serviceConnections()).isZero();
    assertThat(bench.engine.engine().peerCount()).isZero();
    assertThat(bench.live()).isZero();
  }

  @Test
  @Tag("R-25")
  void connectionsOfOnePeerAreBounded() {
    ScriptedPair bench = new ScriptedPair(Tunables.defaults().with(Tunable.PEER_CONNECTIONS, 4));
    bench.think = ms(10_000);
    for (int i = 0; i < 6; i++) {
      bench.peer.send(
          bench.address(),
          bench
              .client(1, PacketBuilder.data(1, new byte[4]).flags(Flags.LAST_PACKET))
              .connection(ScriptedPair.EPOCH, i << 2));
    }
    List<Datagram> answers = bench.answers();
    assertThat(bench.engine.engine().serviceConnections()).isEqualTo(4);
    assertThat(ScriptedPair.of(PacketType.BUSY, answers)).hasSize(2);
  }

  @Test
  @Tag("R-25")
  void pendingCallsAreBounded() {
    ScriptedPair bench = new ScriptedPair(Tunables.defaults().with(Tunable.SERVICE_CALLS, 3));
    bench.think = ms(10_000);
    for (int i = 0; i < 4; i++) {
      bench.peer.send(
          bench.address(),
          bench
              .client(1, PacketBuilder.data(1, new byte[4]).flags(Flags.LAST_PACKET))
              .connection(ScriptedPair.EPOCH, ScriptedPair.CID | i));
    }
    List<Datagram> answers = bench.answers();
    assertThat(bench.live()).isEqualTo(3);
    assertThat(ScriptedPair.of(PacketType.BUSY, answers)).hasSize(1);
  }

  @Test
  @Tag("R-25")
  void halfAuthenticatedConnectionsAreFewAndShortLived() {
    ScriptedPair bench =
        new ScriptedPair(
            Tunables.defaults()
                .with(Tunable.UNSECURED_CONNECTIONS, 2)
                .with(Tunable.CHALLENGE_TRIES, 3));
    for (int i = 0; i < 3; i++) {
      bench.peer.send(bench.address(), sealedRequest(bench, i << 2, 1));
    }
    List<Datagram> answers = bench.answers();
    assertThat(ScriptedPair.of(PacketType.CHALLENGE, answers)).hasSize(2);
    assertThat(ScriptedPair.of(PacketType.BUSY, answers)).hasSize(1);

    bench.peer.collect(ms(20_000)); // nobody answers
    assertThat(bench.engine.engine().serviceConnections()).isZero();
    assertThat(bench.live()).isZero();
    assertThat(bench.engine.pool().outstanding()).isZero();
  }

  @Test
  @Tag("R-26")
  void dataOfAnUnauthenticatedCallIsLimited() {
    ScriptedPair bench = new ScriptedPair();
    for (int seq = 1; seq <= 100; seq++) {
      bench.peer.send(bench.address(), sealedRequest(bench, ScriptedPair.CID, seq));
    }
    List<Datagram> answers = bench.answers();
    assertThat(bench.handled).isEmpty();
    assertThat(answers)
        .anyMatch(
            d ->
                d.type() == PacketType.ACK
                    && Ack.reason(d.memory(), 0) == AckReason.EXCEEDS_WINDOW);
    assertThat(answers)
        .filteredOn(d -> d.type() == PacketType.ACK)
        .allMatch(d -> Ack.firstPacket(d.memory(), 0) == 1 && Ack.count(d.memory(), 0) <= 32)
        .allMatch(d -> Ack.rwind(d.memory(), 0, d.length()) <= 32);
    assertThat(bench.engine.pool().outstanding()).isLessThanOrEqualTo(4 * 65_536);
  }

  @Test
  @Tag("R-24")
  void aBadResponseHoldsNobodyUp() { // the engine has no clock to sleep on
    ScriptedPair bench = new ScriptedPair();
    bench.peer.send(bench.address(), sealedRequest(bench, ScriptedPair.CID, 1));
    Datagram challenge = bench.peer.await(PacketFilter.type(PacketType.CHALLENGE));
    bench.peer.answer(challenge, new PacketBuilder(PacketType.RESPONSE).payload(new byte[24]));
    bench.peer.send(
        bench.address(),
        bench
            .client(1, PacketBuilder.data(1, new byte[4]).flags(Flags.LAST_PACKET))
            .connection(ScriptedPair.EPOCH, ScriptedPair.CID + 4));
    long asked = bench.net.now();
    bench.peer.await(PacketFilter.data());
    assertThat(bench.net.now() - asked).isEqualTo(ms(2)); // there and back, nothing else
  }

  private static PacketBuilder sealedRequest(ScriptedPair bench, int cid, int seq) {
    return bench
        .client(1, PacketBuilder.data(seq, new byte[1000]))
        .connection(ScriptedPair.EPOCH, cid)
        .security(ToySecurity.INDEX, 1);
  }
}
