// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.rules;

import static io.rxrpc.testkit.SimNet.ms;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.testkit.Datagram;
import io.rxrpc.testkit.PacketBuilder;
import io.rxrpc.testkit.PacketFilter;
import io.rxrpc.testkit.SimCall;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.wire.Abort;
import io.rxrpc.wire.Ack;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is answered and what never is: pitfalls section 2. */
class RepliesTest {
  private final ScriptedPair bench = new ScriptedPair();

  @Test
  @Tag("R-20")
  void pingIsAnsweredOnceAndItsAnswerNever() {
    bench.think = ms(10_000);
    bench.request(1);
    bench.answers();

    bench.sendClient(1, PacketBuilder.ack(AckReason.PING, 1, 0, 0, 32).flags(Flags.REQUEST_ACK));
    int ping = bench.peer.lastSerial();
    List<Datagram> answers = bench.answers();
    assertThat(answers).hasSize(1);
    MemorySegment answer = answers.getFirst().memory();
    assertThat(Ack.reason(answer, 0)).isEqualTo(AckReason.PING_RESPONSE);
    assertThat(Ack.serial(answer, 0)).isEqualTo(ping);
    assertThat(answers.getFirst().has(Flags.REQUEST_ACK)).isFalse();

    // even one that asks, as a forger or a broken peer might have it
    bench.sendClient(
        1, PacketBuilder.ack(AckReason.PING_RESPONSE, 1, 0, 1, 32).flags(Flags.REQUEST_ACK));
    bench.sendClient(1, PacketBuilder.ack(AckReason.PING_RESPONSE, 1, 0, 1, 32));
    bench.sendClient(1, PacketBuilder.ack(AckReason.IDLE, 1, 0, 0, 32));
    assertThat(bench.answers()).isEmpty();
  }

  @Test
  @Tag("R-20")
  void versionIsAnsweredToClientsOnly() {
    PacketBuilder question =
        new PacketBuilder(PacketType.VERSION).connection(999, 0).payload(new byte[1]);
    bench.peer.send(bench.address(), question); // a NAT keepalive of a server
    assertThat(bench.answers()).isEmpty();

    bench.peer.send(bench.address(), question.flags(Flags.CLIENT_INITIATED));
    Datagram reply = bench.peer.expect(PacketFilter.type(PacketType.VERSION));
    assertThat(reply.fromClient()).isFalse();
    bench.peer.send(bench.address(), reply.bytes()); // reflected
    assertThat(bench.answers()).isEmpty();
  }

  @Test
  @Tag("R-21")
  void noShapeOfAbortIsAnswered() {
    bench.think = ms(10_000);
    bench.request(1);
    bench.answers();
    PacketBuilder[] shapes = {
      PacketBuilder.abort(-5),
      PacketBuilder.abort(0),
      PacketBuilder.abort(-5).payload(new byte[3]),
      PacketBuilder.abort(-5).payload(new byte[100]),
      PacketBuilder.abort(-5).flags(0xff),
      PacketBuilder.abort(-5).seq(7),
    };
    for (PacketBuilder shape : shapes) {
      bench.sendClient(99, shape); // a call that is not known
      bench.peer.send(bench.address(), shape.connection(1, 2)); // nor the connection
      bench.peer.send(bench.address(), shape.service(4711));
      bench.peer.send(bench.address(), shape.call(-1));
    }
    bench.sendClient(1, PacketBuilder.abort(5));
    bench.sendClient(1, PacketBuilder.abort(5)); // and again, for a call that is over
    bench.sendClient(0, PacketBuilder.abort(5)); // the connection
    assertThat(bench.answers()).isEmpty();
    assertThat(bench.live()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, Flags.CLIENT_INITIATED})
  @Tag("R-21")
  void busyIsNotAnswered(int side) {
    bench.peer.send(
        bench.address(),
        new PacketBuilder(PacketType.BUSY)
            .connection(ScriptedPair.EPOCH, ScriptedPair.CID)
            .call(1)
            .service(ScriptedPair.SERVICE)
            .flags(side));
    assertThat(bench.answers()).isEmpty();
  }

  @Test
  @Tag("R-21")
  void abortOfAClientCallIsNotAnswered() {
    SimCall call = bench.call(new byte[] {1});
    Datagram request = bench.peer.expect(PacketFilter.data());
    bench.peer.answer(request, PacketBuilder.abort(77));
    bench.peer.answer(request, PacketBuilder.abort(77));
    bench.peer.answer(request, new PacketBuilder(PacketType.BUSY));
    assertThat(bench.answers()).isEmpty();
    assertThat(call.outcome().abortCode()).isEqualTo(77);
  }

  @Test
  @Tag("R-23")
  void rejectionsAreRateLimited() {
    ScriptedPair limited = new ScriptedPair(Tunables.defaults().with(Tunable.REJECT_RATE, 10));
    for (int second = 0; second < 3; second++) {
      for (int i = 0; i < 100; i++) {
        limited.peer.send(
            limited.address(),
            PacketBuilder.data(1, new byte[4])
                .connection(ScriptedPair.EPOCH, i << 2)
                .call(1)
                .service(4711)
                .flags(Flags.CLIENT_INITIATED));
      }
      List<Datagram> answers = limited.peer.collect(ms(1000));
      assertThat(answers).hasSize(10);
      assertThat(answers)
          .allMatch(d -> d.type() == PacketType.ABORT && Abort.code(d.memory(), 0) == -2);
    }
  }

  @Test
  @Tag("R-47")
  void rejectionMirrorsServiceAndSecurity() { // what R-47 wishes OpenAFS did
    bench.peer.send(
        bench.address(),
        PacketBuilder.data(1, new byte[4])
            .connection(ScriptedPair.EPOCH, ScriptedPair.CID | 2)
            .call(5)
            .service(4711)
            .security(3, 0)
            .flags(Flags.CLIENT_INITIATED | Flags.REQUEST_ACK));
    Datagram abort = bench.peer.expect(PacketFilter.type(PacketType.ABORT));
    assertThat(abort.epoch()).isEqualTo(ScriptedPair.EPOCH);
    assertThat(abort.cid()).isEqualTo(ScriptedPair.CID | 2);
    assertThat(abort.callNumber()).isEqualTo(5);
    assertThat(abort.serial()).isZero();
    assertThat(abort.flags()).isZero();
    assertThat(Header.serviceId(abort.memory(), 0)).isEqualTo(4711);
    assertThat(Header.securityIndex(abort.memory(), 0)).isEqualTo(3);
  }
}
