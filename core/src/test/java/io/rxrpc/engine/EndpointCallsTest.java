// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.security.NullSecurity;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.wire.AbortCodes;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Flags;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole calls between two endpoints that lose nothing. */
class EndpointCallsTest {
  private static final long MS = Pipe.MS;

  /** As when more than some calls were made to a peer. */
  private static final Tunables UNHURRIED = Tunables.defaults().with(Tunable.REPLY_ACKS, 0);

  @ParameterizedTest(name = "{0} bytes")
  @ValueSource(ints = {0, 1, 483, 484, 485, 1411, 1412, 1413, 2824, 16_384, 100_000, 3_000_000})
  void echo(int size) {
    Pipe pipe = new Pipe();
    App app = pipe.call(Pipe.bytes(size));
    assertThat(app.completion()).isEqualTo(Completion.SUCCESS);
    assertThat(app.bytes()).isEqualTo(Pipe.bytes(size));
    assertThat(app.inputEnded).isTrue();
    app.release(pipe.now);
    pipe.pass(50 * MS);
    assertThat(pipe.server.endpoint.liveCalls()).isZero();
    assertThat(pipe.client.pool.outstanding()).isZero();
    assertThat(pipe.server.pool.outstanding()).isZero();
    assertThat(pipe.client.endpoint.counters().get(Counter.DATA_RESENT)).isZero();
    assertThat(pipe.server.endpoint.counters().get(Counter.DATA_RESENT)).isZero();
    assertThat(pipe.client.endpoint.counters().get(Counter.ACKS_INVALID)).isZero();
    pipe.pass(2_000_000 * MS);
    pipe.assertNothingLeft();
  }

  @Test
  void aSmallCallIsTwoPacketsAndAFinalAck() {
    Pipe pipe = new Pipe(UNHURRIED);
    App app = pipe.call(Pipe.bytes(10));
    assertThat(app.completion()).isEqualTo(Completion.SUCCESS);
    assertThat(pipe.client.sent).hasSize(1);
    assertThat(pipe.server.sent).hasSize(1); // the reply acks the request
    pipe.pass(100 * MS);
    assertThat(pipe.client.sent).hasSize(2);
    Packet last = pipe.client.sent.getLast();
    assertThat(last.isAck(AckReason.IDLE)).isTrue();
    assertThat(last.firstPacket()).isEqualTo(2);
    assertThat(last.ackedSerial()).isZero();
    assertThat(pipe.server.sent).hasSize(1);
    assertThat(pipe.server.endpoint.liveCalls()).isZero();
  }

  @Test
  void theNextCallAcksTheReply() {
    Pipe pipe = new Pipe(UNHURRIED);
    for (int i = 1; i <= 10; i++) {
      App app = pipe.call(Pipe.bytes(i));
      assertThat(app.bytes()).isEqualTo(Pipe.bytes(i));
      assertThat(app.call.number()).isEqualTo(i);
      app.release(pipe.now);
    }
    assertThat(pipe.client.count(Packet::isAck)).as("ACKs of the client").isZero();
    assertThat(pipe.server.count(Packet::isAck)).as("ACKs of the server").isZero();
    assertThat(pipe.server.endpoint.liveCalls()).as("only the last one waits").isEqualTo(1);
    pipe.pass(100 * MS);
    assertThat(pipe.client.count(Packet::isAck)).isEqualTo(1);
    assertThat(pipe.server.endpoint.liveCalls()).isZero();
    assertThat(pipe.client.endpoint.clientConnections()).isEqualTo(1);
  }

  @Test
  void aNextCallThatTakesItsTimeDoesNotHoldTheAckBack() {
    Pipe pipe = new Pipe(UNHURRIED);
    pipe.call(Pipe.bytes(10));
    App second = pipe.open();
    pipe.pass(100 * MS);
    assertThat(pipe.server.endpoint.liveCalls()).as("the first is hard-acked").isZero();
    Packet ack = pipe.client.sent.getLast();
    assertThat(ack.isAck(AckReason.IDLE)).isTrue();
    assertThat(ack.callNumber()).isEqualTo(1);
    assertThat(ack.firstPacket()).isEqualTo(2);
    assertThat(pipe.server.endpoint.counters().get(Counter.DATA_RESENT)).isZero();
    second.write(Pipe.bytes(20), true, pipe.now);
    pipe.settle();
    assertThat(second.bytes()).isEqualTo(Pipe.bytes(20));
  }

