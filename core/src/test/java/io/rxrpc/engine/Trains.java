// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;

/** What segmentation offload asks of a train. */
final class Trains {
  private Trains() {}

  static void check(Transmission t) {
    assertThat(t.segmentSize()).isPositive();
    assertThat(t.length()).isBetween(Header.LENGTH, 65_000);
    assertThat(t.offset() + t.length()).isLessThanOrEqualTo(t.memory().byteSize());
    int n = (t.length() + t.segmentSize() - 1) / t.segmentSize();
    assertThat(n).isLessThanOrEqualTo(64);
    for (int k = 0; k < n; k++) {
      long at = t.offset() + (long) k * t.segmentSize();
      int length = Math.min(t.segmentSize(), t.length() - k * t.segmentSize());
      assertThat(length).isGreaterThanOrEqualTo(Header.LENGTH);
      if (n > 1) {
        assertThat(Header.type(t.memory(), at)).isEqualTo(PacketType.DATA);
        assertThat(Header.seq(t.memory(), at)).isEqualTo(Header.seq(t.memory(), t.offset()) + k);
      }
    }
  }
}
