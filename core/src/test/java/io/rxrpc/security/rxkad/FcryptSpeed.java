// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxkad;

import io.rxrpc.security.PlainPackets;
import io.rxrpc.security.SealedPacket;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.wire.Header;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * A quick figure, not a test: MB (10^6 bytes of user data) a second on one core for sealing and
 * unsealing packets of 1412 bytes of payload at level encrypt, in off-heap memory.
 */
final class FcryptSpeed {
  private static final int PAYLOAD = 1412;
  private static final int PACKETS = 46;
  private static final long NANOS = 400_000_000L;

  private final RxkadConnection security =
      new RxkadConnection(
          TestKeys.ID,
          new FcryptKey(TestKeys.SESSION_KEY),
          SecurityLevel.ENCRYPT,
          KeyCheck.NONE,
          KeyCheck.NONE,
          null);
  private final int data = security.capacity(PAYLOAD);
  private final int stride = Header.LENGTH + 8 + data;
  private final MemorySegment run = Arena.global().allocate((long) stride * PACKETS);
  private final MemorySegment out = Arena.global().allocate(2048);
  private final MemorySegment array = MemorySegment.ofArray(new byte[2048]);
  private final SealedPacket packet = new SealedPacket();

  private final PlainPackets plain = new PlainPackets(PlainPackets.Sent.NOTHING);

  private PlainPackets one(int i) {
    plain.set(run, (long) i * stride, stride, 1, data, TestKeys.ID.cid(), 1, i + 1);
    return plain;
  }

  private interface Work {
    void run() throws SecurityFailure;
  }

  private void headers() {
    for (int i = 0; i < PACKETS; i++) {
      Header.write(
          run,
          (long) i * stride,
          TestKeys.ID.epoch(),
          TestKeys.ID.cid(),
          1,
          i + 1,
          1,
          1,
          1,
          0,
          2,
          0,
          52);
    }
  }

  private void sealEach() throws SecurityFailure {
    for (int i = 0; i < PACKETS; i++) {
      security.seal(one(i));
    }
  }

  private void sealRun() throws SecurityFailure {
    plain.set(run, 0, stride, PACKETS, data, TestKeys.ID.cid(), 1, 1);
    security.seal(plain);
  }

  private void unseal(MemorySegment to) throws SecurityFailure {
    for (int i = 0; i < PACKETS; i++) {
      long at = (long) i * stride;
      packet.set(
          run,
          at + Header.LENGTH,
          stride - Header.LENGTH,
          TestKeys.ID.cid(),
          1,
          i + 1,
          Header.checksum(run, at));
      security.unseal(packet, to, 0);
    }
  }

  private void measure(String what, Work work) throws SecurityFailure {
    long start = cpu();
    long bytes = 0;
    long elapsed;
    do {
      work.run();
      bytes += (long) PACKETS * data;
      elapsed = cpu() - start;
    } while (elapsed < NANOS);
    System.out.printf(Locale.ROOT, "%-22s %4.0f MB/s%n", what, bytes * 1e3 / elapsed);
  }

  /** Of this thread: what others do on the machine counts less. */
  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  public static void main(String[] args) throws SecurityFailure {
    FcryptSpeed s = new FcryptSpeed();
    s.headers();
    for (int round = 0; round < 4; round++) {
      s.measure("seal, one by one", s::sealEach);
      s.measure("seal, in runs", s::sealRun);
      s.headers();
      s.run.fill((byte) 0);
      s.headers();
      s.sealRun();
      s.measure("unseal to off-heap", () -> s.unseal(s.out));
      s.measure("unseal to byte[]", () -> s.unseal(s.array));
    }
  }
}
