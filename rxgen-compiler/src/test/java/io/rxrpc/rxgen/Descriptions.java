// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen;

import io.rxrpc.rxgen.model.Description;
import io.rxrpc.rxgen.source.Problem;
import io.rxrpc.rxgen.source.Source;
import io.rxrpc.rxgen.source.SourceFiles;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Descriptions from memory. */
public final class Descriptions {
  private Descriptions() {}

  /** The only files there are. */
  public record InMemory(Map<String, String> texts) implements SourceFiles {
    @Override
    public @Nullable Source find(String name, Source from, boolean quoted) {
      String text = texts.get(name);
      return text == null ? null : new Source(name, text);
    }

    @Override
    public String searched(boolean quoted, Source from) {
      return "memory";
    }
  }

  public static DescriptionReader.Result read(String text) {
    return read(text, Map.of(), Map.of());
  }

  public static DescriptionReader.Result read(
      String text, Map<String, String> included, Map<String, String> macros) {
    return DescriptionReader.of(new InMemory(included), macros).read(new Source("t.xg", text));
  }

  public static Description good(String text) {
    DescriptionReader.Result result = read(text);
    Description description = result.description();
    if (description == null || !result.problems().isEmpty()) {
      throw new AssertionError(result.problems() + " in\n" + text);
    }
    return description;
  }

  public static List<String> problems(String text) {
    return read(text).problems().stream().map(Problem::toString).toList();
  }
}
