// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.key;

import io.rxrpc.cli.frame.CommandFailure;
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
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code rxrpc key show}: what may be known about a key. */
@Command(
    name = "show",
    customSynopsis = "rxrpc key show DESCRIPTION [options]",
    description = "Show what a key is for and when it ends, without its secret.")
@Without({Part.PACKETS, Part.TUNABLES, Part.REMARKS})
final class KeyShowCommand implements Callable<Integer> {
  private final RootCommand root;

  @Parameters(index = "0", paramLabel = "DESCRIPTION", description = "The key's name.")
  private String description = "";

  @Mixin private StoreOption store = new StoreOption();

  KeyShowCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() throws CommandFailure, IOException {
    TokenStore place = store.open();
    StoredKey key = place.get(description);
    if (key == null) {
      throw KeyRevokeCommand.none(description, place);
    }
    try (key) {
      Map<String, Object> facts = KeyText.json(key, Instant.now());
      if (root.json()) {
        Json.print(root.streams().out(), facts);
      } else {
        facts.forEach((name, value) -> root.streams().out().println(name + ": " + value));
      }
    }
    return ExitCode.OK;
  }
}
