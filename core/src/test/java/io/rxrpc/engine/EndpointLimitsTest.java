// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.engine.packet.Block;
import io.rxrpc.engine.packet.BufferPool;
import io.rxrpc.engine.packet.TransmitQueue;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.udp.Errno;
import io.rxrpc.wire.AbortCodes;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.PacketType;
import io.rxrpc.wire.Sequence;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Bounds, expiry, and the ends of number spaces. */
class EndpointLimitsTest {
  private static final long MS = Pipe.MS;

  private static Pipe pipe(Object... pairs) {
    Tunables t = Tunables.defaults();
    for (int i = 0; i < pairs.length; i += 2) {
      t = t.with((Tunable) pairs[i], (Integer) pairs[i + 1]);
    }
    return new Pipe(t);
  }

  private static List<App> calls(Pipe pipe, int n) {
    List<App> apps = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      App a = pipe.open();
      a.write(Pipe.bytes(10), true, pipe.now);
      apps.add(a);
    }
    return apps;
  }

  private static long ok(List<App> apps) {
    return apps.stream().filter(a -> a.call.completion() != null && a.ok()).count();
  }

  @Test
  @Tag("R-31")
  void beyondTheBacklogIsBusyAndTheClientTriesAgain() {
    Pipe pipe = pipe(Tunable.BACKLOG, 3);
    pipe.server.accepts = false;
    List<App> apps = calls(pipe, 10);
    pipe.settle();
    assertThat(pipe.server.count(p -> p.type() == PacketType.BUSY)).isEqualTo(7);
    assertThat(pipe.server.endpoint.liveCalls()).isEqualTo(3);
    assertThat(pipe.server.endpoint.counters().get(Counter.CALLS_REFUSED)).isEqualTo(7);
    assertThat(ok(apps)).isZero();
    pipe.server.accepts = true;
    pipe.server.endpoint.close(AbortCodes.RX_RESTARTING, pipe.now);
    pipe.settle();
    assertThat(pipe.server.endpoint.liveCalls()).isZero();
    assertThat(pipe.server.pool.outstanding()).isZero();
  }

  @Test
  @Tag("R-31")
  void whenTheServerIsFreeAgainTheBusyCallsGoThrough() {
    Pipe pipe = pipe(Tunable.SERVICE_CALLS, 2);
    pipe.server.handler = a -> {};
    List<App> apps = calls(pipe, 6);
    pipe.settle();
    assertThat(pipe.server.served).hasSize(2);
    assertThat(pipe.server.endpoint.counters().get(Counter.BUSY_SENT)).isPositive();
    pipe.server.handler = pipe.server::echo;
    pipe.server.served.forEach(a -> pipe.server.handler.accept(a));
    pipe.pass(15_000 * MS);
    assertThat(ok(apps)).isEqualTo(6);
  }

  @Test
  @Tag("R-31")
  void aServerThatStaysBusyIsReportedAsThat() {
    Pipe pipe = pipe(Tunable.SERVICE_CALLS, 1);
    pipe.server.handler = a -> {};
    List<App> apps = calls(pipe, 2);
    pipe.pass(25_000 * MS);
    assertThat(apps.get(0).call.completion()).isNull();
    assertThat(apps.get(1).completion().kind()).isEqualTo(Completion.Kind.BUSY);
    assertThat(apps.get(1).completion().errno()).isEqualTo(Errno.EBUSY.number());
  }

  @Test
  @Tag("R-25")
  void connectionsOfOnePeerAreBounded() {
    Pipe pipe = pipe(Tunable.PEER_CONNECTIONS, 2);
    pipe.server.handler = a -> {};
    calls(pipe, 12);
    pipe.settle();
    assertThat(pipe.server.endpoint.serviceConnections()).isEqualTo(2);
    assertThat(pipe.server.endpoint.liveCalls()).isEqualTo(8);
    assertThat(pipe.server.endpoint.counters().get(Counter.SERVICE_CONNECTIONS_REFUSED))
        .isEqualTo(4);
    assertThat(pipe.server.count(p -> p.type() == PacketType.BUSY)).isEqualTo(4);
  }

  @Test
  @Tag("R-25")
  void connectionsInTotalAndPeersAreBounded() {
    Pipe pipe = pipe(Tunable.SERVICE_CONNECTIONS, 1);
    calls(pipe, 5);
    pipe.settle();
    assertThat(pipe.server.endpoint.serviceConnections()).isEqualTo(1);

    Pipe few = pipe(Tunable.PEERS, 1);
    calls(few, 1);
    few.settle();
    InetSocketAddress second = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
    Call refused = few.client.endpoint.open(second, Pipe.SERVICE, NullSecurity.INSTANCE, few.now);
    Completion why = refused.completion();
    assertThat(why).isNotNull();
    assertThat(why.errno()).isEqualTo(Errno.ENOBUFS.number());
    refused.limit(few.now + MS);
    refused.release(few.now);
    few.pass(1000 * MS);
    assertThat(few.client.endpoint.counters().get(Counter.PEERS_REFUSED)).isEqualTo(1);
    assertThat(few.client.endpoint.liveCalls()).isZero();
  }

  @Test
  void callsThatWaitForAChannelAreBounded() {
    Pipe pipe = pipe(Tunable.BUNDLE_CONNECTIONS, 1, Tunable.WAITING_CALLS, 3);
    List<App> apps = calls(pipe, 10);
    assertThat(apps.stream().filter(a -> a.call.completion() != null)).hasSize(3);
    assertThat(apps.getLast().completion().errno()).isEqualTo(Errno.EAGAIN.number());
    pipe.settle();
    assertThat(ok(apps)).isEqualTo(7);
    assertThat(ok(calls(pipe, 7))).isZero();
    pipe.settle();
    assertThat(pipe.client.endpoint.liveCalls()).isZero();
  }

  @Test
  void idleClientConnectionsExpire() {
    Pipe pipe = pipe(Tunable.CLIENT_IDLE_EXPIRY, 5_000_000_00);
    pipe.call(Pipe.bytes(1));
    int cid = pipe.client.sent.getFirst().cid();
    pipe.pass(499 * MS);
    assertThat(pipe.client.endpoint.clientConnections()).isEqualTo(1);
    pipe.pass(2 * MS);
    assertThat(pipe.client.endpoint.clientConnections()).isZero();
    App next = pipe.call(Pipe.bytes(1));
    assertThat(next.ok()).isTrue();
    assertThat(next.call.cid()).isNotEqualTo(cid);
  }

  @Test
  void aConnectionWithACallIsNotIdle() {
    Pipe pipe =
        pipe(Tunable.CLIENT_IDLE_EXPIRY, 100_000_000, Tunable.SERVICE_IDLE_EXPIRY, 100_000_000);
    pipe.server.handler = a -> {};
    App app = pipe.call(Pipe.bytes(1));
    pipe.pass(10_000 * MS);
    assertThat(pipe.client.endpoint.clientConnections()).isEqualTo(1);
    assertThat(pipe.server.endpoint.serviceConnections()).isEqualTo(1);
    pipe.server.echo(pipe.server.served.getFirst());
    pipe.settle();
    assertThat(app.ok()).isTrue();
    pipe.pass(200 * MS);
    assertThat(pipe.client.endpoint.clientConnections()).isZero();
    assertThat(pipe.server.endpoint.serviceConnections()).isZero();
  }

  @Test
  void theFinalAckGoesOutBeforeAConnectionIsForgotten() {
    Pipe pipe = pipe(Tunable.CLIENT_IDLE_EXPIRY, 0, Tunable.REPLY_ACKS, 0);
    assertThat(pipe.call(Pipe.bytes(1)).ok()).isTrue();
    pipe.pass(MS);
    assertThat(pipe.client.endpoint.clientConnections()).isZero();
    assertThat(pipe.client.count(p -> p.isAck(AckReason.IDLE))).isEqualTo(1);
    assertThat(pipe.server.endpoint.liveCalls()).isZero();
  }

  @Test
  void manyIdleConnectionsExpireFast() {
    Pipe pipe = pipe(Tunable.CLIENT_IDLE_MANY, 5);
    calls(pipe, 80);
    pipe.settle();
    assertThat(pipe.client.endpoint.clientConnections()).isEqualTo(20);
    pipe.pass(3_000 * MS);
    assertThat(pipe.client.endpoint.clientConnections()).isEqualTo(5);
    pipe.pass(121_000 * MS);
    assertThat(pipe.client.endpoint.clientConnections()).isZero();
  }

  @Test
  void idleServiceConnectionsAndPeersExpire() {
    Pipe pipe =
        pipe(Tunable.SERVICE_IDLE_EXPIRY, 1_000_000_000, Tunable.PEER_EXPIRY, 2_000_000_000);
    pipe.call(Pipe.bytes(1));
    pipe.pass(900 * MS);
    assertThat(pipe.server.endpoint.serviceConnections()).isEqualTo(1);
    pipe.pass(200 * MS);
    assertThat(pipe.server.endpoint.serviceConnections()).isZero();
    assertThat(pipe.server.endpoint.peerCount()).isEqualTo(1);
    pipe.pass(2_000 * MS);
    assertThat(pipe.server.endpoint.peerCount()).isZero();
    App again = pipe.call(Pipe.bytes(2)); // the client's connection is known no more: a new one
    assertThat(again.ok()).isTrue();
  }

  @Test
  void aConnectionIdIsNotUsedTwiceWhileLive() {
    Pipe pipe = new Pipe();
    pipe.server.handler = a -> {};
    Set<Integer> cids = new HashSet<>();
    for (App a : calls(pipe, 1000)) {
      assertThat(cids.add(a.call.cid())).isTrue();
    }
    assertThat(pipe.client.endpoint.clientConnections()).isEqualTo(250);
  }

  @Test
  @Tag("R-9")
  void theLastCallNumberEndsTheConnection() {
    Pipe pipe = new Pipe();
    App first = pipe.call(Pipe.bytes(1));
    Channel ch = first.call.channel;
    assertThat(ch).isNotNull();
    ch.callNumber = Sequence.MAX_CALL_NUMBER - 2;
    for (int left = 1; left >= 0; left--) {
      App app = pipe.call(Pipe.bytes(5));
      assertThat(app.ok()).isTrue();
      assertThat(app.call.number()).isEqualTo(Sequence.MAX_CALL_NUMBER - left);
      assertThat(app.call.channel).isSameAs(ch);
    }
    App next = pipe.call(Pipe.bytes(5));
    assertThat(next.ok()).isTrue();
    assertThat(next.call.number()).isEqualTo(1);
    assertThat(next.call.cid() & ~3).isNotEqualTo(ch.connection.cid);
    pipe.pass(100 * MS);
    assertThat(pipe.server.endpoint.liveCalls()).as("the last reply was acked").isZero();
    pipe.pass(2_000_000 * MS);
    pipe.assertNothingLeft();
  }

  @Test
  void atTheEndOfTheSequenceSpaceTheCallEndsHere() {
    Pipe pipe = new Pipe();
    pipe.server.handler = a -> {};
    App app = pipe.open();
    pipe.settle();
    BufferPool pool = pipe.client.pool;
    Block block = pool.take(65_536, BufferPool.Use.SEND);
    assertThat(block).isNotNull();
    TransmitQueue tx = app.call.gear.tx;
    // as if all but the last few packets were through
    Warp.to(tx, -4);
    PhaseWriter.queue(app.call, block, 0, 2, 100, 100, false, pipe.now);
    assertThat(app.call.completion()).isNull();
    PhaseWriter.queue(app.call, block, 200, 2, 100, 100, false, pipe.now);
    Completion why = app.completion();
    assertThat(why.errno()).isEqualTo(Errno.EMSGSIZE.number());
    assertThat(why.kind()).isEqualTo(Completion.Kind.LOCAL_ERROR);
    pool.release(block);
    app.release(pipe.now);
    pipe.settle();
    assertThat(pool.outstanding()).isZero();
  }

  @Test
  @Tag("R-9")
  void aCallCrossesTheSignOfTheSequenceSpace() { // 0x7fffffff/0x80000000
    Pipe pipe = new Pipe();
    for (int start : new int[] {Integer.MAX_VALUE - 50, Integer.MIN_VALUE - 5}) {
      App app = pipe.open();
      pipe.server.handler = a -> {};
      app.write(Pipe.bytes(1412), false, pipe.now);
      pipe.settle();
      App served = pipe.server.served.getLast();
      Warp.to(app.call.gear.tx, start);
      Warp.to(served.call.gear.rx, start);
      Warp.to(app.writer, start + 1);
      pipe.server.handler = pipe.server::echo;
      app.write(Pipe.bytes(500_000), true, pipe.now);
      pipe.settle();
      assertThat(app.ok()).isTrue();
      assertThat(app.bytes()).hasSize(501_412);
      assertThat(pipe.client.sent(p -> p.isData() && p.seq() < 0)).isNotEmpty();
    }
    assertThat(pipe.client.endpoint.counters().get(Counter.DATA_RESENT)).isZero();
  }

  @Test
  @Tag("R-10")
  void serialsSkipZero() {
    Pipe pipe = new Pipe();
    App app = pipe.open();
    Channel ch = app.call.channel;
    assertThat(ch).isNotNull();
    Warp.serial(ch.connection, -20);
    app.write(Pipe.bytes(100_000), true, pipe.now);
    pipe.settle();
    assertThat(app.bytes()).isEqualTo(Pipe.bytes(100_000));
    assertThat(pipe.client.sent(p -> p.serial() == 0)).isEmpty();
    assertThat(pipe.client.sent(p -> p.serial() == -1)).hasSize(1);
    assertThat(pipe.client.sent(p -> p.serial() == 1)).hasSize(1);
    assertThat(pipe.client.endpoint.counters().get(Counter.DATA_RESENT)).isZero();
  }

  @Test
  void afterShutdownNothingNewBegins() {
    Pipe pipe = new Pipe();
    pipe.server.handler = a -> {};
    App running = pipe.call(Pipe.bytes(10));
    pipe.server.endpoint.shutdown();
    App refused = pipe.call(Pipe.bytes(10));
    assertThat(refused.completion().abortCode()).isEqualTo(AbortCodes.RX_RESTARTING);
    pipe.server.echo(pipe.server.served.getFirst());
    pipe.settle();
    assertThat(running.ok()).isTrue();
    pipe.client.endpoint.shutdown();
    assertThat(pipe.open().completion().errno()).isEqualTo(Errno.ESHUTDOWN.number());
  }

  @Test
  void closeGivesEverythingBack() {
    Pipe pipe = pipe(Tunable.BUNDLE_CONNECTIONS, 2);
    pipe.server.handler = a -> a.reads = false;
    List<App> apps = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      App a = pipe.open();
      a.write(Pipe.bytes(100_000 * (i % 3)), i % 2 == 0, pipe.now);
      apps.add(a);
    }
    pipe.settle();
    assertThat(pipe.client.pool.outstanding()).isPositive();
    for (Pipe.Side side : List.of(pipe.client, pipe.server)) {
      side.endpoint.close(AbortCodes.RX_CALL_DEAD, pipe.now);
    }
    pipe.settle();
    apps.forEach(a -> assertThat(a.ok()).isFalse());
    apps.forEach(a -> a.release(pipe.now));
    pipe.server.served.forEach(a -> a.release(pipe.now));
    pipe.assertNothingLeft();
    pipe.pass(1_000_000 * MS);
    pipe.assertNothingLeft();
  }

  @Test
  void aSmallPoolSlowsDownAndStopsNobody() {
    Pipe pipe = pipe(Tunable.BUFFER_BYTES, 1 << 20);
    List<App> apps = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      App a = pipe.open();
      a.write(Pipe.bytes(200_000), true, pipe.now);
      apps.add(a);
    }
    pipe.pass(120_000 * MS);
    for (App a : apps) {
      assertThat(a.ok()).isTrue();
      assertThat(a.bytes()).hasSize(200_000);
      a.release(pipe.now);
    }
    pipe.pass(2_000_000 * MS);
    pipe.assertNothingLeft();
  }

  @Test
  void memoryThatReadersFreeWakesWriters() {
    Pipe pipe = pipe(Tunable.BUFFER_BYTES, 1 << 20);
    List<Block> hog = new ArrayList<>();
    BufferPool pool = pipe.client.pool;
    for (Block b = pool.take(1, BufferPool.Use.SEND);
        b != null;
        b = pool.take(1, BufferPool.Use.SEND)) {
      hog.add(b);
    }
    App app = pipe.call(Pipe.bytes(100));
    assertThat(pipe.client.sent).isEmpty();
    hog.forEach(pool::release);
    pipe.settle(); // no packet, no timer: only the memory
    assertThat(app.ok()).isTrue();
  }
}
