// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxkad;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.rxrpc.security.PlainPackets;
import io.rxrpc.security.SealedPacket;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.wire.Header;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.time.InstantSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sealing and unsealing allocates nothing per packet, the check of the ticket's end included. */
class SealingAllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int PACKETS = 2_000;
  private static final int ROUNDS = 60;

  @ParameterizedTest
  @EnumSource(SecurityLevel.class)
  void nothingPerPacket(SecurityLevel level) throws SecurityFailure {
    InstantSource clock = InstantSource.system();
    KeyCheck check =
        () -> {
          if (clock.millis() < 0) {
            throw RxkadFailures.expired("the test");
          }
        };
    RxkadConnection security =
        new RxkadConnection(
            TestKeys.ID, new FcryptKey(TestKeys.SESSION_KEY), level, check, check, null);
    SealedPacket sealed = new SealedPacket();
    PlainPackets plain = new PlainPackets(PlainPackets.Sent.NOTHING);
    long least = Long.MAX_VALUE;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment p = arena.allocate(1500);
      MemorySegment out = arena.allocate(1500);
      for (int round = 0; round < ROUNDS && least > 0; round++) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 1; i <= PACKETS; i++) {
          Header.write(p, 0, TestKeys.ID.epoch(), TestKeys.ID.cid(), 1, i, 1, 1, 1, 0, 2, 0, 52);
          plain.set(p, 0, 0, 1, 100, TestKeys.ID.cid(), 1, i);
          security.seal(plain);
          int payload = security.sealedLength(100);
          sealed.set(p, Header.LENGTH, payload, TestKeys.ID.cid(), 1, i, Header.checksum(p, 0));
          assertLength(security.unseal(sealed, out, 0));
        }
        least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
      }
    }
    assertThat(least).isZero();
  }

  private static void assertLength(int length) {
    if (length != 100) {
      throw new AssertionError(length);
    }
  }
}
