// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.rules;

import static io.rxrpc.testkit.PacketFilter.data;
import static io.rxrpc.testkit.PacketFilter.type;
import static io.rxrpc.testkit.SimNet.ms;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.engine.Completion;
import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.security.PlainPackets;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.testkit.Datagram;
import io.rxrpc.testkit.Pace;
import io.rxrpc.testkit.PacketBuilder;
import io.rxrpc.testkit.PacketFilter;
import io.rxrpc.testkit.SimCall;
import io.rxrpc.testkit.SimHandler;
import io.rxrpc.testkit.SimPair;
import io.rxrpc.testkit.ToySecurity;
import io.rxrpc.wire.Abort;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The seams of security, with the toy class: calls.md section 9. */
class SecurityRulesTest {
  private static final int SECURED = 7;
  private static final ToySecurity TOY = new ToySecurity(5);

  private static SimPair pair() {
    SimPair pair = SimPair.seeded(3);
    pair.server().serve(SECURED, List.of(TOY), () -> SimHandler.ECHO);
    return pair;
  }

  private static SimCall call(SimPair pair, ToySecurity security, byte[] request) {
    return pair.client()
        .call(pair.server().address(), SECURED, security, request, request, Pace.FAST, c -> {});
  }

  @Test
  void sealedDataComesBack() {
    SimPair pair = pair();
    byte[] request = new byte[50_000];
    for (int i = 0; i < request.length; i++) {
      request[i] = (byte) (i * 7);
    }
    SimCall call = call(pair, TOY, request);
    pair.runUntil(call::isComplete);
    assertThat(call.ok()).isTrue();
    assertThat(call.reply()).isEqualTo(request);
  }

  @Test
  void aLostChallengeIsRepeated() {
    SimPair pair = pair();
    pair.net().drop(type(PacketType.CHALLENGE), 3);
    SimCall call = call(pair, TOY, new byte[10]);
    pair.runUntil(call::isComplete);
    assertThat(call.ok()).isTrue();
    assertThat(pair.elapsed()).isBetween(ms(6000), ms(7000)); // 2 s each
  }

  @Test
  void aLostResponseIsRepeated() {
    SimPair pair = pair();
    pair.net().drop(type(PacketType.RESPONSE), 2);
    SimCall call = call(pair, TOY, new byte[10]);
    pair.runUntil(call::isComplete);
    assertThat(call.ok()).isTrue();
    assertThat(pair.elapsed()).as("not when the server asks again").isLessThan(ms(2000));
  }

  @Test
  @Tag("R-43")
  void aWrongResponseEndsTheConnectionAndItsCall() {
    SimPair pair = pair();
    ToySecurity wrong = new ToySecurity(6);
    SimCall first = call(pair, wrong, new byte[10]);
    SimCall second = call(pair, wrong, new byte[10]);
    int cid = first.call().cid();
    pair.runUntil(() -> first.isComplete() && second.isComplete());
    assertThat(Header.connectionId(second.call().cid())).isNotEqualTo(Header.connectionId(cid));
    for (SimCall call : List.of(first, second)) {
      assertThat(call.outcome().kind()).isEqualTo(Completion.Kind.REMOTE_ABORT);
      assertThat(call.outcome().abortCode()).isEqualTo(ToySecurity.BAD_KEY);
    }
    SimCall next = call(pair, wrong, new byte[10]);
    assertThat(Header.connectionId(next.call().cid())).isNotEqualTo(Header.connectionId(cid));
    pair.runUntil(next::isComplete);
    assertThat(pair.client().pool().outstanding()).isZero();
    assertThat(pair.server().pool().outstanding()).isZero();
  }

  @Test
  @Tag("R-44")
  void aChallengeWithoutCallsIsNotAnswered() { // no signing oracle
    ScriptedPair bench = new ScriptedPair();
    SimCall call = bench.sealedCall(new byte[10]);
    Datagram request = bench.peer.expect(data());
    bench.peer.send(bench.address(), challenge(request));
    bench.peer.await(type(PacketType.RESPONSE));
    bench.peer.answer(request, PacketBuilder.abort(77));
    bench.answers();
    assertThat(call.isComplete()).isTrue();
    bench.peer.send(bench.address(), challenge(request));
    assertThat(bench.answers()).isEmpty();
  }

