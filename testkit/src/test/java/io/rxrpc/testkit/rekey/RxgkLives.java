// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.rekey;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/** Many {@link RxgkLife}s on all cores, and the command that runs them. */
public final class RxgkLives {
  private static final String USAGE = "usage: simulate --rxgk [--seeds N] [--seed FIRST]";
  private static final int MOST_FAILURES = 10;

  final List<String> failures = Collections.synchronizedList(new ArrayList<>());

  /** The highest key numbers of all lives together, and packets that went out with an old key. */
  final AtomicInteger keys = new AtomicInteger();

  final AtomicInteger oldKeys = new AtomicInteger();

  private RxgkLives() {}

  /** Lives of consecutive seeds. */
  static RxgkLives run(long first, long count) {
    RxgkLives lives = new RxgkLives();
    LongStream.range(first, first + count).parallel().forEach(lives::live);
    return lives;
  }

  @SuppressWarnings("CatchingUnchecked") // whatever it is, it is a failure of that life
  private void live(long seed) {
    try {
      RxgkLife life = new RxgkLife(seed);
      try {
        life.run();
      } catch (RuntimeException | AssertionError e) {
        failures.add(life.what + ": " + e);
      }
      keys.addAndGet(life.watch.newest(true) + life.watch.newest(false));
      oldKeys.addAndGet(life.watch.repeatedWithAnOldKey);
    } catch (RuntimeException | AssertionError e) {
      failures.add("seed " + seed + ": " + e);
    }
  }

  /** Runs lives; returns the exit code: 0 if all went well, 1 if not, 2 for wrong options. */
  public static int command(List<String> args) {
    long count = 500;
    long first = 1;
    PrintStream out = System.out;
    for (int i = 0; i < args.size(); i += 2) {
      boolean known = i + 1 < args.size() && List.of("--seeds", "--seed").contains(args.get(i));
      if (!known || !args.get(i + 1).matches("\\d{1,9}")) {
        out.println(USAGE);
        return 2;
      }
      long value = Long.parseLong(args.get(i + 1));
      if (args.get(i).equals("--seeds")) {
        count = value;
      } else {
        first = value;
      }
    }
    RxgkLives lives = run(first, count);
    lives.failures.stream().limit(MOST_FAILURES).forEach(out::println);
    out.println(
        count
            + " lives of rxgk, "
            + lives.failures.size()
            + " failed; keys changed "
            + lives.keys
            + " times, "
            + lives.oldKeys
            + " packets repeated with a key that was no longer the newest");
    return lives.failures.isEmpty() ? 0 : 1;
  }
}
