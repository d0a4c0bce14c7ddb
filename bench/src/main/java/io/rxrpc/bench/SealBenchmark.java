// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench;

import io.rxrpc.key.RxgkToken;
import io.rxrpc.key.RxkadToken;
import io.rxrpc.security.ClientConnectionSecurity;
import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.security.ConnectionSecurity;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.security.PlainPackets;
import io.rxrpc.security.SealedPacket;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.krb.KerberosKey;
import io.rxrpc.security.krb.KrbException;
import io.rxrpc.security.rxgk.RxgkClient;
import io.rxrpc.security.rxgk.RxgkForm;
import io.rxrpc.security.rxgk.RxgkServer;
import io.rxrpc.security.rxgk.RxgkServerKeys;
import io.rxrpc.security.rxgk.TokenContents;
import io.rxrpc.security.rxkad.RxkadClient;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
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
 * Packets of rxkad (fcrypt in PCBC mode at level encrypt) and of rxgk, full ones of 1412 bytes. An
 * operation is a byte of user data, so that {@code ops/us} reads as MB/s (10^6), on one core.
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

  /** User data of a packet that fits at all levels. */
  private static final int DATA = 1348;

  private static final int STRIDE = Header.LENGTH + PAYLOAD;
  private static final int BYTES = PACKETS * DATA;
  private static final ConnectionIdentity CONNECTION =
      new ConnectionIdentity(0x80001234, 0x4567_89a0, 147, RxkadToken.INDEX);

  /** The security level. */
  @Param({"encrypt", "auth"})
  public String level = "encrypt";

  /** 2 for rxkad, or the encryption type of a key of rxgk. */
  @Param({"2", "17", "18", "19", "20"})
  public int keys = RxkadToken.INDEX;

  private final MemorySegment plain = packets();
  private final MemorySegment sealed = packets();
  private final MemorySegment out = Arena.ofAuto().allocate(PAYLOAD + Header.LENGTH);
  private final SealedPacket packet = new SealedPacket();
  private final PlainPackets run = new PlainPackets(PlainPackets.Sent.NOTHING);
  private ConnectionSecurity security = NullSecurity.INSTANCE;
  private ConnectionSecurity peer = NullSecurity.INSTANCE;
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
    SecurityLevel l = SecurityLevel.of(level);
    if (l == null) {
      throw new IllegalArgumentException(level);
    }
    RxkadClient rxkad = new RxkadClient(rxkad(), l, () -> Instant.EPOCH);
    if (keys == RxkadToken.INDEX) {
      security = rxkad.connect(CONNECTION);
      peer = security; // both directions have the same keys
    } else {
      rxgk(l);
    }
    payload = security.sealedLength(DATA);
    seal(peer, sealed, 0, PACKETS);
  }

  private void rxgk(SecurityLevel l) throws SecurityFailure {
    SecureRandom random = new SecureRandom();
    byte[] serverKey = new byte[32];
    byte[] k0 = new byte[keys % 2 == 0 ? 32 : 16];
    TokenContents contents = new TokenContents(keys, k0, l.number(), 0, 0, 0, 0, List.of());
    RxgkToken token;
    try {
      byte[] sealedToken = contents.seal(RxgkForm.YFS, 1, KerberosKey.of(18, serverKey), random);
      token = contents.token(RxgkForm.YFS, sealedToken);
    } catch (KrbException e) {
      throw new IllegalStateException(e);
    }
    ClientConnectionSecurity client =
        new RxgkClient(token, l, () -> Instant.EPOCH, random).connect(CONNECTION);
    byte[] nonce = new byte[20];
    security = client;
    peer =
        RxgkServer.builder(
                RxgkForm.YFS, RxgkServerKeys.one(1, 18, serverKey), () -> Instant.EPOCH, random)
            .build()
            .verify(CONNECTION, nonce, client.respond(nonce, new int[4]))
            .security();
  }

  private static RxkadToken rxkad() {
    byte[] key = {0x13, 0x57, (byte) 0x9b, (byte) 0xdf, 0x02, 0x46, (byte) 0x8a, (byte) 0xce};
    return new RxkadToken(3, key, 0xffffffffL, new byte[56]);
  }

  private void seal(ConnectionSecurity by, MemorySegment memory, int first, int count)
      throws SecurityFailure {
    run.set(memory, (long) first * STRIDE, STRIDE, count, DATA, CONNECTION.cid(), 1, first + 1);
    by.seal(run);
  }

  /** As the transport seals bulk data: several packets at once. */
  @Benchmark
  @OperationsPerInvocation(BYTES)
  public void sealInRuns() throws SecurityFailure {
    seal(security, plain, 0, PACKETS / 2);
    seal(security, plain, PACKETS / 2, PACKETS / 2);
  }

  /** One packet after the other, as small calls have them. */
  @Benchmark
  @OperationsPerInvocation(BYTES)
  public void sealOneByOne() throws SecurityFailure {
    for (int i = 0; i < PACKETS; i++) {
      seal(security, plain, i, 1);
    }
  }

  /** What the peer has sealed, into the reader's memory, packet by packet. */
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
