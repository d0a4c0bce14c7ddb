// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.frame;

import io.rxrpc.RxrpcAddress;
import io.rxrpc.afs.WellKnownService;
import io.rxrpc.cli.text.Similar;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * {@code HOST[:PORT][/SERVICE]}, or for a server {@code [HOST:]PORT[/SERVICE]}.
 *
 * @param host a name or address without brackets; {@code *} for all addresses of a server
 * @param port the UDP port; 0 only for a server, which lets the system choose
 * @param service the service id
 */
public record Target(String host, int port, int service) {
  /** Stands for "the text must say it" where a verb has no default. */
  public static final int NONE = -1;

  /** Where servers listen unless told otherwise. */
  public static final String LOOPBACK = "127.0.0.1";

  static final String EVERYWHERE = "*";

  private static final int MAX = 65_535;

  /**
   * Reads the address of a peer.
   *
   * @param defaultPort the verb's port when the text names none, or {@link #NONE}
   * @param defaultService the verb's service when the text names none, or {@link #NONE}
   */
  public static Target peer(String text, int defaultPort, int defaultService)
      throws CommandFailure {
    Parts parts = Parts.split(text);
    String host = parts.host;
    String portText = parts.port;
    if (host.isEmpty() || host.equals(EVERYWHERE)) {
      throw bad(text, "no host: write HOST:PORT/SERVICE");
    }
    int service = service(text, parts.service, defaultService);
    if (service == NONE) {
      throw bad(
          text,
          "no service: write HOST:PORT/SERVICE, with a number or one of "
              + WellKnownService.labels());
    }
    int port =
        portText.isEmpty() ? wellKnownPort(parts.service, defaultPort) : port(text, portText, 1);
    if (port == NONE) {
      throw bad(text, "no port: write HOST:PORT/SERVICE");
    }
    return new Target(host, port, service);
  }

  /**
   * Reads where a server shall listen: loopback unless a host is given.
   *
   * @param defaultPort as for {@link #peer}
   * @param defaultService as for {@link #peer}
   */
  public static Target local(String text, int defaultPort, int defaultService)
      throws CommandFailure {
    WellKnownService alone = WellKnownService.find(text);
    if (alone != null && alone.port() != 0) {
      return new Target(LOOPBACK, alone.port(), alone.id());
    }
    Parts parts = Parts.split(text);
    String host = parts.host;
    String portText = parts.port;
    if (portText.isEmpty() && !host.isEmpty() && isNumber(host)) {
      portText = host;
      host = LOOPBACK;
    } else if (host.isEmpty()) {
      host = LOOPBACK;
    }
    int service = service(text, parts.service, defaultService);
    if (service == NONE) {
      throw bad(text, "no service: write [HOST:]PORT/SERVICE");
    }
    int port =
        portText.isEmpty() ? wellKnownPort(parts.service, defaultPort) : port(text, portText, 0);
    if (port == NONE) {
      throw bad(text, "no port: write [HOST:]PORT/SERVICE (port 0 lets the system choose)");
    }
    return new Target(host, port, service);
  }

  /** The first transport address. Asks the resolver when the host is a name. */
  public InetSocketAddress resolve() throws CommandFailure {
    try {
      // "::" takes IPv4 too, 0.0.0.0 would not
      return new InetSocketAddress(
          InetAddress.getByName(host.equals(EVERYWHERE) ? "::" : host), port);
    } catch (UnknownHostException e) {
      throw unknown(e);
    }
  }

  /** All addresses of the host, and the service. Asks the resolver when the host is a name. */
  public RxrpcAddress address() throws CommandFailure {
    try {
      return RxrpcAddress.of(host, port, service);
    } catch (UnknownHostException e) {
      throw unknown(e);
    }
  }

  private CommandFailure unknown(UnknownHostException e) {
    return new CommandFailure(
        ExitCode.NETWORK, "no address is known for the host '" + host + "': check the name", e);
  }

  /** This target with the port that the system chose. */
  public Target withPort(int chosen) {
    return new Target(host, chosen, service);
  }

  /** Host and port, for what has no service. */
  public String place() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }

  @Override
  public String toString() {
    return place() + "/" + service;
  }

  private static int service(String text, String service, int otherwise) throws CommandFailure {
    if (service.isEmpty()) {
      return otherwise;
    }
    WellKnownService known = WellKnownService.find(service);
    if (known != null) {
      return known.id();
    }
    if (!isNumber(service)) {
      throw bad(
          text,
          "no service is called '"
              + service
              + "'"
              + Similar.hint(service, WellKnownService.names())
              + ": a number, or "
              + WellKnownService.labels());
    }
    return number(text, "service", service, 1);
  }

  private static int wellKnownPort(String service, int otherwise) {
    WellKnownService known = WellKnownService.find(service);
    return known == null || known.port() == 0 ? otherwise : known.port();
  }

  private static int port(String text, String port, int least) throws CommandFailure {
    if (!isNumber(port)) {
      throw bad(text, "'" + port + "' is no port number");
    }
    return number(text, "port", port, least);
  }

  private static int number(String text, String what, String digits, int least)
      throws CommandFailure {
    int value = digits.length() > 5 ? MAX + 1 : Integer.parseInt(digits);
    if (value < least || value > MAX) {
      throw bad(text, what + " " + digits + " is outside " + least + ".." + MAX);
    }
    return value;
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static CommandFailure bad(String text, String why) {
    return CommandFailure.usage("cannot use the target '" + text + "': " + why);
  }

  /** The three parts as written, empty where missing. */
  private record Parts(String host, String port, String service) {
    static Parts split(String text) throws CommandFailure {
      int slash = text.indexOf('/');
      String service = slash < 0 ? "" : text.substring(slash + 1);
      if (slash >= 0 && service.isEmpty()) {
        throw bad(text, "nothing after the '/'");
      }
      String place = slash < 0 ? text : text.substring(0, slash);
      if (place.startsWith("[")) {
        int end = place.indexOf(']');
        String rest = end < 0 ? "" : place.substring(end + 1);
        if (end < 0 || (!rest.isEmpty() && !rest.startsWith(":")) || rest.equals(":")) {
          throw bad(text, "an IPv6 address is written [::1]:7003/52");
        }
        return new Parts(place.substring(1, end), rest.isEmpty() ? "" : rest.substring(1), service);
      }
      int colon = place.indexOf(':');
      if (colon != place.lastIndexOf(':')) {
        throw bad(text, "an IPv6 address is written in brackets: [::1]:7003/52");
      }
      if (colon >= 0 && colon == place.length() - 1) {
        throw bad(text, "nothing after the ':'");
      }
      return colon < 0
          ? new Parts(place, "", service)
          : new Parts(place.substring(0, colon), place.substring(colon + 1), service);
    }
  }
}
