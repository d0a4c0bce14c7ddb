// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a class cannot hold is refused at its place; what it can hold compiles. */
@Tag("long")
class LimitsTest {
  private static String repeated(int times, String each) {
    return IntStream.range(0, times)
        .mapToObj(i -> each.replace("#", Integer.toString(i)))
        .collect(Collectors.joining(" "));
  }

  private static JavaSources java(String text) {
    return JavaSources.of(Descriptions.good(text), "p", Map.of());
  }

  @Test
  void tooManyAreRefused() {
    assertThatThrownBy(() -> java("struct s { " + repeated(251, "int f#;") + " };"))
        .hasMessageStartingWith("t.xg:1:8: struct 's' has more than 250 fields");
    assertThatThrownBy(() -> java("struct s { " + repeated(126, "hyper f#;") + " };"))
        .hasMessageStartingWith("t.xg:1:8: struct 's' has more than 250 fields");
    assertThatThrownBy(() -> java("enum e { " + repeated(2001, "E#,") + " };"))
        .hasMessageStartingWith("t.xg:1:6: enum 'e' has more than 2000 names");
    assertThatThrownBy(() -> java("package P_ " + repeated(251, "A#();")))
        .hasMessageStartingWith("t.xg:1:9: package 'P_' has more than 250 procedures");
  }

  @Test
  void asManyAsThatCompile(@TempDir Path folder) throws Exception {
    java("struct s { "
            + repeated(250, "int f#;")
            + " }; enum e { "
            + repeated(2000, "E#,")
            + " }; package P_ "
            + repeated(249, "A#();")
            + "B(IN "
            + repeated(250, "int p#,").replaceFirst(",$", "")
            + ");")
        .writeTo(folder.resolve("src"));
    assertThat(Javac.compile(folder.resolve("src"), folder.resolve("classes"))).isEmpty();
  }
}
