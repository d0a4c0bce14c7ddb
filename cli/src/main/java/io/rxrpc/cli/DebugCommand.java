package io.rxrpc.cli;

import io.rxrpc.RxrpcEndpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code rxrpc debug HOST:PORT version}: what a server tells about itself. */
@Command(
    name = "debug",
    customSynopsis = "rxrpc debug HOST:PORT version [options]",
    description = {"Ask a server about itself.", "No call is made, and no credentials are needed."},
    footer = {
      "",
      "Examples:",
      "  rxrpc debug localhost:7003 version",
      "  rxrpc debug localhost/vl version --json"
    })
final class DebugCommand implements Callable<Integer> {
  private final RootCommand root;

  @Parameters(index = "0", paramLabel = "HOST:PORT", description = "The server; HOST/vl works too.")
  private String target = "";

  @Parameters(
      index = "1",
      paramLabel = "WHAT",
      converter = WhatText.class,
      description = "version: the text that the server calls its version.")
  private What what = What.VERSION;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "5s",
      converter = DurationText.class,
      description = "How long to wait for the answer (default: ${DEFAULT-VALUE}).")
  private Duration timeout = Duration.ofSeconds(5);

  DebugCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() throws CommandFailure, IOException {
    Target server = Target.peer(target, Target.NONE, 0);
    return switch (what) {
      case VERSION -> version(server);
    };
  }

  private int version(Target server) throws CommandFailure, IOException {
    InetSocketAddress address = server.resolve();
    try (Session session = Session.untilExit(root)) {
      RxrpcEndpoint endpoint = session.client();
      long start = System.nanoTime();
      String version = endpoint.version(address, timeout);
      long nanos = System.nanoTime() - start;
      if (root.json()) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("target", server.place());
        json.put("version", version);
        json.put("seconds", Json.rounded(nanos / 1e9, 6));
        Json.print(root.streams().out(), json);
      } else {
        root.streams().out().println(version);
      }
      return ExitCode.OK;
    }
  }

  /** What can be asked. */
  enum What {
    VERSION
  }

  /** Reads a {@link What} in lower case. */
  static final class WhatText implements ITypeConverter<What> {
    @Override
    public What convert(String text) {
      for (What what : What.values()) {
        if (what.name().toLowerCase(Locale.ROOT).equals(text)) {
          return what;
        }
      }
      throw new TypeConversionException("'" + text + "' cannot be asked for; write: version");
    }
  }
}