  @Test
  void aCallThatWaitsForTheChannelDoesNotHoldTheAckBack() {
    Pipe pipe = new Pipe(Tunables.defaults().with(Tunable.BUNDLE_CONNECTIONS, 1));
    List<App> apps = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      apps.add(pipe.open());
    }
    for (int i = 0; i < 4; i++) {
      apps.get(i).write(Pipe.bytes(10), true, pipe.now);
    }
    pipe.pass(500 * MS);
    // the last four have channels and nothing to say yet
    assertThat(pipe.server.endpoint.liveCalls()).isZero();
    assertThat(pipe.client.count(p -> p.isAck() && p.callNumber() == 1)).isEqualTo(4);
  }

  @Test
  void anApplicationMayThinkBeforeItsFirstByte() {
    Pipe pipe = new Pipe();
    App app = pipe.open();
    pipe.pass(300_000 * MS);
    assertThat(app.call.completion()).isNull();
    assertThat(pipe.client.sent).isEmpty();
    app.write(Pipe.bytes(10), true, pipe.now);
    pipe.settle();
    assertThat(app.completion()).isEqualTo(Completion.SUCCESS);
  }

  @Test
  void theFirstPacketStartsTheDeadTime() {
    Pipe pipe = new Pipe();
    pipe.client.loses = p -> true;
    App app = pipe.open();
    pipe.pass(300_000 * MS);
    app.write(Pipe.bytes(10), true, pipe.now);
    pipe.pass(19_000 * MS);
    assertThat(app.call.completion()).isNull();
    pipe.pass(2_000 * MS);
    assertThat(app.completion().abortCode()).isEqualTo(AbortCodes.RX_CALL_DEAD);
    app.release(pipe.now);
    pipe.pass(2_000_000 * MS);
    pipe.assertNothingLeft();
  }

  @Test
  void aSlowReaderIsNotAnIdleClient() {
    Pipe pipe = new Pipe();
    pipe.server.handler = a -> {};
    App app = pipe.open();
    app.write(Pipe.bytes(200_000), false, pipe.now);
    pipe.settle();
    App served = pipe.server.served.getFirst();
    served.reads = false;
    app.write(Pipe.bytes(1_000_000), false, pipe.now);
    pipe.pass(70_000 * MS); // more than IDLE_DEAD_TIME at the end of the window
    assertThat(served.call.completion()).isNull();
    served.reads = true;
    pipe.server.handler = pipe.server::echo;
    served.run(pipe.now);
    pipe.settle();
    assertThat(served.call.completion()).isNull();
    app.write(new byte[0], true, pipe.now);
    pipe.settle();
    assertThat(app.completion()).isEqualTo(Completion.SUCCESS);
    assertThat(app.bytes()).hasSize(1_200_000);
  }

  @Test
  void aClientThatStopsSendingIsGivenUp() {
    Pipe pipe = new Pipe();
    App app = pipe.open();
    app.write(Pipe.bytes(5000), false, pipe.now);
    pipe.pass(59_000 * MS);
    assertThat(app.call.completion()).isNull();
    pipe.pass(3_000 * MS);
    assertThat(app.completion().kind()).isEqualTo(Completion.Kind.REMOTE_ABORT);
    assertThat(app.completion().abortCode()).isEqualTo(AbortCodes.RX_CALL_TIMEOUT);
    assertThat(pipe.server.endpoint.liveCalls()).isZero();
  }

  @Test
  void aWindowThatClosesOpensAgain() {
    Pipe pipe = new Pipe();
    pipe.server.handler = a -> a.reads = false;
    App app = pipe.open();
    app.write(Pipe.bytes(2_000_000), true, pipe.now);
    pipe.pass(30_000 * MS);
    App served = pipe.server.served.getFirst();
    assertThat(served.call.gear.rx.held()).isEqualTo(255);
    assertThat(pipe.server.endpoint.counters().get(Counter.DATA_BEYOND_WINDOW)).isZero();
    pipe.server.handler = pipe.server::echo;
    served.reads = true;
    served.run(pipe.now);
    pipe.settle();
    assertThat(app.bytes()).isEqualTo(Pipe.bytes(2_000_000));
  }

  @Test
  void severalServicesOnOneEndpoint() {
    Pipe pipe = new Pipe();
    Service other = pipe.server.endpoint.addService(1, List.of(NullSecurity.INSTANCE), "other");
    App a = pipe.open(1, NullSecurity.INSTANCE);
    App b = pipe.open(Pipe.SERVICE, NullSecurity.INSTANCE);
    a.write(Pipe.bytes(1), true, pipe.now);
    b.write(Pipe.bytes(2), true, pipe.now);
    pipe.settle();
    assertThat(a.ok() && b.ok()).isTrue();
    assertThat(pipe.client.endpoint.clientConnections()).isEqualTo(2);
    assertThat(pipe.server.served.stream().map(s -> s.call.serviceId()))
        .containsExactlyInAnyOrder(1, Pipe.SERVICE);
    pipe.server.endpoint.removeService(other);
    App refused = pipe.open(1, NullSecurity.INSTANCE);
    refused.write(Pipe.bytes(1), true, pipe.now);
    pipe.settle();
    assertThat(refused.completion().abortCode()).isEqualTo(AbortCodes.RX_INVALID_OPERATION);
  }

  @Test
  void bothEndsMayServeAndCall() {
    Pipe pipe = new Pipe();
    pipe.client.endpoint.addService(99, List.of(NullSecurity.INSTANCE), "back");
    App there = pipe.open();
    App back =
        new App(
            pipe.server.endpoint.open(pipe.client.address, 99, NullSecurity.INSTANCE, pipe.now));
    there.write(Pipe.bytes(10_000), true, pipe.now);
    back.write(Pipe.bytes(20_000), true, pipe.now);
    pipe.settle();
    assertThat(there.bytes()).isEqualTo(Pipe.bytes(10_000));
    assertThat(back.bytes()).isEqualTo(Pipe.bytes(20_000));
  }

  @Test
  void theChannelUsedLastIsUsedFirst() {
    Pipe pipe = new Pipe();
    List<App> four = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      four.add(pipe.open());
    }
    assertThat(four.stream().map(a -> a.call.cid() & 3)).containsExactly(0, 1, 2, 3);
    for (int i : new int[] {2, 0, 3, 1}) {
      four.get(i).write(Pipe.bytes(1), true, pipe.now);
      pipe.settle();
    }
    List<Integer> channels = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      channels.add(pipe.open().call.cid() & 3);
    }
    assertThat(channels).containsExactly(1, 3, 0, 2);
    assertThat(pipe.client.endpoint.clientConnections()).isEqualTo(1);
  }

  @Test
  void aBundleGrowsToItsLimitAndThenCallsWait() {
    Pipe pipe = new Pipe(Tunables.defaults().with(Tunable.BUNDLE_CONNECTIONS, 3));
    List<App> apps = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      apps.add(pipe.open());
    }
    assertThat(pipe.client.endpoint.clientConnections()).isEqualTo(3);
    assertThat(apps.stream().filter(a -> a.call.cid() != 0)).hasSize(12);
    Set<Integer> cids = new HashSet<>();
    apps.forEach(a -> cids.add(a.call.cid()));
    assertThat(cids).as("12 and the 0 of those that wait").hasSize(13);
    apps.get(50).call.abort(AbortCodes.RX_USER_ABORT, pipe.now);
    for (App a : apps) {
      a.write(Pipe.bytes(3000), true, pipe.now);
    }
    pipe.settle();
    for (int i = 0; i < 100; i++) {
      assertThat(apps.get(i).ok()).as("call %d", i).isEqualTo(i != 50);
    }
    assertThat(pipe.client.endpoint.liveCalls()).isZero();
    // in the order in which they were begun
    List<Integer> numbers = apps.stream().skip(60).map(a -> a.call.number()).toList();
    assertThat(numbers).isSorted();
  }

  @Test
  void anAbortTellsTheOtherSideAndTakesTheDataWithIt() {
    Pipe pipe = new Pipe();
    pipe.server.handler = a -> a.call.abort(-455, pipe.now);
    App app = pipe.call(Pipe.bytes(1_000));
    assertThat(app.completion().kind()).isEqualTo(Completion.Kind.REMOTE_ABORT);
    assertThat(app.completion().abortCode()).isEqualTo(-455);
    pipe.server.handler = a -> {};
    App given = pipe.open();
    given.write(Pipe.bytes(100_000), false, pipe.now);
    pipe.settle();
    given.call.abort(77, pipe.now);
    pipe.settle();
    App served = pipe.server.served.getLast();
    assertThat(served.completion().abortCode()).isEqualTo(77);
    served.release(pipe.now);
    given.release(pipe.now);
    app.release(pipe.now);
    pipe.server.served.getFirst().release(pipe.now);
    assertThat(pipe.client.pool.outstanding()).isZero();
    assertThat(pipe.server.pool.outstanding()).isZero();
    assertThat(pipe.server.endpoint.liveCalls()).isZero();
  }

  @Test
  void aClientThatNeverSentAnythingAbortsInSilence() {
    Pipe pipe = new Pipe();
    App app = pipe.open();
    app.call.abort(1, pipe.now);
    pipe.settle();
    assertThat(pipe.client.sent).isEmpty();
    assertThat(app.ok()).isFalse();
  }

  @Test
  void aHandlerMayAnswerBeforeItHasReadEverything() {
    Pipe pipe = new Pipe();
    pipe.server.handler =
        a -> {
          a.reads = false;
          if (a.call.state() == CallState.SERVER_ACK_REQUEST) {
            a.write(Pipe.bytes(5), true, pipe.now);
            a.release(pipe.now);
          }
        };
    App app = pipe.call(Pipe.bytes(100_000));
    assertThat(app.bytes()).isEqualTo(Pipe.bytes(5));
    pipe.pass(100 * MS);
    assertThat(pipe.server.pool.outstanding()).isZero();
    assertThat(pipe.server.endpoint.liveCalls()).isZero();
  }

  @Test
  void releasingACallThatRunsAbortsIt() {
    Pipe pipe = new Pipe();
    pipe.server.handler = a -> {};
    App app = pipe.call(Pipe.bytes(10));
    app.release(pipe.now);
    pipe.settle();
    assertThat(pipe.server.served.getFirst().completion().abortCode())
        .isEqualTo(AbortCodes.RX_USER_ABORT);
    pipe.server.served.getFirst().release(pipe.now);
    assertThat(pipe.client.endpoint.liveCalls()).isZero();
    assertThat(pipe.server.endpoint.liveCalls()).isZero();
    assertThat(pipe.server.pool.outstanding()).isZero();
  }

  @Test
  void aLimitEndsACallWhereverItIs() {
    Pipe pipe = new Pipe(Tunables.defaults().with(Tunable.BUNDLE_CONNECTIONS, 1));
    pipe.server.handler = a -> {};
    List<App> apps = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      App a = pipe.open();
      a.call.limit(pipe.now + 1000 * MS);
      apps.add(a);
      if (i > 0) {
        a.write(Pipe.bytes(10), true, pipe.now);
      }
    }
    pipe.pass(999 * MS);
    assertThat(pipe.client.endpoint.liveCalls()).isEqualTo(6);
    pipe.pass(2 * MS);
    for (App a : apps) {
      assertThat(a.completion().abortCode()).isEqualTo(AbortCodes.RX_CALL_TIMEOUT);
      a.call.limit(pipe.now + 5 * MS); // too late, and no timer that rings for ever
    }
    pipe.pass(100 * MS);
    assertThat(pipe.client.endpoint.liveCalls()).isZero();
    assertThat(pipe.server.endpoint.liveCalls()).isZero();
  }

  @Test
  void aLongWaitForTheHandlerIsKeptAlive() {
    Pipe pipe = new Pipe();
    pipe.server.handler = a -> {};
    App app = pipe.call(Pipe.bytes(10));
    pipe.pass(600_000 * MS);
    assertThat(app.call.completion()).isNull();
    assertThat(pipe.client.endpoint.counters().get(Counter.PINGS_SENT)).isBetween(100L, 500L);
    App served = pipe.server.served.getFirst();
    served.write(Pipe.bytes(3), true, pipe.now);
    pipe.settle();
    assertThat(app.bytes()).isEqualTo(Pipe.bytes(3));
  }

  @ParameterizedTest(name = "server LAST with REQUEST_ACK: {0} bytes")
  @CsvSource({"1", "1412", "50000", "500000"})
  @Tag("R-34")
  void aServerNeverAsksForTheAckOfItsLastPacket(int size) {
    Pipe pipe = new Pipe();
    pipe.client.loses = p -> p.isAck() && Math.floorMod(p.serial(), 7) == 0;
    App app = pipe.call(Pipe.bytes(size));
    pipe.pass(60_000 * MS);
    assertThat(app.completion()).isEqualTo(Completion.SUCCESS);
    assertThat(pipe.server.sent(p -> p.isData() && p.isLast())).isNotEmpty();
    assertThat(pipe.server.count(p -> p.isData() && p.isLast() && p.has(Flags.REQUEST_ACK)))
        .isZero();
  }
}
