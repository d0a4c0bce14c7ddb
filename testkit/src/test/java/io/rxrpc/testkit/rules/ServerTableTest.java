// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.rules;

import static io.rxrpc.testkit.SimNet.ms;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.testkit.Datagram;
import io.rxrpc.testkit.PacketBuilder;
import io.rxrpc.testkit.PacketFilter;
import io.rxrpc.wire.Abort;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.PacketType;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server does with a packet of a channel: the table of calls.md section 2. */
class ServerTableTest {
  private final ScriptedPair bench = new ScriptedPair();

  private void finish(int number) {
    bench.request(number);
    Datagram reply = bench.peer.await(PacketFilter.data());
    bench.peer.answer(reply, PacketBuilder.ack(AckReason.IDLE, 2, 1, 0, 32));
    bench.answers();
    assertThat(bench.live()).isZero();
  }

  @Test
  @Tag("R-30")
  void anOlderCallIsDropped() {
    finish(5);
    bench.handled.clear();
    for (int type = 1; type <= 5; type++) {
      bench.sendClient(4, new PacketBuilder(type).seq(1).payload(new byte[40]));
    }
    assertThat(bench.answers()).isEmpty();
    assertThat(bench.handled).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 5, 7})
  @Tag("R-30")
  void nothingTouchesAFinishedCall(int type) { // every packet type after completion
    finish(1);
    bench.handled.clear();
    PacketBuilder packet =
        type == PacketType.ACK
            ? PacketBuilder.ack(AckReason.PING, 1, 1, 0, 32).flags(Flags.REQUEST_ACK)
            : new PacketBuilder(type).seq(1).payload(new byte[40]);
    bench.sendClient(1, packet);
    assertThat(bench.answers()).as("last was ACK: silence, as Linux").isEmpty();
    assertThat(bench.handled).isEmpty();
    assertThat(bench.live()).isZero();
  }

  @Test
  @Tag("R-30")
  void anAbortedCallIsToldSoAgain() {
    bench.request(1); // its reply is never acked, then the client sends nonsense
    bench.peer.await(PacketFilter.data());
    bench.sendClient(1, PacketBuilder.data(9, new byte[4]));
    assertThat(ScriptedPair.aborts(bench.answers())).hasSize(1);
    bench.sendClient(1, PacketBuilder.data(1, new byte[4]));
    List<Datagram> again = ScriptedPair.aborts(bench.answers());
    assertThat(again).hasSize(1);
    assertThat(Abort.code(again.getFirst().memory(), 0)).isEqualTo(-5);
    bench.sendClient(1, PacketBuilder.abort(-5));
    assertThat(bench.answers()).isEmpty();
  }

  @Test
  @Tag("R-31")
  void aNewCallEndsOneThatStillRuns() { // R-31, as Linux
    bench.think = ms(5000);
    bench.request(1);
    bench.answers();
    assertThat(bench.live()).isEqualTo(1);
    bench.request(2);
    bench.answers();
    assertThat(bench.handled).hasSize(2);
    assertThat(bench.live()).isEqualTo(1);
    Datagram reply = bench.peer.await(PacketFilter.data());
    assertThat(reply.callNumber()).isEqualTo(2);
  }

  @Test
  @Tag("R-32")
  void theNextCallAcksTheReply() { // implicit ack
    bench.request(1);
    bench.peer.await(PacketFilter.data());
    assertThat(bench.live()).isEqualTo(1);
    bench.think = ms(5000);
    bench.request(2);
    List<Datagram> after = bench.answers();
    assertThat(after).noneMatch(d -> d.callNumber() == 1);
    assertThat(bench.live()).isEqualTo(1);
  }

  @Test
  @Tag("R-32")
  void softAcksDoNotEndACall() {
    bench.request(1);
    Datagram reply = bench.peer.await(PacketFilter.data());
    bench.peer.answer(reply, PacketBuilder.ack(AckReason.DELAY, 1, 1, 0, 32, true));
    bench.answers();
    assertThat(bench.live()).isEqualTo(1);
    bench.peer.answer(reply, PacketBuilder.ack(AckReason.DELAY, 2, 1, 0, 32));
    bench.answers();
    assertThat(bench.live()).isZero();
  }

  @Test
  void ackallEndsACall() {
    bench.request(1);
    Datagram reply = bench.peer.await(PacketFilter.data());
    bench.peer.answer(reply, new PacketBuilder(PacketType.ACKALL));
    bench.answers();
    assertThat(bench.live()).isZero();
  }

  @Test
  void aFirstCallMayHaveAnyNumber() { // a server that was started again
    bench.request(4711);
    assertThat(bench.peer.await(PacketFilter.data()).callNumber()).isEqualTo(4711);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5, 7})
  void onlyDataBeginsTheNextCall(int type) {
    finish(1);
    bench.handled.clear();
    PacketBuilder packet =
        type == PacketType.ACK
            ? PacketBuilder.ack(AckReason.IDLE, 1, 0, 0, 32)
            : new PacketBuilder(type);
    bench.sendClient(2, packet);
    bench.answers();
    assertThat(bench.live()).isZero();
    bench.request(2);
    bench.answers();
    assertThat(bench.handled).hasSize(1);
  }

  @Test
  void anAnswerWithoutDataStillEndsWithALastPacket() {
    bench.reply = new byte[0];
    bench.request(1);
    Datagram reply = bench.peer.await(PacketFilter.data());
    assertThat(reply.has(Flags.LAST_PACKET)).isTrue();
    assertThat(reply.length()).isEqualTo(28);
  }

  @Test
  void anEmptyRequestIsARequest() {
    bench.sendClient(1, PacketBuilder.data(1, new byte[0]).flags(Flags.LAST_PACKET));
    bench.peer.await(PacketFilter.data());
    assertThat(bench.handled.getFirst()).isEmpty();
  }

  @Test
  void anotherServiceOnTheConnectionIsRefused() {
    finish(1);
    bench.peer.send(
        bench.address(), bench.client(2, PacketBuilder.data(1, new byte[4])).service(99));
    List<Datagram> answers = bench.answers();
    assertThat(ScriptedPair.aborts(answers)).hasSize(1);
    assertThat(Abort.code(answers.getFirst().memory(), 0)).isEqualTo(-5);
  }
}
