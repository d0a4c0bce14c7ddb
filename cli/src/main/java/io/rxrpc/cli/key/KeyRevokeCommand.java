// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.key;

import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.cli.frame.RootCommand;
import io.rxrpc.cli.frame.Without;
import io.rxrpc.cli.frame.Without.Part;
import io.rxrpc.cli.option.StoreOption;
import io.rxrpc.cli.text.Json;
import io.rxrpc.tokens.store.TokenStore;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code rxrpc key revoke}: ends a key. */
@Command(
    name = "revoke",
    customSynopsis = "rxrpc key revoke DESCRIPTION [options]",
    description = "Remove a key; in the keyring nobody who holds it can use it any more.")
@Without({Part.PACKETS, Part.TUNABLES})
final class KeyRevokeCommand implements Callable<Integer> {
  private final RootCommand root;

  @Parameters(index = "0", paramLabel = "DESCRIPTION", description = "The key's name.")
  private String description = "";

  @Mixin private StoreOption store = new StoreOption();

  KeyRevokeCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() throws CommandFailure, IOException {
    TokenStore place = store.open();
    if (!place.remove(description)) {
      throw none(description, place);
    }
    if (root.json()) {
      Json.print(root.streams().out(), Map.of("revoked", description));
    } else if (!root.quiet()) {
      root.streams().out().println("revoked " + description);
    }
    return ExitCode.OK;
  }

  static CommandFailure none(String description, TokenStore place) {
    return new CommandFailure(
        ExitCode.REFUSED,
        "no key " + description + " in " + place.place() + "; 'rxrpc key list' shows what is");
  }
}
