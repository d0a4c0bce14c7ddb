// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.PacketType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a call sends in which situation, or why it sends nothing: printed as it is decided. */
class SendDecisionTest {
  private static final int PACKET = 1412;

  private final Bench bench = new Bench(Tunables.defaults().with(Tunable.INITIAL_CWND, 4));
  private final SendDecision decision = new SendDecision();
  private final List<String> seen = new ArrayList<>();

  private void decide(App app) {
    decision.decide(app.call, bench.now);
    System.out.println(decision);
    seen.add(decision.toString());
  }

  private App sending(int packets) {
    App app = bench.open();
    app.write(Pipe.bytes(packets * PACKET), true, bench.now);
    return app;
  }

  @Test
  void aRequestGoesAndThenThereIsNothing() {
    App app = bench.open();
    decide(app);
    app.write(Pipe.bytes(PACKET + 100), true, bench.now);
    decide(app);
    bench.sent();
    decide(app);
    app.call.abort(77, bench.now);
    decide(app);
    assertThat(seen).containsExactly("EMPTY", "TRAIN 1", "EMPTY", "NO_CHANNEL");
  }

  @Test
  void aTrainEndsWithThePathsWindow() {
    App app = sending(9);
    app.call.gear.tx.sent(1, 1, bench.now); // it lies alone, the others one behind the other
    decide(app);
    bench.sent();
    assertThat(app.call.sent()).isEqualTo(4);
    decide(app);
    app.call.gear.tx.losses.loseBetween(0, PACKET * 2);
    decide(app);
    assertThat(seen).containsExactly("TRAIN 2..4 and wait", "FULL", "RESEND 1");
  }

  @Test
  void oneLostPacketMayGoAlthoughTheHalvedWindowIsFull() {
    App app = sending(9);
    bench.sent();
    app.call.gear.tx.losses.loseLast();
    app.call.peer.path.lost(1, bench.now, bench.now);
    decide(app);
    decide(app);
    assertThat(seen).containsExactly("FREE_RESEND 4 and wait", "FULL");
  }

  @Test
  void aProbeIsNewDataOrTheLastPacketAgain() {
    App app = sending(9);
    bench.sent();
    app.call.gear.recovery.probe.want();
    decide(app);
    App small = sending(2);
    bench.sent();
    small.call.gear.recovery.probe.want();
    decide(small);
    App idle = bench.open();
    idle.call.gear.recovery.probe.want();
    decide(idle);
    assertThat(seen).containsExactly("PROBE 5 and wait", "PROBE_AGAIN 2 and wait", "PROBE_VAIN");
  }

  @Test
  void aRefusedCallAndAClosedWindowSendNothing() {
    App refused = sending(1);
    bench.sent();
    bench.feed(bench.to(refused, PacketType.BUSY, 0));
    decide(refused);
    App closed = bench.open();
    closed.write(Pipe.bytes(PACKET), false, bench.now);
    bench.sent();
    bench.feed(bench.ackTo(closed, 0, 2, 1, AckReason.REQUESTED, 0));
    closed.write(Pipe.bytes(PACKET), true, bench.now);
    decide(closed);
    assertThat(seen).containsExactly("REFUSED", "CLOSED");
  }

  @Test
  void aReplyToWhoIsNotProvenIsHeldBack() {
    bench.feed(bench.data(1, 1, Flags.LAST_PACKET, 100));
    App served = bench.served.getFirst();
    served.call.peer.reach.spend(1000);
    served.write(Pipe.bytes(PACKET), true, bench.now);
    decide(served);
    assertThat(seen).containsExactly("UNPROVEN");
  }
}
