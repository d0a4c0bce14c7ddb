// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench.figures;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A client of rxperf, OpenAFS's or ours, against a server of either. */
final class RxperfContender implements Contender {
  private static final long TOTAL = 512L << 20;
  private static final int SMALL_CALLS = 60_000;

  /** What the client does. */
  enum Way {
    SEND,
    RECV,
    RPC
  }

  private final String name;
  private final @Nullable OpenAfsProgram client;
  private final RxperfServer server;
  private final Way way;
  private final int calls;

  /**
   * @param client OpenAFS's, or null for ours
   * @param calls open at once; bulk of all together is 512 MiB
   */
  RxperfContender(
      String name, @Nullable OpenAfsProgram client, RxperfServer server, Way way, int calls) {
    this.name = name;
    this.client = client;
    this.server = server;
    this.way = way;
    this.calls = calls;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String unit() {
    return way == Way.RPC ? "calls/s" : "MB/s";
  }

  @Override
  public void open() throws IOException, InterruptedException {
    server.start();
    measure(); // a server that runs Java compiles meanwhile
  }

  @Override
  public double measure() throws IOException, InterruptedException {
    String octets = Long.toString(way == Way.RPC ? 32 : TOTAL / calls);
    String verb = way.name().toLowerCase(Locale.ROOT);
    if (client != null) {
      return client.client(server.port(), List.of(verb, octets, Integer.toString(calls)));
    }
    return PerfCommandLine.value(
        unit(),
        List.of(
            "client",
            "127.0.0.1:" + server.port(),
            "--" + verb,
            "--bytes",
            octets,
            "--parallel",
            Integer.toString(calls),
            "--calls",
            Integer.toString(way == Way.RPC ? SMALL_CALLS : calls),
            "--warm-up",
            "3s"),
        Map.of());
  }

  @Override
  public void close() throws InterruptedException {
    server.stop();
  }
}
