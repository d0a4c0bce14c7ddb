// SPDX-License-Identifier: Apache-2.0
import io.rxrpc.cli.spi.Verbs;

/** Verbs of the {@code rxrpc} command that load a server, or this machine: perf, demo and soak. */
module io.rxrpc.load {
  requires HdrHistogram;
  requires io.rxrpc.cli;
  requires java.logging;
  requires jdk.management;
  requires static org.jspecify;

  opens io.rxrpc.load.demo to
      info.picocli;
  opens io.rxrpc.load.perf to
      info.picocli;
  opens io.rxrpc.load.soak to
      info.picocli;

  provides Verbs with
      io.rxrpc.load.demo.DemoVerbs,
      io.rxrpc.load.perf.PerfVerbs,
      io.rxrpc.load.soak.SoakVerbs;
}
