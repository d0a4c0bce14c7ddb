package io.rxrpc.cli;

import io.rxrpc.CallOptions;
import io.rxrpc.key.RxkadToken;
import io.rxrpc.security.Level;
import io.rxrpc.tokens.keyfile.LocalAuth;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options of a client that says who it is: a token from somewhere, and a level. */
final class SecurityOptions {
  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      converter = LevelText.class,
      description =
          "Security: clear (only call and sequence numbers are protected), auth (and the first"
              + " bytes of each packet) or encrypt (default with a token).")
  private @Nullable Level level;

  @ArgGroup private Source source = new Source();

  /** Adds what the user asked for; refuses before a packet is sent where there is no token. */
  CallOptions apply(CallOptions options) throws CommandFailure {
    Level asked = level;
    if (!source.isGiven()) {
      if (asked == null) {
        return options;
      }
      throw new CommandFailure(
          ExitCode.REFUSED,
          "--level "
              + asked
              + " needs a token: get one by 'rxrpc klog USER@REALM --cell CELL' and add --cell CELL,"
              + " or read a server's keys by --localauth FILE",
          null);
    }
    return options.token(source.token(), asked == null ? Level.ENCRYPT : asked);
  }

  /** Where the token comes from. */
  static final class Source {
    @Option(
        names = "--localauth",
        paramLabel = "KEYFILE|KEYTAB",
        description =
            "Be the superuser by a ticket made from the server's own keys: a KeyFile, KeyFileExt"
                + " or keytab, or a folder of them.")
    private @Nullable Path localAuth;

    boolean isGiven() {
      return localAuth != null;
    }

    RxkadToken token() throws CommandFailure {
      Path file = localAuth;
      if (file == null) {
        throw CommandFailure.usage("a token comes from --localauth");
      }
      try {
        return LocalAuth.token(file, Instant.now());
      } catch (IOException e) {
        throw new CommandFailure(ExitCode.USAGE, "cannot read keys: " + Failures.file(e, file), e);
      }
    }
  }
}
