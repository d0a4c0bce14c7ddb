// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.wire.AbortCodes;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.PacketType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What keeps a call alive: answers and new data, not whatever arrives. */
class SignOfLifeTest {
  private static final long MS = Bench.MS;
  private static final int LAST = Flags.LAST_PACKET;

  private final Bench bench = new Bench();

  private App request(int bytes) {
    App app = bench.open();
    app.write(Pipe.bytes(bytes), true, bench.now);
    bench.sent();
    return app;
  }

  /** Feeds this each second, and whatever answers PINGs; whether the call is there at the end. */
  private boolean lives(App app, int seconds, Supplier<Packet> each, Consumer<Packet> ping) {
    for (int i = 0; i < seconds && app.call.completion() == null; i++) {
      bench.feed(each.get());
      for (Packet p : bench.sentWithin(1000 * MS)) {
        if (p.isAck(AckReason.PING)) {
          ping.accept(p);
        }
      }
    }
    return app.call.completion() == null;
  }

  private boolean diesOf(Supplier<Packet> each, App app) {
    long from = bench.now;
    boolean died = !lives(app, 60, each, p -> {});
    assertThat(bench.now - from).as("within the dead time").isBetween(18_000 * MS, 23_000 * MS);
    return died;
  }

  @Test
  @Tag("R-35")
  @Tag("R-39")
  void acksThatProveNothingKeepNoClientCallAlive() {
    App serial0 = request(10);
    bench.feed(bench.ackTo(serial0, 0, 1, 1, AckReason.REQUESTED, 255, true));
    assertThat(diesOf(() -> bench.ackTo(serial0, 0, 1, 0, AckReason.DELAY, 255, true), serial0))
        .isTrue();
    assertThat(serial0.completion().abortCode()).isEqualTo(AbortCodes.RX_CALL_DEAD);

    App answered = request(10);
    int serial = answered.call.gear.tx.serial(1);
    assertThat(
            diesOf(
                () -> bench.ackTo(answered, 0, 1, serial, AckReason.REQUESTED, 255, true),
                answered))
        .as("the answer to the same packet again and again")
        .isTrue();

    App stale = request(20_000);
    bench.feed(bench.ackTo(stale, 0, 6, 0, AckReason.DELAY, 255));
    assertThat(diesOf(() -> bench.ackTo(stale, 0, 3, 0, AckReason.DELAY, 255), stale)).isTrue();

    App future = request(10);
    assertThat(
            diesOf(
                () -> bench.ackTo(future, 0, 1, 0x7000_0000, AckReason.DELAY, 255, true), future))
        .as("a serial that was never sent")
        .isTrue();
  }

  @Test
  @Tag("R-39")
  void aServerThatOnlyAsksKeepsNoClientCallAlive() {
    App app = request(10);
    bench.feed(bench.ackTo(app, 0, 1, 1, AckReason.REQUESTED, 255, true));
    int ask = Flags.REQUEST_ACK;
    assertThat(diesOf(() -> bench.ackTo(app, ask, 1, 0, AckReason.PING, 255, true), app)).isTrue();
  }

  @Test
  @Tag("R-39")
  void dataThatWasHereBeforeKeepsNoCallAlive() {
    App client = request(10);
    bench.feed(bench.dataTo(client, 1, 0, 1400));
    assertThat(diesOf(() -> bench.dataTo(client, 1, 0, 1400), client)).isTrue();
    App acks = request(10);
    bench.feed(bench.dataTo(acks, 1, 0, 1400));
    assertThat(diesOf(() -> bench.to(acks, PacketType.ACKALL, 0), acks))
        .as("ACKALL of what was acked")
        .isTrue();
  }

  @Test
  @Tag("R-39")
  void acksThatProveNothingKeepNoServedCallAlive() {
    bench.feed(bench.data(1, 1, LAST, 10));
    App app = bench.served.getFirst();
    assertThat(diesOf(() -> bench.ack(1, 0, 1, 0, AckReason.DELAY, 255), app)).isTrue();
    bench.feed(bench.data(2, 1, LAST, 10));
    App asked = bench.served.get(1);
    assertThat(diesOf(() -> bench.ack(2, Flags.REQUEST_ACK, 1, 0, AckReason.PING, 255), asked))
        .as("its questions prove no more")
        .isTrue();
  }

  @Test
  @Tag("R-39")
  void whoAnswersPingsLivesHoweverLongItWorks() {
    App app = request(10);
    bench.feed(bench.ackTo(app, 0, 1, 1, AckReason.REQUESTED, 255, true));
    Supplier<Packet> noise = () -> bench.ackTo(app, 0, 1, 0, AckReason.DELAY, 255, true);
    Consumer<Packet> answer =
        p -> bench.feed(bench.ackTo(app, 0, 1, p.serial(), AckReason.PING_RESPONSE, 255, true));
    assertThat(lives(app, 600, noise, answer)).isTrue();

    bench.feed(bench.data(1, 1, LAST, 10));
    App served = bench.served.getFirst();
    Supplier<Packet> asks = () -> bench.ack(1, Flags.REQUEST_ACK, 1, 0, AckReason.PING, 255);
    Consumer<Packet> answers =
        p -> bench.feed(bench.ack(1, 0, 1, p.serial(), AckReason.PING_RESPONSE, 255));
    assertThat(lives(served, 600, asks, answers)).isTrue();
  }

  @Test
  @Tag("R-35")
  void delayedAcksThatAdvanceAreLife() {
    App app = bench.open();
    app.write(Pipe.bytes(400_000), true, bench.now);
    int edge = 0;
    for (int i = 0; i < 60; i++) {
      bench.sentWithin(1000 * MS);
      bench.feed(bench.ackTo(app, 0, ++edge + 1, 0, AckReason.DELAY, 4));
      assertThat(app.call.completion()).isNull();
    }
  }

  @Test
  @Tag("R-37")
  void afterAckallAnAnswerThatTellsLessIsIgnoredAndTheCallLives() {
    for (int told : new int[] {1, 3}) { // nothing, and less
      App app = request(10_000);
      if (told > 1) {
        bench.feed(bench.ackTo(app, 0, told, 1, AckReason.REQUESTED, 255, true));
      }
      bench.feed(bench.to(app, PacketType.ACKALL, 0));
      List<Packet> sent = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        for (Packet p : bench.sentWithin(1000 * MS)) {
          sent.add(p);
          if (p.isAck(AckReason.PING)) {
            bench.feed(bench.ackTo(app, 0, told, p.serial(), AckReason.PING_RESPONSE, 255));
          }
        }
        assertThat(app.call.completion()).as("after " + i + " s").isNull();
      }
      assertThat(sent).as("all was acked").noneMatch(Packet::isData);
      bench.feed(bench.dataTo(app, 1, LAST, 20));
      assertThat(app.completion()).isEqualTo(Completion.SUCCESS);
    }
  }
}
