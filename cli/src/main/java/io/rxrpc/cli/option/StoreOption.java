// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.option;

import io.rxrpc.tokens.store.TokenStore;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where tokens are kept: what the verbs about tokens have in common. */
public final class StoreOption {
  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = {
        "Keep tokens in FILE, not in the session keyring",
        "(RXRPC_TOKEN_FILE names it for all commands)."
      })
  private @Nullable Path file;

  /** The store that is meant. */
  public TokenStore open() throws IOException {
    return TokenStore.open(file);
  }
}
