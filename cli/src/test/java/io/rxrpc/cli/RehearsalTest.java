// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.cli.frame.ExitCode;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The training run of the AOT cache does what it says: a command that is misspelt trains nothing.
 */
class RehearsalTest {
  @Test
  void itsCommandsAreUnderstood() {
    for (List<String> command : Rehearsal.commands(9)) {
      if (command.getFirst().equals("demo") || command.contains("0")) {
        continue; // a verb of another module; and one that is wrong on purpose
      }
      if (command.contains("GetEntryByNameU")) {
        continue; // described by another module
      }
      CommandRun run = CommandRun.of(command.toArray(String[]::new));
      assertThat(run.code()).as(command + " " + run.err()).isNotEqualTo(ExitCode.USAGE);
    }
  }

  @Test
  void onlyTheVersionNeedsNoVerbs() {
    assertThat(CommandRun.of("--version").out()).startsWith("rxrpc ");
    assertThat(CommandRun.of("call", "--version").out()).startsWith("rxrpc ");
    CommandRun wrong = CommandRun.of("no-such-verb", "--version");
    assertThat(wrong.out() + wrong.err()).isNotEmpty();
  }
}
