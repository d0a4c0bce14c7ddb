// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.security.NullSecurity;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.wire.Ack;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Flags;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Our ACKs do not hold a sender of Linux back: it counts its congestion window from the hard-ack
 * edge, lets it grow with each ACK that it has asked for, and waits 200 ms for one that is lost.
 */
class BulkAckTest {
  private static final long MS = Bench.MS;
  private static final int MORE = Flags.MORE_PACKETS;
  private static final int ASK = Flags.REQUEST_ACK;

  private final Bench bench = new Bench(Tunables.defaults().with(Tunable.RX_WINDOW, 64));

  private static int rwind(Packet p) {
    return Ack.rwind(p.memory(), 0, p.bytes().length);
  }

  private static List<Packet> acks(List<Packet> packets) {
    return packets.stream().filter(p -> p.isAck() && !p.isAck(AckReason.PING)).toList();
  }

  /** Gives it packets of a request, as one batch, and returns its ACKs. */
  private List<Packet> batch(int from, int to, int flags) {
    for (int seq = from; seq <= to; seq++) {
      Packet p = bench.data(1, seq, flags, 1412);
      bench.endpoint.datagram(bench.now, Bench.PEER, null, p.memory(), 0, p.bytes().length);
    }
    return acks(bench.sent());
  }

  /** A server whose handler does not read. */
  private void serveWithoutReading() {
    bench.feed(bench.data(1, 1, MORE, 1412));
    bench.served.getFirst().reads = false;
  }

  @Test
  void aServerHardAcksWhatIsHereInOrderThoughNobodyReadsIt() {
    serveWithoutReading();
    Packet ack = batch(2, 9, MORE).getLast();
    assertThat(ack.firstPacket()).isEqualTo(10);
    assertThat(rwind(ack)).as("less by what is unread").isEqualTo(64 - 8);
    ack = batch(11, 12, MORE).getLast();
    assertThat(ack.firstPacket()).as("a hole").isEqualTo(10);
  }

  @Test
  void aClientHardAcksWhatIsHereInOrderThoughNobodyReadsIt() {
    App app = new App(bench.endpoint.open(Bench.PEER, 52, NullSecurity.INSTANCE, bench.now));
    app.reads = false;
    app.write(Pipe.bytes(10), true, bench.now);
    bench.sent();
    List<Packet> acks = new ArrayList<>();
    for (int seq = 1; seq <= 8; seq++) {
      acks.addAll(acks(bench.feed(bench.dataTo(app, seq, MORE, 1412))));
    }
    assertThat(acks.getLast().firstPacket()).isEqualTo(9);
    assertThat(rwind(acks.getLast())).isEqualTo(64 - 8);
  }

  @Test
  void twoPacketsAreAckedAtOnce() {
    bench.feed(bench.data(1, 1, MORE, 1412));
    assertThat(batch(2, 3, MORE)).isNotEmpty();
    assertThat(batch(4, 5, MORE)).isNotEmpty();
  }

  @Test
  void aWindowThatIsFullIsNeverToldToBeClosedAndOpensWhenItIsRead() {
    serveWithoutReading();
    Packet ack = batch(2, 65, MORE).getLast();
    assertThat(ack.firstPacket()).isEqualTo(65);
    assertThat(rwind(ack)).isEqualTo(1);
    bench.served.getFirst().reads = true;
    bench.served.getFirst().run(bench.now);
    ack = acks(bench.sent()).getLast();
    assertThat(ack.firstPacket()).isEqualTo(66);
    assertThat(rwind(ack)).isEqualTo(64);
  }

  @Test
  void readingIsNotToldWhereTheSenderHasRoom() {
    serveWithoutReading();
    batch(2, 20, MORE);
    bench.served.getFirst().reads = true;
    bench.served.getFirst().run(bench.now);
    assertThat(acks(bench.sent())).isEmpty();
  }

