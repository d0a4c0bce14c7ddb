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

/** A bulk transfer in its steady state allocates nothing for a packet, on either side. */
class EngineAllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int ROUNDS = 60;
  private static final int TURNS = 300;

  private long now = 1_000_000_000;
  private final InetSocketAddress to =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 7000);
  private final InetSocketAddress from =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 7001);
  private final Endpoint client = endpoint(1);
  private final Endpoint server = endpoint(2);
  private final Transmission out = new Transmission();
  private final JumboJoiner joiner = new JumboJoiner(Arena.ofAuto());
  private final MemorySegment source = MemorySegment.ofArray(new byte[256 * 1024]);
  private final MemorySegment sink = MemorySegment.ofArray(new byte[256 * 1024]);

  private Endpoint endpoint(int seed) {
    BufferPool pool = new BufferPool(Arena.ofAuto(), 16 << 20);
    return new Endpoint(Tunables.defaults(), new Random(seed), pool, "", now);
  }

  private void carry(Endpoint here, InetSocketAddress address, Endpoint there) {
    while (here.transmit(now, out)) {
      joiner.join(out);
      long at = out.offset();
      for (int left = out.length(); left > 0; left -= out.segmentSize()) {
        there.datagram(now, address, null, out.memory(), at, Math.min(left, out.segmentSize()));
        at += out.segmentSize();
      }
      joiner.clear();
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

  private void turn(PhaseWriter writer, PhaseReader reader) throws SecurityFailure {
    events(client);
    int done = 0;
    int size = (int) source.byteSize();
    while (done < size && (!writer.needsGrant() || writer.grant(size - done, now))) {
      done += writer.put(source, done, size - done);
    }
    writer.commit(now);
    carry(client, from, server);
    events(server);
    while (reader.fetch()) {
      reader.copy(sink, 0, (int) sink.byteSize());
      reader.release(now);
    }
    carry(server, to, client);
    now += 100_000;
    client.timeout(now);
    server.timeout(now);
    if (client.nextTimeout() <= now || server.nextTimeout() <= now) {
      throw new AssertionError("a deadline in the past");
    }
  }

  @Test
  void bulk() throws SecurityFailure {
    carryBulk();
    assertThat(client.counters().get(Counter.JUMBOS_SENT)).isZero();
  }

  @Test
  void bulkInJumboDatagrams() throws SecurityFailure {
    client.joinPackets();
    carryBulk();
    assertThat(client.counters().get(Counter.JUMBOS_SENT)).isGreaterThan(10L * TURNS);
  }

  private void carryBulk() throws SecurityFailure {
    server.addService(52, List.of(NullSecurity.INSTANCE), this);
    Call call = client.open(to, 52, NullSecurity.INSTANCE, now);
    PhaseWriter writer = new PhaseWriter(call);
    assertThat(writer.grant(100, now)).isTrue();
    assertThat(writer.put(source, 0, 100)).isEqualTo(100);
    writer.flush();
    writer.commit(now);
    carry(client, from, server);
    Call served = ((EngineEvent.OfCall) Objects.requireNonNull(server.poll())).call();
    served.accept();
    PhaseReader reader = new PhaseReader(served);

    double best = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS && best > 0; round++) {
      long packets = server.counters().get(Counter.DATA_RECEIVED);
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < TURNS; i++) {
        turn(writer, reader);
      }
      long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
      packets = server.counters().get(Counter.DATA_RECEIVED) - packets;
      assertThat(packets).isGreaterThan(10L * TURNS);
      best = Math.min(best, (double) bytes / packets);
    }
    assertThat(call.completion()).isNull();
    assertThat(client.counters().get(Counter.DATA_RESENT)).isZero();
    // the first rounds run interpreted, where boxes and iterators may appear
    assertThat(best).as("bytes allocated per packet").isLessThan(1);
  }
}
