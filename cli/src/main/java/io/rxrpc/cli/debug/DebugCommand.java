// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.debug;

import io.rxrpc.CallTimeoutException;
import io.rxrpc.NetworkErrorException;
import io.rxrpc.RemoteAbortException;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.RxrpcException;
import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.cli.frame.RootCommand;
import io.rxrpc.cli.frame.Session;
import io.rxrpc.cli.frame.Target;
import io.rxrpc.cli.text.DurationText;
import io.rxrpc.cli.text.Json;
import io.rxrpc.cli.text.WordConverter;
import io.rxrpc.tuning.Tunable;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rxrpc debug}: what a server or client tells about itself, as rxdebug shows it. */
@Command(
    name = "debug",
    customSynopsis = "rxrpc debug HOST[:PORT] WHAT [options]",
    description = {
      "Ask a server or client about itself, as OpenAFS's rxdebug does.",
      "No call is made, and no credentials are needed.",
      " WHAT is one of",
      "  version      the text that it calls its version",
      "  stats        packets, calls and threads",
      "  rxstats      counters of packets and round trips",
      "  connections  those with calls, or --all",
      "  calls        the calls of these",
      "  peers        whom it knows, and how far they are",
      "All answer version; the others are answered by OpenAFS, and by 'rxrpc serve' with",
      "--answer-debug. Without a port the file server's, 7000, is asked, as rxdebug does."
    },
    footer = {
      "",
      "Examples:",
      "  rxrpc debug localhost:7003 version",
      "  rxrpc debug localhost/vl stats --json",
      "  rxrpc debug fs1.example.org connections --all --only-auth encrypt",
      "  rxrpc debug workstation:7001 peers --only-host fs1.example.org"
    })
final class DebugCommand implements Callable<Integer> {
  /** The file server's, which rxdebug asks as well when nothing is said. */
  private static final int DEFAULT_PORT = 7000;

  private final RootCommand root;

  @Parameters(index = "0", paramLabel = "HOST[:PORT]", description = "Whom; HOST/vl works too.")
  private String target = "";

