// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.token;

import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.cli.frame.RootCommand;
import io.rxrpc.cli.frame.Session;
import io.rxrpc.cli.frame.Target;
import io.rxrpc.cli.option.SecretInput;
import io.rxrpc.cli.option.StoreOption;
import io.rxrpc.cli.text.DurationText;
import io.rxrpc.cli.text.Json;
import io.rxrpc.cli.text.KeyText;
import io.rxrpc.key.RxgkToken;
import io.rxrpc.key.RxkadToken;
import io.rxrpc.key.Token;
import io.rxrpc.tokens.klog.CellServers;
import io.rxrpc.tokens.klog.Credential;
import io.rxrpc.tokens.klog.Kaserver;
import io.rxrpc.tokens.klog.Klog;
import io.rxrpc.tokens.krb5.Kerberos;
import io.rxrpc.tokens.store.StoredKey;
import io.rxrpc.tokens.store.TokenStore;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code rxrpc klog}: a token for a cell. */
@Command(
    name = "klog",
    customSynopsis =
        "rxrpc klog [PRINCIPAL] [--cell CELL] [--keytab FILE | --password-fd N | --ccache CACHE]"
            + " [options]",
    description = {
      "Get a token for a cell from a Kerberos 5 KDC, for 'call --cell CELL' and the like.",
      "Without a PRINCIPAL the ticket that kinit got is used, wherever kinit keeps it; with one",
      "the password is asked for. KRB5_CONFIG names the krb5.conf that says where the KDC is."
    },
    footer = {
      "",
      "Examples:",
      "  kinit user@EXAMPLE.ORG && rxrpc klog",
      "  rxrpc klog user@EXAMPLE.ORG --cell example.org",
      "  rxrpc klog robot@EXAMPLE.ORG --cell example.org --keytab robot.keytab",
      "  rxrpc klog user@EXAMPLE.ORG --password-fd 3 3< password",
      "  rxrpc klog --rxgk --cell example.org",
      "  rxrpc klog --rxgk --server files.example.org:7300 --acceptor rx/files.example.org",
      "  rxrpc klog user --cell example.org --kaserver afsdb1.example.org",
      "",
      "Exit codes: 0 there is a token, 2 usage or local file, 4 no KDC answers, 6 refused."
    })
