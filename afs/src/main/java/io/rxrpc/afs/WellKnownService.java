// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs;

import io.rxrpc.RxrpcAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The services that AFS people know by name, with their ports and service ids. */
public enum WellKnownService {
  /** Files and directories. */
  FS(7000, 1, "file server"),
  /** What file servers call at their clients. */
  CB(7001, 1, "callback service of a client"),
  /** Users and groups. */
  PT(7002, 73, "protection server"),
  /** Where volumes are. */
  VL(7003, 52, "volume location server"),
  /** Tickets of Kerberos 4. */
  KA(7004, 731, "Kerberos 4 authentication server"),
  /** Tickets for services, of Kerberos 4. */
  KATGS(7004, 732, "its ticket granting service"),
  /** The database of Kerberos 4. */
  KAM(7004, 733, "its maintenance service"),
  /** Volumes as a whole. */
  VOL(7005, 4, "volume server"),
  /** Processes of a server machine. */
  BOS(7007, 1, "basic overseer server"),
  /** Binaries and configuration files of server machines. */
  UPD(7008, 4, "update server"),
  /** What rxperf calls. */
  RXPERF(7009, 147, "performance test"),
  /** Dumps and tapes. */
  BUDB(7021, 22314, "backup database server"),
  /** A tape drive. */
  BUTC(7025, 1, "backup tape coordinator"),
  /** Elections among database servers. */
  VOTE(0, 50, "ubik votes, at a database server's port"),
  /** Transactions among database servers. */
  DISK(0, 51, "ubik database copies, at a database server's port"),
  /** Counters of calls. */
  STATS(0, 409, "RPC statistics, at any server's port");

  private final int port;
  private final int id;
  private final String meaning;

  WellKnownService(int port, int id, String meaning) {
    this.port = port;
    this.id = id;
    this.meaning = meaning;
  }

  /** {@return the UDP port, or 0 for a service that lives at other services' ports} */
  public int port() {
    return port;
  }

  /** {@return the service id in packets} */
  public int id() {
    return id;
  }

  /** {@return a few words that say what it is} */
  public String meaning() {
    return meaning;
  }

  /**
   * {@return the service at its own port of a host} Asks the resolver when the host is a name, so
   * it may block.
   *
   * @param host a name or an address
   * @throws UnknownHostException when the host has no address
   * @throws IllegalStateException when the service lives at other services' ports
   */
  public RxrpcAddress at(String host) throws UnknownHostException {
    if (port == 0) {
      throw new IllegalStateException(label() + " has no port of its own: say which");
    }
    return at(host, port);
  }

  /**
   * {@return the service at some port of a host}
   *
   * @param host a name, or an address as a number
   * @param udpPort the UDP port
   * @throws UnknownHostException if the host has no address
   */
  public RxrpcAddress at(String host, int udpPort) throws UnknownHostException {
    return RxrpcAddress.of(host, udpPort, id);
  }

  /** {@return the name on a command line: {@code vl}} */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * {@return the service of that label in any case of letters, or null}
   *
   * @param label the label
   */
  public static @Nullable WellKnownService find(String label) {
    for (WellKnownService s : values()) {
      if (s.label().equalsIgnoreCase(label)) {
        return s;
      }
    }
    return null;
  }

  /** {@return {@code fs cb pt ...}, for messages} */
  public static String labels() {
    return String.join(" ", names());
  }

  /** {@return all labels} */
  public static List<String> names() {
    return Stream.of(values()).map(WellKnownService::label).toList();
  }
}
