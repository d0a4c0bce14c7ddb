// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench.figures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * How idle the machine is while nothing of ours runs: the time of all processors that nobody used,
 * a hypervisor's other guests included, of what passed. NaN where Linux's /proc is not.
 */
final class IdleShare {
  private static final Path STAT = Path.of("/proc/stat");
  private static final int IDLE = 4;
  private static final int IOWAIT = 5;
  private static final int STEAL = 8;
  private static final long WINDOW_MILLIS = 300;

  private IdleShare() {}

  /** Of the next 0.3 seconds, 0 to 1. */
  static double now() throws IOException, InterruptedException {
    if (!Files.isReadable(STAT)) {
      return Double.NaN;
    }
    long[] before = read();
    TimeUnit.MILLISECONDS.sleep(WINDOW_MILLIS);
    long[] after = read();
    return after[1] == before[1] ? 1 : (double) (after[0] - before[0]) / (after[1] - before[1]);
  }

  /** Ticks idle, and all of them. */
  private static long[] read() throws IOException {
    String[] words = Files.readAllLines(STAT).getFirst().split(" +", -1);
    long all = 0;
    for (int i = 1; i < words.length && i <= STEAL; i++) {
      all += Long.parseLong(words[i]);
    }
    return new long[] {Long.parseLong(words[IDLE]) + Long.parseLong(words[IOWAIT]), all};
  }
}
