// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Flags;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A receiver with a hole says so until it is filled, both roles. */
class HoleWatchTest {
  private static final long MS = Bench.MS;
  private static final int LAST = Flags.LAST_PACKET;

  private final Bench bench = new Bench(Tunables.defaults().with(Tunable.RTO_INITIAL, 200 * MS));

  private static boolean names(Packet p, int serial) {
    return p.isAck(AckReason.OUT_OF_SEQUENCE) && p.ackedSerial() == serial;
  }

  @Test
  @Tag("R-95")
  void aClientWithAHoleAnswersPingsAndTheirAnswersWithANack() {
    App app = bench.open();
    app.write(Pipe.bytes(10), true, bench.now);
    bench.sent();
    bench.feed(bench.dataTo(app, 1, 0, 1400));
    bench.feed(bench.dataTo(app, 3, LAST, 100));
    List<Packet> sent = bench.sentWithin(450 * MS); // long before the keepalive
    Packet ping = sent.stream().filter(p -> p.isAck(AckReason.PING)).findFirst().orElseThrow();
    List<Packet> more =
        bench.feed(bench.ackTo(app, 0, 2, ping.serial(), AckReason.PING_RESPONSE, 255));
    int newest = bench.serial;
    assertThat(more).anyMatch(p -> names(p, newest));
    assertThat(bench.feed(bench.ackTo(app, 0, 2, ping.serial(), AckReason.PING_RESPONSE, 255)))
        .as("the same answer again: nobody answers answers for ever")
        .isEmpty();
    List<Packet> asked = bench.feed(bench.ackTo(app, Flags.REQUEST_ACK, 2, 0, AckReason.PING, 255));
    assertThat(asked).anyMatch(p -> p.isAck(AckReason.PING_RESPONSE));
    assertThat(asked).anyMatch(p -> names(p, bench.serial));
    bench.feed(bench.dataTo(app, 2, 0, 1400));
    assertThat(app.completion()).isEqualTo(Completion.SUCCESS);
  }

  @Test
  @Tag("R-95")
  void aServerWithAHoleDoesTheSame() {
    bench.feed(bench.data(1, 1, 0, 1400));
    bench.feed(bench.data(1, 3, 0, 1400));
    List<Packet> pings = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      for (Packet p : bench.sentWithin(200 * MS)) {
        if (p.isAck(AckReason.PING)) {
          pings.add(p);
          List<Packet> answer =
              bench.feed(bench.ack(1, 0, 1, p.serial(), AckReason.PING_RESPONSE, 255));
          assertThat(answer).anyMatch(a -> names(a, bench.serial));
        }
      }
    }
    assertThat(pings.size()).as("within 2 s").isGreaterThan(3);
    List<Packet> filled = bench.feed(bench.data(1, 2, 0, 1400));
    assertThat(filled).noneMatch(p -> p.isAck(AckReason.OUT_OF_SEQUENCE));
  }

  @Test
  @Tag("R-95")
  void aHoleIsAskedAboutLongBeforeATimeoutWhereTheRoundTripIsKnown() {
    Bench slow = new Bench(Tunables.defaults());
    App app = slow.open();
    app.write(Pipe.bytes(10), true, slow.now);
    int request = slow.sent().getLast().serial();
    slow.now += MS / 2;
    slow.feed(slow.ackTo(app, 0, 2, request, AckReason.REQUESTED, 255));
    slow.feed(slow.dataTo(app, 1, 0, 1400));
    slow.feed(slow.dataTo(app, 3, LAST, 100));
    assertThat(slow.sentWithin(5 * MS))
        .as("the answer has its time")
        .noneMatch(HoleWatchTest::ping);
    List<Packet> pings = slow.sentWithin(995 * MS).stream().filter(HoleWatchTest::ping).toList();
    assertThat(pings.size()).as("ever more slowly").isBetween(3, 9);
    assertThat(slow.sentWithin(20 * MS)).noneMatch(HoleWatchTest::ping);
  }

  @Test
  @Tag("R-95")
  void theFirstQuestionGoesWithinMillisecondsWhereTheRoundTripIsKnown() {
    Bench slow = new Bench(Tunables.defaults());
    App app = slow.open();
    app.write(Pipe.bytes(10), true, slow.now);
    int request = slow.sent().getLast().serial();
    slow.now += MS / 2;
    slow.feed(slow.ackTo(app, 0, 2, request, AckReason.REQUESTED, 255));
    slow.feed(slow.dataTo(app, 1, 0, 1400));
    slow.feed(slow.dataTo(app, 3, LAST, 100));
    assertThat(slow.sentWithin(20 * MS)).anyMatch(HoleWatchTest::ping);
  }

  private static boolean ping(Packet p) {
    return p.isAck(AckReason.PING);
  }

  @Test
  @Tag("R-95")
  void aHoleThatIsFilledInPartIsStillTold() {
    bench.feed(bench.data(1, 1, 0, 1400));
    bench.feed(bench.data(1, 3, 0, 1400));
    bench.feed(bench.data(1, 5, 0, 1400));
    List<Packet> acks = bench.feed(bench.data(1, 2, 0, 1400));
    assertThat(acks).anyMatch(p -> names(p, bench.serial));
  }
}
