// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.wire.AbortCodes;
import io.rxrpc.wire.Ack;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.Jumbo;
import io.rxrpc.wire.PacketType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a server does with single packets, by the rules of the pitfalls. */
class ServerRulesTest {
  private static final long MS = Bench.MS;
  private static final int LAST = Flags.LAST_PACKET;
  private static final int ASK = Flags.REQUEST_ACK;

  /** Its peer may draw as much as one that is known. */
  private final Bench bench = new Bench(Tunables.defaults().with(Tunable.REACH_ALLOWANCE, 255));

  private App serve(int requestPackets) {
    for (int seq = 1; seq <= requestPackets; seq++) {
      bench.feed(bench.data(1, seq, seq == requestPackets ? LAST : 0, 10));
    }
    assertThat(bench.served).hasSize(1);
    return bench.served.getFirst();
  }

  private List<Packet> reply(App app, int bytes) {
    app.write(Pipe.bytes(bytes), true, bench.now);
    return bench.sent();
  }

  @Test
  @Tag("R-1")
  void shortDatagramsAreDropped() {
    for (int n = 0; n < Header.LENGTH; n++) {
      assertThat(bench.feed(new Packet(Bench.PEER, new byte[n]))).isEmpty();
    }
    assertThat(bench.endpoint.counters().get(Counter.MALFORMED)).isEqualTo(Header.LENGTH);
  }

  @Test
  @Tag("R-12")
  @Tag("R-25")
  void onlyDataMakesState() {
    for (int type = 0; type < 256; type++) {
      if (type != PacketType.DATA) {
        Packet p = bench.packet(type, Bench.EPOCH, Bench.CID, 1, Flags.CLIENT_INITIATED, 40);
        assertThat(bench.feed(p))
            .as(PacketType.name(type))
            .hasSizeLessThanOrEqualTo(
                type == PacketType.VERSION || type == PacketType.DEBUG ? 1 : 0);
      }
    }
    assertThat(bench.endpoint.serviceConnections()).isZero();
    assertThat(bench.endpoint.peerCount()).isZero();
    assertThat(bench.endpoint.timerCount()).isZero();
    bench.feed(bench.data(1, 1, 0, 10));
    assertThat(bench.endpoint.serviceConnections()).isEqualTo(1);
  }

  @Test
  @Tag("R-20")
  void whoDoesNotAskGetsNoAnswer() {
    serve(1);
    Packet ping = bench.ack(1, ASK, 1, 0, AckReason.PING, 255);
    List<Packet> answer = bench.feed(ping);
    assertThat(answer).hasSize(1);
    assertThat(answer.getFirst().isAck(AckReason.PING_RESPONSE)).isTrue();
    assertThat(answer.getFirst().ackedSerial()).isEqualTo(ping.serial());
    assertThat(answer.getFirst().has(ASK)).isFalse();
    assertThat(bench.feed(bench.ack(1, 0, 1, 0, AckReason.PING, 255))).isEmpty();
    assertThat(bench.feed(bench.ack(1, ASK, 1, 0, AckReason.PING_RESPONSE, 255))).isEmpty();
    assertThat(bench.feed(bench.ack(1, 0, 1, 0, AckReason.IDLE, 255))).isEmpty();
    // VERSION: only the asking side is answered
    Packet request = bench.packet(PacketType.VERSION, 999, 0, 3, Flags.CLIENT_INITIATED, 1);
    List<Packet> version = bench.feed(request);
    assertThat(version).hasSize(1);
    assertThat(version.getFirst().type()).isEqualTo(PacketType.VERSION);
    assertThat(bench.feed(version.getFirst())).isEmpty();
    assertThat(bench.feed(bench.packet(PacketType.VERSION, 999, 0, 3, 0, 65))).isEmpty();
  }

