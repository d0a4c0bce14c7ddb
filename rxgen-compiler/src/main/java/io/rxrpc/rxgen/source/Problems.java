// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.source;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The problems of one run, in the order in which they were found; not thread-safe. */
public final class Problems {
  /** More errors than these are the first one's echo. */
  public static final int MAX_ERRORS = 50;

  private static final int MAX_WARNINGS = 200;

  private final List<Problem> list = new ArrayList<>();
  private final Set<Problem> seen = new HashSet<>();
  private int errors;
  private int warnings;

  /** None yet. */
  public Problems() {}

  /**
   * Notes an error; the same one at the same place is noted once.
   *
   * @param place where it stands
   * @param message what happened
   */
  public void error(Place place, String message) {
    if (errors < MAX_ERRORS && add(new Problem(Problem.Severity.ERROR, place, message))) {
      errors++;
      if (errors == MAX_ERRORS) {
        list.add(
            new Problem(
                Problem.Severity.ERROR,
                new Place(place.file(), 0, 0),
                "more errors than " + MAX_ERRORS + ", the rest is not looked at"));
      }
    }
  }

  /**
   * Notes a warning.
   *
   * @param place where it stands
   * @param message what happened
   */
  public void warning(Place place, String message) {
    if (warnings < MAX_WARNINGS && add(new Problem(Problem.Severity.WARNING, place, message))) {
      warnings++;
    }
  }

  private boolean add(Problem problem) {
    return seen.add(problem) && list.add(problem);
  }

  /** {@return whether no further error would be noted, so that it does not pay to look for more} */
  public boolean isFull() {
    return errors >= MAX_ERRORS;
  }

  /** {@return whether anything stands in the way of generating code} */
  public boolean hasErrors() {
    return errors > 0;
  }

  /** {@return what was noted} */
  public List<Problem> list() {
    return List.copyOf(list);
  }
}
