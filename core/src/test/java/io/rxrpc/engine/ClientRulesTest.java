// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.engine.policy.RttEstimator;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.udp.Errno;
import io.rxrpc.wire.AbortCodes;
import io.rxrpc.wire.Ack;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a client does with single packets, by the rules of the pitfalls. */
class ClientRulesTest {
  private static final long MS = Bench.MS;
  private static final int LAST = Flags.LAST_PACKET;
  private static final int ASK = Flags.REQUEST_ACK;

  private final Bench bench = new Bench();

  private App request(int bytes) {
    App app = bench.open();
    app.write(Pipe.bytes(bytes), true, bench.now);
    bench.sent();
    return app;
  }

  private App finished() {
    App app = request(10);
    bench.feed(bench.dataTo(app, 1, LAST, 20));
    assertThat(app.completion()).isEqualTo(Completion.SUCCESS);
    return app;
  }

  @Test
  @Tag("R-41")
  void theEpochIsRandomWithBit31() {
    assertThat(bench.endpoint.epoch() >>> 30).isEqualTo(2);
  }

  /**
   * A server of OpenAFS repeats a lost reply after seconds until such ACKs have told it the RTT.
   */
  @Test
  @Tag("R-35")
  void theFirstRepliesAreAckedAtOnceWithTheirSerial() {
    int burst = Tunables.defaults().getInt(Tunable.REPLY_ACKS);
    for (int i = 0; i < burst; i++) {
      assertThat(finalAcks(0)).allMatch(p -> p.isAck(AckReason.REQUESTED)).hasSize(1);
    }
    assertThat(finalAcks(19 * MS)).isEmpty();
    bench.now += 1000 * MS;
    assertThat(finalAcks(0)).allMatch(p -> p.isAck(AckReason.REQUESTED)).hasSize(1);
    assertThat(finalAcks(20 * MS))
        .allMatch(p -> p.isAck(AckReason.IDLE) && Ack.serial(p.memory(), 0) == 0)
        .hasSize(1);
  }

  /** What is sent in that time after a reply of one packet. */
  private List<Packet> finalAcks(long nanos) {
    App app = request(10);
    Packet reply = bench.dataTo(app, 1, LAST, 20);
    List<Packet> acks = new ArrayList<>(bench.feed(reply));
    assertThat(acks).allMatch(p -> Ack.serial(p.memory(), 0) == Header.serial(reply.memory(), 0));
    acks.addAll(bench.sentWithin(nanos));
    return acks;
  }