  @Test
  @Tag("R-21")
  void anAbortIsNeverAnswered() {
    assertThat(bench.feed(bench.abort(1, 5))).isEmpty();
    serve(1);
    assertThat(bench.feed(bench.abort(1, 5))).isEmpty();
    for (int number : new int[] {0, 1, 2, 7, -1}) {
      assertThat(bench.feed(bench.abort(number, 5))).as("call %d", number).isEmpty();
    }
    Packet toClient = bench.packet(PacketType.ABORT, bench.endpoint.epoch(), Bench.CID, 1, 0, 4);
    assertThat(bench.feed(toClient)).isEmpty();
    Packet busy = bench.packet(PacketType.BUSY, Bench.EPOCH, Bench.CID, 9, 1, 0);
    assertThat(bench.feed(busy)).isEmpty();
  }

  @Test
  @Tag("R-22")
  void debugIsRefused() {
    Packet request = bench.packet(PacketType.DEBUG, 999, 0, 101, 1, 8);
    Packet refusal = bench.feed(request).getFirst();
    assertThat(refusal.isAbort()).isTrue();
    assertThat(refusal.callNumber()).isZero(); // so that rxdebug does not take it for its answer
    Packet fromServer = bench.packet(PacketType.DEBUG, 999, 0, 1, 0, 8);
    assertThat(bench.feed(fromServer)).isEmpty();
  }

  @Test
  @Tag("R-22")
  void versionRepliesAreLimited() {
    Bench few = new Bench(Tunables.defaults().with(Tunable.VERSION_RATE, 5));
    int answers = 0;
    for (int i = 0; i < 100; i++) {
      answers += few.feed(few.packet(PacketType.VERSION, 999, 0, i, 1, 1)).size();
    }
    assertThat(answers).isEqualTo(5);
  }

