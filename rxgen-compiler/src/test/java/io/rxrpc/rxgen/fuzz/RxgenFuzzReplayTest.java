// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.rxrpc.rxgen.Descriptions;
import io.rxrpc.rxgen.model.Type;
import io.rxrpc.rxgen.value.DynamicCodec;
import io.rxrpc.xdr.XdrException;
import io.rxrpc.xdr.XdrReader;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The seeds of the fuzz targets, and what becomes of them when they are a little wrong. */
class RxgenFuzzReplayTest {
  @Test
  void noDescriptionIsAFinding() {
    replay(CompilerFuzz.seeds(), 20, CompilerFuzz::fuzzerTestOneInput);
  }

  @Test
  void noValueIsAFinding() {
    replay(CodecFuzz.seeds(), 100, CodecFuzz::fuzzerTestOneInput);
  }

  private static void replay(List<byte[]> seeds, int rounds, Consumer<byte[]> target) {
    SplittableRandom random = new SplittableRandom(20261130);
    for (byte[] seed : seeds) {
      run(seed, target);
      for (int round = 0; round < rounds && seed.length > 0; round++) {
        byte[] wrong = seed.clone();
        for (int n = random.nextInt(4); n >= 0; n--) {
          wrong[random.nextInt(wrong.length)] =
              random.nextBoolean() ? (byte) random.nextInt() : seed[random.nextInt(seed.length)];
        }
        run(wrong, target);
      }
    }
  }

  private static void run(byte[] input, Consumer<byte[]> target) {
    try {
      target.accept(input);
    } catch (RuntimeException | AssertionError | StackOverflowError e) {
      throw new AssertionError(HexFormat.of().formatHex(input), e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "typedef int t<>; | 7fffffff",
        "typedef int t<>; | 000fffff",
        "typedef string t<>; | 7fffffff61616161",
        "typedef opaque t<>; | 000fffff",
        "struct s { int a; int b; }; typedef s t<>; | 000fffff0000000100000002",
        "typedef int a[1000000]; struct t { a x; }; | 00000001",
        "typedef int *p; typedef p t<>; | 000fffff00000000",
        "struct t { int v; t *left; t *right; }; | 0000000000000001",
      })
  void aHostileLengthCostsLittle(String both) {
    var types = Descriptions.good(both.substring(0, both.indexOf('|')));
    String hex = both.substring(both.indexOf('|') + 2);
    byte[] octets = HexFormat.of().parseHex(hex + (hex.endsWith("1") ? hex.repeat(400) : ""));
    DynamicCodec codec = DynamicCodec.of(types);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Type type = new Type.Named("t");
    assertThatThrownBy(() -> codec.decode(type, XdrReader.of(octets)))
        .isInstanceOf(XdrException.class);
    long before = threads.getCurrentThreadAllocatedBytes();
    try {
      codec.decode(type, XdrReader.of(octets));
    } catch (java.io.IOException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1 << 20);
  }
}
