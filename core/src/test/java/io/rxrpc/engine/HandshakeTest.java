// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.security.ClientConnectionSecurity;
import io.rxrpc.security.ClientSecurity;
import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.wire.AbortCodes;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** CHALLENGE and RESPONSE between two endpoints. */
class HandshakeTest {
  private final TestSecurity security = new TestSecurity(true);
  private final Pipe pipe = new Pipe(Tunables.defaults(), security);

  private App call(int bytes) {
    App app = pipe.open(Pipe.SERVICE, security);
    app.write(Pipe.bytes(bytes), true, pipe.now);
    return app;
  }

  private static boolean isChallenge(Packet p) {
    return p.type() == PacketType.CHALLENGE;
  }

  private static boolean isResponse(Packet p) {
    return p.type() == PacketType.RESPONSE;
  }

  @Test
  void oneChallengeSecuresAllChannels() {
    List<App> apps = new ArrayList<>(List.of(call(50_000)));
    pipe.settle();
    for (int i = 0; i < 3; i++) {
      apps.add(call(50_000));
    }
    pipe.settle();
    assertThat(apps).extracting(a -> a.call.cid() & ~3).containsOnly(apps.getFirst().call.cid());
    for (App a : apps) {
      assertThat(a.completion()).isEqualTo(Completion.SUCCESS);
      assertThat(a.bytes()).isEqualTo(Pipe.bytes(50_000));
    }
    assertThat(pipe.server.count(HandshakeTest::isChallenge)).isEqualTo(1);
    assertThat(pipe.client.count(HandshakeTest::isResponse)).isEqualTo(1);
    assertThat(security.verified).isEqualTo(1);
    pipe.settle();
    App again = call(10);
    pipe.settle();
    assertThat(again.bytes()).isEqualTo(Pipe.bytes(10));
    assertThat(security.verified).isEqualTo(1);
  }

  @Test
  @Tag("R-26")
  void beforeTheResponseLittleIsKept() {
    pipe.client.loses = HandshakeTest::isResponse;
    call(1_000_000);
    pipe.pass(1_500 * Pipe.MS);
    Call served = pipe.server.endpoint.serviceSide.services.load.calls == 1 ? only() : null;
    assertThat(served).isNotNull();
    assertThat(served.state()).isEqualTo(CallState.SERVER_SECURING);
    assertThat(served.gear.rx.held()).isEqualTo(32);
    assertThat(pipe.server.served).isEmpty();
    pipe.client.loses = p -> false;
    pipe.pass(5_000 * Pipe.MS);
    assertThat(pipe.server.served).hasSize(1);
    assertThat(pipe.server.served.getFirst().bytes()).isEqualTo(Pipe.bytes(1_000_000));
  }

  private Call only() {
    Peer peer = pipe.server.endpoint.peers.find(pipe.client.address);
    assertThat(peer).isNotNull();
    Call call = peer.connections.getFirst().call(0);
    assertThat(call).isNotNull();
    return call;
  }

  @Test
  @Tag("R-24")
  void aLostChallengeIsSentAgain() { // by a timer
    pipe.server.loses = p -> isChallenge(p) && pipe.server.count(HandshakeTest::isChallenge) < 3;
    App app = call(10);
    pipe.pass(10_000 * Pipe.MS);
    assertThat(app.completion()).isEqualTo(Completion.SUCCESS);
    assertThat(pipe.server.count(HandshakeTest::isChallenge)).isEqualTo(3);
  }

  @Test
  @Tag("R-25")
  void aClientThatNeverRespondsIsForgotten() {
    pipe.client.loses = HandshakeTest::isResponse;
    App app = call(10);
    pipe.pass(110_000 * Pipe.MS);
    assertThat(pipe.server.count(HandshakeTest::isChallenge)).isEqualTo(50);
    assertThat(app.completion().abortCode()).isEqualTo(AbortCodes.RX_CALL_DEAD);
    assertThat(pipe.server.endpoint.serviceConnections()).isZero();
    assertThat(pipe.server.endpoint.liveCalls()).isZero();
    app.release(pipe.now);
    pipe.pass(2_000_000 * Pipe.MS);
    pipe.assertNothingLeft();
  }