  private static PacketBuilder challenge(Datagram request) {
    return new PacketBuilder(PacketType.CHALLENGE)
        .connection(request.epoch(), Header.connectionId(request.cid()))
        .serial(1)
        .security(ToySecurity.INDEX, 0)
        .service(ScriptedPair.SERVICE)
        .payload(new byte[] {0, 0, 0, 9});
  }

  @Test
  @Tag("R-44")
  void aResponseThatNobodyAskedForIsIgnored() {
    ScriptedPair bench = new ScriptedPair();
    bench.peer.send(bench.address(), response(bench, new byte[24]));
    bench.request(1); // a connection that needs none
    bench.peer.send(bench.address(), response(bench, new byte[24]));
    assertThat(ScriptedPair.aborts(bench.answers())).isEmpty();
    assertThat(bench.handled).hasSize(1);
  }

  @Test
  @Tag("R-44")
  void aSecondResponseIsIgnored() throws SecurityFailure { // R-44, even a wrong one
    ScriptedPair bench = new ScriptedPair();
    bench.think = ms(10_000);
    byte[] sealed = sealed();
    bench.peer.send(bench.address(), sealed);
    Datagram challenge = bench.peer.await(type(PacketType.CHALLENGE));
    byte[] nonce = Arrays.copyOfRange(challenge.bytes(), Header.LENGTH, challenge.length());
    byte[] good = respond(nonce);
    bench.peer.send(bench.address(), response(bench, good));
    bench.answers();
    assertThat(bench.handled).hasSize(1);
    bench.peer.send(bench.address(), response(bench, new byte[24]));
    assertThat(ScriptedPair.aborts(bench.answers())).isEmpty();
    assertThat(bench.live()).isEqualTo(1);
  }

  private static ConnectionIdentity identity() {
    return new ConnectionIdentity(
        ScriptedPair.EPOCH, ScriptedPair.CID, ScriptedPair.SERVICE, ToySecurity.INDEX);
  }

  private static byte[] respond(byte[] challenge) throws SecurityFailure {
    return ScriptedPair.TOY
        .connect(identity())
        .respond(challenge, new int[] {1, 0, 0, 0})
        .payload();
  }

  private static byte[] sealed() throws SecurityFailure {
    byte[] packet =
        PacketBuilder.data(1, new byte[8 + 4])
            .connection(ScriptedPair.EPOCH, ScriptedPair.CID)
            .call(1)
            .serial(1)
            .service(ScriptedPair.SERVICE)
            .security(ToySecurity.INDEX, 0)
            .flags(Flags.CLIENT_INITIATED | Flags.LAST_PACKET)
            .build();
    PlainPackets plain = new PlainPackets(PlainPackets.Sent.NOTHING);
    plain.set(MemorySegment.ofArray(packet), 0, packet.length, 1, 4, ScriptedPair.CID, 1, 1);
    ScriptedPair.TOY.connect(identity()).seal(plain);
    return packet;
  }

  private static PacketBuilder response(ScriptedPair bench, byte[] payload) {
    return bench
        .client(0, new PacketBuilder(PacketType.RESPONSE).payload(payload))
        .security(ToySecurity.INDEX, 0);
  }

  @Test
  void damagedDataAbortsTheCallOnly() throws SecurityFailure {
    ScriptedPair bench = new ScriptedPair();
    byte[] sealed = sealed();
    sealed[sealed.length - 1] ^= 1;
    bench.peer.send(bench.address(), sealed);
    Datagram challenge = bench.peer.await(type(PacketType.CHALLENGE));
    byte[] nonce = Arrays.copyOfRange(challenge.bytes(), Header.LENGTH, challenge.length());
    assertThat(ByteBuffer.wrap(nonce).remaining()).isEqualTo(4);
    byte[] good = respond(nonce);
    bench.peer.send(bench.address(), response(bench, good));
    Datagram abort = bench.peer.await(type(PacketType.ABORT));
    assertThat(abort.callNumber()).isEqualTo(1);
    assertThat(Abort.code(abort.memory(), 0)).isEqualTo(4711);
    assertThat(bench.handled).isEmpty();
  }

  @Test
  void aSecurityClassThatIsNotOfferedIsRefused() {
    ScriptedPair bench = new ScriptedPair();
    bench.peer.send(
        bench.address(), bench.client(1, PacketBuilder.data(1, new byte[4])).security(3, 0));
    Datagram abort = bench.peer.expect(PacketFilter.type(PacketType.ABORT));
    assertThat(Abort.code(abort.memory(), 0)).isEqualTo(-2);
  }
}
