// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.load.soak;

import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.cli.frame.RootCommand;
import io.rxrpc.cli.frame.Session;
import io.rxrpc.cli.frame.Target;
import io.rxrpc.cli.text.Json;
import io.rxrpc.tuning.Tunable;
import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rxrpc soak}: calls of all kinds for a long time, and what is left of them. */
@Command(
    name = "soak",
    customSynopsis = "rxrpc soak MINUTES [options]",
    description = {
      "Make calls of all kinds for a long time, over real UDP through a lossy relay in this",
      "process, and report what became of them and what memory, threads and tables did.",
      "Ends 0 if every call ended as it must, no data was wrong, and nothing leaked; else 1."
    },
    footer = {"", "Example: rxrpc soak 30 --loss 0.02"})
final class SoakCommand implements Callable<Integer> {
  private static final int MOST_SAMPLES = 60;

  private final RootCommand root;

  @Parameters(paramLabel = "MINUTES", description = "How long; 0.5 is half a minute.")
  private double minutes;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of the callers' and the relay's choices (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      defaultValue = "32",
      description = "Callers at once (default: ${DEFAULT-VALUE}).")
  private int parallel = 32;

  @Option(
      names = "--loss",
      paramLabel = "PART",
      defaultValue = "0.01",
      description =
          "Part of the datagrams that the relay loses; it doubles and reorders a quarter as many"
              + " each (default: ${DEFAULT-VALUE}).")
  private double loss = 0.01;

  SoakCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() throws CommandFailure, IOException, InterruptedException {
    if (!(minutes > 0) || minutes > 100_000 || parallel < 1 || parallel > 10_000) {
      throw CommandFailure.usage("MINUTES must be above 0, and --parallel within 1..10000");
    }
    if (!(loss >= 0) || loss > 0.2) {
      throw CommandFailure.usage("--loss " + loss + " is outside 0..0.2");
    }
    root.preset(Tunable.SERVICE_IDLE_EXPIRY, "20s"); // so that tables turn over
    root.preset(Tunable.CLIENT_IDLE_EXPIRY, "10s");
    root.preset(Tunable.PEER_EXPIRY, "25s");
    long seconds = Math.max(1, Math.round(minutes * 60));
    long interval = Math.max(1, seconds / MOST_SAMPLES);
    Target local = new Target(Target.LOOPBACK, 0, SoakServer.ECHO);
    try (Session session = Session.untilExit(root)) {
      SoakRun run = new SoakRun(() -> session.server(local), loss, seed, new SoakTally(this::say));
      say(SoakSample.HEADING);
      List<String> leaks =
          run.run(
              seconds,
              parallel,
              interval,
              seed,
              (sample, tally) -> say(sample.line(tally.calls(), tally.failed())));
      return report(run, leaks);
    }
  }

  private int report(SoakRun run, List<String> leaks) {
    SoakTally tally = run.tally();
    boolean ok = leaks.isEmpty() && tally.failed() == 0;
    PrintStream out = root.streams().out();
    if (root.json()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("ok", ok);
      json.put("seed", seed);
      json.put("calls", tally.calls());
      json.put("ended_as_they_must", tally.byKind());
      json.put("failures", tally.failures());
      json.put("wrong_data", tally.wrong());
      json.put("leaks", leaks);
      json.put("samples", run.samples().stream().map(SoakSample::json).toList());
      Json.print(out, json);
    } else {
      out.println();
      tally
          .byKind()
          .forEach((kind, n) -> out.printf(Locale.ROOT, "%-12s %,12d as it must%n", kind, n));
      tally.failures().forEach((what, n) -> out.printf(Locale.ROOT, "%,8d x %s%n", n, what));
      tally.examples().forEach(example -> out.println("  " + example));
      leaks.forEach(leak -> out.println("LEAK: " + leak));
      out.printf(
          Locale.ROOT,
          "%n%s: %,d calls, %,d failed, %,d with wrong data, %d leaks (seed %d)%n",
          ok ? "Sound" : "Not sound",
          tally.calls(),
          tally.failed(),
          tally.wrong(),
          leaks.size(),
          seed);
    }
    out.flush();
    return ok ? ExitCode.OK : ExitCode.BUG;
  }

  private void say(String line) {
    if (!root.json() && !root.quiet()) {
      root.streams().out().println(line);
      root.streams().out().flush();
    }
  }
}