final class KlogCommand implements Callable<Integer> {
  private final RootCommand root;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "PRINCIPAL",
      description = "Who: NAME[@REALM].")
  private @Nullable String principal;

  @Option(
      names = "--cell",
      paramLabel = "CELL",
      description = {
        "For which cell (default: the realm of PRINCIPAL in lower case; without PRINCIPAL",
        "this machine's cell, ThisCell, or the realm of the ticket in lower case)."
      })
  private @Nullable String cell;

  @Option(
      names = "--realm",
      paramLabel = "REALM",
      description = {
        "The realm of the cell's servers (default: as aklog finds it, first that of PRINCIPAL,",
        "then that of the cell's servers)."
      })
  private @Nullable String realm;

  @Option(
      names = "--kaserver",
      paramLabel = "HOST[:PORT]",
      description = "Ask this AFS kaserver, with a password, and no KDC.")
  private @Nullable String kaserver;

  @ArgGroup private Proof proof = new Proof();

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "30s",
      converter = DurationText.class,
      description = "Give up after this (default: ${DEFAULT-VALUE}).")
  private Duration timeout = Duration.ofSeconds(30);

  @Option(
      names = "--kerberos",
      paramLabel = "auto|system|jdk",
      converter = ChoiceText.class,
      description = {
        "Which Kerberos: the system's MIT libkrb5, as kinit and aklog use it, or the JDK's;",
        "auto takes the system's where it is there."
      })
  private Choice choice = Choice.AUTO;

  @Option(
      names = {"-v", "--verbose"},
      description = "Tell on stderr which Kerberos is used and what is asked for.")
  private boolean verbose;

  @Mixin private RxgkKlogOptions rxgk = new RxgkKlogOptions();

  @Mixin private StoreOption store = new StoreOption();

  KlogCommand(RootCommand root) {
    this.root = root;
  }

  /** What {@code --kerberos} takes. */
  enum Choice {
    AUTO,
    SYSTEM,
    JDK
  }

  /** Reads a {@link Choice} in lower case. */
  static final class ChoiceText implements ITypeConverter<Choice> {
    @Override
    public Choice convert(String text) {
      for (Choice choice : Choice.values()) {
        if (choice.name().toLowerCase(Locale.ROOT).equals(text)) {
          return choice;
        }
      }
      throw new TypeConversionException("'" + text + "' is none of auto, system, jdk");
    }
  }

  /** What proves who is asking: one of these. */
  static final class Proof {
    @Option(
        names = "--keytab",
        paramLabel = "FILE",
        description = "A key in the keytab FILE, also FILE:PATH.")
    private @Nullable String keytab;

    @Option(
        names = "--password-fd",
        paramLabel = "N",
        description = "A password, the first line of descriptor N; 0 is stdin.")
    private @Nullable Integer descriptor;

    @Option(
        names = "--ccache",
        paramLabel = "CACHE",
        description = "The ticket in the credential cache CACHE: a file, or TYPE:NAME.")
    private @Nullable String cache;
  }

  @Override
  public Integer call() throws CommandFailure, IOException {
    if (rxgk.isGiven() && kaserver != null) {
      throw CommandFailure.usage("a kaserver gives tokens of rxkad only: leave --rxgk out");
    }
    TokenStore place = store.open(); // first: nobody types a password for a store that is no good
    Kerberos kerberos = kerberos();
    KlogIdentity identity = identity(kerberos);
    String forCell = identity.cell();
    Credential credential = identity.credential();
    try {
      Klog.Result result =
          kaserver == null
              ? ask(request(identity.principal(), forCell, credential, kerberos))
              : askKaserver(kaserver, identity, forCell, credential);
      try {
        place.add(StoredKey.description(forCell), result.tokens(), Instant.now());
        print(forCell, result, kerberos, place);
      } finally {
        result.tokens().destroy();
      }
    } finally {
      if (credential instanceof Credential.Password p) {
        p.destroy();
      }
    }
    return ExitCode.OK;
  }

  private Klog.Result ask(Klog.Request request) throws CommandFailure, IOException {
    return rxgk.isGiven()
        ? rxgk.obtain(root, request, this::progress)
        : Klog.obtain(request, this::progress);
  }

  private void progress(String step) {
    if (verbose && !root.quiet()) {
      root.streams().err().println("rxrpc klog: " + step);
    }
  }

  private Kerberos kerberos() throws IOException {
    return switch (choice) {
      case AUTO -> Kerberos.automatic();
      case SYSTEM -> Klog.system();
      case JDK -> Kerberos.jdk();
    };
  }

  private Klog.Result askKaserver(
      String host, KlogIdentity identity, String forCell, Credential credential)
      throws CommandFailure, IOException {
    if (!(credential instanceof Credential.Password password)) {
      throw CommandFailure.usage(
          "a kaserver takes passwords only: leave --keytab and --ccache out");
    }
    String who = String.valueOf(identity.principal());
    int at = who.indexOf('@'); // the cell says the rest
    InetSocketAddress server = Target.peer(host, Kaserver.PORT, 0).resolve();
    try (Session session = Session.untilExit(root)) {
      return new Kaserver(session.client(), server, timeout)
          .obtain(at < 0 ? who : who.substring(0, at), forCell, password);
    }
  }

  private Klog.Request request(
      @Nullable String who, String forCell, Credential credential, Kerberos kerberos)
      throws CommandFailure {
    try {
      return new Klog.Request(who, forCell, realm, credential, timeout, kerberos);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    }
  }

  /** Who asks, for which cell, and what proves it. */
  private KlogIdentity identity(Kerberos kerberos) throws CommandFailure, IOException {
    KlogIdentity.Given given =
        new KlogIdentity.Given(
            principal, cell, proof.keytab, proof.descriptor, proof.cache, kaserver != null);
    return KlogIdentity.find(given, kerberos, CellServers.ofThisMachine(), new SecretInput(root));
  }

  private void print(String forCell, Klog.Result result, Kerberos kerberos, TokenStore place) {
    PrintStream out = root.streams().out();
    Token token = result.tokens().tokens().getFirst();
    if (root.json()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("cell", forCell);
      json.put("principal", result.principal());
      json.put("service", result.service());
      json.put("session_key", result.sessionKey());
      json.put("issuer", kaserver == null ? "kdc" : "kaserver");
      if (kaserver == null) {
        json.put("kerberos", kerberos.name());
        json.put("kerberos_library", kerberos.description());
      }
      switch (token) {
        case RxkadToken t -> json.put("kvno", t.kvno());
        case RxgkToken t -> json.put("token", KeyText.ticket(t));
      }
      json.put("ends", token.expiry().toString());
      json.put("place", place.place());
      Json.print(out, json);
    } else if (!root.quiet()) {
      out.println(
          (token instanceof RxgkToken t ? "a token (" + KeyText.ticket(t) + ") of " : "a token of ")
              + result.principal()
              + " for the cell "
              + forCell
              + " until "
              + KeyText.end(result.tokens().expiry(), Instant.now())
              + ", in "
              + place.place());
    }
  }
}
