// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.udp.Errno;
import io.rxrpc.wire.Abort;
import io.rxrpc.wire.AbortCodes;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A secured connection until its server has shown that it believes who calls. */
class ProofTest {
  private static final long MS = Bench.MS;
  private static final int LAST = Flags.LAST_PACKET;

  private final TestSecurity security = new TestSecurity(true);
  private final Bench bench = new Bench();

  private App call() {
    App app = new App(bench.endpoint.open(Bench.PEER, Bench.SERVICE, security, bench.now));
    app.reads = false;
    app.write(Pipe.bytes(10), true, bench.now);
    return app;
  }

  private List<Packet> feed(Packet p) {
    Header.setSecurityIndex(p.memory(), 0, TestSecurity.INDEX);
    return bench.feed(p);
  }

  private List<Packet> challenge(App app) {
    Packet p = bench.to(app, PacketType.CHALLENGE, 4);
    Header.setCid(p.memory(), 0, app.call.cid() & ~3);
    Header.setCallNumber(p.memory(), 0, 0);
    return feed(p);
  }

  private List<Packet> ack(App app, int acked, int reason, boolean... soft) {
    return feed(bench.ackTo(app, 0, 1, acked, reason, 255, soft));
  }

  private List<Packet> work() {
    bench.events();
    while (!bench.tasks.isEmpty()) {
      SecurityTask task = bench.tasks.remove();
      task.run();
      task.finish(bench.now);
      bench.events();
    }
    return bench.sent();
  }

  private static List<Packet> responses(List<Packet> sent) {
    return sent.stream().filter(p -> p.type() == PacketType.RESPONSE).toList();
  }

  private static int connection(App app) {
    return app.call.cid() & ~3;
  }

  /** The four call numbers in a RESPONSE. */
  private static List<Integer> numbers(Packet response) {
    ByteBuffer b = ByteBuffer.wrap(response.bytes()).position(Header.LENGTH + 4);
    return List.of(b.getInt(), b.getInt(), b.getInt(), b.getInt());
  }

  @Test
  @Tag("R-94")
  void noSecondCallBeginsOnAFreshSecuredConnectionBeforeReplyData() {
    App first = call();
    bench.sent();
    App second = call();
    assertThat(connection(second)).as("before the CHALLENGE").isNotEqualTo(connection(first));
    challenge(first);
    work();
    ack(first, 1, AckReason.REQUESTED, true);
    App third = call();
    assertThat(connection(third)).as("acked is not believed").isNotEqualTo(connection(first));
    feed(bench.dataTo(first, 1, 0, 1400));
    App fourth = call();
    assertThat(connection(fourth)).as("after reply data").isEqualTo(connection(first));
  }

