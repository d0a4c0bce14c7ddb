// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.token;

import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.cli.frame.RootCommand;
import io.rxrpc.cli.frame.Without;
import io.rxrpc.cli.frame.Without.Part;
import io.rxrpc.cli.option.StoreOption;
import io.rxrpc.cli.text.Json;
import io.rxrpc.tokens.store.StoredKey;
import io.rxrpc.tokens.store.TokenStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rxrpc unlog}: throws tokens away. */
@Command(
    name = "unlog",
    customSynopsis = "rxrpc unlog [--cell CELL] [options]",
    description = "Remove the token of a cell, or the tokens of all cells.",
    footer = {"", "Examples:", "  rxrpc unlog", "  rxrpc unlog --cell example.org"})
@Without({Part.PACKETS, Part.TUNABLES})
final class UnlogCommand implements Callable<Integer> {
  private final RootCommand root;

  @Option(names = "--cell", paramLabel = "CELL", description = "Only the token of this cell.")
  private @Nullable String cell;

  @Mixin private StoreOption store = new StoreOption();

  UnlogCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() throws IOException {
    TokenStore place = store.open();
    List<String> removed = new ArrayList<>();
    for (String description : descriptions(place)) {
      if (place.remove(description)) {
        removed.add(description.substring(StoredKey.AFS.length()));
      }
    }
    if (root.json()) {
      Json.print(root.streams().out(), Map.of("removed", removed));
    } else if (!root.quiet()) {
      root.streams()
          .out()
          .println(
              removed.isEmpty()
                  ? "no tokens in " + place.place()
                  : "removed the token for " + String.join(", ", removed));
    }
    return ExitCode.OK;
  }

  private List<String> descriptions(TokenStore place) throws IOException {
    String only = cell;
    if (only != null) {
      return List.of(StoredKey.description(only));
    }
    List<String> all = new ArrayList<>();
    for (StoredKey key : place.list()) {
      if (key.description().startsWith(StoredKey.AFS)) {
        all.add(key.description());
      }
      key.close();
    }
    return all;
  }
}
