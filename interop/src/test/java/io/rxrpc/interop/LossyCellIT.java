// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.interop.peers.Cell;
import io.rxrpc.interop.peers.Needs;
import io.rxrpc.interop.peers.Needs.Peer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Real OpenAFS servers behind relays that lose 5 % of the datagrams of each direction. {@code
 * ./build lossy} does the same at length.
 */
@Tag("peers")
@Needs(Peer.CELL)
class LossyCellIT {
  private static final double LOSS = 0.05;
  private static final int PARALLEL = 8;
  private static final long BULK = 1_500_000;

  @Test
  void everyCallSucceedsAndAllDataIsEqual(Cell cell) throws IOException {
    try (LossyCell lossy = new LossyCell(cell, LOSS, 5, PARALLEL)) {
      succeeded(lossy.smallCalls(100), 0);
      succeeded(lossy.store(BULK, PARALLEL), BULK);
      succeeded(lossy.fetch(BULK), BULK);
      List<LossyPhase> volume = lossy.dumpAndRestore();
      assertThat(volume).hasSize(2);
      volume.forEach(phase -> succeeded(phase, BULK));
      System.out.println("LossyCellIT: " + lossy.datagrams());
      assertThat(lossy.dropped()).isPositive();
    }
  }

  private static void succeeded(LossyPhase phase, long leastBytes) {
    System.out.println("LossyCellIT: " + phase);
    assertThat(phase.failures()).as(phase.name()).isEmpty();
    assertThat(phase.bytes()).as(phase.name()).isGreaterThanOrEqualTo(leastBytes);
  }
}
