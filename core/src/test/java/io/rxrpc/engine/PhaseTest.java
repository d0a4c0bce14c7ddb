// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.security.ClientSecurity;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.ServerSecurity;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.wire.Header;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written comes out again, however it is cut. Pipe checks every train that leaves. */
class PhaseTest {
  private static final int[] SIZES = {
    0, 1, 2, 483, 484, 485, 1392, 1400, 1411, 1412, 1413, 2824, 2825, 9000, 65_535, 200_000
  };

  private static Pipe pipe(boolean sealed, Tunables tunables) {
    return new Pipe(tunables, sealed ? new TestSecurity(false) : NullSecurity.INSTANCE);
  }

  private static ClientSecurity of(ServerSecurity s) {
    return (ClientSecurity) s;
  }

  @ParameterizedTest(name = "sealed: {0}")
  @ValueSource(booleans = {false, true})
  void anyChunksOfAnyLength(boolean sealed) {
    for (long seed = 1; seed <= 60; seed++) {
      Random random = new Random(seed);
      int maxData = random.nextInt(3) == 0 ? 256 + random.nextInt(1157) : 1412;
      ServerSecurity security = sealed ? new TestSecurity(false) : NullSecurity.INSTANCE;
      Pipe pipe = new Pipe(Tunables.defaults().with(Tunable.MAX_DATA, maxData), security);
      byte[] request = Pipe.bytes(SIZES[random.nextInt(SIZES.length)] + random.nextInt(3));
      pipe.server.handler =
          a -> {
            a.chunk = 1 + random.nextInt(random.nextBoolean() ? 50 : 5000);
            pipe.server.echo(a);
          };
      App app = pipe.open(Pipe.SERVICE, of(security));
      int at = 0;
      while (at < request.length) {
        int n = Math.min(request.length - at, 1 + random.nextInt(1 << random.nextInt(17)));
        app.chunk = 1 + random.nextInt(4000);
        app.write(Arrays.copyOfRange(request, at, at + n), false, pipe.now);
        at += n;
        if (random.nextBoolean()) {
          pipe.settle();
        }
      }
      app.write(new byte[0], true, pipe.now);
      pipe.pass(Pipe.MS);
      String name = "seed " + seed + ", " + request.length + " bytes of " + maxData;
      assertThat(app.failure).as(name).isNull();
      assertThat(app.completion()).as(name).isEqualTo(Completion.SUCCESS);
      assertThat(app.bytes()).as(name).isEqualTo(request);
      app.release(pipe.now);
      pipe.pass(100 * Pipe.MS);
      assertThat(pipe.client.pool.outstanding()).as(name).isZero();
      assertThat(pipe.server.pool.outstanding()).as(name).isZero();
    }
  }

  @ParameterizedTest(name = "sealed: {0}")
  @ValueSource(booleans = {false, true})
  void bulkLeavesInLongTrains(boolean sealed) {
    Pipe pipe = pipe(sealed, Tunables.defaults());
    pipe.server.handler = a -> {};
    App app = pipe.open(Pipe.SERVICE, of(pipe.security));
    app.write(Pipe.bytes(10_000_000), true, pipe.now);
    pipe.settle();
    assertThat(pipe.server.served.getFirst().bytes()).isEqualTo(Pipe.bytes(10_000_000));
    double perTrain = pipe.client.trains.stream().mapToInt(n -> n).average().orElseThrow();
    assertThat(perTrain).isGreaterThan(20);
    assertThat(pipe.client.trains).contains(45);
  }

  @Test
  void aPacketIsSmallerThanItsSlotWhenItIsSealed() {
    Pipe pipe = pipe(true, Tunables.defaults());
    App app = pipe.open(Pipe.SERVICE, of(pipe.security));
    app.write(Pipe.bytes(20_000), true, pipe.now);
    pipe.settle();
    assertThat(app.bytes()).isEqualTo(Pipe.bytes(20_000));
    int stride = Header.LENGTH + 1412;
    assertThat(pipe.client.sent(Packet::isData))
        .allSatisfy(p -> assertThat(p.bytes().length).isLessThan(stride));
    assertThat(pipe.client.sent(p -> p.bytes().length == 28 + 8 + 1392 + 6)).hasSize(14);
  }

