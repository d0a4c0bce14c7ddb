// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.serving;

import io.rxrpc.ServiceOptions;
import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.cli.frame.FailureReport;
import io.rxrpc.cli.frame.RootCommand;
import io.rxrpc.cli.text.EnctypeText;
import io.rxrpc.cli.text.KeytabText;
import io.rxrpc.cli.text.LevelText;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.tokens.keyfile.ServerKeyFile;
import io.rxrpc.tuning.Tunable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a server that asks its clients who they are. */
public final class ServiceKeyOptions {
  @Option(
      names = "--keys",
      paramLabel = "FILE",
      converter = KeytabText.class,
      description =
          "Serve only clients with a ticket for a key in FILE: a KeyFile, KeyFileExt or keytab, or"
              + " a folder of them. Read again when it changes.")
  private @Nullable Path keys;

  @Option(
      names = "--min-level",
      paramLabel = "LEVEL",
      converter = LevelText.class,
      description = "The least security level, with --keys: clear (default), auth or encrypt.")
  private @Nullable SecurityLevel least;

  @Option(
      names = "--refuse-keys",
      paramLabel = "TYPE",
      split = ",",
      converter = EnctypeText.class,
      description =
          "With --keys: do not use keys of these types, such as rc4,des3,des, although they are"
              + " there.")
  private List<Integer> refused = new ArrayList<>();

  @Option(
      names = "--allow-dotted-principals",
      description =
          "With --keys: serve clients whose Kerberos name has a dot in it, such as"
              + " first.last@REALM. OpenAFS refuses them unless told by an option of this name.")
  private boolean dots;

  /** The keys, opened; null where everybody may call. The caller closes them. */
  @Nullable ServerKeyFile open(RootCommand root) throws CommandFailure {
    Path file = keys;
    if (file == null) {
      if (least != null) {
        throw CommandFailure.usage("--min-level needs --keys: without keys nobody has a level");
      }
      if (dots || !refused.isEmpty()) {
        throw CommandFailure.usage(
            (dots ? "--allow-dotted-principals" : "--refuse-keys")
                + " needs --keys: without keys nobody is asked for a ticket");
      }
      return null;
    }
    try {
      ServerKeyFile open = ServerKeyFile.open(file, root.tunables().get(Tunable.KEY_FILE_CHECK));
      if (open.keys().isEmpty()) {
        open.close();
        throw new CommandFailure(ExitCode.USAGE, file + ": no key in it: nobody could call", null);
      }
      return open;
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.USAGE, "cannot read keys: " + FailureReport.file(e, file), e);
    }
  }

  /** What the service asks of its clients. */
  public ServiceOptions options(@Nullable ServerKeyFile open) {
    if (open == null) {
      return ServiceOptions.UNSECURED;
    }
    SecurityLevel level = least;
    var options = ServiceOptions.rxkad(open).refusingEnctypes(new HashSet<>(refused));
    options = dots ? options.allowDottedPrincipals() : options;
    return level == null ? options : options.minimumLevel(level);
  }
}
