// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import java.io.IOException;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The seeds of the fuzz target, and what becomes of them when they are a little wrong. */
class DumpFuzzTest {
  @Test
  void noInputIsAFinding() throws IOException {
    SplittableRandom random = new SplittableRandom(20261130);
    for (byte[] seed : DumpFuzz.seeds()) {
      run(seed);
      for (int round = 0; round < 100; round++) {
        byte[] wrong = seed.clone();
        for (int n = random.nextInt(4); n >= 0; n--) {
          wrong[random.nextInt(wrong.length)] =
              random.nextBoolean() ? (byte) random.nextInt() : seed[random.nextInt(seed.length)];
        }
        run(wrong);
      }
    }
  }

  private static void run(byte[] input) {
    try {
      DumpFuzz.fuzzerTestOneInput(input);
    } catch (RuntimeException | AssertionError | StackOverflowError e) {
      throw new AssertionError(HexFormat.of().formatHex(input), e);
    }
  }
}
