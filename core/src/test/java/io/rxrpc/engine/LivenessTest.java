// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.wire.AbortCodes;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who is given up, when, and what becomes of calls whose connection is gone. */
class LivenessTest {
  private static final long MS = Pipe.MS;

  /** The first packets of calls among those sent. */
  private static List<Packet> requests(List<Packet> sent) {
    return sent.stream().filter(p -> p.isData() && p.seq() == 1).toList();
  }

  private static Packet connectionAbort(Bench bench, App app, int code) {
    Packet abort = bench.to(app, PacketType.ABORT, 4);
    Header.setCallNumber(abort.memory(), 0, 0);
    io.rxrpc.wire.Abort.write(abort.memory(), 0, code);
    return abort;
  }

  @Test
  @Tag("R-42")
  void onlyACallOfWhichNothingWasSentGoesToAnotherConnection() {
    Bench bench = new Bench(Tunables.defaults().with(Tunable.BUNDLE_CONNECTIONS, 1));
    List<App> apps = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      App app = bench.open();
      app.write(Pipe.bytes(10), true, bench.now);
      apps.add(app);
    }
    assertThat(requests(bench.sent())).as("one for each channel").hasSize(4);
    int first = apps.getFirst().call.cid() & ~3;
    List<Packet> after =
        new ArrayList<>(
            bench.feed(connectionAbort(bench, apps.getFirst(), AbortCodes.RX_PROTOCOL_ERROR)));
    after.addAll(bench.sentWithin(5_000 * MS));
    // the server may have executed these: whoever called decides whether to call again
    for (App app : apps.subList(0, 4)) {
      assertThat(app.completion().kind()).isEqualTo(Completion.Kind.REMOTE_ABORT);
      assertThat(app.completion().abortCode()).isEqualTo(AbortCodes.RX_PROTOCOL_ERROR);
    }
    List<Integer> cids = requests(after).stream().map(Packet::cid).distinct().toList();
    assertThat(cids).hasSize(2).noneMatch(cid -> (cid & ~3) == first);
    assertThat(cids).containsExactlyInAnyOrder(apps.get(4).call.cid(), apps.get(5).call.cid());
    for (App app : apps.subList(4, 6)) {
      bench.feed(bench.dataTo(app, 1, Flags.LAST_PACKET, 20));
      assertThat(app.completion()).isEqualTo(Completion.SUCCESS);
    }
  }

  /** The same packet, to the same connection and call: a server that has it executes it once. */
  @Test
  @Tag("R-42")
  void aRequestIsRepeatedUnderItsOwnNumbersOnly() {
    Bench bench = new Bench();
    App app = bench.open();
    app.write(Pipe.bytes(10), true, bench.now);
    List<Packet> sent = bench.sentWithin(30_000 * MS);
    assertThat(app.completion().abortCode()).isEqualTo(AbortCodes.RX_CALL_DEAD);
    assertThat(requests(sent).size()).isGreaterThan(3);
    assertThat(requests(sent)).extracting(Packet::cid).containsOnly(app.call.cid());
    assertThat(requests(sent)).extracting(Packet::callNumber).containsOnly(1);
  }

  @Test
  @Tag("R-39")
  void aClientThatVanishesWhileItsHandlerWorksIsGivenUp() {
    Pipe pipe = new Pipe();
    pipe.server.handler = a -> {};
    pipe.call(Pipe.bytes(10));
    pipe.pass(60_000 * MS);
    App served = pipe.server.served.getFirst();
    assertThat(served.call.completion()).as("while it asks").isNull();
    pipe.client.loses = p -> true;
    pipe.pass(18_000 * MS);
    assertThat(served.call.completion()).isNull();
    pipe.pass(4_000 * MS);
    assertThat(served.completion().abortCode()).isEqualTo(AbortCodes.RX_CALL_DEAD);
    assertThat(pipe.server.endpoint.liveCalls()).isZero();
  }

  @Test
  @Tag("R-39")
  void aClientThatVanishesInTheMiddleOfItsReplyIsGivenUp() {
    Pipe pipe = new Pipe();
    pipe.client.reads = false;
    pipe.server.handler =
        a -> {
          if (a.inputEnded && !a.answered) {
            a.answered = true;
            a.write(Pipe.bytes(2_000_000), true, pipe.now);
          }
        };
    App app = pipe.open();
    app.reads = false;
    app.write(Pipe.bytes(10), true, pipe.now);
    pipe.pass(60_000 * MS);
    App served = pipe.server.served.getFirst();
    assertThat(served.call.completion()).as("its window is closed, it is there").isNull();
    pipe.client.loses = p -> true;
    pipe.pass(22_000 * MS);
    assertThat(served.completion().abortCode()).isEqualTo(AbortCodes.RX_CALL_DEAD);
    served.release(pipe.now);
    assertThat(pipe.server.pool.outstanding()).isZero();
  }
}
