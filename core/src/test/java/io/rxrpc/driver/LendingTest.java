// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.engine.packet.Block;
import io.rxrpc.engine.packet.BufferPool;
import io.rxrpc.udp.DatagramPort;
import io.rxrpc.udp.DatagramPorts;
import io.rxrpc.udp.PortKind;
import io.rxrpc.udp.PortOptions;
import io.rxrpc.udp.ReceiveBatch;
import io.rxrpc.udp.SendBatch;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Memory of packets in the hands of a real port. */
class LendingTest {
  private static final int BLOCK = 65_536;

  private final Arena arena = Arena.ofShared();
  private final BufferPool pool = new BufferPool(arena, 4 << 20);
  private final Lending lending = new Lending(pool);
  private final ReceiveBatch batch = new ReceiveBatch();
  private final MemorySegment bytes = arena.allocate(40_000);
  private DatagramPort from;
  private DatagramPort to;

  private static DatagramPort open() throws IOException {
    InetSocketAddress here = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    return DatagramPorts.open(PortOptions.of(here).withForced(PortKind.LINUX));
  }

  @BeforeEach
  void opened() throws IOException {
    from = open();
    to = open();
  }

  @AfterEach
  void closed() {
    from.close();
    to.close();
    arena.close();
  }

  /** So many datagrams of 1,000 octets come at once. */
  private void come(int datagrams) throws IOException {
    SendBatch train = new SendBatch();
    train.add(to.localAddress(), null, bytes, 0, 1000 * datagrams, 1000, true);
    from.send(train, 0);
    while (to.receive(batch, 10_000_000_000L) == 0) {
      // woken for something else
    }
    assertThat(batch.length(0)).isEqualTo(1000 * datagrams);
  }

  @Test
  void bulkDataStaysWhereItIsAndThePortGetsOtherMemory() throws IOException {
    come(40);
    assertThat(lending.block(batch, 0)).as("nothing is lent before bulk data comes").isNull();
    lending.settle(batch, true);
    assertThat(lending.held()).isEqualTo(BLOCK).isEqualTo(pool.outstanding());

    come(40);
    Block kept = Objects.requireNonNull(lending.block(batch, 0));
    assertThat(batch.memory(0)).isSameAs(kept.memory);
    kept.uses++;
    lending.settle(batch, true);
    assertThat(pool.outstanding()).isEqualTo(2 * BLOCK);
    assertThat(lending.held()).isEqualTo(BLOCK);

    come(40);
    assertThat(lending.block(batch, 0)).isNotNull().isNotSameAs(kept);
    lending.settle(batch, true);
    assertThat(pool.outstanding()).as("nothing of it was kept").isEqualTo(2 * BLOCK);
    pool.release(kept);
    lending.settle(batch, false);
    assertThat(lending.held()).isZero();
    assertThat(pool.outstanding()).isZero();
  }

  @Test
  void smallPacketsAreCopiedAndInTimeNothingIsLentForThem() throws IOException {
    come(40);
    lending.settle(batch, true);
    for (int i = 0; lending.held() > 0; i++) {
      come(1);
      assertThat(lending.block(batch, 0)).isNull();
      lending.settle(batch, true);
      assertThat(i).isLessThan(100);
    }
    assertThat(pool.outstanding()).isZero();
    come(40);
    assertThat(lending.block(batch, 0)).isNull();
  }

  /** What is kept whole may not use up what is copied into. */
  @Test
  void aPoolThatIsHalfFullLendsNothing() throws IOException {
    while (pool.memoryBehindHole()) {
      Objects.requireNonNull(pool.take(BLOCK, BufferPool.Use.RECEIVE));
    }
    come(40);
    lending.settle(batch, true);
    assertThat(lending.held()).isZero();
  }
}
