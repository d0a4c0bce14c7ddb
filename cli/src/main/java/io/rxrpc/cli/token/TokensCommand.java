// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.token;

import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.cli.frame.RootCommand;
import io.rxrpc.cli.frame.Without;
import io.rxrpc.cli.frame.Without.Part;
import io.rxrpc.cli.option.StoreOption;
import io.rxrpc.cli.text.Json;
import io.rxrpc.cli.text.KeyText;
import io.rxrpc.key.Token;
import io.rxrpc.tokens.store.StoredKey;
import io.rxrpc.tokens.store.TokenStore;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code rxrpc tokens}: which cells there are tokens for. */
@Command(
    name = "tokens",
    customSynopsis = "rxrpc tokens [options]",
    description = "List the tokens of cells, and when they end.",
    footer = {"", "Examples:", "  rxrpc tokens", "  rxrpc tokens --json"})
@Without({Part.PACKETS, Part.TUNABLES, Part.REMARKS})
final class TokensCommand implements Callable<Integer> {
  private final RootCommand root;

  @Mixin private StoreOption store = new StoreOption();

  TokensCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() throws IOException {
    TokenStore place = store.open();
    Instant now = Instant.now();
    List<StoredKey> keys =
        place.list().stream().filter(k -> k.description().startsWith(StoredKey.AFS)).toList();
    try {
      print(keys, place, now);
    } finally {
      keys.forEach(StoredKey::close);
    }
    return ExitCode.OK;
  }

  private void print(List<StoredKey> keys, TokenStore place, Instant now) {
    PrintStream out = root.streams().out();
    if (root.json()) {
      List<Object> rows = new ArrayList<>();
      keys.forEach(k -> rows.add(KeyText.json(k, now)));
      Json.print(out, rows);
    } else if (keys.isEmpty()) {
      out.println("no tokens in " + place.place());
    } else {
      int width = Math.max(4, keys.stream().mapToInt(k -> k.cell().length()).max().orElse(0));
      String format = "%-" + width + "s  %-40s  %s%n";
      out.printf(Locale.ROOT, format, "CELL", "ENDS", "TOKEN");
      for (StoredKey k : keys) {
        for (Token t : k.tokens().tokens()) {
          out.printf(Locale.ROOT, format, k.cell(), KeyText.end(t, now), KeyText.ticket(t));
        }
      }
    }
  }
}
