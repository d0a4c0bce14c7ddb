// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

/** The batches by themselves, as a simulation uses them. */
class BatchTest {
  private static final InetSocketAddress PEER = Loopback.at(Loopback.IPV4, 7001);

  @Test
  void sendBatchKeepsWhatIsAddedUntilItIsFull() {
    SendBatch batch = new SendBatch(2);
    MemorySegment memory = Arena.ofAuto().allocate(100);
    assertThat(batch.add(PEER, null, memory, 10, 90, 40, true)).isTrue();
    assertThat(batch.add(PEER, PEER.getAddress(), memory, 0, 0, 0, false)).isTrue();
    assertThat(batch.add(PEER, null, memory, 0, 1, 1, false)).isFalse();
    assertThat(batch.size()).isEqualTo(2);
    assertThat(batch.to(0)).isSameAs(PEER);
    assertThat(batch.from(0)).isNull();
    assertThat(batch.from(1)).isEqualTo(PEER.getAddress());
    assertThat(batch.memory(0)).isSameAs(memory);
    assertThat(batch.offset(0)).isEqualTo(10);
    assertThat(batch.length(0)).isEqualTo(90);
    assertThat(batch.segmentSize(0)).isEqualTo(40);
    assertThat(batch.dontFragment(0)).isTrue();
    assertThat(batch.dontFragment(1)).isFalse();

    batch.advance(0, 80);
    assertThat(batch.offset(0)).isEqualTo(90);
    assertThat(batch.length(0)).isEqualTo(10);
    assertThat(batch.segmentSize(0)).isEqualTo(10);

    batch.clear();
    assertThat(batch.size()).isZero();
    assertThatThrownBy(() -> batch.to(0)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(batch.add(PEER, null, memory, 0, 5, 99, false)).isTrue();
    assertThat(batch.segmentSize(0)).as("at most the length").isEqualTo(5);
  }

  @Test
  void sendBatchRefusesWhatCannotBeSent() {
    SendBatch batch = new SendBatch();
    MemorySegment heap = MemorySegment.ofArray(new byte[8]);
    MemorySegment memory = Arena.ofAuto().allocate(8);
    InetSocketAddress unresolved = InetSocketAddress.createUnresolved("nowhere", 7);
    assertThatThrownBy(() -> batch.add(PEER, null, heap, 0, 8, 8, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("heap");
    assertThatThrownBy(() -> batch.add(unresolved, null, memory, 0, 8, 8, false))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> batch.add(PEER, null, memory, 0, 8, 0, false))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> batch.add(PEER, null, memory, 1, 8, 8, false))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(batch.size()).isZero();
  }

  @Test
  void receiveBatchKeepsWhatIsAddedUntilItIsFull() {
    ReceiveBatch batch = new ReceiveBatch(1);
    MemorySegment memory = MemorySegment.ofArray(new byte[8]);
    assertThat(batch.add(PEER, PEER.getAddress(), memory, 2, 6, 4)).isTrue();
    assertThat(batch.add(PEER, null, memory, 0, 8, 8)).isFalse();
    assertThat(batch.count()).isEqualTo(1);
    assertThat(batch.source(0)).isSameAs(PEER);
    assertThat(batch.local(0)).isEqualTo(PEER.getAddress());
    assertThat(batch.memory(0)).isSameAs(memory);
    assertThat(batch.offset(0)).isEqualTo(2);
    assertThat(batch.length(0)).isEqualTo(6);
    assertThat(batch.segmentSize(0)).isEqualTo(4);
    assertThatThrownBy(() -> batch.source(1)).isInstanceOf(IndexOutOfBoundsException.class);
    batch.clear();
    assertThat(batch.count()).isZero();
  }

  @Test
  void capacitiesAreChecked() {
    assertThatThrownBy(() -> new ReceiveBatch(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ReceiveBatch(1025)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SendBatch(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void errorsKnowTheirNames() {
    assertThat(Errno.of(111)).isEqualTo(Errno.ECONNREFUSED);
    assertThat(Errno.of(4711)).isNull();
    assertThat(Errno.of(-1)).isNull();
    assertThat(Errno.name(90)).isEqualTo("EMSGSIZE");
    assertThat(Errno.name(4711)).isEqualTo("errno 4711");
    assertThat(Errno.describe(113)).isEqualTo("EHOSTUNREACH: no route to host");
    assertThat(new PortError(PEER, 90, PortError.Kind.ICMP, 1400))
        .hasToString("/127.0.0.1:7001: EMSGSIZE (ICMP), MTU 1400");
  }

  @Test
  void pendingErrorsAreBoundedAndAnnouncedOnce() {
    PendingErrors pending = new PendingErrors();
    assertThat(pending.takeAnnouncement()).isFalse();
    PortError error = new PortError(PEER, 111, PortError.Kind.ICMP, 0);
    for (int i = 0; i < PendingErrors.LIMIT + 10; i++) {
      pending.add(error);
    }
    assertThat(pending.takeAnnouncement()).isTrue();
    assertThat(pending.takeAnnouncement()).isFalse();
    assertThat(pending.drain(e -> assertThat(e).isSameAs(error))).isEqualTo(PendingErrors.LIMIT);
    assertThat(pending.drain(e -> {})).isZero();
  }
}
