// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.completion;

import io.rxrpc.cli.text.WordConverter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;

/**
 * What stands for an option's value or an argument.
 *
 * @param word the kind, as scripts call it
 * @param words all there are, where they are known when the script is made
 */
record ValueKind(String word, List<String> words) {
  static final ValueKind NOTHING = new ValueKind("nothing", List.of());
  private static final ValueKind FILE = new ValueKind("file", List.of());
  private static final ValueKind FOLDER = new ValueKind("folder", List.of());
  static final ValueKind TARGET = new ValueKind("target", List.of());
  static final ValueKind PROCEDURE = new ValueKind("procedure", List.of());
  private static final ValueKind CELL = new ValueKind("cell", List.of());
  private static final ValueKind KEY = new ValueKind("key", List.of());
  private static final ValueKind TUNABLE = new ValueKind("tunable", List.of());

  /** By what its help calls the value, and by what reads it. */
  static ValueKind of(ArgSpec arg) {
    List<String> words = words(arg);
    if (!words.isEmpty()) {
      return new ValueKind("words", words);
    }
    String label = arg.paramLabel();
    return switch (label) {
      case "CELL" -> CELL;
      case "DESCRIPTION" -> KEY;
      case "NAME=VALUE" -> arg.isOption() ? TUNABLE : NOTHING;
      case "DIR", "FOLDER" -> FOLDER;
      default -> {
        if (label.contains("HOST")) {
          yield TARGET;
        }
        boolean file = label.contains("FILE") || arg.typeInfo().getType() == Path.class;
        yield file ? FILE : NOTHING;
      }
    };
  }

  private static List<String> words(ArgSpec arg) {
    for (ITypeConverter<?> converter : arg.converters()) {
      if (converter instanceof WordConverter<?> words) {
        return words.words();
      }
    }
    if (arg.paramLabel().matches("[a-z0-9-]+(\\|[a-z0-9-]+)+")) {
      return Arrays.asList(arg.paramLabel().split("\\|", -1));
    }
    List<String> known = new ArrayList<>();
    Iterable<String> candidates = arg.completionCandidates();
    if (candidates != null) {
      candidates.forEach(known::add);
    }
    return known.stream().distinct().sorted().toList();
  }
}