  @Parameters(
      index = "1",
      paramLabel = "WHAT",
      converter = WhatText.class,
      description = "What to ask: see above.")
  private What what = What.VERSION;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "5s",
      converter = DurationText.class,
      description =
          "How long to wait for each answer; it is asked again every second (default:"
              + " ${DEFAULT-VALUE}).")
  private Duration timeout = Duration.ofSeconds(5);

  @Option(
      names = "--max",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Ask for so many connections or peers at most (default: ${DEFAULT-VALUE}).")
  private int max = 10_000;

  @Mixin private DebugFilter filter = new DebugFilter();

  DebugCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() throws CommandFailure, IOException {
    check();
    Target server = Target.peer(target, 0, 0);
    if (server.port() == 0) {
      server = server.withPort(DEFAULT_PORT);
      if (!root.quiet() && !root.json()) {
        root.streams().err().println("rxrpc: no port given: asking " + server.place());
      }
    }
    List<InetSocketAddress> addresses = server.address().transports();
    try (Session session = Session.untilExit(root)) {
      RxrpcEndpoint endpoint = session.client();
      ask(endpoint, answering(endpoint, addresses), server.place());
    } catch (RemoteAbortException e) {
      String line = e.getMessage();
      throw new CommandFailure(ExitCode.ABORTED, line == null ? "refused" : line, e);
    }
    return ExitCode.OK;
  }

  /** The first address of the name that tells its version; if none does, the first. */
  private InetSocketAddress answering(RxrpcEndpoint endpoint, List<InetSocketAddress> addresses)
      throws CommandFailure, RxrpcException {
    if (addresses.size() > 1) {
      Duration patience =
          Duration.ofNanos(
              Math.min(timeout.toNanos(), root.tunables().get(Tunable.ADDRESS_PATIENCE)));
      for (InetSocketAddress address : addresses) {
        if (tellsVersion(endpoint, address, patience)) {
          return address;
        }
      }
    }
    return addresses.getFirst(); // asking it tells why it does not answer
  }

  private static boolean tellsVersion(
      RxrpcEndpoint endpoint, InetSocketAddress address, Duration patience) throws RxrpcException {
    try {
      endpoint.version(address, patience);
      return true;
    } catch (CallTimeoutException | NetworkErrorException e) {
      return false;
    }
  }

  private void check() throws CommandFailure {
    boolean peers = what == What.PEERS;
    boolean lists = peers || what == What.CONNECTIONS || what == What.CALLS;
    if (!lists && filter.isGiven()) {
      throw CommandFailure.usage(what.label() + " has nothing to filter: leave the filters out");
    }
    if (peers && filter.isOfConnections()) {
      throw CommandFailure.usage("of the filters only --only-host and --only-port are for peers");
    }
    if (max < 1) {
      throw CommandFailure.usage("--max " + max + ": at least 1");
    }
    filter.check();
  }

  private void ask(RxrpcEndpoint endpoint, InetSocketAddress address, String place)
      throws CommandFailure, RxrpcException {
    PrintStream out = root.streams().out();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("target", place);
    long start = System.nanoTime();
    Inspection peer = new Inspection(endpoint, address, place, timeout);
    switch (what) {
      case VERSION -> {
        String version = endpoint.version(address, timeout);
        json.put("version", version);
        json.put("seconds", Json.rounded((System.nanoTime() - start) / 1e9, 6));
        text(() -> out.println(version));
      }
      case STATS -> {
        Figures figures = peer.figures();
        json.put("stats", figures.json());
        text(() -> figures.print(out));
      }
      case RXSTATS -> {
        PacketCounters counters = peer.counters();
        json.put("rxstats", counters.values());
        text(() -> counters.print(out));
      }
      case CONNECTIONS -> json.put("connections", connections(peer));
      case CALLS -> json.put("calls", calls(peer));
      case PEERS -> json.put("peers", peers(peer));
    }
    if (root.json()) {
      Json.print(out, json);
    }
  }

  private List<Object> connections(Inspection peer) throws CommandFailure, RxrpcException {
    List<Object> rows = new ArrayList<>();
    each(
        "connections",
        index -> {
          ConnectionInfo c = peer.connection(index, filter.all());
          if (c != null && filter.shows(c)) {
            rows.add(c.json());
            text(() -> c.print(root.streams().out()));
          }
          return c;
        });
    return told("connections", rows);
  }

  private List<Object> calls(Inspection peer) throws CommandFailure, RxrpcException {
    List<Object> rows = new ArrayList<>();
    each(
        "connections",
        index -> {
          ConnectionInfo c = peer.connection(index, filter.all());
          if (c != null && filter.shows(c)) {
            for (CallInfo call : c.calls()) {
              if (!call.isIdle()) {
                rows.add(row(c, call));
                text(() -> print(c, call));
              }
            }
          }
          return c;
        });
    return told("calls", rows);
  }

  private List<Object> peers(Inspection peer) throws CommandFailure, RxrpcException {
    List<Object> rows = new ArrayList<>();
    each(
        "peers",
        index -> {
          PeerInfo p = peer.peer(index);
          if (p != null && filter.shows(p)) {
            rows.add(p.json());
            text(() -> p.print(root.streams().out()));
          }
          return p;
        });
    return told("peers", rows);
  }

  /** Bounded: the one who is asked says where the list ends. */
  private void each(String name, Row row) throws CommandFailure, RxrpcException {
    for (int index = 0; index < max; index++) {
      if (row.take(index) == null) {
        return;
      }
      if (root.streams().out().checkError()) {
        return; // nobody reads on; the end of the run says what it was
      }
    }
    root.streams()
        .err()
        .println("rxrpc: no more than " + max + " " + name + " (--max) were asked for");
  }

  private List<Object> told(String name, List<Object> rows) {
    if (rows.isEmpty() && !root.quiet() && !root.json()) {
      root.streams().err().println("rxrpc: no " + name + (filter.all() ? "" : none()));
    }
    return rows;
  }

  private String none() {
    return what == What.PEERS ? "" : " at the moment (--all: also those without calls)";
  }

  private static Map<String, Object> row(ConnectionInfo c, CallInfo call) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("host", c.host());
    row.put("port", c.port());
    row.put("side", c.server() ? "server" : "client");
    row.put("epoch", c.epoch() & 0xffff_ffffL);
    row.put("cid", c.cid() & 0xffff_ffffL);
    row.putAll(call.json());
    return row;
  }

  private void print(ConnectionInfo c, CallInfo call) {
    String side = c.server() ? "server" : "client";
    root.streams()
        .out()
        .println(
            c.host()
                + ":"
                + c.port()
                + "  "
                + side
                + " "
                + c.identity()
                + "."
                + call.channel()
                + "  "
                + call);
  }

  private void text(Runnable print) {
    if (!root.json()) {
      print.run();
    }
  }

  /** One entry of a list; null behind the last. */
  private interface Row {
    @Nullable Object take(int index) throws CommandFailure, RxrpcException;
  }

  /** What can be asked. */
  enum What {
    VERSION,
    STATS,
    RXSTATS,
    CONNECTIONS,
    CALLS,
    PEERS;

    String label() {
      return WordConverter.lowerCase(this);
    }
  }

  /** Reads a {@link What} in lower case. */
  static final class WhatText extends WordConverter<What> {
    WhatText() {
      super(What.values(), What::label);
    }
  }
}
