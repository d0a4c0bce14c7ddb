// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * docs/rules.md names the tests of each rule: those that carry its tag. With {@code
 * -Drules.write=true} the last column is written anew.
 */
class RulesTest {
  private static final Pattern ROW = Pattern.compile("\\| (R-\\d+) \\| (.*) \\| (.*) \\|");
  private static final Pattern TAG = Pattern.compile("@Tag[(]\"(R-\\d+)\"[)]");
  private static final Pattern NAME = Pattern.compile("`(\\w+)`");

  /** Sections of the rules' source, as far as they are about what is here. */
  private static final int[][] NUMBERS = {
    {1, 14}, {20, 26}, {30, 47}, {50, 68}, {73, 74}, {80, 89}, {91, 91}, {93, 97}
  };

  /** A class of its own file or of another's, not one inside another. */
  private static final Pattern TYPE =
      Pattern.compile(
          "(?m)^(?:(?:public|abstract|final|sealed|non-sealed|strictfp)\\s+)*"
              + "(?:class|interface|enum|record|@interface)\\s+(\\w+)");

  @Test
  void everyRuleNamesTestsThatCarryItsTag() throws IOException {
    Map<String, Set<String>> tagged = tagged();
    Path page = SourceTree.ROOT.resolve("docs/rules.md");
    if (Boolean.getBoolean("rules.write")) {
      write(page, tagged);
    }
    List<String> wrong = new ArrayList<>();
    Set<String> seen = new TreeSet<>();
    for (String line : Files.readAllLines(page)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        String rule = row.group(1);
        seen.add(rule);
        Set<String> tests = tagged.getOrDefault(rule, Set.of());
        List<String> named = NAME.matcher(row.group(3)).results().map(m -> m.group(1)).toList();
        if (named.isEmpty()) {
          wrong.add(rule + " names no test, but there are " + tests);
        }
        named.stream()
            .filter(name -> !tests.contains(name))
            .forEach(name -> wrong.add(rule + ": " + name + " does not carry its tag"));
      }
    }
    assertThat(wrong).as("run with -Drules.write=true to correct the page").isEmpty();
    for (int[] range : NUMBERS) {
      for (int n = range[0]; n <= range[1]; n++) {
        assertThat(seen).contains("R-" + n);
      }
    }
  }

  /** The page names tests, and people speak of classes, by simple names. */
  @Test
  void noSimpleNameIsUsedTwice() throws IOException {
    Map<String, Path> first = new HashMap<>();
    List<String> doubles = new ArrayList<>();
    for (Path file : SourceTree.java()) {
      Matcher type = TYPE.matcher(withoutTextBlocks(Files.readString(file)));
      while (type.find()) {
        Path other = first.putIfAbsent(type.group(1), file);
        if (other != null) {
          doubles.add(type.group(1) + ": " + SourceTree.name(other) + ", " + SourceTree.name(file));
        }
      }
    }
    assertThat(doubles).as("classes to be named after what they alone do").isEmpty();
    assertThat(first).hasSizeGreaterThan(500);
  }

  /** Source texts of tests stand in text blocks and may begin lines with a class. */
  private static String withoutTextBlocks(String source) {
    return source.replaceAll("(?s)\"\"\".*?\"\"\"", "\"\"");
  }

  private static Map<String, Set<String>> tagged() throws IOException {
    Map<String, Set<String>> tests = new LinkedHashMap<>();
    for (Path file : SourceTree.java()) {
      if (SourceTree.isTest(file)) {
        String name = String.valueOf(file.getFileName()).replace(".java", "");
        TAG.matcher(Files.readString(file))
            .results()
            .forEach(m -> tests.computeIfAbsent(m.group(1), r -> new TreeSet<>()).add(name));
      }
    }
    return tests;
  }

  private static void write(Path page, Map<String, Set<String>> tagged) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String line : Files.readAllLines(page)) {
      Matcher row = ROW.matcher(line);
      String written = line;
      if (row.matches()) {
        Set<String> tests = tagged.getOrDefault(row.group(1), Set.of());
        String names = tests.isEmpty() ? "to come" : "`" + String.join("`, `", tests) + "`";
        written = "| " + row.group(1) + " | " + row.group(2) + " | " + names + " |";
      }
      text.append(written).append('\n');
    }
    Files.writeString(page, text);
  }
}
