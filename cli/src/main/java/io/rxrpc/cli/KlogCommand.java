package io.rxrpc.cli;

import io.rxrpc.key.RxkadToken;
import io.rxrpc.tokens.klog.Credential;
import io.rxrpc.tokens.klog.Kaserver;
import io.rxrpc.tokens.klog.KerberosEnvironment;
import io.rxrpc.tokens.klog.Klog;
import io.rxrpc.tokens.store.StoredKey;
import io.rxrpc.tokens.store.TokenStore;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rxrpc klog}: a token for a cell. */
@Command(
    name = "klog",
    customSynopsis =
        "rxrpc klog [PRINCIPAL] [--cell CELL] [--keytab FILE | --password-fd N | --ccache FILE]"
            + " [options]",
    description = {
      "Get a token for a cell from a Kerberos 5 KDC, for 'call --cell CELL' and the like.",
      "Without a PRINCIPAL the ticket that kinit got is used (KRB5CCNAME); with one the password",
      "is asked for. KRB5_CONFIG names the krb5.conf that says where the KDC is."
    },
    footer = {
      "",
      "Examples:",
      "  kinit user@EXAMPLE.ORG && rxrpc klog --cell example.org",
      "  rxrpc klog user@EXAMPLE.ORG --cell example.org",
      "  rxrpc klog robot@EXAMPLE.ORG --cell example.org --keytab robot.keytab",
      "  rxrpc klog user@EXAMPLE.ORG --password-fd 3 3< password",
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
      description = "For which cell (default: the realm of PRINCIPAL in lower case).")
  private @Nullable String cell;

  @Option(
      names = "--realm",
      paramLabel = "REALM",
      description = "The realm of the cell's servers (default: that of PRINCIPAL).")
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

  @Mixin private StoreOption store = new StoreOption();

  KlogCommand(RootCommand root) {
    this.root = root;
  }

  /** What proves who is asking: one of these. */
  static final class Proof {
    @Option(
        names = "--keytab",
        paramLabel = "FILE",
        converter = KeytabText.class,
        description = "A key in the keytab FILE.")
    private @Nullable Path keytab;

    @Option(
        names = "--password-fd",
        paramLabel = "N",
        description = "A password, the first line of descriptor N; 0 is stdin.")
    private @Nullable Integer descriptor;

    @Option(
        names = "--ccache",
        paramLabel = "FILE",
        description = "The ticket in the credential cache FILE.")
    private @Nullable String cache;
  }

  @Override
  public Integer call() throws CommandFailure, IOException {
    String forCell = cell();
    TokenStore place = store.open(); // first: nobody types a password for a store that is no good
    KerberosEnvironment.apply(System.getenv());
    Credential credential = credential();
    try {
      Klog.Result result =
          kaserver == null
              ? Klog.obtain(request(forCell, credential))
              : askKaserver(kaserver, forCell, credential);
      try {
        place.put(StoredKey.description(forCell), result.tokens());
        print(forCell, result, place);
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

  private Klog.Result askKaserver(String host, String forCell, Credential credential)
      throws CommandFailure, IOException {
    if (!(credential instanceof Credential.Password password)) {
      throw CommandFailure.usage(
          "a kaserver takes passwords only: leave --keytab and --ccache out");
    }
    String who = String.valueOf(who(credential));
    int at = who.indexOf('@'); // the cell says the rest
    InetSocketAddress server = Target.peer(host, Kaserver.PORT, 0).resolve();
    try (Session session = Session.untilExit(root)) {
      return new Kaserver(session.client(), server, timeout)
          .obtain(at < 0 ? who : who.substring(0, at), forCell, password);
    }
  }

  private String cell() throws CommandFailure {
    String given = cell;
    if (given != null) {
      return given;
    }
    String p = principal;
    int at = p == null ? -1 : p.lastIndexOf('@');
    if (p == null || at < 0 || at == p.length() - 1) {
      throw CommandFailure.usage("for which cell? give --cell CELL, or PRINCIPAL with its realm");
    }
    return p.substring(at + 1).toLowerCase(Locale.ROOT);
  }

  private Klog.Request request(String forCell, Credential credential) throws CommandFailure {
    try {
      return new Klog.Request(who(credential), forCell, realm, credential, timeout);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    }
  }

  /** A cache knows whose it is; otherwise it is the user of this machine. */
  private @Nullable String who(Credential credential) {
    String given = principal;
    return given == null && !(credential instanceof Credential.Cache)
        ? System.getProperty("user.name")
        : given;
  }

  private Credential credential() throws CommandFailure, IOException {
    Path keytab = proof.keytab;
    Integer descriptor = proof.descriptor;
    String cache = proof.cache;
    if (keytab != null) {
      return new Credential.Keytab(keytab);
    }
    SecretInput input = new SecretInput(root);
    if (descriptor != null) {
      return new Credential.Password(input.password(descriptor));
    }
    if (cache != null) {
      return new Credential.Cache(KerberosEnvironment.cache(cache));
    }
    if (principal == null && kaserver == null) {
      Path usual = KerberosEnvironment.cache(System.getenv());
      if (Files.isReadable(usual)) {
        return new Credential.Cache(usual);
      }
    }
    String name = principal == null ? System.getProperty("user.name") : principal;
    return new Credential.Password(
        input.prompt("Password for " + name, "--password-fd, --keytab or --ccache"));
  }

  private void print(String forCell, Klog.Result result, TokenStore place) {
    PrintStream out = root.streams().out();
    RxkadToken token = result.tokens().tokens().getFirst();
    if (root.json()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("cell", forCell);
      json.put("principal", result.principal());
      json.put("service", result.service());
      json.put("kvno", token.kvno());
      json.put("ends", token.expiry().toString());
      json.put("place", place.place());
      Json.print(out, json);
    } else if (!root.quiet()) {
      out.println(
          "a token of "
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
