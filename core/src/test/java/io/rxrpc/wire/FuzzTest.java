// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.wire.Vectors.Exchange;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FuzzTest {
  private static final int PACKETS = 200_000;

  @Test
  @Tag("R-1")
  @Tag("R-2")
  @Tag("R-7")
  @Tag("R-8")
  @Tag("R-13")
  @DisplayName(
      "R-1, R-2, R-7, R-8, R-13: no octets make the check or a reader behind it throw or leave the packet")
  void anyOctets() {
    long seed = Long.getLong("rxrpc.fuzz.seed", 20_260_101L);
    Random random = new Random(seed);
    List<byte[]> corpus = corpus();
    EnumSet<Malformed> seen = EnumSet.noneOf(Malformed.class);
    boolean[] types = new boolean[256];
    for (int i = 0; i < PACKETS; i++) {
      byte[] octets = next(random, corpus);
      int at = random.nextInt(9);
      byte[] memory = new byte[at + octets.length]; // it ends where the packet ends
      System.arraycopy(octets, 0, memory, at, octets.length);
      MemorySegment p = MemorySegment.ofArray(memory);
      try {
        Malformed malformed = PacketCheck.check(p, at, octets.length);
        seen.add(malformed);
        assertThat(PacketText.line(p, at, octets.length)).isNotEmpty();
        if (malformed == Malformed.NONE) {
          types[Header.type(p, at)] = true;
          Readers.readAll(p, at, octets.length);
        }
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError(
            "replay: -Drxrpc.fuzz.seed=%d, packet %d: %s"
                .formatted(seed, i, HexFormat.of().formatHex(octets)),
            e);
      }
    }
    // the fuzz reached everything there is
    assertThat(seen).containsExactlyInAnyOrder(Malformed.values());
    for (int type : new int[] {1, 2, 3, 4, 5, 6, 7, 8, 13}) {
      assertThat(types[type]).as("a good packet of type %d", type).isTrue();
    }
  }

  private static List<byte[]> corpus() {
    List<byte[]> corpus = new ArrayList<>();
    for (String name : List.of("openafs_server_behaviour", "rxkad_exchanges")) {
      for (Exchange exchange : Vectors.exchanges(name)) {
        exchange.packets().forEach(packet -> corpus.add(packet.udp()));
      }
    }
    for (String name : List.of("03-rxdebug", "32-rxperf-null-recv-100k-jumbo", "linux-rxkad-2")) {
      PcapReader.capture(name).forEach(datagram -> corpus.add(datagram.payload()));
    }
    return corpus;
  }

  private static byte[] next(Random random, List<byte[]> corpus) {
    return switch (random.nextInt(5)) {
      case 0 -> {
        byte[] octets = new byte[random.nextInt(120)];
        random.nextBytes(octets);
        if (octets.length > Header.TYPE && random.nextInt(8) > 0) {
          octets[Header.TYPE] = (byte) random.nextInt(14);
        }
        yield octets;
      }
      case 1 -> mutate(random, Packets.wellFormed(random));
      case 2 -> Packets.wellFormed(random);
      default -> mutate(random, corpus.get(random.nextInt(corpus.size())).clone());
    };
  }

  private static byte[] mutate(Random random, byte[] octets) {
    byte[] result = octets;
    for (int n = random.nextInt(4); n >= 0; n--) {
      if (result.length == 0) {
        break;
      }
      switch (random.nextInt(6)) {
        case 0 -> result[random.nextInt(result.length)] ^= (byte) (1 << random.nextInt(8));
        case 1 -> result[random.nextInt(Math.min(50, result.length))] = (byte) random.nextInt();
        case 2 -> result = Arrays.copyOf(result, random.nextInt(result.length + 1));
        case 3 -> result = Arrays.copyOf(result, result.length + random.nextInt(20));
        case 4 -> {
          int from = Math.min(result.length - 1, 4 * random.nextInt(12)); // a field
          int to = Math.min(result.length, from + 4);
          Arrays.fill(result, from, to, random.nextBoolean() ? 0 : (byte) 0xff);
        }
        default -> result[Math.min(result.length - 1, Header.FLAGS)] ^= Flags.JUMBO_PACKET;
      }
    }
    return result;
  }
}
