// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench;

import io.rxrpc.key.RxkadToken;
import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.security.ConnectionSecurity;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.security.PlainPackets;
import io.rxrpc.security.SealedPacket;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.rxkad.RxkadClient;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * rxkad's packets (fcrypt in PCBC mode at level encrypt), full ones of 1412 bytes. An operation is
 * a byte of user data, so that {@code ops/us} reads as MB/s (10^6), on one core.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SealBenchmark {
  private static final int PACKETS = 12;
  private static final int PAYLOAD = 1412;

  /** User data of a full packet at level encrypt; at the others some bytes more fit. */
  private static final int DATA = 1400;

  private static final int STRIDE = Header.LENGTH + PAYLOAD;
  private static final int BYTES = PACKETS * DATA;
  private static final ConnectionIdentity CONNECTION =
      new ConnectionIdentity(0x80001234, 0x4567_89a0, 147, RxkadToken.INDEX);

  /** The security level. */
  @Param({"encrypt"})
  public String level = "encrypt";

  private final MemorySegment plain = packets();
  private final MemorySegment sealed = packets();
  private final MemorySegment out = Arena.ofAuto().allocate(PAYLOAD + Header.LENGTH);
  private final SealedPacket packet = new SealedPacket();
  private final PlainPackets run = new PlainPackets(PlainPackets.Sent.NOTHING);
  private ConnectionSecurity security = NullSecurity.INSTANCE;
  private int payload;

  private static MemorySegment packets() {
    MemorySegment m = Arena.ofAuto().allocate((long) PACKETS * STRIDE, 8);
    for (int i = 0; i < PACKETS; i++) {
      Header.write(
          m,
          (long) i * STRIDE,
          CONNECTION.epoch(),
          CONNECTION.cid(),
          1,
          i + 1,
          0,
          PacketType.DATA,
          Flags.CLIENT_INITIATED,
          0,
          RxkadToken.INDEX,
          0,
          147);
    }
    return m;
  }

  /** Makes the keys, and packets to unseal. */
  @Setup
  public void prepare() throws SecurityFailure {
    byte[] key = {0x13, 0x57, (byte) 0x9b, (byte) 0xdf, 0x02, 0x46, (byte) 0x8a, (byte) 0xce};
    RxkadToken token = new RxkadToken(3, key, 0xffffffffL, new byte[56]);
    SecurityLevel l = SecurityLevel.of(level);
    if (l == null) {
      throw new IllegalArgumentException(level);
    }
    security = new RxkadClient(token, l, () -> Instant.EPOCH).connect(CONNECTION);
    payload = security.sealedLength(DATA);
    seal(sealed, 0, PACKETS);
  }

  private void seal(MemorySegment memory, int first, int count) throws SecurityFailure {
    run.set(memory, (long) first * STRIDE, STRIDE, count, DATA, CONNECTION.cid(), 1, first + 1);
    security.seal(run);
  }

  /** As the transport seals bulk data: several packets at once. */
  @Benchmark
  @OperationsPerInvocation(BYTES)
  public void sealInRuns() throws SecurityFailure {
    seal(plain, 0, PACKETS / 2);
    seal(plain, PACKETS / 2, PACKETS / 2);
  }

  /** One packet after the other, as small calls have them. */
  @Benchmark
  @OperationsPerInvocation(BYTES)
  public void sealOneByOne() throws SecurityFailure {
    for (int i = 0; i < PACKETS; i++) {
      seal(plain, i, 1);
    }
  }

  /** Into the reader's memory, packet by packet. */
  @Benchmark
  @OperationsPerInvocation(BYTES)
  public int unseal() throws SecurityFailure {
    int bytes = 0;
    for (int i = 0; i < PACKETS; i++) {
      long at = (long) i * STRIDE;
      packet.set(
          sealed,
          at + Header.LENGTH,
          payload,
          CONNECTION.cid(),
          1,
          i + 1,
          Header.checksum(sealed, at));
      bytes += security.unseal(packet, out, 0);
    }
    return bytes;
  }
}
