// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.mutate;

import io.rxrpc.testkit.mutate.Mutant.Fate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * docs/mutation.md: a table of figures by class, which is written here, and a table of mutants that
 * change nothing, which people write and which is read here.
 */
final class MutationPage {
  private static final String BEGIN = "<!-- ./build mutate begins -->";
  private static final String END = "<!-- ./build mutate ends -->";
  private static final String HEAD =
      """
      | room | class | mutants | killed | survived | equivalent | not covered | strength |
      |--|--|--:|--:|--:|--:|--:|--:|
      """;

  private static final Pattern FIGURES =
      Pattern.compile("\\| (\\w+) \\| (\\w+) \\|((?: \\d+ \\|){5}) [^|]* \\|");
  private static final Pattern EQUIVALENT =
      Pattern.compile("\\| `(\\w+)` \\| `(.+?)` \\| (\\w+) \\| `(.+)` \\| (\\d+) \\| (.+) \\|");

  /**
   * Mutants of one class.
   *
   * @param mutants all
   * @param killed by a test
   * @param survived and not known as equivalent
   * @param equivalent survived, and the page says why nobody can tell the difference
   * @param notCovered no test comes there
   */
  record Figures(int mutants, int killed, int survived, int equivalent, int notCovered) {
    Figures plus(Figures other) {
      return new Figures(
          mutants + other.mutants,
          killed + other.killed,
          survived + other.survived,
          equivalent + other.equivalent,
          notCovered + other.notCovered);
    }

    /** Killed in 100 of those that a test came to and could have killed; 100 of none. */
    double strength() {
      return killed + survived == 0 ? 100 : 100.0 * killed / (killed + survived);
    }

    String row(String first, String second) {
      return String.format(
          Locale.ROOT,
          "| %s | %s | %d | %d | %d | %d | %d | %.0f %% |%n",
          first,
          second,
          mutants,
          killed,
          survived,
          equivalent,
          notCovered,
          Math.floor(strength())); // 99.6 is not all
    }
  }

  private record Line(String type, String method, String mutator, String text) {}

  private final String text;
  private final Map<Line, Integer> equivalent = new HashMap<>();
  private final Map<String, Map<String, Figures>> rooms = new LinkedHashMap<>();

  MutationPage(String text, List<String> order) {
    this.text = text;
    order.forEach(room -> rooms.put(room, new TreeMap<>()));
    for (String line : text.lines().toList()) {
      Matcher row = EQUIVALENT.matcher(line);
      if (row.matches()) {
        equivalent.merge(
            new Line(row.group(1), row.group(2), row.group(3), row.group(4).replace("\\|", "|")),
            Integer.parseInt(row.group(5)),
            Integer::sum);
        continue;
      }
      Matcher figures = FIGURES.matcher(line);
      if (figures.matches() && rooms.containsKey(figures.group(1))) {
        int[] n =
            Pattern.compile("\\d+")
                .matcher(figures.group(3))
                .results()
                .mapToInt(m -> Integer.parseInt(m.group()))
                .toArray();
        rooms
            .get(figures.group(1))
            .put(figures.group(2), new Figures(n[0], n[1], n[2], n[3], n[4]));
      }
    }
  }

  /** Takes what was found out about some classes of a room; returns who survived unexplained. */
  List<Mutant> take(String room, List<Mutant> mutants) {
    Map<String, Figures> found = new TreeMap<>();
    Map<Line, Integer> left = new HashMap<>(equivalent);
    List<Mutant> survivors = new ArrayList<>();
    for (Mutant mutant : mutants) {
      Line line = new Line(mutant.type(), mutant.method(), mutant.mutator(), mutant.text());
      boolean survived = mutant.fate() == Fate.SURVIVED;
      boolean known = survived && left.merge(line, -1, Integer::sum) >= 0;
      if (survived && !known) {
        survivors.add(mutant);
      }
      Figures one =
          new Figures(
              1,
              mutant.fate() == Fate.KILLED ? 1 : 0,
              survived && !known ? 1 : 0,
              known ? 1 : 0,
              mutant.fate() == Fate.NOT_COVERED ? 1 : 0);
      found.merge(mutant.type(), one, Figures::plus);
    }
    rooms.computeIfAbsent(room, r -> new TreeMap<>()).putAll(found);
    return survivors;
  }

  /** The figures of a room in all, as far as its classes were ever tried. */
  Figures sum(String room) {
    return rooms.getOrDefault(room, Map.of()).values().stream()
        .reduce(new Figures(0, 0, 0, 0, 0), Figures::plus);
  }

  /** Forgets classes that are not in the room any more. */
  void keepOnly(String room, List<String> classes) {
    rooms.getOrDefault(room, new TreeMap<>()).keySet().retainAll(classes);
  }

  /** The page with the table as it is now; classes that were not tried keep their rows. */
  String text() {
    StringBuilder table = new StringBuilder(BEGIN).append('\n').append(HEAD);
    rooms.forEach(
        (room, classes) -> {
          classes.forEach((name, figures) -> table.append(figures.row(room, name)));
          if (!classes.isEmpty()) {
            table.append(sum(room).row(room, "**all**"));
          }
        });
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException("the page has no lines " + BEGIN + " and " + END);
    }
    return text.substring(0, begin) + table + text.substring(end);
  }
}
