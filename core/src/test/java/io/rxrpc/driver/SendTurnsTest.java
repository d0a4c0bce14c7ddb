// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who sends, told by rows: what happens, and whether whoever it happens to sends. */
class SendTurnsTest {
  /**
   * Words: up, down, woken=N, came=N, rests=N. The answers of the last two: whether packets leave;
   * of the end: whether the loop rests for a moment only.
   */
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "true,  came=1,                                no,               no",
    "true,  down came=1,                           yes,              no",
    "true,  up woken=3 came=1 came=1 rests=0,      no no yes,        no",
    "true,  up woken=3 came=1 rests=0,             no no,            yes",
    "true,  up woken=3 rests=0 down came=1 came=1, no no no,         yes",
    "true,  up woken=3 rests=0 down came=1 came=1 came=1, no no no yes, no",
    "true,  up woken=3 rests=0 down came=3,        no yes,           no",
    "true,  up woken=1 rests=0,                    yes,              no",
    "true,  up woken=0 rests=0,                    yes,              no",
    "true,  up woken=3 rests=3,                    yes,              no",
    "true,  up woken=3 rests=1,                    no,               yes",
    "true,  up woken=2 came=5 rests=0 down came=1, no yes yes,       no",
    "true,  up woken=3 rests=0 down up came=1,     no no,            yes",
    "false, up woken=3 rests=0,                    yes,              no",
    "false, up woken=3 rests=0 down came=1,        yes yes,          no"
  })
  void whoSends(boolean gathers, String story, String sends, String gathering) {
    SendTurns turns = new SendTurns(gathers);
    List<String> answers = new ArrayList<>();
    for (String word : story.split(" ", -1)) {
      int at = word.indexOf('=');
      int n = at < 0 ? 0 : Integer.parseInt(word.substring(at + 1));
      switch (at < 0 ? word : word.substring(0, at)) {
        case "up" -> turns.loopUp();
        case "down" -> turns.loopDown();
        case "woken" -> turns.woken(n);
        case "came" -> answers.add(turns.came(n) ? "yes" : "no");
        case "rests" -> answers.add(turns.loopRests(n) ? "yes" : "no");
        default -> throw new IllegalArgumentException(word);
      }
    }
    assertThat(String.join(" ", answers)).isEqualTo(sends);
    assertThat(turns.isGathering()).isEqualTo(gathering.equals("yes"));
  }
}
