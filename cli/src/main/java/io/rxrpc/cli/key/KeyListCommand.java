// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.key;

import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.cli.frame.RootCommand;
import io.rxrpc.cli.frame.Without;
import io.rxrpc.cli.frame.Without.Part;
import io.rxrpc.cli.option.StoreOption;
import io.rxrpc.cli.text.Json;
import io.rxrpc.cli.text.KeyText;
import io.rxrpc.tokens.store.StoredKey;
import io.rxrpc.tokens.store.TokenStore;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code rxrpc key list}: the descriptions of all keys. */
@Command(
    name = "list",
    customSynopsis = "rxrpc key list [options]",
    description = "List the keys, without their secrets.")
@Without({Part.PACKETS, Part.TUNABLES, Part.REMARKS})
final class KeyListCommand implements Callable<Integer> {
  private final RootCommand root;

  @Mixin private StoreOption store = new StoreOption();

  KeyListCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() throws IOException {
    TokenStore place = store.open();
    Instant now = Instant.now();
    List<StoredKey> keys = place.list();
    PrintStream out = root.streams().out();
    if (root.json()) {
      List<Object> rows = new ArrayList<>();
      keys.forEach(k -> rows.add(KeyText.json(k, now)));
      Json.print(out, rows);
    } else if (keys.isEmpty()) {
      out.println("no keys in " + place.place());
    } else {
      keys.forEach(k -> out.println(k.description() + "  " + KeyText.end(k.expiry(), now)));
    }
    keys.forEach(StoredKey::close);
    return ExitCode.OK;
  }
}
