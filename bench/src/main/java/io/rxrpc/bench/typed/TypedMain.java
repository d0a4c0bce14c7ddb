// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench.typed;

import io.rxrpc.xdr.XdrReader;
import io.rxrpc.xdr.XdrWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * {@code ./build bench typed}: 500 records of 476 octets decoded and encoded, beside C, and a small
 * typed call beside the same call as a blob: ten pairs each, and the median of their ratios.
 */
final class TypedMain {
  private static final int PAIRS = 10;
  private static final int TIMES = 400;
  private static final int CALLS = 4_000;

  private TypedMain() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Path home = Files.createTempDirectory("rxrpc-bench-");
    try {
      xdr(home);
    } finally {
      try (Stream<Path> files = Files.walk(home)) {
        for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.delete(file);
        }
      }
    }
    calls();
  }

  private static void xdr(Path home) throws IOException, InterruptedException {
    List<BenchEntry> entries =
        IntStream.range(0, BenchEntry.MOST).mapToObj(BenchEntry::numbered).toList();
    XdrWriter out = new XdrWriter();
    out.listUpTo("entries", BenchEntry.MOST, entries, BenchEntry::encode);
    byte[] octets = out.toByteArray();
    CStubs stubs;
    try {
      stubs = CStubs.build(home, octets);
    } catch (IOException e) {
      System.err.println("no C to compare with (gcc and libopenafs-dev): " + e.getMessage());
      System.err.printf(Locale.ROOT, "alone: %,.0f ns%n", warm(octets));
      return;
    }
    warm(octets);
    double[] ratios = new double[PAIRS];
    System.out.println("500 records of 476 octets decoded and encoded, in microseconds:");
    for (int pair = 0; pair < PAIRS; pair++) {
      double c = stubs.nanos(TIMES);
      double java = nanos(octets, TIMES);
      ratios[pair] = java / c;
      System.out.printf(
          Locale.ROOT, "  C %8.1f   Java %8.1f   ratio %.2f%n", c / 1e3, java / 1e3, java / c);
    }
    System.out.printf(Locale.ROOT, "  median ratio %.2f%n", median(ratios));
  }

  private static double warm(byte[] octets) throws IOException {
    double last = 0;
    for (int i = 0; i < 15; i++) {
      last = nanos(octets, TIMES);
    }
    return last;
  }

  private static double nanos(byte[] octets, int times) throws IOException {
    long begin = System.nanoTime();
    int last = 0;
    for (int i = 0; i < times; i++) {
      List<BenchEntry> entries =
          XdrReader.of(octets).listUpTo("entries", BenchEntry.MOST, BenchEntry::decode);
      XdrWriter out = new XdrWriter(octets.length);
      out.listUpTo("entries", BenchEntry.MOST, entries, BenchEntry::encode);
      byte[] written = out.toByteArray();
      last = written.length;
      if (i == 0 && !Arrays.equals(written, octets)) {
        throw new AssertionError("it did not come back as it was");
      }
    }
    if (last != octets.length) {
      throw new AssertionError("it did not come back as it was");
    }
    return (double) (System.nanoTime() - begin) / times;
  }

  private static void calls() throws IOException {
    try (SmallCalls small = new SmallCalls()) {
      for (int i = 0; i < 5; i++) {
        small.blobs(CALLS);
        small.typed(CALLS);
      }
      double[] ratios = new double[PAIRS];
      System.out.println("a small call over loopback, in microseconds:");
      for (int pair = 0; pair < PAIRS; pair++) {
        double blob = small.blobs(CALLS);
        double typed = small.typed(CALLS);
        ratios[pair] = typed / blob;
        System.out.printf(
            Locale.ROOT,
            "  blob %8.1f   typed %8.1f   ratio %.2f%n",
            blob / 1e3,
            typed / 1e3,
            typed / blob);
      }
      System.out.printf(Locale.ROOT, "  median ratio %.2f%n", median(ratios));
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[sorted.length / 2] + sorted[(sorted.length - 1) / 2]) / 2;
  }
}
