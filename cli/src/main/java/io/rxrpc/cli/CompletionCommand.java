// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli;

import io.rxrpc.afs.WellKnownService;
import io.rxrpc.cli.completion.CompletionScript;
import io.rxrpc.cli.completion.KnownCells;
import io.rxrpc.cli.completion.KnownWords;
import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.cli.frame.RootCommand;
import io.rxrpc.cli.frame.Without;
import io.rxrpc.cli.frame.Without.Part;
import io.rxrpc.cli.option.KnownService;
import io.rxrpc.cli.option.StoreOption;
import io.rxrpc.cli.text.WordConverter;
import io.rxrpc.tokens.store.StoredKey;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rxrpc completion}: a script that lets a shell complete the command. */
@Command(
    name = "completion",
    customSynopsis = "rxrpc completion [bash|zsh|fish]",
    description = {
      "Print a script that completes verbs, options, services, procedures, cells and keys.",
      "A shell reads it with: source <(rxrpc completion bash)"
    },
    footer = {
      "",
      "Examples:",
      "  rxrpc completion >~/.local/share/bash-completion/completions/rxrpc",
      "  rxrpc completion zsh >~/.zsh/_rxrpc            in a folder of $fpath",
      "  rxrpc completion fish >~/.config/fish/completions/rxrpc.fish"
    })
@Without({Part.PACKETS, Part.TUNABLES, Part.JSON, Part.REMARKS})
final class CompletionCommand implements Callable<Integer> {
  private final RootCommand root;

  @Parameters(
      arity = "0..1",
      paramLabel = "bash|zsh|fish",
      converter = ShellText.class,
      description = "The shell that shall complete; without it bash.")
  private CompletionScript script = CompletionScript.BASH;

  @Option(
      names = "--list",
      paramLabel = "cells|keys",
      converter = ListText.class,
      hidden = true,
      description = "Print the names of cells, or the descriptions of keys, as scripts ask it.")
  private @Nullable Asked list;

  @Mixin private StoreOption store = new StoreOption();

  CompletionCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() throws CommandFailure, IOException {
    Asked asked = list;
    if (asked == null) {
      root.streams().out().print(script.text(Rxrpc.allVerbs(root), known()));
      return ExitCode.OK;
    }
    List<StoredKey> keys = store.open().list();
    try {
      List<String> names =
          asked == Asked.KEYS
              ? keys.stream().map(StoredKey::description).sorted().toList()
              : KnownCells.with(keys.stream().map(StoredKey::cell).toList());
      names.forEach(root.streams().out()::println);
    } finally {
      keys.forEach(StoredKey::close);
    }
    return ExitCode.OK;
  }

  private static KnownWords known() throws CommandFailure {
    Map<String, List<String>> procedures = new LinkedHashMap<>();
    for (WellKnownService service : WellKnownService.values()) {
      List<String> names = KnownService.procedures(service.label(), service.port(), service.id());
      if (!names.isEmpty()) {
        procedures.put(service.label(), names);
      }
    }
    return new KnownWords(WellKnownService.names(), procedures, RootCommand.tunableNames());
  }

  /** What a script asks for while it is in use. */
  enum Asked {
    CELLS,
    KEYS
  }

  /** Reads the name of a shell. */
  static final class ShellText extends WordConverter<CompletionScript> {
    ShellText() {
      super(CompletionScript.values(), WordConverter::lowerCase);
    }
  }

  /** Reads an {@link Asked} in lower case. */
  static final class ListText extends WordConverter<Asked> {
    ListText() {
      super(Asked.values(), WordConverter::lowerCase);
    }
  }
}
