// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lists in pages, as streams. */
class PagesTest {
  private final List<Integer> fetched = new ArrayList<>();

  private Pages.Page<String> page(int cursor) {
    fetched.add(cursor);
    return switch (cursor) {
      case 0 -> new Pages.Page<>(List.of("a", "b"), 7, false);
      case 7 -> new Pages.Page<>(List.of(), 9, false);
      case 9 -> new Pages.Page<>(List.of("c"), -1, true);
      default -> throw new AssertionError(cursor);
    };
  }

  @Test
  void goOnWhereTheOneBeforeSaysAndSkipEmptyOnes() {
    assertThat(Pages.stream(0, this::page)).containsExactly("a", "b", "c");
    assertThat(fetched).containsExactly(0, 7, 9);
  }

  @Test
  void areFetchedOnlyWhenNeeded() {
    assertThat(Pages.stream(0, this::page).limit(2)).containsExactly("a", "b");
    assertThat(fetched).containsExactly(0);
  }

  @Test
  void aCursorThatDoesNotMoveEndsThem() {
    assertThat(Pages.stream(3, cursor -> new Pages.Page<>(List.of("x"), 3, false)))
        .containsExactly("x");
  }

  @Test
  void onesThatCannotBeFetchedFail() {
    assertThatThrownBy(
            () ->
                Pages.stream(
                        0,
                        _ -> {
                          throw new IOException("gone");
                        })
                    .toList())
        .isInstanceOf(UncheckedIOException.class)
        .hasRootCauseMessage("gone");
  }
}
