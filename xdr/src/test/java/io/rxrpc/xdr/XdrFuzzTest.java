// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.xdr;

import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The seeds of the fuzz target, and what becomes of them when they are a little wrong. */
class XdrFuzzTest {
  @Test
  void noInputIsAFinding() {
    SplittableRandom random = new SplittableRandom(20261130);
    for (byte[] seed : XdrFuzz.seeds()) {
      run(seed);
      for (int round = 0; round < 50 && seed.length > 0; round++) {
        byte[] wrong = seed.clone();
        for (int n = random.nextInt(4); n >= 0; n--) {
          wrong[random.nextInt(wrong.length)] = (byte) random.nextInt();
        }
        run(wrong);
      }
    }
  }

  private static void run(byte[] input) {
    try {
      XdrFuzz.fuzzerTestOneInput(input);
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(HexFormat.of().formatHex(input), e);
    }
  }
}
