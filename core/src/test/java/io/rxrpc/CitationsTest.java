// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Whatever a comment or a page points at is there: pages of docs/protocol and their sections, other
 * pages by their path, rules in docs/rules.md, links between pages.
 */
class CitationsTest {
  /** {@code wire.md 5}, {@code calls.md sections 3 and 4}, {@code docs/rxgen.md}. */
  private static final Pattern CITATION =
      Pattern.compile(
          "(?<page>(?:[\\w-]+/)*[\\w-]+\\.md)\\b(?:,? (?:sections? )?"
              + "(?<sections>\\d+(?:(?:, | and | to |-)\\d+)*)(?![\\w/]))?");

  private static final Pattern RULE = Pattern.compile("\\bR-(\\d+)(?:\\s+to\\s+R-(\\d+))?");
  private static final Pattern RULE_ROW = Pattern.compile("(?m)^\\| (R-\\d+) \\|");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*?) *$");
  private static final Pattern LINK =
      Pattern.compile("\\]\\((?!https?:)([^)#\\s]*)(#[^)\\s]*)?\\)");
  private static final Path PAGES = SourceTree.ROOT.resolve("docs/protocol");

  @Test
  void everyPageAndSectionThatACommentCitesIsThere() throws IOException {
    List<String> wrong = new ArrayList<>();
    int seen = 0;
    for (Path file : SourceTree.java()) {
      for (String comment : SourceTree.comments(Files.readString(file))) {
        Matcher cited = CITATION.matcher(comment);
        while (cited.find()) {
          seen++;
          problem(cited.group("page"), cited.group("sections"))
              .ifPresent(what -> wrong.add(SourceTree.name(file) + ": " + what));
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(seen).as("comments that cite a page").isGreaterThan(50);
  }

  @Test
  void everyRuleInMainCodeHasItsRow() throws IOException {
    Set<String> rows = rows(SourceTree.ROOT.resolve("docs/rules.md"));
    List<String> wrong = new ArrayList<>();
    for (Path file : SourceTree.java()) {
      for (String rule : rules(Files.readString(file))) {
        if (!rows.contains(rule)) {
          wrong.add(SourceTree.name(file) + ": " + rule + " has no row in docs/rules.md");
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void everyRuleOfAPageHasItsReason() throws IOException {
    Set<String> reasons = rows(PAGES.resolve("lessons.md"));
    assertThat(reasons).containsAll(rows(SourceTree.ROOT.resolve("docs/rules.md")));
    List<String> wrong = new ArrayList<>();
    for (Path page : SourceTree.ending(".md")) {
      for (String rule : rules(Files.readString(page))) {
        if (!reasons.contains(rule)) {
          wrong.add(SourceTree.name(page) + ": " + rule + " is not in docs/protocol/lessons.md");
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void everyLinkBetweenPagesLeadsSomewhere() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path page : SourceTree.ending(".md")) {
      Matcher link = LINK.matcher(Files.readString(page));
      while (link.find()) {
        Path target =
            link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1)).normalize();
        if (!Files.exists(target)) {
          wrong.add(SourceTree.name(page) + ": no " + link.group(1));
        } else if (link.group(2) != null
            && target.toString().endsWith(".md")
            && !anchors(target).contains(link.group(2).substring(1))) {
          wrong.add(SourceTree.name(page) + ": no heading " + link.group(2) + " there");
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** What else the pages say of sections: "wire.md section 10" outside of links, too. */
  @Test
  void everySectionThatAPageCitesIsThere() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path page : SourceTree.ending(".md")) {
      Matcher cited = CITATION.matcher(withLinksAsPaths(page).replaceAll("\\s+", " "));
      while (cited.find()) {
        problem(cited.group("page"), cited.group("sections"))
            .ifPresent(what -> wrong.add(SourceTree.name(page) + ": " + what));
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void commentsAreFoundAndLiteralsAreNot() {
    assertThat(
            SourceTree.comments(
                """
                /** A page (wire.md
                 * 9). */
                String s = "// keys.md 1"; char c = '"'; // calls.md
                // section 5
                int i; // R-1
                """))
        .containsExactly("/** A page (wire.md 9). */", " calls.md  section 5 ", " R-1 ");
  }

  @Test
  void whatIsNotThereIsReported() throws IOException {
    assertThat(problem("wire.md", "5")).isEmpty();
    assertThat(problem("wire.md", "1, 2 and 9")).isEmpty();
    assertThat(problem("wire.md", "4 to 11")).contains("wire.md has no section 11");
    assertThat(problem("nothing.md", null)).contains("no page docs/protocol/nothing.md");
    assertThat(problem("docs/nothing.md", null)).contains("no page docs/nothing.md");
    assertThat(rules("R-1 and R-3 to R-5")).containsExactly("R-1", "R-3", "R-4", "R-5");
  }

  /** Nothing, or what is wrong with that citation. */
  private static Optional<String> problem(String page, String sections) throws IOException {
    if (page.contains("target/")) {
      return Optional.empty(); // made by a test
    }
    boolean path = page.contains("/") || !page.equals(page.toLowerCase(Locale.ROOT));
    Path file = path ? SourceTree.ROOT.resolve(page) : PAGES.resolve(page);
    if (!Files.exists(file)) {
      return Optional.of("no page " + SourceTree.name(file));
    }
    if (sections != null) {
      for (String section : sections.split("\\D+", -1)) {
        if (headings(file).stream().noneMatch(heading -> heading.startsWith(section + ". "))) {
          return Optional.of(page + " has no section " + section);
        }
      }
    }
    return Optional.empty();
  }

  /** The page with each link to another one as that page's path from the root. */
  private static String withLinksAsPaths(Path page) throws IOException {
    return Pattern.compile("\\[[^\\]]*" + LINK.pattern())
        .matcher(Files.readString(page))
        .replaceAll(
            link ->
                SourceTree.name(
                    (link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1)))
                        .normalize()));
  }

  private static List<String> headings(Path page) throws IOException {
    return HEADING.matcher(Files.readString(page)).results().map(m -> m.group(1)).toList();
  }

  /** What a heading is called in a link, after GitHub's rules. */
  private static Set<String> anchors(Path page) throws IOException {
    return headings(page).stream()
        .map(heading -> heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", ""))
        .map(heading -> heading.replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  private static Set<String> rows(Path page) throws IOException {
    return RULE_ROW
        .matcher(Files.readString(page))
        .results()
        .map(m -> m.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> rules(String text) {
    Set<String> rules = new TreeSet<>();
    Matcher rule = RULE.matcher(text);
    while (rule.find()) {
      int first = Integer.parseInt(rule.group(1));
      int last = rule.group(2) == null ? first : Integer.parseInt(rule.group(2));
      for (int n = first; n <= last; n++) {
        rules.add("R-" + n);
      }
    }
    return rules;
  }
}
