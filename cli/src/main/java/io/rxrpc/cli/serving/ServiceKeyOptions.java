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
import io.rxrpc.cli.text.SecurityChoice;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.ServerSecurity;
import io.rxrpc.security.rxgk.RxgkForm;
import io.rxrpc.security.rxgk.RxgkServer;
import io.rxrpc.security.rxkad.RxkadServer;
import io.rxrpc.tokens.keyfile.ServerKeyFile;
import io.rxrpc.tokens.krb5.Kerberos;
import io.rxrpc.tokens.rxgk.NegotiationService;
import io.rxrpc.tuning.Tunable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a server that asks its clients who they are. */
public final class ServiceKeyOptions {
  @Option(
      names = "--keys",
      paramLabel = "FILE",
      converter = KeytabText.class,
      description =
          "Serve only clients with a ticket or token for a key in FILE: a KeyFile, KeyFileExt or"
              + " keytab, or a folder of them. Read again when it changes.")
  private @Nullable Path keys;

  @Option(
      names = "--min-level",
      paramLabel = "LEVEL",
      converter = LevelText.class,
      description =
          "The least security level, with --keys: clear, auth or encrypt (default: encrypt with"
              + " rxgk, clear with rxkad).")
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

  @Option(
      names = "--security",
      paramLabel = "CLASS",
      split = ",",
      converter = SecurityChoice.Text.class,
      description =
          "With --keys: serve by these security classes only, of rxgk, yfs-rxgk and rxkad (default:"
              + " all for which there are keys).")
  private Set<SecurityChoice> classes = EnumSet.noneOf(SecurityChoice.class);

  @Option(
      names = "--principal",
      paramLabel = "NAME/HOST",
      description =
          "With a keytab as --keys: whose keys in it are those of this service, for rxgk (default:"
              + " the principals of AFS).")
  private @Nullable String principal;

  /** The keys, opened; null where everybody may call. The caller closes them. */
  @Nullable ServerKeyFile open(RootCommand root) throws CommandFailure {
    Path file = keys;
    if (file == null) {
      if (least != null) {
        throw CommandFailure.usage("--min-level needs --keys: without keys nobody has a level");
      }
      String other = needsKeys();
      if (other != null) {
        throw CommandFailure.usage(
            other + " needs --keys: without keys nobody is asked for a ticket");
      }
      return null;
    }
    try {
      long interval = root.tunables().get(Tunable.KEY_FILE_CHECK);
      String named = principal;
      ServerKeyFile open =
          named == null
              ? ServerKeyFile.open(file, interval)
              : ServerKeyFile.ofPrincipal(file, named, interval);
      String none = noneFor(open);
      if (none != null) {
        open.close();
        throw new CommandFailure(ExitCode.USAGE, file + none + ": nobody could call", null);
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
    SecurityLevel level = least(SecurityLevel.CLEAR);
    InstantSource clock = InstantSource.system();
    List<ServerSecurity> offered = new ArrayList<>();
    for (SecurityChoice choice : offered(open)) {
      offered.add(
          switch (choice) {
            case RXKAD -> {
              RxkadServer.Builder rxkad =
                  RxkadServer.builder(open, clock)
                      .minimumLevel(level)
                      .refusedEnctypes(new HashSet<>(refused));
              yield (dots ? rxkad.dotsInNames() : rxkad).build();
            }
            case RXGK -> rxgk(RxgkForm.OPENAFS, open, clock);
            case YFS_RXGK -> rxgk(RxgkForm.YFS, open, clock);
          });
    }
    return ServiceOptions.of(
        offered.getFirst(), offered.stream().skip(1).toArray(ServerSecurity[]::new));
  }

  private ServerSecurity rxgk(RxgkForm form, ServerKeyFile open, InstantSource clock) {
    return RxgkServer.builder(form, open.rxgk(), clock, new SecureRandom())
        .minimumLevel(least(SecurityLevel.ENCRYPT))
        .build();
  }

  private SecurityLevel least(SecurityLevel otherwise) {
    SecurityLevel level = least;
    return level == null ? otherwise : level;
  }

  /** What is served: what was asked for, or all for which there are keys now. */
  private Set<SecurityChoice> offered(ServerKeyFile open) {
    if (!classes.isEmpty()) {
      return classes;
    }
    Set<SecurityChoice> all = EnumSet.noneOf(SecurityChoice.class);
    for (SecurityChoice choice : SecurityChoice.values()) {
      if (hasKeys(open, choice)) {
        all.add(choice);
      }
    }
    return all;
  }

  private static boolean hasKeys(ServerKeyFile open, SecurityChoice choice) {
    return open.keys().stream().anyMatch(k -> k.rxgk() != (choice == SecurityChoice.RXKAD));
  }

  /** What is wrong if nobody could call by one of the classes, or null. */
  private @Nullable String noneFor(ServerKeyFile open) {
    for (SecurityChoice choice : classes) {
      if (!hasKeys(open, choice)) {
        return ": no key of " + choice.label() + " in it";
      }
    }
    return open.keys().isEmpty() ? ": no key in it" : null;
  }

  private @Nullable String needsKeys() {
    if (dots) {
      return "--allow-dotted-principals";
    }
    if (!refused.isEmpty()) {
      return "--refuse-keys";
    }
    return !classes.isEmpty() ? "--security" : principal == null ? null : "--principal";
  }

  /**
   * The service that gives tokens of rxgk to who has a Kerberos ticket; null where the keys are not
   * for that, or come without a keytab to accept tickets with.
   */
  @Nullable NegotiationService negotiation(@Nullable ServerKeyFile open) {
    Path keytab =
        open != null && offered(open).contains(SecurityChoice.RXGK)
            ? open.negotiationKeytab()
            : null;
    if (open == null || keytab == null) {
      return null;
    }
    NegotiationService service =
        new NegotiationService(Kerberos.automatic(), keytab.toString(), open::issuer)
            .minimumLevel(least(SecurityLevel.ENCRYPT));
    String named = principal;
    return named == null
        ? service
        : service.acceptors(n -> n.equals(named) || n.startsWith(named + "@"));
  }
}
