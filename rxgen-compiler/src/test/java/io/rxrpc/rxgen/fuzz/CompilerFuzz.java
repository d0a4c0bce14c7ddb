// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.fuzz;

import io.rxrpc.rxgen.DescriptionReader;
import io.rxrpc.rxgen.Descriptions;
import io.rxrpc.rxgen.JavaSources;
import io.rxrpc.rxgen.model.Description;
import io.rxrpc.rxgen.source.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Any text as a description, which may include itself: either it is wrong, said in few lines of one
 * line each, or Java comes out.
 */
public final class CompilerFuzz {
  private static final int MOST_PROBLEMS = 300;

  private CompilerFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    String text = new String(data, StandardCharsets.ISO_8859_1);
    DescriptionReader.Result result =
        Descriptions.read(text, Map.of("a", text, "b", "#define B 4\n"), Map.of("M", "int"));
    for (Problem problem : result.problems()) {
      if (problem.message().indexOf('\n') >= 0 || problem.message().length() > 1000) {
        throw new AssertionError("a message of more than a line: " + problem);
      }
    }
    if (result.problems().size() > MOST_PROBLEMS) {
      throw new AssertionError(result.problems().size() + " problems");
    }
    Description description = result.description();
    if (description != null) {
      JavaSources java = JavaSources.of(description, "p", Map.of());
      if (!java.equals(JavaSources.of(description, "p", Map.of()))) {
        throw new AssertionError("two things come out");
      }
    } else if (result.problems().isEmpty()) {
      throw new AssertionError("nothing comes out, and nothing is wrong");
    }
  }

  /** Whole descriptions, and each of their lines. */
  public static List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (String text : SeedTexts.ALL) {
      seeds.add(text.getBytes(StandardCharsets.ISO_8859_1));
      for (String part : text.split("(?<=;)\n", -1)) {
        seeds.add(part.getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    return seeds;
  }
}
