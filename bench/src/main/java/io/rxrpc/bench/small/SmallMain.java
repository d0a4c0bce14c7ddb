// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench.small;

import io.rxrpc.security.SecurityFailure;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * {@code ./build bench small [calls|open|idle]...}: what a small call allocates on both ends, how
 * many are made in a second with 256 and with 10,000 open, in turn, and what an idle service
 * connection keeps.
 */
final class SmallMain {
  private static final List<String> ALL = List.of("calls", "open", "idle");
  private static final int PAIRS = 8;
  private static final int FEW = 256;
  private static final int MANY = 10_000;
  private static final int IDLE = 50_000;

  private SmallMain() {}

  public static void main(String[] args)
      throws IOException, InterruptedException, SecurityFailure, JMException {
    List<String> wanted = args.length == 0 ? ALL : List.of(args);
    for (String what : wanted) {
      switch (what) {
        case "calls" -> calls();
        case "open" -> open();
        case "idle" -> idle();
        default -> {
          System.err.println("build bench small: " + what + " is none of " + ALL);
          System.exit(2);
        }
      }
    }
  }

  private static void calls() throws IOException, InterruptedException {
    try (AsyncLoad load = new AsyncLoad()) {
      load.run(16, 200_000);
      System.out.println("octets allocated for a call of 32 octets, both ends, callAsync:");
      for (int open : new int[] {1, 16, 256}) {
        AsyncLoad.Result r = load.run(open, 100_000);
        System.out.printf(
            Locale.ROOT,
            "  %6d open: %,6.0f octets, %,9.0f calls/s%n",
            open,
            r.bytesPerCall(),
            r.perSecond());
      }
    }
  }

  private static void open() throws IOException, InterruptedException {
    try (AsyncLoad load = new AsyncLoad()) {
      load.run(FEW, 200_000);
      load.run(MANY, 200_000);
      System.out.println("calls of 32 octets a second, callAsync:");
      double[] ratios = new double[PAIRS];
      for (int pair = 0; pair < PAIRS; pair++) {
        AsyncLoad.Result few = load.run(FEW, 300_000);
        AsyncLoad.Result many = load.run(MANY, 300_000);
        ratios[pair] = many.perSecond() / few.perSecond();
        System.out.printf(
            Locale.ROOT,
            "  %,d open %,9.0f   %,d open %,9.0f   ratio %.2f%n",
            FEW,
            few.perSecond(),
            MANY,
            many.perSecond(),
            ratios[pair]);
      }
      Arrays.sort(ratios);
      System.out.printf(
          Locale.ROOT,
          "  median ratio %.2f (%.2f to %.2f)%n",
          (ratios[PAIRS / 2] + ratios[(PAIRS - 1) / 2]) / 2,
          ratios[0],
          ratios[PAIRS - 1]);
    }
  }

  private static void idle() throws SecurityFailure, IOException, JMException {
    try (IdleConnections idle = new IdleConnections(2 * IDLE)) {
      System.out.printf(
          Locale.ROOT,
          "an idle service connection with its peer: %,.0f octets of heap%n",
          idle.measure(IDLE));
      histogram();
    }
  }

  /** The classes of which there is one for each connection, and what they take. */
  private static void histogram() throws JMException {
    Object text =
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "gcClassHistogram",
                new Object[] {new String[0]},
                new String[] {String[].class.getName()});
    for (String line : text.toString().lines().toList()) {
      String[] words = line.strip().split("\\s+", -1);
      if (words.length >= 4 && words[1].matches("\\d+") && words[2].matches("\\d+")) {
        double each = Double.parseDouble(words[2]) / IDLE;
        if (each >= 4) {
          System.out.printf(Locale.ROOT, "  %8.1f  %s%n", each, words[3]);
        }
      }
    }
  }
}