  @Test
  @Tag("R-23")
  void rejectionsAreLimitedAndMirrorThePacket() {
    Bench few = new Bench(Tunables.defaults().with(Tunable.REJECT_RATE, 10));
    List<Packet> aborts = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Packet p = few.data(Bench.EPOCH, i * 4, 3, 1, Flags.CLIENT_INITIATED, 10);
      Header.setServiceId(p.memory(), 0, 4711);
      Header.setSecurityIndex(p.memory(), 0, 2);
      aborts.addAll(few.feed(p));
    }
    assertThat(aborts).hasSize(10);
    Packet first = aborts.getFirst();
    assertThat(first.isAbort()).isTrue();
    assertThat(first.code()).isEqualTo(AbortCodes.RX_INVALID_OPERATION);
    assertThat(first.serviceId()).isEqualTo(4711);
    assertThat(first.securityIndex()).isEqualTo(2);
    assertThat(first.callNumber()).isEqualTo(3);
    assertThat(first.has(Flags.CLIENT_INITIATED)).isFalse();
    assertThat(few.endpoint.counters().get(Counter.REJECTIONS_SUPPRESSED)).isEqualTo(90);
    assertThat(few.endpoint.serviceConnections()).isZero();
  }

  @Test
  void aSecurityClassThatIsNotOfferedIsRefusedWithItsIndex() {
    Packet p = bench.data(1, 1, LAST, 10);
    Header.setSecurityIndex(p.memory(), 0, 2);
    List<Packet> answer = bench.feed(p);
    assertThat(answer).hasSize(1);
    assertThat(answer.getFirst().isAbort()).isTrue();
    assertThat(answer.getFirst().securityIndex()).isEqualTo(2);
    assertThat(answer.getFirst().serviceId()).isEqualTo(Bench.SERVICE);
  }

  @Test
  @Tag("R-30")
  void packetsOfOlderCallsAreDropped() {
    bench.feed(bench.data(5, 1, LAST, 10));
    App five = bench.served.getFirst();
    for (int type :
        new int[] {PacketType.DATA, PacketType.ACK, PacketType.ABORT, PacketType.ACKALL}) {
      Packet p =
          switch (type) {
            case PacketType.DATA -> bench.data(4, 1, ASK, 10);
            case PacketType.ACK -> bench.ack(4, ASK, 1, 0, AckReason.PING, 9);
            case PacketType.ABORT -> bench.abort(4, 1);
            default -> bench.packet(type, Bench.EPOCH, Bench.CID, 4, 1, 0);
          };
      assertThat(bench.feed(p)).as("%s", p).isEmpty();
    }
    assertThat(five.call.completion()).isNull();
  }

  @Test
  @Tag("R-30")
  void packetsOfAFinishedCallTouchNothing() { // every type, replayed
    App app = serve(3);
    reply(app, 100);
    bench.feed(bench.ack(1, 0, 2, 0, AckReason.IDLE, 255));
    assertThat(app.completion()).isEqualTo(Completion.SUCCESS);
    app.release(bench.now);
    for (Packet p :
        List.of(
            bench.data(1, 1, ASK, 10),
            bench.data(1, 3, LAST | ASK, 10),
            bench.data(1, 4, 0, 10),
            bench.ack(1, 0, 2, 0, AckReason.IDLE, 255),
            bench.ack(1, ASK, 2, 0, AckReason.PING, 255),
            bench.packet(PacketType.ACKALL, Bench.EPOCH, Bench.CID, 1, 1, 0),
            bench.packet(PacketType.RESPONSE, Bench.EPOCH, Bench.CID & ~3, 0, 1, 30),
            bench.abort(1, 7))) {
      assertThat(bench.feed(p)).as("%s", p).isEmpty(); // as Linux does
    }
    assertThat(bench.endpoint.liveCalls()).isZero();
    assertThat(bench.pool.outstanding()).isZero();
    assertThat(bench.endpoint.serviceConnections()).isEqualTo(1);
  }

  @Test
  @Tag("R-30")
  void anAbortedCallSaysSoAgain() {
    App app = serve(1);
    app.call.abort(-455, bench.now);
    assertThat(bench.sent()).extracting(Packet::code).containsExactly(-455);
    List<Packet> again = bench.feed(bench.data(1, 1, LAST, 10));
    assertThat(again).hasSize(1);
    assertThat(again.getFirst().code()).isEqualTo(-455);
    assertThat(bench.feed(bench.abort(1, 9))).isEmpty();
  }

  @Test
  @Tag("R-31")
  void theNextCallEndsAReplyThatWaitsForItsAck() { // R-31, calls.md section 5
    App app = serve(1);
    reply(app, 10);
    assertThat(app.call.state()).isEqualTo(CallState.SERVER_AWAIT_ACK);
    bench.feed(bench.data(2, 1, LAST, 10));
    assertThat(app.completion()).isEqualTo(Completion.SUCCESS);
    assertThat(bench.served).hasSize(2);
  }

  @Test
  @Tag("R-31")
  void theNextCallEndsACallThatRuns() { // as Linux does
    App app = serve(1);
    bench.feed(bench.data(2, 1, LAST, 10));
    assertThat(app.completion().abortCode()).isEqualTo(AbortCodes.RX_CALL_DEAD);
    assertThat(bench.served).hasSize(2);
    assertThat(bench.served.getLast().call.completion()).isNull();
    assertThat(bench.endpoint.liveCalls()).isEqualTo(1);
  }

  @Test
  @Tag("R-32")
  void aSoftAckDoesNotEndAReply() {
    App app = serve(1);
    reply(app, 3000);
    bench.feed(bench.ack(1, 0, 1, 0, AckReason.DELAY, 255, true, true, true));
    assertThat(app.call.state()).isEqualTo(CallState.SERVER_AWAIT_ACK);
    assertThat(app.call.gear.tx.size()).isEqualTo(3);
    bench.feed(bench.ack(1, 0, 4, 0, AckReason.IDLE, 255));
    assertThat(app.completion()).isEqualTo(Completion.SUCCESS);
    app.release(bench.now);
    assertThat(bench.pool.outstanding()).isZero();
  }

  @Test
  @Tag("R-33")
  void aReceiverMayRenege() {
    App app = serve(1);
    reply(app, 5000);
    bench.feed(bench.ack(1, 0, 1, 0, AckReason.DELAY, 255, true, true, true, true));
    List<Packet> again =
        bench.feed(bench.ack(1, 0, 1, 0, AckReason.OUT_OF_SEQUENCE, 255, true, false, true, true));
    assertThat(again).hasSize(1);
    assertThat(again.getFirst().seq()).isEqualTo(2);
    assertThat(again.getFirst().isData()).isTrue();
  }

  @Test
  @Tag("R-37")
  void theHardAckEdgeNeverMovesBack() {
    App app = serve(1);
    app.write(Pipe.bytes(14_120), false, bench.now);
    bench.sent();
    bench.feed(bench.ack(1, 0, 6, 0, AckReason.DELAY, 100, true));
    assertThat(app.call.gear.tx.hardAcked()).isEqualTo(5);
    assertThat(app.call.gear.peerWindow).isEqualTo(100);
    bench.feed(bench.ack(1, 0, 3, 0, AckReason.DELAY, 1, false, false, false, false));
    assertThat(app.call.gear.tx.hardAcked()).isEqualTo(5);
    assertThat(app.call.gear.peerWindow).as("nor its window").isEqualTo(100);
    assertThat(app.call.gear.tx.lost()).as("nor its SACK").isZero();
    assertThat(bench.endpoint.counters().get(Counter.ACKS_STALE)).isEqualTo(1);
    // but a PING is answered all the same
    assertThat(bench.feed(bench.ack(1, ASK, 3, 0, AckReason.PING, 1)))
        .singleElement()
        .matches(p -> p.isAck(AckReason.PING_RESPONSE));
    // and nobody acks what was not sent
    bench.feed(bench.ack(1, 0, 500, 0, AckReason.DELAY, 255));
    assertThat(bench.endpoint.counters().get(Counter.ACKS_INVALID)).isEqualTo(1);
    assertThat(app.call.gear.tx.hardAcked()).isEqualTo(5);
  }

  @Test
  @Tag("R-6")
  void previousPacketIsNotBelieved() { // old OpenAFS puts a serial there
    App app = serve(1);
    app.write(Pipe.bytes(14_120), false, bench.now);
    bench.sent();
    Packet ack = bench.ack(1, 0, 6, 0, AckReason.DELAY, 100, true);
    ack.memory().set(java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED, 28 + 8, -1);
    bench.feed(ack);
    Packet next = bench.ack(1, 0, 8, 0, AckReason.DELAY, 90, true);
    ack.memory().set(java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED, 28 + 8, 1);
    bench.feed(next);
    assertThat(app.call.gear.tx.hardAcked()).isEqualTo(7);
    assertThat(app.call.gear.peerWindow).isEqualTo(90);
  }

  @Test
  @Tag("R-38")
  void aClosedWindowIsProbed() {
    App app = serve(1);
    app.write(Pipe.bytes(200_000), false, bench.now);
    bench.sent();
    bench.feed(bench.ack(1, 0, 11, 0, AckReason.DELAY, 0));
    assertThat(app.call.gear.tx.inFlight()).isZero();
    List<Packet> probes = bench.sentWithin(1400 * MS);
    assertThat(probes).isNotEmpty();
    assertThat(probes).allMatch(p -> p.isAck(AckReason.PING) && p.has(ASK));
    List<Packet> data =
        bench.feed(bench.ack(1, 0, 11, probes.getLast().serial(), AckReason.PING_RESPONSE, 5));
    assertThat(data.stream().filter(Packet::isData)).hasSize(5);
  }

  @Test
  @Tag("R-40")
  void anotherAddressIsAnotherConnection() {
    App app = serve(1);
    InetSocketAddress other = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9999);
    bench.feed(other, bench.data(1, 1, LAST, 10));
    assertThat(bench.endpoint.serviceConnections()).isEqualTo(2);
    assertThat(reply(app, 10)).singleElement().matches(p -> p.to().equals(Bench.PEER));
    bench.feed(other, bench.abort(1, 5));
    assertThat(app.call.completion()).isNull();
  }

  @Test
  @Tag("R-42")
  void afterARestartAClientThatAsksIsToldSo() {
    List<Packet> answer = bench.feed(bench.ack(3, ASK, 5, 0, AckReason.PING, 255));
    assertThat(answer).singleElement().matches(Packet::isAbort);
    assertThat(answer.getFirst().callNumber()).isEqualTo(3);
    assertThat(bench.endpoint.serviceConnections()).isZero();
  }

  @Test
  @Tag("R-42")
  void afterARestartAClientWhoseConnectionIsThereAgainIsToldSo() {
    serve(1);
    List<Packet> answer = bench.feed(bench.ack(3, ASK, 5, 0, AckReason.PING, 255));
    assertThat(answer).singleElement().matches(Packet::isAbort);
    assertThat(answer.getFirst().callNumber()).isEqualTo(3);
  }

  @Test
  @Tag("R-42")
  void soonAfterARestartAClientThatHasGotNothingIsToldThatNothingIsHere() {
    for (int call = 2; call < 4; call++) { // without the connection, and with it
      Packet ping = bench.ack(call, ASK, 1, 0, AckReason.PING, 255);
      List<Packet> answer = bench.feed(ping);
      assertThat(answer).singleElement().matches(p -> p.isAck(AckReason.PING_RESPONSE));
      Packet pong = answer.getFirst();
      assertThat(pong.bytes().length).as("no amplification").isLessThanOrEqualTo(68);
      assertThat(Ack.serial(pong.memory(), 0)).isEqualTo(ping.serial());
      assertThat(Ack.firstPacket(pong.memory(), 0)).isEqualTo(1);
      assertThat(Ack.previousPacket(pong.memory(), 0)).isZero();
      serve(call - 1);
    }
    bench.now += 10_000 * Bench.MS; // OpenAFS would take it for a sign of life for ever
    assertThat(bench.feed(bench.ack(9, ASK, 1, 0, AckReason.PING, 255))).isEmpty();
  }

  @Test
  @Tag("R-7")
  void brokenJumbosAbortTheCall() {
    App app = serve(1);
    assertThat(bench.feed(bench.data(1, 2, Flags.JUMBO_PACKET, 700)))
        .singleElement()
        .matches(p -> p.isAbort() && p.code() == AbortCodes.RX_PROTOCOL_ERROR);
    assertThat(app.completion().kind()).isEqualTo(Completion.Kind.LOCAL_ABORT);
  }

  @Test
  @Tag("R-8")
  void everySubpacketCountsAgainstTheWindow() {
    Bench narrow = new Bench(Tunables.defaults().with(Tunable.RX_WINDOW, 8));
    int parts = 46;
    Packet p = narrow.data(1, 2, Flags.JUMBO_PACKET, Jumbo.STRIDE * (parts - 1) + 9);
    long data = Header.LENGTH;
    for (int i = 1; i < parts; i++) {
      Jumbo.writeNext(p.memory(), data, i == parts - 1 ? 0 : Flags.JUMBO_PACKET, 0);
      data = Jumbo.nextOffset(data);
    }
    List<Packet> acks = narrow.feed(p);
    assertThat(acks).singleElement().matches(a -> a.isAck(AckReason.OUT_OF_SEQUENCE));
    assertThat(narrow.onlyCall().gear.rx.held()).isEqualTo(7);
    assertThat(narrow.endpoint.counters().get(Counter.DATA_BEYOND_WINDOW)).isEqualTo(parts - 7);
  }

  @Test
  void aJumboFromTheFirstPacketToTheLast() {
    Packet p = bench.data(1, 1, Flags.JUMBO_PACKET, Jumbo.STRIDE * 3 + 100);
    long data = Header.LENGTH;
    for (int i = 1; i < 4; i++) {
      Jumbo.writeNext(p.memory(), data, i == 3 ? LAST : Flags.JUMBO_PACKET, 0);
      data = Jumbo.nextOffset(data);
    }
    bench.feed(p);
    assertThat(bench.served.getFirst().bytes()).hasSize(3 * 1412 + 100);
    assertThat(bench.served.getFirst().inputEnded).isTrue();
  }

  @Test
  void contradictionsOfTheLastPacketAbortTheCall() {
    serve(2);
    assertThat(bench.feed(bench.data(1, 3, 0, 10)))
        .singleElement()
        .matches(p -> p.isAbort() && p.code() == AbortCodes.RX_PROTOCOL_ERROR);
  }

  @Test
  void aRequestThatStopsIsAbortedAndAPingDoesNotKeepItAlive() {
    bench.feed(bench.data(1, 1, 0, 10));
    for (int i = 0; i < 59; i++) {
      bench.sentWithin(1000 * MS);
      bench.feed(bench.ack(1, ASK, 1, 0, AckReason.PING, 255));
    }
    assertThat(bench.endpoint.liveCalls()).isEqualTo(1);
    assertThat(bench.sentWithin(1500 * MS)).anyMatch(Packet::isAbort);
    assertThat(bench.endpoint.liveCalls()).isZero();
  }

  @Test
  @Tag("R-38")
  void aReplyWhoseLastHardAckIsLostIsNotKeptForEver() {
    App app = serve(1);
    reply(app, 3000);
    bench.feed(bench.ack(1, 0, 1, 0, AckReason.DELAY, 255, true, true, true));
    app.release(bench.now);
    bench.sentWithin(25_000 * MS);
    assertThat(bench.endpoint.liveCalls()).isZero();
    assertThat(bench.pool.outstanding()).isZero();
  }

  @Test
  void ackAllAcksEverything() {
    App app = serve(1);
    reply(app, 5000);
    bench.feed(bench.packet(PacketType.ACKALL, Bench.EPOCH, Bench.CID, 1, 1, 0));
    assertThat(app.completion()).isEqualTo(Completion.SUCCESS);
  }

  @Test
  void aConnectionAbortEndsAllItsCalls() {
    for (int ch = 0; ch < 4; ch++) {
      bench.feed(bench.data(Bench.EPOCH, Bench.CID | ch, 1, 1, LAST | Flags.CLIENT_INITIATED, 10));
    }
    assertThat(bench.served).hasSize(4);
    bench.feed(bench.abort(0, 77));
    bench.served.forEach(a -> assertThat(a.completion().abortCode()).isEqualTo(77));
    assertThat(bench.endpoint.serviceConnections()).isZero();
    assertThat(bench.endpoint.liveCalls()).isZero();
  }

  @Test
  void anAbortBeforeTheCallIsAcceptedGivesItsPlaceBack() {
    Bench lazy = new Bench(Tunables.defaults().with(Tunable.BACKLOG, 1));
    for (int call = 1; call < 5; call++) {
      Packet p = lazy.data(call, 1, LAST, 10);
      lazy.endpoint.datagram(lazy.now, Bench.PEER, null, p.memory(), 0, p.bytes().length);
      assertThat(lazy.endpoint.liveCalls()).isEqualTo(1);
      Packet a = lazy.abort(call, 3);
      lazy.endpoint.datagram(lazy.now, Bench.PEER, null, a.memory(), 0, a.bytes().length);
      assertThat(lazy.endpoint.liveCalls()).isZero();
    }
    assertThat(lazy.pool.outstanding()).isZero();
    assertThat(lazy.endpoint.counters().get(Counter.CALLS_REFUSED)).isZero();
  }
}
