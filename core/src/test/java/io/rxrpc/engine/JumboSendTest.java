// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.security.ClientSecurity;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.wire.Ack;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a train may go in jumbo datagrams, and what becomes of a packet of one that is lost. */
class JumboSendTest {
  private static final long MS = Bench.MS;
  private static final int LAST = Flags.LAST_PACKET;

  /** A train as it was handed out. */
  private record Train(int join, List<Packet> packets) {
    int first() {
      return packets.getFirst().seq();
    }

    Packet last() {
      return packets.getLast();
    }
  }

  private Bench bench = new Bench();
  private final Transmission out = new Transmission();

  // the peer: what it tells, and what reaches it
  private int[] trailer = {5692, 1444, 255, 4};
  private int carries = 9000;
  private IntPredicate loses = seq -> false;
  private int hard;
  private int highest;
  private final List<Integer> missing = new ArrayList<>();

  private void bench(Tunables tunables) {
    bench = new Bench(tunables);
  }

  private App call(ClientSecurity security, int bytes) {
    bench.endpoint.joinPackets();
    App app = new App(bench.endpoint.open(Bench.PEER, Bench.SERVICE, security, bench.now));
    app.write(Pipe.bytes(bytes), true, bench.now);
    return app;
  }

  private App call(int bytes) {
    return call(NullSecurity.INSTANCE, bytes);
  }

  /** What it sends now; PINGs that reach the peer are answered. */
  private List<Train> sent(App app) {
    List<Train> trains = new ArrayList<>();
    bench.endpoint.timeout(bench.now);
    bench.events();
    List<Packet> pings = new ArrayList<>();
    while (bench.endpoint.transmit(bench.now, out)) {
      Trains.check(out);
      List<Packet> packets = new ArrayList<>();
      for (int at = 0; at < out.length(); at += out.segmentSize()) {
        packets.add(Packet.of(out, at));
      }
      if (packets.getFirst().isData()) {
        assertThat(packets).noneMatch(p -> p.has(Flags.JUMBO_PACKET));
        assertThat(out.dontFragment()).isTrue();
        trains.add(new Train(out.join(), packets));
      } else if (packets.getFirst().isAck(AckReason.PING)) {
        pings.add(packets.getFirst());
      }
    }
    bench.endpoint.transmitted();
    for (Packet ping : pings) {
      if (ping.bytes().length <= carries) {
        feed(app, AckReason.PING_RESPONSE, ping.serial());
      }
    }
    return trains;
  }

  private void feed(App app, int reason, int acked) {
    boolean[] soft = new boolean[highest - hard];
    for (int i = 0; i < soft.length; i++) {
      soft[i] = !missing.contains(hard + 1 + i);
    }
    boolean client = app.call.isClient();
    Packet p =
        client
            ? bench.ackTo(app, 0, hard + 1, acked, reason, 255, soft)
            : bench.ack(1, 0, hard + 1, acked, reason, 255, soft);
    int length = p.bytes().length;
    Ack.writeTrailer(p.memory(), 0, soft.length, trailer[0], trailer[1], trailer[2], trailer[3]);
    bench.endpoint.datagram(bench.now, Bench.PEER, null, p.memory(), 0, length);
  }

  /** The peer gets the trains, but for what is lost, and acks each. */
  private void arrive(App app, List<Train> trains) {
    for (Train t : trains) {
      int asked = 0;
      for (Packet p : t.packets) {
        highest = Math.max(highest, p.seq());
        if (loses.test(p.seq())) {
          missing.add(p.seq());
        } else {
          missing.remove(Integer.valueOf(p.seq()));
          asked = p.has(Flags.REQUEST_ACK) ? p.serial() : asked;
        }
      }
      hard = missing.stream().mapToInt(seq -> seq - 1).min().orElse(highest);
      feed(app, missing.isEmpty() ? AckReason.REQUESTED : AckReason.OUT_OF_SEQUENCE, asked);
    }
  }

