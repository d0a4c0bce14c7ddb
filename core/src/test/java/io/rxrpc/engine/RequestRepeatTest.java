// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Flags;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A request that pauses does not seem to, to a server that may be Linux. */
class RequestRepeatTest {
  private static final long MS = Bench.MS;

  private final Bench bench = new Bench();

  private App begun(int bytes) {
    App app = bench.open();
    app.write(Pipe.bytes(bytes), false, bench.now);
    bench.sent();
    return app;
  }

  /** Acks so much of the request, as one that tells this window. */
  private void acked(App app, int packets, int window) {
    bench.feed(bench.ackTo(app, 0, packets + 1, 0, AckReason.IDLE, window));
  }

  private static List<Packet> data(List<Packet> sent) {
    return sent.stream().filter(Packet::isData).toList();
  }

  /** The longest time without DATA within so many milliseconds. */
  private long longestPause(int millis) {
    long longest = 0;
    long since = 0;
    for (int i = 0; i < millis; i++) {
      since = data(bench.sentWithin(MS)).isEmpty() ? since + 1 : 0;
      longest = Math.max(longest, since);
    }
    return longest;
  }

  @Test
  @Tag("R-96")
  void aRequestWhoseWriterPausesGoesOn() {
    App app = begun(5000);
    int sent = app.call.sent();
    acked(app, sent, 255); // all of it is there and read
    assertThat(longestPause(3000)).isLessThanOrEqualTo(150);
    List<Packet> repeats = data(bench.sentWithin(1000 * MS));
    assertThat(repeats).isNotEmpty().allMatch(p -> p.seq() == sent && !p.has(Flags.LAST_PACKET));
    assertThat(repeats).extracting(Packet::serial).doesNotHaveDuplicates();
    assertThat(bench.endpoint.counters().get(Counter.DATA_RESENT)).isZero();
    app.write(Pipe.bytes(10), true, bench.now);
    bench.sent();
    bench.feed(bench.dataTo(app, 1, Flags.LAST_PACKET, 20));
    assertThat(app.completion()).isEqualTo(Completion.SUCCESS);
    app.release(bench.now);
    assertThat(bench.pool.outstanding()).isZero();
  }

  @Test
  @Tag("R-96")
  void theRepeatIsTheSamePacketButForItsSerial() {
    App app = bench.open();
    app.write(Pipe.bytes(5000), false, bench.now);
    Packet last = data(bench.sent()).getLast();
    acked(app, last.seq(), 255);
    Packet again = data(bench.sentWithin(160 * MS)).getFirst();
    byte[] a = Arrays.copyOfRange(last.bytes(), 28, last.bytes().length);
    assertThat(Arrays.copyOfRange(again.bytes(), 28, again.bytes().length)).isEqualTo(a);
    assertThat(again.seq()).isEqualTo(last.seq());
    assertThat(again.serial()).isNotEqualTo(last.serial());
  }

  @Test
  @Tag("R-96")
  void aRequestThatAClosedWindowHoldsGoesOn() {
    App app = bench.open();
    app.write(Pipe.bytes(100_000), true, bench.now); // all is written
    bench.sent();
    acked(app, 1, 255);
    for (int i = 0; i < 4; i++) {
      acked(app, app.call.sent(), 0);
      assertThat(longestPause(1000)).isLessThanOrEqualTo(150);
    }
  }

  @Test
  @Tag("R-96")
  void aPeerThatIsKnownToBeOpenAfsIsLeftInPeace() {
    App app = begun(5000);
    acked(app, app.call.sent(), 16);
    acked(app, app.call.sent(), 32);
    assertThat(data(bench.sentWithin(1000 * MS))).isEmpty();
  }

  @Test
  @Tag("R-96")
  void aRequestThatIsThereIsNotRepeated() {
    App app = bench.open();
    app.write(Pipe.bytes(5000), true, bench.now);
    bench.sent();
    bench.feed(bench.ackTo(app, 0, 1, 1, AckReason.REQUESTED, 255, true, true, true, true));
    assertThat(data(bench.sentWithin(1000 * MS))).isEmpty();
  }

  @Test
  @Tag("R-96")
  void aServerThatWasNeverHeardIsNotFlooded() {
    begun(5000);
    long repeats = bench.sentWithin(15_000 * MS).stream().filter(Packet::isData).count();
    assertThat(repeats).isLessThan(40);
  }

  @Test
  @Tag("R-96")
  void itCanBeTurnedOff() {
    Bench off = new Bench(Tunables.defaults().with(Tunable.REQUEST_REPEAT, 0));
    App app = off.open();
    app.write(Pipe.bytes(5000), false, off.now);
    off.sent();
    off.feed(off.ackTo(app, 0, app.call.sent() + 1, 0, AckReason.IDLE, 255));
    assertThat(data(off.sentWithin(1000 * MS))).isEmpty();
  }
}
