// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.wire;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Packets for tests: by hand, and well-formed ones from a seeded generator. */
final class Packets {
  private Packets() {}

  static MemorySegment hex(String hex) {
    return MemorySegment.ofArray(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  /** A packet of this type with a header of small values, and zeros behind it. */
  static MemorySegment of(int type, int flags, int callNumber, int seq, int length) {
    MemorySegment p = MemorySegment.ofArray(new byte[length]);
    Header.write(p, 0, 0x9b932298, 0x4854117c, callNumber, seq, 1, type, flags, 0, 0, 0, 52);
    return p;
  }

  static Malformed check(MemorySegment p) {
    return PacketCheck.check(p, 0, (int) p.byteSize());
  }

  static MemorySegment cut(MemorySegment p, int length) {
    return p.asSlice(0, length);
  }

  /** A well-formed packet of a random type with random content. */
  static byte[] wellFormed(RandomGenerator random) {
    byte[] packet = new byte[Header.LENGTH + 6 * Jumbo.STRIDE];
    MemorySegment p = MemorySegment.ofArray(packet);
    random.nextBytes(packet); // what the writers leave must not matter
    int client = random.nextInt(2);
    int length =
        switch (random.nextInt(9)) {
          case 0, 1 -> data(p, client, random);
          case 2, 3 -> ack(p, client, random);
          case 4 -> {
            call(p, PacketType.ABORT, client, random);
            yield Abort.write(p, 0, random.nextInt());
          }
          case 5 -> {
            call(p, random.nextBoolean() ? PacketType.BUSY : PacketType.ACKALL, 0, random);
            yield Header.LENGTH;
          }
          case 6 -> {
            int payload = 16 + random.nextInt(500);
            yield random.nextBoolean()
                ? payload
                    + SecurityShell.writeChallenge(
                        p, 0, random.nextInt(), random.nextInt(), 1, 2, 0, 52)
                : payload
                    + SecurityShell.writeResponse(
                        p, 0, random.nextInt(), random.nextInt(), 1, 2, 0, 52);
          }
          case 7 ->
              random.nextBoolean()
                  ? Version.writeRequest(p, 0, random.nextInt())
                  : Version.writeReply(p, 0, 999, 0, random.nextInt(), 0, "a server");
          default -> DebugRequest.write(p, 0, random.nextInt(), random.nextInt(8), 0);
        };
    return Arrays.copyOf(packet, length);
  }

  private static void call(MemorySegment p, int type, int flags, RandomGenerator random) {
    int callNumber = 1 + random.nextInt(Sequence.MAX_CALL_NUMBER);
    int seq = type == PacketType.DATA ? 1 + random.nextInt(Integer.MAX_VALUE) : 0;
    Header.write(
        p,
        0,
        random.nextInt(),
        random.nextInt(),
        callNumber,
        seq,
        random.nextInt(),
        type,
        flags,
        random.nextInt(256),
        random.nextInt(256),
        random.nextInt(65_536),
        random.nextInt(65_536));
  }

  private static int data(MemorySegment p, int client, RandomGenerator random) {
    int more = Math.max(0, random.nextInt(10) - 5);
    call(p, PacketType.DATA, client | (more > 0 ? Flags.JUMBO_PACKET : 0), random);
    long data = Header.LENGTH;
    for (int i = more; i > 0; i--) {
      int flags = client | (i > 1 ? Flags.JUMBO_PACKET : random.nextInt(2) * Flags.LAST_PACKET);
      Jumbo.writeNext(p, data, flags, random.nextInt(65_536));
      data = Jumbo.nextOffset(data);
    }
    return (int) data + random.nextInt(Jumbo.DATA_LENGTH);
  }

  private static int ack(MemorySegment p, int client, RandomGenerator random) {
    call(p, PacketType.ACK, client, random);
    int count = random.nextInt(256);
    Ack.write(
        p, 0, random.nextInt(), random.nextInt(), random.nextInt(), random.nextInt(12), count);
    for (int i = 0; i < count; i++) {
      Ack.setSoftAck(p, 0, i, random.nextBoolean());
    }
    int length = Ack.writeTrailer(p, 0, count, random.nextInt(), random.nextInt(), 32, 4);
    return length - 4 * random.nextInt(5); // 4, 3, 2, 1 or no words
  }
}
