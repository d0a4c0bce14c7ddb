package io.rxrpc.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The services that AFS people know by name, with their ports and service ids (afs.md 1). */
enum WellKnownService {
  FS(7000, 1, "file server"),
  CB(7001, 1, "callback service of a client"),
  PT(7002, 73, "protection server"),
  VL(7003, 52, "volume location server"),
  KA(7004, 731, "Kerberos 4 authentication server"),
  KATGS(7004, 732, "its ticket granting service"),
  KAM(7004, 733, "its maintenance service"),
  VOL(7005, 4, "volume server"),
  BOS(7007, 1, "basic overseer server"),
  UPD(7008, 4, "update server"),
  RXPERF(7009, 147, "performance test"),
  BUDB(7021, 22314, "backup database server"),
  BUTC(7025, 1, "backup tape coordinator"),
  VOTE(0, 50, "ubik votes, at a database server's port"),
  DISK(0, 51, "ubik database copies, at a database server's port"),
  STATS(0, 409, "RPC statistics, at any server's port");

  private final int port;
  private final int id;
  private final String meaning;

  WellKnownService(int port, int id, String meaning) {
    this.port = port;
    this.id = id;
    this.meaning = meaning;
  }

  /** The UDP port, or 0 for a service that lives at other services' ports. */
  int port() {
    return port;
  }

  int id() {
    return id;
  }

  String meaning() {
    return meaning;
  }

  /** The name on the command line. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static @Nullable WellKnownService find(String name) {
    for (WellKnownService s : values()) {
      if (s.label().equalsIgnoreCase(name)) {
        return s;
      }
    }
    return null;
  }

  /** {@code fs cb pt ...}, for messages. */
  static String labels() {
    return String.join(" ", names());
  }

  /** All labels. */
  static List<String> names() {
    List<String> labels = new ArrayList<>();
    for (WellKnownService s : values()) {
      labels.add(s.label());
    }
    return labels;
  }
}
