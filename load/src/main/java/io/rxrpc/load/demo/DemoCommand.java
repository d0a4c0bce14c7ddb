// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.load.demo;

import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.cli.frame.FailureReport;
import io.rxrpc.cli.frame.Progress;
import io.rxrpc.cli.frame.RootCommand;
import io.rxrpc.cli.frame.Session;
import io.rxrpc.cli.frame.Target;
import io.rxrpc.cli.text.DurationText;
import io.rxrpc.cli.text.Json;
import io.rxrpc.cli.text.SizeText;
import io.rxrpc.load.data.EmbeddedKeys;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code rxrpc demo}: a server and a client in this process, over real UDP. */
@Command(
    name = "demo",
    customSynopsis = "rxrpc demo [options]",
    description = {
      "Show RxRPC calls at work, over real UDP on loopback.",
      "Server and client are in this process; IPv4 comes first, then IPv6 where the host has it.",
      "Ends 0 if everything came out as it should, else 1."
    },
    footer = {"", "Example: rxrpc demo --pcap demo.pcap"})
final class DemoCommand implements Callable<Integer> {
  private static final Logger LOG = Logger.getLogger("io.rxrpc");

  /** What part of the bytes is moved at each security level. */
  private static final int SECURED_SHARE = 4;

  private final RootCommand root;
  private final Progress progress;
  private final List<DemoStep> steps = new ArrayList<>();
  private final List<String> skipped = new ArrayList<>();

  @Option(
      names = "--bytes",
      hidden = true,
      paramLabel = "SIZE",
      defaultValue = "256MiB",
      converter = SizeText.class)
  private long bytes = 256 << 20;

  @Option(names = "--calls", hidden = true, paramLabel = "N", defaultValue = "1000")
  private int calls = 1000;

  DemoCommand(RootCommand root) {
    this.root = root;
    this.progress = new Progress(root);
  }

  @Override
  public Integer call() throws CommandFailure, IOException, InterruptedException {
    if (calls < 1) {
      throw CommandFailure.usage("--calls " + calls + ": at least 1");
    }
    long start = System.nanoTime();
    say("RxRPC for Java " + RootCommand.programVersion() + ": a server and a client, real UDP");
    java.util.logging.@Nullable Level logged = LOG.getLevel();
    LOG.setLevel(java.util.logging.Level.SEVERE); // its server is meant to refuse some of the calls
    try {
      family("IPv4", Target.LOOPBACK);
      family("IPv6", "::1");
    } finally {
      LOG.setLevel(logged);
    }
    long right = steps.stream().filter(DemoStep::ok).count();
    boolean ok = right == steps.size();
    if (root.json()) {
      json(ok, System.nanoTime() - start);
    } else {
      print(
          String.format(
              Locale.ROOT,
              "%n%s: %d of %d as it should be, in %s",
              ok ? "It works" : "Something is wrong",
              right,
              steps.size(),
              DurationText.format(System.nanoTime() - start)));
    }
    return ok ? ExitCode.OK : ExitCode.BUG;
  }

  private void family(String family, String host)
      throws CommandFailure, IOException, InterruptedException {
    Target local = new Target(host, 0, DemoServer.ECHO);
    try (Session session = Session.untilExit(root)) {
      RxrpcEndpoint server;
      try {
        server = session.server(local);
      } catch (CommandFailure e) {
        if (family.equals("IPv4")) {
          throw e; // there is no demo without it
        }
        skipped.add(family + ": " + e.line());
        say("");
        say(family + " skipped: " + e.line());
        return;
      }
      EmbeddedKeys keys = new EmbeddedKeys();
      DemoTyped typed = new DemoTyped();
      new DemoServer(together(), typed).serveOn(server, keys);
      RxrpcEndpoint client = session.server(local);
      say("");
      say(
          family
              + ", server at "
              + local.withPort(server.localAddress().getPort()).place()
              + " ("
              + server.portKind().name().toLowerCase(Locale.ROOT)
              + " port)");
      DemoRound round = new DemoRound(client, server.localAddress(), progress, DemoRound.PATIENT);
      step(family, "an echo", round::echo);
      step(family, SizeText.format(bytes) + " to the server", () -> round.send(bytes));
      step(family, SizeText.format(bytes) + " to the client", () -> round.receive(bytes));
      String number = String.format(Locale.ROOT, "%,d calls in parallel", calls);
      step(family, number, () -> round.parallel(calls));
      step(family, "a typed call", () -> typed.call(client, round.at(DemoServer.TYPED)));
      step(family, "an abort", round::abort);
      step(family, "a closed port", round::closedPort);
      step(family, "an unknown service", round::unknownService);
      DemoSecurity security = new DemoSecurity(client, server.localAddress(), progress, keys);
      long less = Math.min(bytes, Math.max(bytes / SECURED_SHARE, 1 << 20));
      for (SecurityLevel level : SecurityLevel.values()) {
        step(family, "rxkad, level " + level, () -> security.rxkad(level, less));
      }
      for (SecurityLevel level : SecurityLevel.values()) {
        step(family, "rxgk, level " + level, () -> security.rxgk(level, less));
      }
      step(family, "a stolen token", security::stolen);
      step(family, "a wrong key", security::wrongKey);
      step(family, "a level too low", security::levelTooLow);
    }
  }

  /** All of them, unless the tunables let fewer run at once. */
  private int together() throws CommandFailure {
    Tunables t = root.tunables();
    long most = Math.min(4 * t.get(Tunable.BUNDLE_CONNECTIONS), t.get(Tunable.SERVICE_CALLS));
    most = Math.min(most, 4 * t.get(Tunable.PEER_CONNECTIONS));
    return (int) Math.min(calls, Math.min(most, t.get(Tunable.WAITING_CALLS)));
  }

  private void step(String family, String name, DemoRound.Step step) throws InterruptedException {
    long start = System.nanoTime();
    boolean ok = true;
    String text;
    try {
      text = step.run();
    } catch (InterruptedException e) {
      throw e;
    } catch (DemoRound.Unexpected e) {
      ok = false;
      text = String.valueOf(e.getMessage());
    } catch (Exception e) {
      ok = false;
      text = FailureReport.text(e);
    }
    progress.clear();
    steps.add(new DemoStep(family, name, ok, text, System.nanoTime() - start));
    say(String.format(Locale.ROOT, "  %-24s %s%s", name, ok ? "" : "FAILED: ", text));
  }

  private void json(boolean ok, long nanos) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("ok", ok);
    json.put("seconds", Json.rounded(nanos / 1e9, 6));
    json.put("skipped", skipped);
    json.put("steps", steps.stream().map(DemoStep::json).toList());
    Json.print(root.streams().out(), json);
  }

  private void say(String line) {
    if (!root.json() && !root.quiet()) {
      print(line);
    }
  }

  private void print(String line) {
    PrintStream out = root.streams().out();
    out.println(line);
    out.flush();
  }
}