  @Test
  @Tag("R-13")
  void anAbortNeverLooksLikeSuccess() {
    App app = request(10);
    bench.feed(bench.to(app, PacketType.ABORT, 3)); // too short
    assertThat(app.call.completion()).isNull();
    bench.feed(bench.to(app, PacketType.ABORT, 4)); // code 0
    assertThat(app.completion().ok()).isFalse();
    assertThat(app.completion().abortCode()).isEqualTo(AbortCodes.RX_PROTOCOL_ERROR);
    assertThatThrownBy(() -> request(1).call.abort(0, bench.now))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** An ACK that says that nothing has arrived, in answer to a packet. */
  private Packet nothing(App app, int acked) {
    return bench.ackTo(app, 0, 1, acked, AckReason.PING_RESPONSE, 255);
  }

  @Test
  @Tag("R-33")
  @Tag("R-42")
  void aServerThatHasNothingOfWhatItHadAckedHasLostTheCall() {
    App app = request(10);
    int sent = 1;
    bench.feed(nothing(app, sent)); // overtaken by what follows
    bench.feed(bench.ackTo(app, 0, 1, sent, AckReason.REQUESTED, 255, true));
    bench.feed(nothing(app, sent));
    assertThat(app.call.completion()).as("the answer to an earlier packet").isNull();
    int ping = app.call.ping(bench.now);
    bench.feed(nothing(app, ping));
    assertThat(app.completion().errno()).isEqualTo(Errno.ENETRESET.number());
  }

  @Test
  @Tag("R-42")
  void theReplyOfAnotherLifeOfTheServerIsNotMixedWithTheFirst() {
    App app = request(10);
    bench.feed(bench.dataTo(app, 1, 0, 1400));
    bench.serial += 0x1000_0000;
    bench.feed(bench.dataTo(app, 2, LAST, 20));
    assertThat(app.completion().errno()).isEqualTo(Errno.ENETRESET.number());
  }

  @Test
  @Tag("R-37")
  @Tag("R-42")
  void aServerThatTakesAHardAckBackHasLostTheCall() {
    App app = request(20_000);
    bench.feed(bench.ackTo(app, 0, 6, 5, AckReason.REQUESTED, 255));
    bench.feed(bench.ackTo(app, 0, 3, 5, AckReason.REQUESTED, 255));
    assertThat(app.call.completion()).as("an ACK that was overtaken").isNull();
    int ping = app.call.ping(bench.now);
    bench.feed(bench.ackTo(app, 0, 3, ping, AckReason.PING_RESPONSE, 255));
    assertThat(app.completion().errno()).isEqualTo(Errno.ENETRESET.number());
  }

  @Test
  @Tag("R-37")
  @Tag("R-42")
  void aServerThatAsksWithLessThanItHadIsAskedWhereItStands() {
    App app = request(20_000);
    bench.feed(bench.ackTo(app, 0, 6, 5, AckReason.REQUESTED, 255));
    bench.now += 2000 * MS;
    Packet asks = bench.ackTo(app, ASK, 3, 0, AckReason.PING, 255);
    List<Packet> pings = bench.feed(asks).stream().filter(p -> p.isAck(AckReason.PING)).toList();
    assertThat(pings).hasSize(1);
    assertThat(bench.feed(asks)).as("once in a while").noneMatch(p -> p.isAck(AckReason.PING));
    int serial = pings.getFirst().serial();
    bench.feed(bench.ackTo(app, 0, 3, serial, AckReason.PING_RESPONSE, 255));
    assertThat(app.completion().errno()).isEqualTo(Errno.ENETRESET.number());
  }

  @Test
  @Tag("R-33")
  @Tag("R-42")
  void theSerialsOfAServerThatWasStartedAgainAreNotTakenForOldOnes() {
    App app = request(3000);
    bench.serial = 1000;
    bench.feed(bench.ackTo(app, 0, 1, 2, AckReason.REQUESTED, 255, true, true, true));
    assertThat(app.call.gear.tx.inFlight()).isZero();
    bench.serial = 0;
    bench.now += 2000 * MS;
    Packet asks = bench.ackTo(app, ASK, 1, 0, AckReason.PING, 255, false, false, true);
    List<Packet> pings = bench.feed(asks).stream().filter(p -> p.isAck(AckReason.PING)).toList();
    assertThat(pings).hasSize(1);
    int serial = pings.getFirst().serial();
    List<Packet> again =
        bench.feed(
            bench.ackTo(app, 0, 1, serial, AckReason.PING_RESPONSE, 255, false, false, true));
    assertThat(again.stream().filter(p -> p.type() == PacketType.DATA)).hasSize(2);
  }

  @Test
  @Tag("R-25")
  void aServerThatAsksFirstGetsTheRequestAgainAtOnceAndOnlyOnce() {
    App app = bench.open();
    app.write(Pipe.bytes(3000), true, bench.now);
    int packets = bench.sent().size();
    Packet ask = bench.ackTo(app, ASK, 1, 0, AckReason.PING, 255);
    Header.setSerial(ask.memory(), 0, 0x9000_0000); // a cookie
    List<Packet> again = bench.feed(ask);
    assertThat(again.getFirst().isAck(AckReason.PING_RESPONSE)).as("the proof goes first").isTrue();
    assertThat(again).hasSize(1 + packets);
    assertThat(bench.feed(ask)).as("no amplification").hasSize(1);
    // the cookie is no serial that others are compared with
    bench.feed(bench.ackTo(app, 0, 1, 0, AckReason.REQUESTED, 255, true));
    assertThat(app.call.gear.tx.inFlight()).isEqualTo(packets - 1);
  }

  @Test
  @Tag("R-47")
  void anAbortIsMatchedByItsNumbers() { // serviceId 0, another security index
    App app = request(10);
    Packet abort = bench.to(app, PacketType.ABORT, 4);
    Header.setServiceId(abort.memory(), 0, 0);
    Header.setSecurityIndex(abort.memory(), 0, 3);
    io.rxrpc.wire.Abort.write(abort.memory(), 0, 1234);
    bench.feed(abort);
    assertThat(app.completion().abortCode()).isEqualTo(1234);
  }

  @Test
  @Tag("R-40")
  void aServerMayAnswerFromAnotherAddressButNotFromAnotherPort() {
    App app = request(10);
    InetSocketAddress port = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    bench.feed(port, bench.dataTo(app, 1, LAST, 20));
    assertThat(app.call.completion()).isNull();
    InetSocketAddress host = new InetSocketAddress("127.0.0.9", Bench.PEER.getPort());
    List<Packet> acks = bench.feed(host, bench.dataTo(app, 1, LAST, 20));
    assertThat(app.completion()).isEqualTo(Completion.SUCCESS);
    assertThat(acks).singleElement().matches(p -> p.to().equals(Bench.PEER));
  }

  @Test
  @Tag("R-30")
  void everyTypeAfterTheEnd() {
    App app = finished();
    bench.sentWithin(100 * MS);
    app.release(bench.now);
    Packet data = bench.dataTo(app, 1, LAST, 20);
    assertThat(bench.feed(data))
        .singleElement()
        .matches(p -> p.isAck(AckReason.DUPLICATE) && p.firstPacket() == 2)
        .matches(p -> p.ackedSerial() == data.serial());
    assertThat(bench.feed(bench.ackTo(app, ASK, 2, 0, AckReason.PING, 9)))
        .singleElement()
        .matches(p -> p.isAck(AckReason.PING_RESPONSE) && p.firstPacket() == 2);
    assertThat(bench.feed(bench.ackTo(app, ASK, 2, 0, AckReason.PING_RESPONSE, 9))).isEmpty();
    assertThat(bench.feed(bench.ackTo(app, 0, 2, 0, AckReason.DELAY, 9))).isEmpty();
    for (int type : new int[] {PacketType.BUSY, PacketType.ABORT, PacketType.ACKALL}) {
      assertThat(bench.feed(bench.to(app, type, 4))).as(PacketType.name(type)).isEmpty();
    }
    assertThat(bench.endpoint.liveCalls()).isZero();
    assertThat(bench.pool.outstanding()).isZero();
  }

  @Test
  @Tag("R-30")
  void otherCallNumbersAreDropped() {
    App app = request(10);
    for (int number : new int[] {2, 100, 0x7fffffff, -1}) {
      Packet p = bench.dataTo(app, 1, LAST, 20);
      Header.setCallNumber(p.memory(), 0, number);
      assertThat(bench.feed(p)).isEmpty();
    }
    assertThat(app.call.completion()).isNull();
  }

  @Test
  @Tag("R-31")
  void busyIsNoAnswerAndRetransmissionGoesOn() {
    App app = request(10);
    bench.feed(bench.to(app, PacketType.BUSY, 0));
    assertThat(app.call.completion()).isNull();
    List<Packet> again = bench.sentWithin(5_000 * MS);
    assertThat(again).isNotEmpty().allMatch(Packet::isData);
    bench.feed(bench.dataTo(app, 1, LAST, 20));
    assertThat(app.completion()).isEqualTo(Completion.SUCCESS);
  }

  @Test
  @Tag("R-36")
  void delayedAcksGiveNoSample() {
    App app = bench.open();
    app.write(Pipe.bytes(10), true, bench.now);
    int serial = bench.sent().getFirst().serial();
    RttEstimator rtt = app.call.peer.rtt;
    bench.now += 50 * MS;
    bench.feed(bench.ackTo(app, 0, 1, serial, AckReason.DELAY, 32, true));
    assertThat(rtt.samples()).isZero();
    bench.feed(bench.ackTo(app, 0, 1, serial, AckReason.REQUESTED, 32, true));
    assertThat(rtt.samples()).as("a serial is used up").isZero();
    app.call.ping(bench.now);
    int ping = bench.sent().getFirst().serial();
    bench.now += 30 * MS;
    for (int i = 0; i < 3; i++) {
      bench.feed(bench.ackTo(app, 0, 1, ping, AckReason.PING_RESPONSE, 32, true));
      assertThat(rtt.samples()).isEqualTo(1);
      assertThat(rtt.smoothed()).isEqualTo(30 * MS);
    }
  }

  @Test
  @Tag("R-43")
  void aConnectionAbortIsTheEndOfTheConnection() {
    App a = request(10);
    App b = request(10);
    Packet abort = bench.to(a, PacketType.ABORT, 4);
    Header.setCallNumber(abort.memory(), 0, 0);
    io.rxrpc.wire.Abort.write(abort.memory(), 0, 555);
    bench.feed(abort);
    assertThat(a.completion().abortCode()).isEqualTo(555);
    assertThat(b.completion().abortCode()).isEqualTo(555);
    assertThat(bench.endpoint.clientConnections()).isZero();
    assertThat(request(10).call.cid() & ~3).isNotEqualTo(a.call.cid() & ~3);
  }

  @Test
  @Tag("R-3")
  void aForgedTrailerDoesNoHarm() {
    App app = bench.open();
    app.write(Pipe.bytes(5000), false, bench.now);
    bench.sent();
    int[][] words = {{0, 0}, {1, 1}, {-1, -1}, {Integer.MAX_VALUE, 3}, {519, 0}};
    for (int[] w : words) {
      Packet p = bench.ackTo(app, 0, 1, 0, AckReason.DELAY, -1, true);
      io.rxrpc.wire.Ack.writeTrailer(p.memory(), 0, 1, w[0], w[1], -1, -1);
      bench.feed(p);
      assertThat(app.call.peer.maxData()).isBetween(520 - 28, 1412);
      assertThat(app.call.gear.peerWindow).isBetween(0, 255);
    }
    app.write(Pipe.bytes(100_000), true, bench.now);
    for (Packet p : bench.sent()) {
      assertThat(p.bytes().length).isLessThanOrEqualTo(1440);
    }
  }

  @Test
  void aReplyBeforeTheRequestIsThroughIsAnError() {
    App app = bench.open();
    app.write(Pipe.bytes(5000), false, bench.now);
    bench.sent();
    assertThat(bench.feed(bench.dataTo(app, 1, LAST, 20)))
        .singleElement()
        .matches(p -> p.isAbort() && p.code() == AbortCodes.RX_PROTOCOL_ERROR);
    assertThat(app.completion().errno()).isEqualTo(Errno.EPROTO.number());
  }

  @Test
  void networkErrorsEndTheCallsTheyConcern() {
    App sent = request(10);
    App idle = bench.open(); // has sent nothing: the error is not about it
    InetSocketAddress other = new InetSocketAddress(InetAddress.getLoopbackAddress(), 3);
    bench.endpoint.peerError(bench.now, other, Errno.ECONNREFUSED.number(), false, 0);
    assertThat(sent.call.completion()).isNull();
    bench.endpoint.peerError(bench.now, Bench.PEER, Errno.EMSGSIZE.number(), false, 576);
    assertThat(sent.call.completion()).isNull();
    bench.endpoint.peerError(bench.now, Bench.PEER, Errno.ECONNREFUSED.number(), false, 0);
    assertThat(sent.completion().kind()).isEqualTo(Completion.Kind.NETWORK_ERROR);
    assertThat(sent.completion().errno()).isEqualTo(Errno.ECONNREFUSED.number());
    assertThat(idle.call.completion()).isNull();
    // and the connection is not used for new calls
    assertThat(request(10).call.cid() & ~3).isNotEqualTo(sent.call.cid() & ~3);
  }

  @Test
  void packetsThatWereTooBigGoAgainAtOnce() {
    App app = bench.open();
    app.write(Pipe.bytes(3000), true, bench.now);
    assertThat(bench.sent()).hasSize(3);
    int tooBig = Errno.EMSGSIZE.number();
    bench.endpoint.peerError(bench.now, Bench.PEER, tooBig, false, 1000);
    assertThat(bench.sent()).extracting(Packet::seq).containsExactly(1, 2);
    assertThat(app.call.peer.mtu.fits(1440)).isFalse();
    // once: anybody can forge this
    bench.endpoint.peerError(bench.now, Bench.PEER, tooBig, false, 900);
    bench.endpoint.peerError(bench.now, Bench.PEER, tooBig, true, 0);
    assertThat(bench.sent()).isEmpty();
    App next = bench.open();
    next.write(Pipe.bytes(3000), true, bench.now);
    assertThat(bench.sent()).allMatch(p -> p.bytes().length <= 900 - 28);
  }

  @Test
  void aHostThatDoesNotSayTheMtuMakesAllGoAgain() {
    App app = bench.open();
    app.write(Pipe.bytes(3000), true, bench.now);
    bench.sent();
    bench.endpoint.peerError(bench.now, Bench.PEER, Errno.EMSGSIZE.number(), true, 0);
    assertThat(bench.sent()).extracting(Packet::seq).containsExactly(1, 2, 3);
    assertThat(app.call.completion()).isNull();
  }

  @Test
  @Tag("R-39")
  void aSilentServerIsPingedAndGivenUp() { // about every 1.5 s
    App app = request(10);
    bench.feed(bench.ackTo(app, 0, 1, 0, AckReason.DELAY, 32, true));
    long start = bench.now;
    long previous = start;
    int pings = 0;
    while (app.call.completion() == null) {
      for (Packet p : bench.sentWithin(10 * MS)) {
        if (p.isAck(AckReason.PING)) {
          assertThat(bench.now - previous).isLessThan(2_000 * MS);
          previous = bench.now;
          pings++;
        }
      }
    }
    assertThat(pings).isGreaterThan(10);
    assertThat(bench.now - start).isBetween(19_900 * MS, 20_100 * MS);
    assertThat(app.completion().abortCode()).isEqualTo(AbortCodes.RX_CALL_DEAD);
  }

  @Test
  void aLostRequestIsSentAgainWithBackoff() {
    App app = bench.open();
    app.write(Pipe.bytes(10), true, bench.now);
    List<Packet> sent = bench.sentWithin(15_000 * MS);
    assertThat(sent).hasSizeBetween(4, 8).allMatch(Packet::isData);
    assertThat(sent.stream().map(Packet::serial)).doesNotHaveDuplicates();
    assertThat(sent.stream().skip(1)).allMatch(p -> p.has(ASK) && p.isLast() && p.seq() == 1);
  }
}
