// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What became of the calls of a trial.
 *
 * @param failed ended with an error
 * @param hung had no end in {@link Trial#PATIENCE}
 * @param wrong ended well with other data
 * @param seconds all of them
 * @param slowest seconds of the slowest
 * @param notes how the first of the bad ones ended
 */
record Result(
    int calls,
    int failed,
    int hung,
    int wrong,
    double seconds,
    double slowest,
    List<String> notes) {
  Result {
    notes = List.copyOf(notes);
  }

  /** Nothing yet. */
  static final Result NOTHING = new Result(0, 0, 0, 0, 0, 0, List.of());

  /** All calls were to end with an error that has this pattern: then none of them counts as bad. */
  Result allEndedBy(String pattern) {
    boolean right =
        failed == calls
            && notes.stream()
                .allMatch(n -> !n.startsWith("call") || n.matches(".*(" + pattern + ").*"));
    return right
        ? new Result(calls, 0, 0, 0, seconds, slowest, List.of())
        : new Result(calls, calls - hung, hung, 0, seconds, slowest, notes);
  }

  /** Calls might fail: only those that hung or had wrong data are bad. */
  Result failuresAllowed() {
    return new Result(calls, 0, hung, wrong, seconds, slowest, notes);
  }

  int bad() {
    return failed + hung + wrong;
  }

  Result and(Result other) {
    List<String> all = new ArrayList<>(notes);
    all.addAll(other.notes);
    return new Result(
        calls + other.calls,
        failed + other.failed,
        hung + other.hung,
        wrong + other.wrong,
        seconds + other.seconds,
        Math.max(slowest, other.slowest),
        all.subList(0, Math.min(5, all.size())));
  }

  /**
   * Whether it counts against us: a call hung, had wrong data, or failed where all calls between
   * two kernels went well.
   */
  boolean worseThan(Result kernels) {
    return hung > 0 || wrong > 0 || (failed > 0 && kernels.bad() == 0);
  }

  /** In few words, for a table. */
  String brief() {
    if (calls == 0) {
      return "";
    }
    String what = bad() == 0 ? "" : bad() + " of " + calls + " failed, ";
    if (hung > 0) {
      what = bad() + " of " + calls + " failed (" + hung + " hung), ";
    }
    return what + String.format(Locale.ROOT, "%.2f s", slowest);
  }
}
