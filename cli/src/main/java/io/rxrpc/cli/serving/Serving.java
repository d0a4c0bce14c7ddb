// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.serving;

import io.rxrpc.CallHandler;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.cli.frame.RootCommand;
import io.rxrpc.cli.frame.Session;
import io.rxrpc.cli.frame.Target;
import io.rxrpc.cli.text.Json;
import io.rxrpc.tokens.keyfile.ServerKeyFile;
import io.rxrpc.tokens.rxgk.Negotiation;
import io.rxrpc.tokens.rxgk.NegotiationService;
import io.rxrpc.tuning.Tunable;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Serves one service until a signal comes, finishes the running calls, and tells the counters. */
public final class Serving {
  private final RootCommand root;
  private final @Nullable Duration grace;
  private final boolean answerDebug;

  /**
   * @param grace how long running calls may go on after the signal; null for the tunable
   * @param answerDebug whether rxdebug is answered
   */
  public Serving(RootCommand root, @Nullable Duration grace, boolean answerDebug) {
    this.root = root;
    this.grace = grace;
    this.answerDebug = answerDebug;
  }

  /** Serves until a signal comes; returns the exit code. */
  public int run(Target target, ServiceKeyOptions security, CallHandler handler)
      throws CommandFailure, IOException {
    PrintStream out = root.streams().out();
    Duration patience = patience();
    // Closed last, when everything else is closed and flushed: it may end the process.
    try (Termination termination = new Termination();
        ServerKeyFile keys = security.open(root)) {
      try (Session session = Session.ofServer(root)) {
        RxrpcEndpoint endpoint = session.server(target, answerDebug);
        endpoint.serve(target.service(), security.options(keys), handler);
        NegotiationService negotiation = security.negotiation(keys);
        if (negotiation != null && target.service() != Negotiation.SERVICE_ID) {
          negotiation.serveOn(endpoint);
        }
        Target where = target.withPort(endpoint.localAddress().getPort());
        listening(where);
        Supervisor supervisor = Supervisor.of(System.getenv(), root.streams().err());
        supervisor.ready(where.toString());
        termination.await();
        supervisor.stopping();
        boolean complete = endpoint.shutdown(patience);
        finished(complete, endpoint.counters());
      }
      out.flush();
      root.streams().err().flush();
      termination.succeeded();
    }
    return ExitCode.OK;
  }

  private Duration patience() throws CommandFailure {
    Duration g = grace;
    return g != null ? g : Duration.ofNanos(root.tunables().get(Tunable.SHUTDOWN_PATIENCE));
  }

  private void listening(Target target) throws CommandFailure {
    PrintStream out = root.streams().out();
    if (root.json()) {
      Json.print(out, Map.of("listening", target.toString()));
    } else {
      out.println("listening " + target);
    }
    String trouble = root.streams().outTrouble(); // whoever started us waits for this line
    if (trouble != null) {
      throw new CommandFailure(ExitCode.USAGE, "cannot say where it listens: " + trouble);
    }
  }

  private void finished(boolean complete, Map<String, Long> counters) {
    PrintStream out = root.streams().out();
    if (root.json()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("complete", complete);
      json.put("counters", counters);
      Json.print(out, json);
      return;
    }
    if (!complete) {
      root.streams().err().println("rxrpc: some calls took too long to finish and were aborted");
    }
    if (!root.quiet()) {
      counters.forEach(
          (name, count) -> {
            if (count != 0 || name.equals("calls-served")) {
              out.printf(Locale.ROOT, "%-28s %d%n", name, count);
            }
          });
    }
  }
}
