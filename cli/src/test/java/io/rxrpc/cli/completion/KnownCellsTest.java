// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.completion;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownCellsTest {
  @TempDir private Path folder;

  @Test
  void cellsAreThoseOfAllFilesAndOfTokens() throws IOException {
    Path one = folder.resolve("one");
    Files.write(
        one,
        ">example.org\t#An example\n10.0.0.1 #db1\n>z.example #Universit\u00e4t\n"
            .getBytes(StandardCharsets.ISO_8859_1));
    Path other = Files.writeString(folder.resolve("other"), ">example.org\n>a.example#x\n");
    assertThat(
            KnownCells.of(List.of(one, folder.resolve("none"), other), List.of("mine.example", "")))
        .containsExactly("a.example", "example.org", "mine.example", "z.example");
  }
}