  @Test
  void eachPacketThatAsksGetsAnAckOfItsOwn() {
    bench.feed(bench.data(1, 1, MORE, 1412));
    List<Packet> acks = batch(2, 6, MORE | ASK);
    assertThat(acks).hasSize(5);
    for (int i = 0; i < 5; i++) {
      assertThat(acks.get(i).isAck(AckReason.REQUESTED)).isTrue();
      assertThat(acks.get(i).firstPacket()).isEqualTo(3 + i);
      assertThat(acks.get(i).ackedSerial()).isEqualTo(bench.serial - 4 + i);
    }
    assertThat(batch(7, 12, MORE)).as("else one for a batch").hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, MORE})
  void anAckThatMayBeLostGoesAgainIfMoreIsToCome(int follows) {
    bench.feed(bench.data(1, 1, MORE, 1412));
    batch(2, 5, follows);
    List<Packet> later = acks(bench.sentWithin(5 * MS));
    if (follows == 0) {
      assertThat(later).isEmpty();
    } else {
      assertThat(later).hasSize(1);
      assertThat(later.getFirst().firstPacket()).isEqualTo(6);
      assertThat(later.getFirst().ackedSerial()).as("R-35").isZero();
    }
    assertThat(acks(bench.sentWithin(1000 * MS))).hasSizeLessThanOrEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, MORE})
  void anAckThatCouldWaitGoesIfWhatWasToFollowDoesNot(int follows) {
    bench.feed(bench.data(1, 1, MORE, 1412));
    bench.sentWithin(200 * MS);
    batch(2, 3, MORE);
    batch(4, 4, follows); // the sender's window may be full, or what it sent is lost
    List<Packet> soon = acks(bench.sentWithin(10 * MS));
    if (follows == 0) {
      assertThat(soon).isEmpty();
    } else {
      assertThat(soon).isNotEmpty();
      assertThat(soon.getFirst().firstPacket()).isEqualTo(5);
    }
  }

  @Test
  void aRoundTripThatIsNotKnownIsMeasuredByAnAckOfBulkData() {
    List<Packet> pings = new ArrayList<>();
    for (int seq = 1; seq <= 12; seq++) {
      bench.feed(bench.data(1, seq, MORE, 1412)).stream()
          .filter(p -> p.isAck(AckReason.PING))
          .forEach(pings::add);
    }
    assertThat(pings).as("one, until it may be lost").hasSize(1);
    assertThat(pings.getFirst().firstPacket()).as("an ACK like others").isGreaterThan(1);
    bench.now += MS;
    int serial = pings.getFirst().serial();
    bench.feed(bench.ack(1, 0, 1, serial, AckReason.PING_RESPONSE, 255));
    assertThat(bench.onlyCall().peer.rtt.samples()).isEqualTo(1);
    assertThat(bench.onlyCall().peer.reach.proven()).isTrue();
    bench.now += 500 * MS;
    for (int seq = 13; seq <= 20; seq++) {
      assertThat(bench.feed(bench.data(1, seq, MORE, 1412)))
          .noneMatch(p -> p.isAck(AckReason.PING));
    }
  }

  @Test
  void smallPacketsOfAStrangerDrawNoPing() {
    for (int seq = 1; seq <= 12; seq++) {
      assertThat(bench.feed(bench.data(1, seq, MORE, 10))).noneMatch(p -> p.isAck(AckReason.PING));
    }
  }

  @Test
  void anAckOfAHoleGoesAgainWithItsSerial() {
    bench.feed(bench.data(1, 1, MORE, 1412));
    batch(3, 3, 0);
    int serial = bench.serial;
    List<Packet> later = acks(bench.sentWithin(5 * MS));
    assertThat(later).hasSize(1);
    assertThat(later.getFirst().isAck(AckReason.OUT_OF_SEQUENCE)).isTrue();
    assertThat(later.getFirst().ackedSerial()).isEqualTo(serial);
  }

  @Test
  void aStrangerDrawsNoMoreThanItSends() {
    Packet small = bench.data(1, 1, MORE, 10);
    bench.feed(small);
    bench.feed(bench.data(1, 2, MORE, 10));
    bench.feed(bench.data(1, 3, MORE, 10));
    assertThat(acks(bench.sentWithin(90 * MS))).isEmpty();
  }

  @Test
  void theWindowOfASlowReaderSaysNothingToTheNextCall() {
    App app = bench.open();
    app.write(Pipe.bytes(200_000), true, bench.now);
    bench.sent();
    bench.feed(bench.ackTo(app, 0, 2, 0, AckReason.IDLE, 255));
    bench.feed(bench.ackTo(app, 0, 4, 0, AckReason.IDLE, 3));
    assertThat(app.call.gear.peerWindow).isEqualTo(3);
    assertThat(bench.open().call.gear.peerWindow).isGreaterThan(100);
  }
}