  @Test
  @Tag("R-94")
  void sixteenCallsAtOnceWaitForNobody() {
    List<App> apps = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      apps.add(call());
    }
    assertThat(bench.sent().stream().filter(Packet::isData)).hasSize(16);
    assertThat(apps).extracting(ProofTest::connection).doesNotHaveDuplicates();
  }

  @Test
  @Tag("R-94")
  void aCallThatWaitsForTheOnlyConnectionBeginsWithTheFirstReplyData() {
    Bench one = new Bench(Tunables.defaults().with(Tunable.BUNDLE_CONNECTIONS, 1));
    List<App> apps = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      apps.add(new App(one.endpoint.open(Bench.PEER, Bench.SERVICE, security, one.now)));
      apps.get(i).reads = false;
      apps.get(i).write(Pipe.bytes(10), true, one.now);
    }
    assertThat(one.sent().stream().filter(Packet::isData)).hasSize(1);
    Packet reply = one.dataTo(apps.getFirst(), 1, 0, 1400);
    Header.setSecurityIndex(reply.memory(), 0, TestSecurity.INDEX);
    assertThat(one.feed(reply).stream().filter(Packet::isData)).hasSize(3);
  }

  @Test
  @Tag("R-94")
  void aConnectionThatIsAskedAgainTakesNoCallsUntilItHasAnswered() {
    App first = call();
    bench.sent();
    feed(bench.dataTo(first, 1, LAST, 20)); // of a server that asks nobody
    App second = call();
    bench.sent();
    assertThat(connection(second)).isEqualTo(connection(first));
    challenge(second);
    assertThat(connection(call())).isNotEqualTo(connection(first));
    feed(bench.dataTo(second, 1, LAST, 20));
    assertThat(connection(call())).isEqualTo(connection(first));
  }

  @Test
  @Tag("R-94")
  void theResponseHasTheCallNumbersOfTheTimeItIsSent() {
    App first = call();
    bench.sent();
    challenge(first); // the answer that is being made knows of one call
    feed(bench.dataTo(first, 1, 0, 1400));
    App second = call();
    assertThat(connection(second)).isEqualTo(connection(first));
    assertThat(responses(work()))
        .singleElement()
        .satisfies(p -> assertThat(numbers(p)).isEqualTo(List.of(1, 1, 0, 0)));
  }

  @Test
  @Tag("R-94")
  void aConnectionWhoseFirstCallWasGivenUpIsNotUsedAgain() {
    App first = call();
    bench.sent();
    challenge(first);
    first.call.abort(77, bench.now);
    work();
    assertThat(connection(call())).isNotEqualTo(connection(first));
  }

  @Test
  @Tag("R-94")
  void anAbortOfTheServicesOwnShowsThatTheCallWasBelieved() {
    App first = call();
    bench.sent();
    challenge(first);
    work();
    Packet abort = bench.to(first, PacketType.ABORT, 4);
    Abort.write(abort.memory(), 0, 4711);
    feed(abort);
    App second = call();
    App third = call();
    assertThat(connection(second)).isEqualTo(connection(first));
    assertThat(connection(third)).isEqualTo(connection(first));
    assertThat(second.call.cid()).isNotEqualTo(third.call.cid());
  }

  @Test
  @Tag("R-93")
  void theResponseGoesAgainUntilReplyDataComes() {
    App app = call();
    bench.sent();
    challenge(app);
    assertThat(responses(work())).hasSize(1);
    ack(app, 1, AckReason.REQUESTED, true);
    assertThat(responses(bench.sentWithin(1_100 * MS))).as("soon").isNotEmpty();
    List<Packet> sent = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      for (Packet p : bench.sentWithin(1_000 * MS)) {
        sent.add(p);
        if (p.isAck(AckReason.PING)) {
          ack(app, p.serial(), AckReason.PING_RESPONSE, true);
        }
      }
    }
    long pings = sent.stream().filter(p -> p.isAck(AckReason.PING)).count();
    assertThat(pings).isGreaterThan(5);
    assertThat(responses(sent).size()).as("one with each PING").isGreaterThanOrEqualTo((int) pings);
    assertThat(app.call.completion()).isNull();
    feed(bench.dataTo(app, 1, 0, 1400));
    assertThat(responses(bench.sentWithin(10_000 * MS))).as("believed").isEmpty();
  }

  @Test
  @Tag("R-93")
  void aRepeatedResponseKnowsOfCallsThatHaveBegunSince() {
    App app = call();
    bench.sent();
    challenge(app);
    work();
    ClientConnection c = (ClientConnection) app.call.channel.connection;
    c.channel(2).callNumber = 5;
    bench.sentWithin(1_100 * MS);
    assertThat(numbers(responses(work()).getFirst())).isEqualTo(List.of(1, 0, 5, 0));
  }

  @Test
  @Tag("R-93")
  void aCallThatIsAckedAndNeverChallengedEndsWithinTheDeadTime() {
    App app = call();
    bench.sent();
    ack(app, 1, AckReason.REQUESTED, true);
    for (int i = 0; i < 25 && app.call.completion() == null; i++) {
      for (Packet p : bench.sentWithin(1_000 * MS)) {
        if (p.isAck(AckReason.PING)) {
          ack(app, p.serial(), AckReason.PING_RESPONSE, true);
        }
      }
      assertThat(app.call.completion() != null).as("after " + (i + 1) + " s").isEqualTo(i >= 19);
    }
    assertThat(app.completion().abortCode()).isEqualTo(AbortCodes.RX_CALL_DEAD);
    assertThat(app.completion().errno()).isEqualTo(Errno.ETIME.number());
    assertThat(app.completion().reason()).contains("never asked who calls");
    assertThat(connection(call())).isNotEqualTo(connection(app));
  }
}
