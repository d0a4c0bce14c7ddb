// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.rekey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The class of somebody else's is written with {@code io.rxrpc.security} and nothing of ours else.
 */
class SpiAloneTest {
  private static final Path HERE = Path.of("src/test/java/io/rxrpc/testkit/rekey");

  @ParameterizedTest
  @ValueSource(strings = {"RekeyingSecurity", "RekeyingConnection", "ShiftingKeys", "ToyCipher"})
  void needsNoLayoutOfPackets(String name) throws IOException {
    List<String> ours =
        Files.readAllLines(HERE.resolve(name + ".java")).stream()
            .filter(line -> line.contains("io.rxrpc.") && !line.startsWith("package "))
            .toList();
    assertThat(ours).isNotEmpty().allSatisfy(l -> assertThat(l).contains(" io.rxrpc.security."));
  }
}
