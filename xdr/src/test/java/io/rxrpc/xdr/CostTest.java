// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.xdr;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.rxrpc.xdr.XdrException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What input can make a reader allocate. */
@Tag("R-80")
class CostTest {
  private static final int MEGABYTE = 1 << 20;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  record Hostile(String name, byte[] octets, XdrDecoder<?> read) {
    @Override
    public String toString() {
      return name;
    }
  }

  private record Tree(Optional<Tree> left, Optional<Tree> right) {
    static Tree decode(XdrReader in) throws IOException {
      return new Tree(in.optional("left", Tree::decode), in.optional("right", Tree::decode));
    }
  }

  private record Nothing() {}

  static Stream<Hostile> hostile() {
    int any = XdrLimits.UNBOUNDED;
    int most = Integer.MAX_VALUE - 1;
    Map<String, XdrDecoder<?>> reads =
        Map.ofEntries(
            Map.entry("opaque<>", in -> in.opaqueUpTo("x", any)),
            Map.entry("opaque<max>", in -> in.opaqueUpTo("x", most)),
            Map.entry("string<max>", in -> in.string("x", most)),
            Map.entry("char<max>", in -> in.charsUpTo("x", most)),
            Map.entry("unsigned char<max>", in -> in.uint8sUpTo("x", most)),
            Map.entry("int<max>", in -> in.intsUpTo("x", most)),
            Map.entry("hyper<max>", in -> in.longsUpTo("x", most)),
            Map.entry("struct<max>", in -> in.listUpTo("x", most, e -> e.int64("y"))),
            Map.entry("empty<max>", in -> in.listUpTo("x", most, e -> new Nothing())),
            Map.entry(
                "lists<max>",
                in -> in.listUpTo("x", most, e -> e.listUpTo("y", most, f -> f.int32("z")))));
    byte[][] inputs = {
      {0x7f, -1, -1, -1},
      {0x7f, -1, -1, -2},
      {-1, -1, -1, -1},
      {0, 0xf, -1, -1},
      {0, 0x10, 0, 0},
      {1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2}
    };
    return reads.entrySet().stream()
        .flatMap(
            read ->
                Stream.of(inputs)
                    .map(
                        octets ->
                            new Hostile(
                                read.getKey() + " " + Octets.of(octets), octets, read.getValue())));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void aLengthCostsLittleAndEndsInAnError(Hostile hostile) {
    for (int way = 0; way < 2; way++) {
      boolean memory = way == 0;
      long cost =
          allocated(
              () -> {
                XdrException e =
                    Thrown.of(() -> hostile.read.decode(reader(memory, hostile.octets)));
                assertThat(e.path()).startsWith("x");
              });
      assertThat(cost).isLessThan(MEGABYTE);
    }
  }

  @Test
  void emptyElementsAreCountedInAll() {
    byte[] octets = new XdrBytes().u32(10_000).u32(10_000).build();
    for (boolean memory : new boolean[] {true, false}) {
      XdrException e =
          Thrown.of(
              () ->
                  reader(memory, octets)
                      .list("x", 2, in -> in.listUpTo("y", 1 << 20, f -> new Nothing())));
      assertThat(e.reason()).isEqualTo(Reason.BUDGET);
      assertThat(e.path()).isEqualTo("x[1].y[6384]");
    }
  }

  @Test
  void depthCostsLittle() {
    byte[] octets = new byte[100_000];
    for (int i = 3; i < octets.length; i += 4) {
      octets[i] = 1;
    }
    Thrown.of(() -> Tree.decode(reader(true, octets))); // classes are loaded
    assertThat(allocated(() -> Thrown.of(() -> Tree.decode(reader(true, octets)))))
        .isLessThan(MEGABYTE);
  }

  @Test
  void aMegabyteInMemoryCostsItself() throws IOException {
    byte[] opaque = new XdrBytes().u32(MEGABYTE).zeros(MEGABYTE).build();
    byte[] ints = new XdrBytes().u32(MEGABYTE / 4).zeros(MEGABYTE).build();
    byte[] text = new XdrBytes().u32(MEGABYTE).fill('a', MEGABYTE).build();
    assertThat(cost(true, opaque, in -> in.opaqueUpTo("x", MEGABYTE)))
        .isBetween((long) MEGABYTE, MEGABYTE + 8192L);
    assertThat(cost(true, ints, in -> in.intsUpTo("x", MEGABYTE)))
        .isBetween((long) MEGABYTE, MEGABYTE + 8192L);
    assertThat(cost(true, text, in -> in.string("x", MEGABYTE)))
        .isBetween((long) MEGABYTE, 2 * MEGABYTE + 8192L);
  }

  @Test
  void aMegabyteOfAStreamCostsItselfAndAQuarter() throws IOException {
    byte[] opaque = new XdrBytes().u32(MEGABYTE).zeros(MEGABYTE).build();
    byte[] ints = new XdrBytes().u32(MEGABYTE / 4).zeros(MEGABYTE).build();
    byte[] large = new XdrBytes().u32(32 * MEGABYTE).zeros(32 * MEGABYTE).build();
    assertThat(cost(false, opaque, in -> in.opaqueUpTo("x", MEGABYTE)))
        .isBetween((long) MEGABYTE, MEGABYTE * 5 / 4 + 65536L);
    assertThat(cost(false, ints, in -> in.intsUpTo("x", MEGABYTE)))
        .isBetween((long) MEGABYTE, MEGABYTE * 5 / 4 + 65536L);
    assertThat(cost(false, large, in -> in.opaqueUpTo("x", 32 * MEGABYTE)))
        .isLessThan(2L * 32 * MEGABYTE);
  }

  /** Ten times as much costs about ten times as much, and not a hundred times. */
  @Test
  void nothingIsQuadratic() throws IOException {
    XdrDecoder<?> chain = in -> in.chain("x", e -> e.int32(""));
    XdrDecoder<?> list = in -> in.listUpTo("x", MEGABYTE, e -> e.int32(""));
    XdrDecoder<?> text = in -> in.charsUpTo("x", MEGABYTE);
    assertThat(cost(false, chained(100_000), chain))
        .isLessThan(15 * cost(false, chained(10_000), chain));
    assertThat(cost(false, counted(100_000), list))
        .isLessThan(15 * cost(false, counted(10_000), list));
    assertThat(cost(false, counted(100_000), text))
        .isLessThan(15 * cost(false, counted(10_000), text));
  }

  private static byte[] chained(int nodes) {
    XdrBytes octets = new XdrBytes().u32(1);
    for (int i = 1; i <= nodes; i++) {
      octets.u32(300).u32(i == nodes ? 0 : 1);
    }
    return octets.build();
  }

  private static byte[] counted(int elements) {
    XdrBytes octets = new XdrBytes().u32(elements);
    for (int i = 0; i < elements; i++) {
      octets.u32(300);
    }
    return octets.build();
  }

  private static long cost(boolean memory, byte[] octets, XdrDecoder<?> read) throws IOException {
    read.decode(reader(memory, octets)); // classes are loaded
    XdrReader in = reader(memory, octets);
    return allocated(
        () -> {
          try {
            read.decode(in);
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
  }

  private static XdrReader reader(boolean memory, byte[] octets) {
    InputStream source = new ByteArrayInputStream(octets);
    return memory ? XdrReader.of(octets) : XdrReader.of(source, XdrLimits.DEFAULT);
  }

  private static long allocated(Runnable run) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    run.run();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
