// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.option;

import io.rxrpc.CallOptions;
import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.cli.frame.FailureReport;
import io.rxrpc.cli.text.KeytabText;
import io.rxrpc.cli.text.LevelText;
import io.rxrpc.cli.text.SecurityChoice;
import io.rxrpc.key.RxgkToken;
import io.rxrpc.key.Token;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.rxgk.RxgkForm;
import io.rxrpc.tokens.keyfile.LocalAuth;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a client that says who it is: a token from somewhere, and a level. */
public final class SecurityOptions {
  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      converter = LevelText.class,
      description =
          "Security: clear (only call and sequence numbers are protected), auth (and the first"
              + " bytes of each packet) or encrypt (default with a token).")
  private @Nullable SecurityLevel level;

  @Option(
      names = "--security",
      paramLabel = "CLASS",
      converter = SecurityChoice.Text.class,
      description =
          "Use a token of this security class only: rxgk, yfs-rxgk or rxkad (default: rxgk where"
              + " there is one).")
  private @Nullable SecurityChoice choice;

  @ArgGroup private Source source = new Source();

  @Mixin private StoreOption store = new StoreOption();

  /**
   * Adds what the user asked for.
   *
   * @throws CommandFailure if no token is named where one is needed
   * @throws IOException if there is none: nothing has been sent then
   */
  public CallOptions apply(CallOptions options) throws CommandFailure, IOException {
    SecurityLevel asked = level;
    if (!source.isGiven()) {
      if (asked == null && choice == null) {
        return options;
      }
      throw new CommandFailure(
          ExitCode.REFUSED,
          (asked == null ? "--security " + word() : "--level " + asked)
              + " needs a token: get one by 'rxrpc klog USER@REALM --cell CELL' and add --cell"
              + " CELL, or use a server's own keys by --localauth FILE",
          null);
    }
    Token token = source.token(store, choice, asked);
    SecurityLevel level = asked == null ? SecurityLevel.ENCRYPT : asked;
    return options.token(token, token instanceof RxgkToken rxgk ? exactly(rxgk) : level);
  }

  private String word() {
    SecurityChoice c = choice;
    return c == null ? "" : c.label();
  }

  /** A token of rxgk has its level in it: that of the connection, neither less nor more. */
  private SecurityLevel exactly(RxgkToken token) throws CommandFailure {
    SecurityLevel its = SecurityLevel.of(token.level());
    SecurityLevel asked = level;
    if (its == null || (asked != null && asked != its)) {
      token.destroy();
      throw new CommandFailure(
          ExitCode.REFUSED,
          "the token of rxgk is for the level "
              + (its == null ? token.level() : its)
              + " and no other; get one by 'rxrpc klog --rxgk --level "
              + (asked == null ? SecurityLevel.ENCRYPT : asked)
              + "', or leave --level out");
    }
    return its;
  }

  /** Where the token comes from: one of these. */
  static final class Source {
    @Option(
        names = "--cell",
        paramLabel = "CELL",
        description = "Use the token for CELL that 'rxrpc klog' got.")
    private @Nullable String cell;

    @Option(
        names = "--key",
        paramLabel = "DESCRIPTION",
        description = "Use the token with this description; 'rxrpc key list' shows them.")
    private @Nullable String key;

    @Option(
        names = "--localauth",
        paramLabel = "KEYFILE|KEYTAB",
        converter = KeytabText.class,
        description =
            "Be the superuser by a ticket or token made from the server's own keys: a KeyFile,"
                + " KeyFileExt or keytab, or a folder of them; by rxgk if it has keys of rxgk.")
    private @Nullable Path localAuth;

    boolean isGiven() {
      return cell != null || key != null || localAuth != null;
    }

    Token token(StoreOption store, @Nullable SecurityChoice choice, @Nullable SecurityLevel level)
        throws CommandFailure, IOException {
      String c = cell;
      if (c != null) {
        return store.open().find(c, Instant.now(), t -> choice == null || choice.takes(t));
      }
      String k = key;
      if (k != null) {
        return store.open().key(k, Instant.now(), t -> choice == null || choice.takes(t));
      }
      Path file = localAuth;
      if (file == null) {
        throw CommandFailure.usage("a token comes from --cell, --key or --localauth");
      }
      try {
        return made(file, choice, level == null ? SecurityLevel.ENCRYPT : level);
      } catch (IOException e) {
        throw new CommandFailure(
            ExitCode.USAGE, "cannot read keys: " + FailureReport.file(e, file), e);
      }
    }

    private static Token made(Path file, @Nullable SecurityChoice choice, SecurityLevel level)
        throws IOException {
      Instant now = Instant.now();
      SecurityChoice best = LocalAuth.hasRxgk(file) ? SecurityChoice.RXGK : SecurityChoice.RXKAD;
      return switch (choice == null ? best : choice) {
        case RXKAD -> LocalAuth.token(file, now);
        case RXGK -> LocalAuth.rxgk(file, RxgkForm.OPENAFS, level, now);
        case YFS_RXGK -> LocalAuth.rxgk(file, RxgkForm.YFS, level, now);
      };
    }
  }
}
