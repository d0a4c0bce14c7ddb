// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.token;

import io.rxrpc.AbortCode;
import io.rxrpc.CallOptions;
import io.rxrpc.CallTimeoutException;
import io.rxrpc.NetworkErrorException;
import io.rxrpc.RemoteAbortException;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.cli.frame.RootCommand;
import io.rxrpc.cli.frame.Session;
import io.rxrpc.cli.frame.Target;
import io.rxrpc.cli.text.EnctypeText;
import io.rxrpc.cli.text.LevelText;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.tokens.klog.CellServers;
import io.rxrpc.tokens.klog.Klog;
import io.rxrpc.tokens.klog.RxgkKlog;
import io.rxrpc.tokens.rxgk.Negotiation;
import io.rxrpc.tokens.rxgk.NegotiationException;
import io.rxrpc.tokens.rxgk.RxgkWishes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code klog} for tokens of rxgk, and how one is got. */
final class RxgkKlogOptions {
  /** The port of a cell's database servers that negotiates. */
  private static final int VLDB_PORT = 7003;

  /** How long one server of several is waited for. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Option(
      names = "--rxgk",
      description = {
        "A token of rxgk, which the cell's servers (or SERVER) give for a Kerberos ticket of",
        "afs-rxgk/_afs.CELL. It is kept beside a token of rxkad, and preferred to it."
      })
  private boolean rxgk;

  @Option(
      names = "--server",
      paramLabel = "HOST[:PORT]",
      description =
          "With --rxgk: who gives the token (default: the cell's database servers in CellServDB,"
              + " port 7003).")
  private @Nullable String server;

  @Option(
      names = "--acceptor",
      paramLabel = "NAME/HOST[@REALM]",
      description =
          "With --rxgk: the Kerberos principal of that server (default: afs-rxgk/_afs.CELL).")
  private @Nullable String acceptor;

  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      converter = LevelText.class,
      description =
          "With --rxgk: the level of all connections with the token: clear, auth or encrypt"
              + " (default).")
  private @Nullable SecurityLevel level;

  @Option(
      names = "--enctype",
      paramLabel = "TYPE",
      split = ",",
      converter = EnctypeText.class,
      description =
          "With --rxgk: the encryption types of the token's key, best first (default: aes256-sha1,"
              + " aes128-sha1, aes256-sha2, aes128-sha2).")
  private List<Integer> enctypes = new ArrayList<>();

  /** Whether a token of rxgk is wanted. */
  boolean isGiven() throws CommandFailure {
    if (!rxgk) {
      String alone =
          server != null
              ? "--server"
              : acceptor != null
                  ? "--acceptor"
                  : level != null ? "--level" : enctypes.isEmpty() ? null : "--enctype";
      if (alone != null) {
        throw CommandFailure.usage(alone + " needs --rxgk: a ticket of rxkad has no such thing");
      }
    }
    return rxgk;
  }

  /** Gets a token. */
  Klog.Result obtain(RootCommand root, Klog.Request request, Consumer<String> progress)
      throws CommandFailure, IOException {
    RxgkWishes wishes = RxgkWishes.DEFAULT;
    SecurityLevel asked = level;
    wishes = asked == null ? wishes : wishes.level(asked);
    wishes = enctypes.isEmpty() ? wishes : wishes.enctypes(enctypes);
    List<RxrpcAddress> servers = servers(request.cell());
    try (Session session = Session.untilExit(root)) {
      Servers exchange = new Servers(session.client(), servers, request.limit(), progress);
      return RxgkKlog.obtain(request, acceptor, wishes, exchange, progress);
    } catch (RemoteAbortException e) {
      if (!e.code().equals(AbortCode.INVALID_OPERATION)) {
        throw e;
      }
      throw new CommandFailure(
          ExitCode.REFUSED,
          e.address()
              + " gives no tokens of rxgk: it has no service "
              + Negotiation.SERVICE_ID
              + "; name another by --server, or leave --rxgk out for one of rxkad",
          e);
    }
  }

  private List<RxrpcAddress> servers(String cell) throws CommandFailure, IOException {
    String named = server;
    List<String> hosts = named == null ? CellServers.ofThisMachine().hosts(cell) : List.of(named);
    List<RxrpcAddress> addresses = new ArrayList<>();
    CommandFailure unknown = null;
    for (String host : hosts) {
      try {
        addresses.add(Target.peer(host, VLDB_PORT, Negotiation.SERVICE_ID).address());
      } catch (CommandFailure e) {
        unknown = e;
      }
    }
    if (addresses.isEmpty()) {
      if (unknown != null) {
        throw unknown;
      }
      throw new CommandFailure(
          ExitCode.USAGE,
          "no server of the cell "
              + cell
              + " is known that could give a token of rxgk; name one by --server HOST[:PORT],"
              + " or the cell in CellServDB",
          null);
    }
    return addresses;
  }

  /** Asks the servers in turn until one answers, and then that one only. */
  private static final class Servers implements Negotiation.Exchange {
    private final RxrpcEndpoint client;
    private final CallOptions options;
    private final Consumer<String> progress;
    private List<RxrpcAddress> servers;

    Servers(
        RxrpcEndpoint client,
        List<RxrpcAddress> servers,
        Duration limit,
        Consumer<String> progress) {
      this.client = client;
      this.servers = servers;
      this.progress = progress;
      boolean shared = servers.size() > 1 && limit.compareTo(PATIENCE) > 0;
      options = CallOptions.DEFAULT.timeout(shared ? PATIENCE : limit);
    }

    @Override
    public byte[] call(byte[] request) throws IOException {
      IOException first = null;
      for (RxrpcAddress address : servers) {
        progress.accept("asking " + address);
        try {
          byte[] reply = client.call(address, request, options);
          servers = List.of(address);
          return reply;
        } catch (CallTimeoutException | NetworkErrorException e) {
          first = first == null ? e : first;
        }
      }
      if (first != null) {
        throw first;
      }
      throw new NegotiationException("no server to ask");
    }
  }
}
