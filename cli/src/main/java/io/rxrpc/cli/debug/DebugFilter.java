// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.debug;

import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.security.SecurityLevel;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which connections, calls and peers {@code rxrpc debug} shows: rxdebug's filters. */
final class DebugFilter {
  @Option(
      names = "--all",
      description = "Connections without calls, too (rxdebug -allconnections).")
  private boolean all;

  @Option(
      names = "--no-dally",
      description = "No connections on which all calls are over (-nodally).")
  private boolean noDally;

  @Option(names = "--only-server", description = "Only where it is the server (-onlyserver).")
  private boolean onlyServer;

  @Option(names = "--only-client", description = "Only where it is the client (-onlyclient).")
  private boolean onlyClient;

  @Option(
      names = "--only-host",
      paramLabel = "HOST",
      description = "Only with this host (-onlyhost).")
  private @Nullable String onlyHost;

  @Option(
      names = "--only-port",
      paramLabel = "PORT",
      description = "Only with this UDP port (-onlyport).")
  private @Nullable Integer onlyPort;

  @Option(
      names = "--only-auth",
      paramLabel = "LEVEL",
      description = "Only none, clear, auth or encrypt, also called crypt (-onlyauth).")
  private @Nullable String onlyAuth;

  private final Set<String> hosts = new HashSet<>();

  boolean all() {
    return all;
  }

  boolean isGiven() {
    return all
        || noDally
        || onlyServer
        || onlyClient
        || onlyHost != null
        || onlyPort != null
        || onlyAuth != null;
  }

  /** Whether something is given that says nothing of peers. */
  boolean isOfConnections() {
    return all || noDally || onlyServer || onlyClient || onlyAuth != null;
  }

  /** Looks at what was given, and looks the host up. */
  void check() throws CommandFailure {
    if (onlyServer && onlyClient) {
      throw CommandFailure.usage("--only-server and --only-client leave nothing: give one");
    }
    Integer port = onlyPort;
    if (port != null && (port < 1 || port > 65_535)) {
      throw CommandFailure.usage("--only-port " + port + " is outside 1..65535");
    }
    String auth = onlyAuth;
    if (auth != null && !auth.equals("none") && level(auth) == null) {
      throw CommandFailure.usage("--only-auth " + auth + ": none, clear, auth or encrypt");
    }
    String host = onlyHost;
    if (host != null) {
      try {
        for (InetAddress address : InetAddress.getAllByName(host)) {
          hosts.add(address.getHostAddress());
        }
      } catch (UnknownHostException e) {
        throw new CommandFailure(
            ExitCode.NETWORK, "no address is known for the host '" + host + "': check the name", e);
      }
    }
  }

  boolean shows(ConnectionInfo c) {
    return !(noDally && c.dallies())
        && !(onlyServer && !c.server())
        && !(onlyClient && c.server())
        && shows(c.host(), c.port())
        && hasLevel(c);
  }

  boolean shows(PeerInfo p) {
    return shows(p.host(), p.port());
  }

  private boolean shows(String host, int port) {
    Integer wanted = onlyPort;
    return (onlyHost == null || hosts.contains(host)) && (wanted == null || wanted == port);
  }

  private boolean hasLevel(ConnectionInfo c) {
    String auth = onlyAuth;
    if (auth == null) {
      return true;
    }
    if (auth.equals("none")) {
      return c.securityIndex() == 0;
    }
    ConnectionInfo.Security s = c.security();
    return c.securityIndex() != 0 && (s == null || s.level() == level(auth));
  }

  private static @Nullable SecurityLevel level(String text) {
    return SecurityLevel.of(text.equals("crypt") ? "encrypt" : text);
  }
}
