// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every seed, everything that the fuzzer found worth keeping, and every former finding. */
class FuzzReplayTest {
  @ParameterizedTest
  @EnumSource
  void corpusHasNoFinding(FuzzTarget target) {
    List<byte[]> corpus = Corpus.all(target);
    assertThat(corpus).isNotEmpty();
    for (byte[] input : corpus) {
      try {
        target.run(input);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError(target.label() + " " + HexFormat.of().formatHex(input), e);
      }
    }
  }
}
