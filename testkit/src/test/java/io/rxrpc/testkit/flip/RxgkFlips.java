// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.flip;

import io.rxrpc.security.SecurityLevel;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;

/** Many {@link RxgkFlippedCall}s on all cores, and the command that runs them. */
public final class RxgkFlips {
  private static final String USAGE = "usage: simulate --flips N [--seed FIRST]";

  private RxgkFlips() {}

  /** What came of rounds with consecutive seeds, and how often; throws at the first wrong one. */
  static Map<String, Integer> run(int rounds, long seed, SecurityLevel... levels) {
    Map<String, Integer> outcomes = new ConcurrentSkipListMap<>();
    IntStream.range(0, rounds)
        .parallel()
        .forEach(i -> outcomes.merge(round(seed + i, rounds, levels), 1, Integer::sum));
    return outcomes;
  }

  private static String round(long first, int rounds, SecurityLevel... levels) {
    String outcome = null;
    for (long seed = first; outcome == null; seed += rounds) {
      try {
        outcome = new RxgkFlippedCall(seed, levels).run();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("replay: ./build simulate --flips 1 --seed " + seed, e);
      }
    }
    return outcome;
  }

  /** Flips at auth and encrypt; returns the exit code. */
  public static int command(List<String> args) {
    PrintStream out = System.out;
    boolean seeded = args.size() == 3 && args.get(1).equals("--seed");
    if ((args.size() != 1 && !seeded) || !args.getFirst().matches("\\d{1,8}")) {
      out.println(USAGE);
      return 2;
    }
    long seed = seeded ? Long.parseLong(args.get(2)) : 1;
    int rounds = Integer.parseInt(args.getFirst());
    try {
      run(rounds, seed, SecurityLevel.AUTH, SecurityLevel.ENCRYPT)
          .forEach((what, n) -> out.println(n + "\t" + what));
      out.println(rounds + " flipped calls of rxgk: right data or a named error");
      return 0;
    } catch (AssertionError e) {
      e.printStackTrace(out);
      return 1;
    }
  }
}
