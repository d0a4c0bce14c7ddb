// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxkad.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rxrpc.key.RxkadToken;
import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.security.ConnectionSecurity;
import io.rxrpc.security.PlainPackets;
import io.rxrpc.security.SealedPacket;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.rxkad.RxkadClient;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Packets sealed side by side by vectors are those sealed one by one by tables, for random lengths
 * and counts, and what vectors unseal is what was sealed. Where the processor lacks what it takes,
 * nothing is used and nothing is compared.
 */
@Tag("long")
class VectorSealingTest {
  private static final int HEADER = 28;
  private static final int MOST = 1444;
  private static final int STRIDE = HEADER + MOST;
  private static final int PACKETS = 64;
  private static final ConnectionIdentity CONNECTION =
      new ConnectionIdentity(0x80001234, 0x4567_89a0, 147, RxkadToken.INDEX);

  private final Random random = new Random(11);
  private final ConnectionSecurity security = connect();
  private final PlainPackets run = new PlainPackets(PlainPackets.Sent.NOTHING);

  static ConnectionSecurity connect() {
    byte[] key = {0x13, 0x57, (byte) 0x9b, (byte) 0xdf, 0x02, 0x46, (byte) 0x8a, (byte) 0xce};
    RxkadToken token = new RxkadToken(3, key, 0xffffffffL, new byte[56]);
    try {
      ConnectionSecurity security =
          new RxkadClient(token, SecurityLevel.ENCRYPT, () -> Instant.EPOCH).connect(CONNECTION);
      security.sealsAtOnce(); // the first to ask has the service looked for
      return security;
    } catch (SecurityFailure e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isUsed()
      throws ExecutionException, InterruptedException, TimeoutException {
    return VectorFcryptSource.outcome().get(5, TimeUnit.MINUTES);
  }

  @Test
  void itIsUsedWhereTheProcessorHasWhatItTakes() throws Exception {
    assumeTrue(VectorFcryptSource.hindrance() == null, VectorFcryptSource::hindrance);
    assertThat(isUsed()).isTrue();
    assertThat(security.sealsAtOnce()).isEqualTo(64);
  }

  @Test
  void runsOfPacketsAreSealedAsOneByOneAndUnsealed() throws Exception {
    assumeTrue(isUsed(), "tables are used here");
    for (int round = 0; round < 200; round++) {
      int count = 1 + random.nextInt(PACKETS);
      int length = random.nextInt(security.capacity(MOST) + 1);
      byte[] alone = new byte[PACKETS * STRIDE];
      random.nextBytes(alone);
      byte[] together = alone.clone();
      byte[] plain = alone.clone();
      for (int i = 0; i < count; i++) {
        seal(alone, i, 1, length);
      }
      seal(together, 0, count, length);
      assertThat(together).as("%d packets of %d", count, length).isEqualTo(alone);
      unsealed(together, plain, count, length);
    }
  }

  private void seal(byte[] octets, int first, int count, int length) throws SecurityFailure {
    MemorySegment memory = MemorySegment.ofArray(octets);
    run.set(memory, (long) first * STRIDE, STRIDE, count, length, CONNECTION.cid(), 1, first + 1);
    security.seal(run);
  }

  private void unsealed(byte[] sealed, byte[] plain, int count, int length) throws SecurityFailure {
    SealedPacket packet = new SealedPacket();
    MemorySegment memory = MemorySegment.ofArray(sealed);
    byte[] before = sealed.clone();
    byte[] out = new byte[MOST];
    for (int i = 0; i < count; i++) {
      int at = i * STRIDE + HEADER;
      int checksum = (sealed[at - 4] & 0xff) << 8 | (sealed[at - 3] & 0xff);
      packet.set(memory, at, security.sealedLength(length), CONNECTION.cid(), 1, i + 1, checksum);
      assertThat(security.unseal(packet, MemorySegment.ofArray(out), 0)).isEqualTo(length);
      int data = at + security.headerRoom();
      assertThat(Arrays.copyOf(out, length))
          .as("packet %d of %d octets", i, length)
          .isEqualTo(Arrays.copyOfRange(plain, data, data + length));
    }
    assertThat(sealed).as("what was received").isEqualTo(before);
  }
}
