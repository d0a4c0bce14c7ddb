// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.rules;

import static io.rxrpc.testkit.PacketFilter.data;
import static io.rxrpc.testkit.SimNet.ms;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.testkit.Datagram;
import io.rxrpc.testkit.PacketBuilder;
import io.rxrpc.testkit.ScriptedPeer;
import io.rxrpc.testkit.SimAddress;
import io.rxrpc.testkit.SimCall;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Flags;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which connection a packet belongs to: calls.md section 1. */
class IdentityTest {
  private final ScriptedPair bench = new ScriptedPair();
  private final ScriptedPeer stranger = new ScriptedPeer(bench.net, SimAddress.of(3, 7003));

  @Test
  @Tag("R-40")
  void aConnectionDoesNotMoveToAnotherAddress() {
    bench.think = ms(100);
    bench.request(1);
    bench.net.runFor(ms(5));
    // the same epoch and cid from elsewhere: a ping, and a call of its own
    stranger.send(
        bench.address(),
        bench.client(1, PacketBuilder.ack(AckReason.PING, 1, 0, 0, 32).flags(Flags.REQUEST_ACK)));
    stranger.send(
        bench.address(),
        bench.client(1, PacketBuilder.data(1, new byte[] {8}).flags(Flags.LAST_PACKET)));
    Datagram reply = bench.peer.await(data());
    assertThat(reply.callNumber()).isEqualTo(1);
    Datagram other = stranger.await(data());
    assertThat(other.to()).isEqualTo(stranger.address());
    assertThat(bench.handled).hasSize(2);
    assertThat(bench.engine.engine().serviceConnections()).isEqualTo(2);
  }

  @Test
  void aServerWithSeveralAddressesMayAnswerFromAnother() { // calls.md section 1: port and numbers
    ScriptedPeer otherAddress = new ScriptedPeer(bench.net, SimAddress.of(4, 7002));
    SimCall call = bench.call(new byte[10]);
    Datagram request = bench.peer.expect(data());
    otherAddress.answer(request, PacketBuilder.data(1, new byte[3]).flags(Flags.LAST_PACKET));
    bench.answers();
    assertThat(call.ok()).isTrue();
  }

  @Test
  void anAnswerFromAnotherPortIsNotBelieved() {
    SimCall call = bench.call(new byte[10]);
    Datagram request = bench.peer.expect(data());
    stranger.answer(request, PacketBuilder.abort(5));
    stranger.answer(request, PacketBuilder.data(1, new byte[3]).flags(Flags.LAST_PACKET));
    bench.answers();
    assertThat(call.isComplete()).isFalse();
  }

  @Test
  @Tag("R-9")
  void callNumbersStopAtTheirEnd() {
    bench.request(0x7fffffff);
    assertThat(bench.peer.await(data()).callNumber()).isEqualTo(0x7fffffff);
    bench.handled.clear();
    bench.request(0x80000000);
    bench.answers();
    assertThat(bench.handled).isEmpty();
  }
}
