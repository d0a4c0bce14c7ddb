// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.rxrpc.engine.packet.BufferPool;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.tuning.Tunables;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What a call of 32 octets each way makes the engines of both ends allocate: the call and what
 * reads and writes it, as its gear is that of the call before.
 */
class SmallCallAllocationTest {
  /** Octets for a call, both ends; it may only ever become less. */
  private static final int MOST = 832;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int ROUNDS = 40;
  private static final int CALLS = 500;

  private long now = 1_000_000_000;
  private final InetSocketAddress to =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 7000);
  private final InetSocketAddress from =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 7001);
  private final Endpoint client = endpoint(1);
  private final Endpoint server = endpoint(2);
  private final Transmission out = new Transmission();
  private final MemorySegment data = Arena.ofAuto().allocate(32);

  private Endpoint endpoint(int seed) {
    BufferPool pool = new BufferPool(Arena.ofAuto(), 4 << 20);
    return new Endpoint(Tunables.defaults(), new Random(seed), pool, "", now);
  }

  private void carry(Endpoint here, InetSocketAddress address, Endpoint there) {
    while (here.transmit(now, out)) {
      there.datagram(now, address, null, out.memory(), out.offset(), out.length());
    }
    here.transmitted();
  }

  private static void events(Endpoint endpoint) {
    for (EngineEvent e = endpoint.poll(); e != null; e = endpoint.poll()) {
      if (e instanceof EngineEvent.OfCall happened) {
        happened.call().takeEvents();
      }
    }
  }

  private void write(Call call) throws SecurityFailure {
    PhaseWriter writer = new PhaseWriter(call);
    assertThat(writer.grant(32, now)).isTrue();
    writer.put(data, 0, 32);
    writer.finish();
    writer.commit(now);
    writer.close();
  }

  private void read(Call call) throws SecurityFailure {
    PhaseReader reader = new PhaseReader(call);
    reader.fetch();
    if (reader.copy(data, 0, 32) != 32) {
      throw new AssertionError("not all of it has come");
    }
    reader.release(now);
    reader.close(now);
  }

  private Call arrived() {
    while (true) { // the call before is over first: this request acks its reply
      Call happened = ((EngineEvent.OfCall) Objects.requireNonNull(server.poll())).call();
      if ((happened.takeEvents() & Call.NEW) != 0) {
        return happened;
      }
    }
  }

  private void call() throws SecurityFailure {
    Call call = client.open(to, 52, NullSecurity.INSTANCE, now);
    write(call);
    carry(client, from, server);
    Call served = arrived();
    served.accept();
    read(served);
    write(served);
    served.release(now);
    carry(server, to, client);
    read(call);
    call.release(now);
    now += 100_000;
    events(client);
    events(server);
    client.timeout(now);
    server.timeout(now);
  }

  @Test
  void aSmallCallLeavesTheCollectorLittle() throws SecurityFailure {
    server.addService(52, List.of(NullSecurity.INSTANCE), this);
    double best = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS && best > MOST; round++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < CALLS; i++) {
        call();
      }
      long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
      best = Math.min(best, (double) bytes / CALLS);
    }
    System.out.println("octets allocated for a small call by both engines: " + best);
    assertThat(server.counters().get(Counter.CALLS_COMPLETED)).isGreaterThan(CALLS - 5L);
    assertThat(best).isLessThanOrEqualTo(MOST);
  }
}