  @Test
  @Tag("R-25")
  void connectionsWithoutAResponseAreBoundedAndShortLived() {
    Pipe few = new Pipe(Tunables.defaults().with(Tunable.UNSECURED_CONNECTIONS, 2), security);
    few.client.loses = HandshakeTest::isResponse;
    for (int i = 0; i < 10; i++) {
      few.open(Pipe.SERVICE, security).write(Pipe.bytes(10), true, few.now);
    }
    few.settle();
    assertThat(few.server.endpoint.serviceConnections()).isEqualTo(2);
    few.client.loses = p -> false;
    few.pass(15_000 * Pipe.MS);
    assertThat(few.server.served).hasSize(10);
  }

  @Test
  @Tag("R-43")
  void aRefusedResponseKillsTheWholeConnection() {
    call(10);
    pipe.settle();
    forgetConnections(pipe); // so that four calls are challenged
    security.refuses = true;
    List<App> apps = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      apps.add(call(10));
    }
    pipe.pass(2_000 * Pipe.MS);
    for (App a : apps) {
      assertThat(a.completion().kind()).isEqualTo(Completion.Kind.REMOTE_ABORT);
      assertThat(a.completion().abortCode()).isEqualTo(TestSecurity.BAD);
    }
    assertThat(pipe.server.sent(p -> p.isAbort() && p.callNumber() == 0)).hasSize(1);
    assertThat(pipe.client.endpoint.clientConnections()).isZero();
    assertThat(pipe.server.endpoint.serviceConnections()).isZero();
    security.refuses = false;
    int old = apps.getFirst().call.cid() & ~3;
    App next = call(10);
    pipe.settle();
    assertThat(next.completion()).isEqualTo(Completion.SUCCESS);
    assertThat(next.call.cid() & ~3).isNotEqualTo(old);
  }

  @Test
  @Tag("R-44")
  void aChallengeWithoutACallIsNoOracle() {
    call(10);
    pipe.settle();
    Packet challenge = pipe.server.sent(HandshakeTest::isChallenge).getFirst();
    assertThat(security.responses).isEqualTo(1);
    pipe.client.endpoint.datagram(
        pipe.now, pipe.server.address, null, challenge.memory(), 0, challenge.bytes().length);
    pipe.settle();
    assertThat(security.responses).isEqualTo(1);
    assertThat(pipe.client.count(HandshakeTest::isResponse)).isEqualTo(1);
  }

  @Test
  @Tag("R-44")
  void aSecondResponseIsIgnored() {
    call(10);
    pipe.settle();
    Packet response = pipe.client.sent(HandshakeTest::isResponse).getFirst();
    for (int i = 0; i < 3; i++) {
      pipe.server.endpoint.datagram(
          pipe.now, pipe.client.address, null, response.memory(), 0, response.bytes().length);
    }
    pipe.settle();
    assertThat(security.verified).isEqualTo(1);
    App again = call(20);
    pipe.settle();
    assertThat(again.completion()).isEqualTo(Completion.SUCCESS);
  }

  @Test
  @Tag("R-44")
  void aResponseNobodyAskedForIsIgnored() {
    Pipe open = new Pipe(Tunables.defaults(), new TestSecurity(false));
    App app = open.open(Pipe.SERVICE, security);
    app.write(Pipe.bytes(10), true, open.now);
    open.settle();
    byte[] bytes = open.client.sent.getFirst().bytes().clone();
    Packet forged = new Packet(open.server.address, bytes);
    Header.setType(forged.memory(), 0, PacketType.RESPONSE);
    Header.setCallNumber(forged.memory(), 0, 0);
    Header.setCid(forged.memory(), 0, forged.cid() & ~3);
    open.server.endpoint.datagram(
        open.now, open.client.address, null, forged.memory(), 0, bytes.length);
    open.settle();
    assertThat(open.server.endpoint.serviceConnections()).isEqualTo(1);
    assertThat(security.verified).isZero();
  }

  @Test
  @Tag("R-63")
  void theResponseRaisesCallNumbersAndNeverLowersThem() {
    call(10);
    pipe.settle();
    for (int i = 0; i < 5; i++) {
      call(10);
      pipe.settle();
    }
    // the server forgets the connection: the client is challenged again in the middle of its life
    forgetConnections(pipe);
    App app = call(10);
    assertThat(app.call.number()).isEqualTo(7);
    pipe.settle();
    assertThat(app.completion()).isEqualTo(Completion.SUCCESS);
    assertThat(security.verified).isEqualTo(2);
    assertThat(pipe.server.endpoint.serviceConnections()).isEqualTo(1);
  }

  @Test
  void aChannelWhoseCallFailedDoesNotKeepTheOthersFromAnswering() {
    pipe.server.loses = HandshakeTest::isChallenge;
    App doomed = call(10);
    App other = call(10);
    doomed.call.limit(pipe.now + 100 * Pipe.MS);
    pipe.pass(200 * Pipe.MS);
    assertThat(doomed.completion().abortCode()).isEqualTo(AbortCodes.RX_CALL_TIMEOUT);
    pipe.server.loses = p -> false;
    pipe.pass(5_000 * Pipe.MS);
    assertThat(other.completion()).isEqualTo(Completion.SUCCESS);
  }

  @Test
  @Tag("R-24")
  @Tag("R-68")
  void theAbortOfAWrongResponseComesLaterByATimer() {
    security.refuses = true;
    App app = call(10);
    pipe.pass(900 * Pipe.MS);
    assertThat(app.call.completion()).isNull();
    assertThat(pipe.server.count(Packet::isAbort)).isZero();
    // meanwhile another RESPONSE is none that somebody waits for, and others are served
    Packet response = pipe.client.sent(HandshakeTest::isResponse).getFirst();
    security.refuses = false;
    pipe.server.endpoint.datagram(
        pipe.now, pipe.client.address, null, response.memory(), 0, response.bytes().length);
    App other = pipe.open(Pipe.SERVICE, new Disguised(security));
    other.write(Pipe.bytes(10), true, pipe.now);
    pipe.pass(20 * Pipe.MS);
    assertThat(other.completion()).isEqualTo(Completion.SUCCESS);
    pipe.pass(200 * Pipe.MS);
    assertThat(app.completion().abortCode()).isEqualTo(TestSecurity.BAD);
    assertThat(pipe.server.endpoint.counters().get(Counter.RESPONSES_REFUSED)).isEqualTo(1);
  }

  @Test
  void aClientThatGivesUpGetsTheAbortAllTheSame() {
    security.refuses = true;
    App app = call(10);
    pipe.pass(10 * Pipe.MS);
    app.call.abort(77, pipe.now);
    pipe.pass(2_000 * Pipe.MS);
    assertThat(pipe.server.sent(p -> p.isAbort() && p.callNumber() == 0)).hasSize(1);
    assertThat(pipe.server.endpoint.serviceConnections()).isZero();
  }

  @Test
  void aServerThatForgotARequestItHadNotAckedGetsItOnceMore() {
    pipe.server.loses = p -> !isChallenge(p); // the client learns of nothing
    pipe.client.loses = HandshakeTest::isResponse;
    App app = call(20_000);
    pipe.settle();
    forgetConnections(pipe);
    assertThat(pipe.server.endpoint.liveCalls()).isEqualTo(1);
    pipe.server.loses = p -> false;
    pipe.client.loses = p -> false;
    pipe.pass(10_000 * Pipe.MS);
    assertThat(app.completion()).isEqualTo(Completion.SUCCESS);
    assertThat(app.bytes()).isEqualTo(Pipe.bytes(20_000));
    assertThat(pipe.server.count(HandshakeTest::isChallenge)).isGreaterThan(1);
  }

  @Test
  void aServerThatForgotARequestInTheMiddleEndsIt() {
    App app = pipe.open(Pipe.SERVICE, security);
    app.write(Pipe.bytes(100_000), false, pipe.now);
    pipe.settle();
    forgetConnections(pipe);
    app.write(Pipe.bytes(100_000), true, pipe.now);
    pipe.pass(60_000 * Pipe.MS);
    // what it had acked is gone for good: the client is challenged and answers, and learns of it
    assertThat(app.completion().ok()).isFalse();
    assertThat(app.completion().abortCode()).isEqualTo(AbortCodes.RX_CALL_DEAD);
    App next = call(10);
    pipe.settle();
    assertThat(next.completion()).isEqualTo(Completion.SUCCESS);
  }

  /** The same class, and yet another one: its calls share no connection with those of the first. */
  private record Disguised(TestSecurity security) implements ClientSecurity {
    @Override
    public int securityIndex() {
      return security.securityIndex();
    }

    @Override
    public ClientConnectionSecurity connect(ConnectionIdentity connection) {
      return security.connect(connection);
    }
  }

  /** The server knows its clients, but none of their connections any more. */
  private static void forgetConnections(Pipe pipe) {
    Endpoint server = pipe.server.endpoint;
    server.serviceSide.connections.closeAll(server.peers.all(), pipe.now);
  }
}
