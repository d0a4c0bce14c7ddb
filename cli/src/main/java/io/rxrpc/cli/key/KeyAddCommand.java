// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.key;

import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.cli.frame.RootCommand;
import io.rxrpc.cli.frame.Without;
import io.rxrpc.cli.frame.Without.Part;
import io.rxrpc.cli.option.SecretInput;
import io.rxrpc.cli.option.StoreOption;
import io.rxrpc.cli.text.Json;
import io.rxrpc.key.ClientTokens;
import io.rxrpc.key.KeyException;
import io.rxrpc.key.TokenReader;
import io.rxrpc.tokens.store.TokenStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rxrpc key add}: keeps a key that came from elsewhere. */
@Command(
    name = "add",
    customSynopsis = "rxrpc key add DESCRIPTION [--file FILE | --secret-fd N] [options]",
    description = {
      "Keep a key of type rxrpc: a session key and its ticket.",
      "The payload is what Linux's add_key takes: XDR, version 1, or the structure of the RxRPC",
      "document; binary or in hexadecimal. Without an option it is asked for, in hexadecimal."
    },
    footer = {
      "",
      "Examples:",
      "  rxrpc key add afs@example.org --file token.xdr",
      "  make-token | rxrpc key add test --secret-fd 0"
    })
@Without({Part.PACKETS, Part.TUNABLES})
final class KeyAddCommand implements Callable<Integer> {
  private final RootCommand root;

  @Parameters(index = "0", paramLabel = "DESCRIPTION", description = "The key's name.")
  private String description = "";

  @ArgGroup private Source source = new Source();

  @Mixin private StoreOption store = new StoreOption();

  KeyAddCommand(RootCommand root) {
    this.root = root;
  }

  /** Where the payload comes from. */
  static final class Source {
    @Option(names = "--file", paramLabel = "FILE", description = "The payload is in FILE.")
    private @Nullable Path file;

    @Option(
        names = "--secret-fd",
        paramLabel = "N",
        description = "The payload comes from descriptor N; 0 is stdin.")
    private @Nullable Integer descriptor;
  }

  @Override
  public Integer call() throws CommandFailure, IOException {
    byte[] given = given();
    byte[] payload = SecretInput.unhex(given);
    Arrays.fill(given, (byte) 0);
    try {
      ClientTokens tokens = TokenReader.read(payload);
      if (tokens.anonymous()) {
        throw CommandFailure.usage("an empty payload is no key");
      }
      TokenStore place = store.open();
      try {
        place.put(description, tokens);
      } finally {
        tokens.destroy();
      }
      if (root.json()) {
        Json.print(root.streams().out(), Map.of("added", description, "store", place.place()));
      } else if (!root.quiet()) {
        root.streams().out().println("key " + description + " is in " + place.place());
      }
      return ExitCode.OK;
    } catch (KeyException e) {
      throw new CommandFailure(
          ExitCode.USAGE, "the payload is no key of type rxrpc: " + e.getMessage(), e);
    } finally {
      Arrays.fill(payload, (byte) 0);
    }
  }

  private byte[] given() throws CommandFailure {
    SecretInput input = new SecretInput(root);
    Path file = source.file;
    Integer descriptor = source.descriptor;
    if (file != null) {
      return input.file(file);
    }
    if (descriptor != null) {
      return input.descriptor(descriptor);
    }
    char[] typed = input.prompt("Payload for " + description, "--file or --secret-fd");
    byte[] bytes = new byte[typed.length];
    boolean hex = true;
    for (int i = 0; i < typed.length; i++) { // no string is made of it: that could not be cleared
      hex &= HexFormat.isHexDigit(typed[i]) || typed[i] == ' ' || typed[i] == '\t';
      bytes[i] = (byte) typed[i];
    }
    Arrays.fill(typed, '\0');
    if (!hex) {
      Arrays.fill(bytes, (byte) 0);
      throw CommandFailure.usage("the payload is not in hexadecimal");
    }
    return bytes;
  }
}