  @Test
  void aReaderMayStillUnsealWhenTheChannelHasGoneOn() {
    Pipe pipe = pipe(true, Tunables.defaults());
    App slow = pipe.open(Pipe.SERVICE, of(pipe.security));
    slow.reads = false;
    slow.write(Pipe.bytes(5000), true, pipe.now);
    pipe.settle();
    assertThat(slow.completion()).isEqualTo(Completion.SUCCESS);
    App next = pipe.open(Pipe.SERVICE, of(pipe.security));
    next.write(Pipe.bytes(10), true, pipe.now);
    pipe.settle();
    assertThat(next.call.channel).isSameAs(slow.call.channel);
    assertThat(next.call.number()).isEqualTo(2);
    slow.reads = true;
    slow.run(pipe.now);
    assertThat(slow.failure).isNull();
    assertThat(slow.call.number()).isEqualTo(1);
    assertThat(slow.bytes()).isEqualTo(Pipe.bytes(5000));
  }

  @Test
  void manySmallWritesFillPackets() {
    Pipe pipe = new Pipe();
    App app = pipe.open();
    PhaseWriter w = app.writer;
    MemorySegment one = MemorySegment.ofArray(new byte[] {7});
    try {
      for (int i = 0; i < 50_000; i++) {
        while (w.needsGrant() || w.put(one, 0, 1) == 0) {
          w.commit(pipe.now);
          pipe.settle();
          assertThat(w.grant(1, pipe.now)).isTrue();
        }
      }
      if (w.needsGrant()) {
        assertThat(w.grant(0, pipe.now)).isTrue();
      }
      w.finish();
    } catch (SecurityFailure e) {
      throw new AssertionError(e);
    }
    w.commit(pipe.now);
    pipe.settle();
    assertThat(app.completion()).isEqualTo(Completion.SUCCESS);
    assertThat(app.bytes()).hasSize(50_000).containsOnly(7);
    // the first block is a small one, in case there is no more; the others are not
    assertThat(pipe.client.sent(Packet::isData)).hasSize(1 + (50_000 - 484 + 1411) / 1412);
  }

  @Test
  void aWriterThatIsClosedGivesItsMemoryBack() {
    for (int bytes : new int[] {0, 1, 1412, 1413, 70_000}) {
      Pipe pipe = new Pipe();
      App app = pipe.open();
      assertThat(app.writer.grant(bytes, pipe.now)).isTrue();
      try {
        assertThat(app.writer.put(MemorySegment.ofArray(Pipe.bytes(bytes)), 0, bytes)).isPositive();
      } catch (SecurityFailure | AssertionError e) {
        assertThat(bytes).isZero();
      }
      app.writer.close();
      assertThat(pipe.client.pool.outstanding()).isZero();
      app.release(pipe.now);
      pipe.settle();
      assertThat(pipe.client.sent).isEmpty();
    }
  }

  @Test
  void aReaderThatIsClosedGivesItsMemoryBack() {
    Pipe pipe = new Pipe();
    pipe.server.handler = a -> {};
    pipe.server.reads = false;
    App app = pipe.open();
    app.write(Pipe.bytes(50_000), false, pipe.now);
    pipe.settle();
    App served = pipe.server.served.getFirst();
    assertThat(served.call.gear.rx.held()).isPositive();
    assertThat(served.reader.fetch()).isTrue();
    byte[] some = new byte[2000];
    try {
      assertThat(served.reader.copy(MemorySegment.ofArray(some), 0, 2000)).isEqualTo(2000);
    } catch (SecurityFailure e) {
      throw new AssertionError(e);
    }
    assertThat(some).isEqualTo(Arrays.copyOf(Pipe.bytes(50_000), 2000));
    app.call.abort(1, pipe.now);
    pipe.settle();
    assertThat(pipe.server.pool.outstanding()).isPositive();
    served.release(pipe.now);
    assertThat(pipe.server.pool.outstanding()).isZero();
    app.release(pipe.now);
    assertThat(pipe.client.pool.outstanding()).isZero();
  }

  @Test
  void anAbortWhileAReaderCopiesWaitsForIt() {
    Pipe pipe = new Pipe();
    pipe.server.handler = a -> {};
    pipe.server.reads = false;
    App app = pipe.open();
    app.write(Pipe.bytes(5_000), false, pipe.now);
    pipe.settle();
    App served = pipe.server.served.getFirst();
    assertThat(served.reader.fetch()).isTrue(); // the reader is at it, outside the lock
    served.call.abort(3, pipe.now);
    assertThat(served.call.gear.rx.held()).isPositive();
    byte[] all = new byte[5000];
    try {
      assertThat(served.reader.copy(MemorySegment.ofArray(all), 0, 5000)).isEqualTo(5000);
    } catch (SecurityFailure e) {
      throw new AssertionError(e);
    }
    assertThat(all).isEqualTo(Pipe.bytes(5000));
    served.reader.release(pipe.now);
    assertThat(served.call.gear.rx.held()).isZero();
    served.release(pipe.now);
    pipe.settle();
    assertThat(pipe.server.pool.outstanding()).isZero();
  }
}