  /** So many round trips; returns all trains. */
  private List<Train> rounds(App app, int n) {
    List<Train> all = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      List<Train> trains = sent(app);
      all.addAll(trains);
      bench.now += MS;
      arrive(app, trains);
    }
    return all;
  }

  private static int mostJoined(List<Train> trains) {
    return trains.stream().filter(t -> t.packets.size() > 1).mapToInt(Train::join).max().orElse(0);
  }

  private long count(Counter counter) {
    return bench.endpoint.counters().get(counter);
  }

  @Test
  void joinsWhatThePeerTakesWhenThePathHasShownThatItCarriesIt() {
    App app = call(3_000_000);
    List<Train> first = sent(app);
    assertThat(first).isNotEmpty().allMatch(t -> t.join == 1); // no ACK yet
    arrive(app, first);
    List<Train> all = rounds(app, 60);
    assertThat(mostJoined(all)).isEqualTo(4);
    List<Integer> joins =
        all.stream().filter(t -> t.packets.size() > 1).map(Train::join).distinct().toList();
    assertThat(joins).as("one more at a time").containsExactly(1, 2, 3, 4);
    for (Train t : all) {
      assertThat(t.join == 1 || t.packets.getFirst().bytes().length == 1440).isTrue();
    }
    assertThat(app.call.gear.tx.drained()).isTrue();
    assertThat(count(Counter.DATA_RESENT)).isZero();
  }

  @Test
  void countsDatagramsAndNotPackets() {
    App app = call(3_000_000);
    List<Train> all = rounds(app, 100);
    long datagrams = 0;
    long jumbos = 0;
    long bytes = 0;
    for (Train t : all) {
      for (int k = 0; k < t.packets.size(); k += t.join) {
        int parts = Math.min(t.join, t.packets.size() - k);
        datagrams++;
        jumbos += parts > 1 ? 1 : 0;
        bytes -= 24L * (parts - 1);
      }
      bytes += t.packets.stream().mapToLong(p -> p.bytes().length).sum();
    }
    long pings = count(Counter.PINGS_SENT);
    assertThat(count(Counter.JUMBOS_SENT)).isEqualTo(jumbos).isGreaterThan(300);
    assertThat(count(Counter.DATAGRAMS_SENT)).isEqualTo(datagrams + pings);
    assertThat(count(Counter.BYTES_SENT) - bytes).as("the probe").isEqualTo(pings * 5688);
    assertThat(count(Counter.DATA_SENT)).isEqualTo(3_000_000 / 1412 + 1);
  }

  @Test
  void neverWhereThePortCutsTrains() {
    App app = new App(bench.endpoint.open(Bench.PEER, 52, NullSecurity.INSTANCE, bench.now));
    app.write(Pipe.bytes(1_000_000), true, bench.now);
    assertThat(mostJoined(rounds(app, 60))).isEqualTo(1);
    assertThat(count(Counter.MTU_PROBES_SENT)).isZero();
  }

  @ParameterizedTest
  @Tag("R-3")
  @ValueSource(ints = {0, 1})
  void neverToWhoDoesNotTakeThem(int jumboMax) {
    trailer = new int[] {5692, 1444, 255, jumboMax};
    App app = call(1_000_000);
    assertThat(mostJoined(rounds(app, 60))).isEqualTo(1);
    assertThat(count(Counter.MTU_PROBES_SENT)).isZero();
  }

  @ParameterizedTest
  @Tag("R-3")
  @ValueSource(ints = {2, 46, Integer.MAX_VALUE, Integer.MIN_VALUE, -1})
  void neverLargerThanThePeerCanReceive(int jumboMax) { // R-3; the word has no sign
    trailer = new int[] {3000, 1444, 255, jumboMax};
    assertThat(mostJoined(rounds(call(2_000_000), 60))).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void neverMoreThanTheTunableAllows(int most) {
    bench(Tunables.defaults().with(Tunable.TX_JUMBO, most));
    assertThat(mostJoined(rounds(call(2_000_000), 60))).isEqualTo(most);
  }

  @ParameterizedTest
  @ValueSource(ints = {1440, 1472, 2855, 2856, 4300})
  void neverLargerThanThePathCarries(int carried) {
    carries = carried;
    App app = call(3_000_000);
    List<Train> all = rounds(app, 4);
    for (int i = 0; i < 30; i++) { // a lost probe is given up after its time
      bench.now += 100 * MS;
      all.addAll(rounds(app, 1));
    }
    all.addAll(rounds(app, 60));
    assertThat(mostJoined(all)).isEqualTo(carried < 2856 ? 1 : carried < 4272 ? 2 : 3);
  }

  @Test
  void neverWhereLargerPacketsAreUsed() {
    bench(Tunables.defaults().with(Tunable.MAX_DATA, 4000));
    trailer = new int[] {9000, 9000, 255, 4};
    List<Train> all = rounds(call(3_000_000), 60);
    List<Train> large =
        all.stream().filter(t -> t.packets.getFirst().bytes().length == 4028).toList();
    assertThat(large).isNotEmpty().allMatch(t -> t.join == 1);
  }

  @Test
  void neverPacketsThatAreNotFull() {
    bench(Tunables.defaults().with(Tunable.MAX_DATA, 1404));
    assertThat(mostJoined(rounds(call(1_000_000), 60))).isEqualTo(1);
    assertThat(count(Counter.MTU_PROBES_SENT)).isZero();
  }

  @Test
  void neverSealedPacketsWhoseDataIsShorter() {
    App app = call(new TestSecurity(false), 1_000_000);
    List<Train> all = rounds(app, 60);
    assertThat(all).anyMatch(t -> t.packets.size() > 1);
    assertThat(mostJoined(all)).isEqualTo(1);
  }

  @Test
  void nothingIsProbedForSmallCalls() {
    App app = call(1412);
    rounds(app, 3);
    assertThat(count(Counter.MTU_PROBES_SENT)).isZero();
  }

  @Test
  void whatIsLostGoesAgainAloneAndFewerGoTogether() {
    App app = call(20_000_000);
    rounds(app, 15);
    assertThat(mostJoined(sent(app, all -> arrive(app, all)))).isEqualTo(4);
    int from = highest + 1;
    loses = seq -> seq >= from && seq < from + 4; // one datagram
    arrive(app, sent(app));
    loses = seq -> false;
    bench.now += 2 * MS;
    List<Train> again = rounds(app, 4);
    List<Train> repeats = again.stream().filter(t -> t.first() < from + 4).toList();
    assertThat(repeats).hasSize(4).allMatch(t -> t.join == 1 && t.packets.size() == 1);
    assertThat(repeats).allMatch(t -> t.last().has(Flags.REQUEST_ACK));
    List<Train> fresh = again.stream().filter(t -> t.first() >= from + 4).toList();
    Train next = fresh.stream().filter(t -> t.packets.size() > 1).findFirst().orElseThrow();
    assertThat(next.join).isEqualTo(2);
    assertThat(mostJoined(rounds(app, 30))).as("it grows again").isEqualTo(4);
    assertThat(count(Counter.DATA_RESENT)).isEqualTo(4);
  }

  private List<Train> sent(App app, Consumer<List<Train>> then) {
    List<Train> trains = sent(app);
    then.accept(trains);
    return trains;
  }

  @Test
  void afterATimeoutPacketsGoAlone() {
    App app = call(20_000_000);
    rounds(app, 15);
    sent(app); // nothing of it arrives
    long resent = count(Counter.DATA_RESENT);
    for (int i = 0; i < 20 && count(Counter.TIMEOUTS_RESEND) == 0; i++) {
      bench.now = Math.max(bench.now, bench.endpoint.nextTimeout());
      List<Train> trains = sent(app);
      assertThat(trains).allMatch(t -> t.join == 1);
    }
    assertThat(count(Counter.TIMEOUTS_RESEND)).isEqualTo(1);
    assertThat(count(Counter.DATA_RESENT)).isGreaterThan(resent);
    assertThat(app.call.peer.path.jumbo.packets(9000)).isEqualTo(1);
  }

  @Test
  void jumboDatagramsThatVanishAreGivenUp() {
    App app = call(20_000_000);
    rounds(app, 15);
    carries = 1500;
    long before = count(Counter.MTU_BLACK_HOLES);
    for (int i = 0; i < 400 && count(Counter.MTU_BLACK_HOLES) == before; i++) {
      List<Train> trains = sent(app);
      int lostFrom = trains.stream().filter(t -> t.join > 1).mapToInt(Train::first).min().orElse(0);
      loses = seq -> lostFrom > 0 && seq >= lostFrom;
      arrive(app, trains);
      bench.now += 20 * MS;
    }
    assertThat(count(Counter.MTU_BLACK_HOLES)).isEqualTo(before + 1);
    assertThat(app.call.peer.maxData()).as("single packets are as large as before").isEqualTo(1412);
    loses = seq -> false;
    assertThat(mostJoined(rounds(app, 20))).isLessThanOrEqualTo(1);
  }

  @Test
  void aComplaintOfARouterSendsThemAgainAtOnce() {
    App app = call(20_000_000);
    rounds(app, 15);
    List<Train> lost = sent(app);
    assertThat(mostJoined(lost)).isEqualTo(4);
    bench.endpoint.peerError(bench.now, Bench.PEER, 90, false, 1500);
    List<Train> again = sent(app);
    assertThat(again.getFirst().first()).isEqualTo(lost.getFirst().first());
    assertThat(again).allMatch(t -> t.join == 1);
    assertThat(app.call.peer.maxData()).isEqualTo(1412);
  }

  @Test
  @Tag("R-10")
  void notAcrossTheEndOfTheSerials() {
    App app = call(20_000_000);
    rounds(app, 15);
    assertThat(app.call.channel).isNotNull();
    app.call.channel.connection.beginSerials(-5);
    app.call.gear.ackHeaderSerial = 0;
    List<Train> trains = sent(app);
    Train across = trains.getFirst();
    assertThat(across.packets.getFirst().serial()).isNegative();
    assertThat(across.last().serial()).isPositive();
    assertThat(across.join).isEqualTo(1);
  }

  // a server's reply

  private App reply(int bytes, boolean proven) {
    bench.endpoint.joinPackets();
    bench.feed(bench.data(1, 1, LAST, 100));
    App app = bench.served.getFirst();
    if (proven) {
      app.call.peer.prove();
    }
    app.write(Pipe.bytes(bytes), true, bench.now);
    return app;
  }

  @Test
  @Tag("R-34")
  void thePacketThatAsksForAReplysEndEndsItsDatagram() {
    App app = reply(2_000_000, true);
    List<Train> all = rounds(app, 80);
    assertThat(mostJoined(all)).isEqualTo(4);
    for (Train t : all) {
      for (int i = 0; i < t.packets.size(); i++) {
        boolean ends = i == t.packets.size() - 1 || (i + 1) % t.join == 0;
        assertThat(ends || !t.packets.get(i).has(Flags.REQUEST_ACK)).isTrue();
      }
    }
    assertThat(all.getLast().last().isLast()).isTrue();
    assertThat(all.getLast().last().has(Flags.REQUEST_ACK)).isFalse();
  }

  @Test
  void aStrangerDrawsNoLargeProbe() {
    App app = reply(2_000_000, false);
    int unknown = 77_777;
    for (int i = 0; i < 5; i++) {
      highest += sent(app).stream().mapToInt(t -> t.packets.size()).sum();
      hard = highest;
      bench.now += MS;
      feed(app, AckReason.DELAY, unknown);
    }
    assertThat(highest).isGreaterThan(4);
    assertThat(count(Counter.MTU_PROBES_SENT)).isZero();
    assertThat(count(Counter.JUMBOS_SENT)).isZero();
  }

  @Test
  void whatArrivesIsCounted() {
    Packet p = bench.packet(PacketType.DATA, Bench.EPOCH, Bench.CID, 1, 1 | 0x20, 1412 + 4 + 10);
    Header.setSeq(p.memory(), 0, 1);
    p.bytes()[Header.LENGTH + 1412] = (byte) (Flags.CLIENT_INITIATED | LAST);
    Arrays.fill(p.bytes(), Header.LENGTH + 1413, Header.LENGTH + 1416, (byte) 0);
    bench.feed(p);
    assertThat(count(Counter.JUMBOS_RECEIVED)).isEqualTo(1);
    assertThat(bench.served.getFirst().bytes()).hasSize(1422);
  }
}
