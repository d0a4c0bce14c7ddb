// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli;

import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.cli.frame.RootCommand;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** {@code rxrpc completion}: a script that lets a shell complete the command. */
@Command(
    name = "completion",
    customSynopsis = "rxrpc completion",
    description = {
      "Print a script that completes verbs, options and names in bash and zsh.",
      "A shell reads it with: source <(rxrpc completion)"
    },
    footer = {"", "Example: rxrpc completion >~/.local/share/bash-completion/completions/rxrpc"})
final class CompletionCommand implements Callable<Integer> {
  private final RootCommand root;

  CompletionCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    root.streams().out().print(AutoComplete.bash("rxrpc", Rxrpc.allVerbs(root)));
    return ExitCode.OK;
  }
}
