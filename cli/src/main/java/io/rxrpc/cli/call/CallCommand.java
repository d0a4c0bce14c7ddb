// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.call;

import io.rxrpc.CallOptions;
import io.rxrpc.ClientCall;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.afs.WellKnownService;
import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.cli.frame.FailureReport;
import io.rxrpc.cli.frame.RootCommand;
import io.rxrpc.cli.frame.Session;
import io.rxrpc.cli.frame.Streams;
import io.rxrpc.cli.frame.Target;
import io.rxrpc.cli.option.KnownService;
import io.rxrpc.cli.option.SecurityOptions;
import io.rxrpc.cli.text.DurationText;
import io.rxrpc.cli.text.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rxrpc call}: one call, streamed both ways. */
@Command(
    name = "call",
    customSynopsis = {
      "rxrpc call HOST:PORT/SERVICE [--hex DIGITS | --text TEXT | --file FILE | -] [options]",
      "       rxrpc call HOST/SERVICE[,...] PROCEDURE [NAME=VALUE...] [options]",
      "       rxrpc call HOST:PORT/SERVICE[,...] PROCEDURE [NAME=VALUE...] --xg FILE [options]"
    },
    description = {
      "Make one call: send a request, print the reply.",
      "Both may have any length. Without a request it is what stdin has, or empty where",
      "that is a terminal. The reply goes to stdout as it is, on a terminal as a hex dump.",
      "With a PROCEDURE of a service of AFS, or of a description that --xg names, it is a call",
      "by name: parameters that do not fit are refused before anything is sent, and the results",
      "are printed by their names.",
      "File servers that call back first (service 1, fs) are told what they want to know."
    },
    footer = {
      "",
      "Examples:",
      "  rxrpc call localhost:7003/52 --text hello",
      "  rxrpc call localhost/vl --hex 00000202         whether a vlserver is there",
      "  rxrpc call [::1]:7003/52 --file request --out reply",
      "  generate | rxrpc call localhost:7003/52 - | use",
      "  rxrpc call localhost/vl --localauth /etc/openafs/server --hex 00000202",
      "  rxrpc call localhost/vl GetEntryByNameU name=root.cell",
      "  rxrpc call localhost:7300/52 Locate name=root.cell --xg sample.xg --json",
      "  rxrpc call localhost:7300/52 Store length=9 --in data --xg sample.xg",
      "",
      "Exit codes: 0 reply, 2 usage or local file, 3 aborted by the peer, 4 network error,",
      "5 no answer in time, 6 refused here (no credentials, security level too low),",
      "1 a defect of this program."
    })
final class CallCommand implements Callable<Integer> {
  private static final int CHUNK = 64 << 10;

  private final RootCommand root;

  @Parameters(
      index = "0",
      paramLabel = "HOST:PORT/SERVICE",
      description =
          "Who to call; a service name such as vl brings its port. Calls by name also take several,"
              + " with commas: all of them are called at once.")
  private String target = "";

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "WORD", // a mere "-" is no name to the generator of completions
      completionCandidates = Procedures.class,
      description =
          "A '-': the request comes from stdin. In calls by name: the procedure, with or without"
              + " its package's name, and its parameters; what is no number or text is JSON.")
  private List<String> words = new ArrayList<>();

  @ArgGroup private Request request = new Request();

  @Option(names = "--out", paramLabel = "FILE", description = "Write the reply to FILE.")
  private @Nullable Path outFile;

  @Option(names = "--hex-out", description = "Print the reply as a hex dump, terminal or not.")
  private boolean hexOut;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      converter = DurationText.class,
      description = "Give up after this, such as 500ms or 10s (default: when the peer is silent).")
  private @Nullable Duration timeout;

  @Mixin private TypedCallOptions typed = new TypedCallOptions();

  @Mixin private SecurityOptions security = new SecurityOptions();

  CallCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() throws CommandFailure, IOException {
    KnownService known = typed.isGiven() ? null : known();
    if (typed.isGiven() || known != null) {
      if (request.isGiven() || hexOut) {
        throw CommandFailure.usage(
            (hexOut ? "--hex-out" : "--hex, --text and --file")
                + (known == null ? " and --xg exclude each other" : " are not for calls by name"));
      }
      if (known != null) {
        typed.descriptions().refuseForKnown();
      }
      return new TypedCall(root, typed, known, outFile).run(target, words, this::options);
    }
    typed.refuseAlone();
    Target peer = Target.peer(target, Target.NONE, Target.NONE);
    CallOptions options = options();
    try (InputStream in = open()) {
      RxrpcAddress to = peer.address();
      try (ReplySink sink = ReplySink.of(root, outFile, hexOut);
          Session session = Session.untilExit(root)) {
        long start = System.nanoTime();
        RxrpcEndpoint endpoint =
            to.serviceId() == WellKnownService.FS.id()
                ? session.callbackClient()
                : session.client();
        RxrpcAddress called;
        try (ClientCall call = endpoint.begin(to, options)) {
          called = call.peer(); // one of the name's addresses
          byte[] buffer = new byte[CHUNK];
          send(in, call, buffer);
          for (int n = call.read(buffer, 0, CHUNK); n >= 0; n = call.read(buffer, 0, CHUNK)) {
            sink.take(buffer, n);
          }
        }
        sink.finish();
        long nanos = System.nanoTime() - start;
        if (root.json()) {
          print(called, sink, nanos);
        } else if (sink.count() == 0) {
          answered(called, nanos);
        }
      }
    }
    return ExitCode.OK;
  }

  /** The service, if its procedures are known and one of them is named: a dash is stdin. */
  private @Nullable KnownService known() throws CommandFailure {
    boolean named = !words.isEmpty() && !words.contains("-");
    if (request.isGiven() || (!named && !typed.hasParameters())) {
      return null;
    }
    String first = target.split(",", -1)[0];
    return KnownService.find(first, Target.peer(first, Target.NONE, Target.NONE));
  }

  private InputStream open() throws CommandFailure {
    if (words.isEmpty()) {
      // echo x | rxrpc call T: what was piped in is meant
      return request.isGiven() || root.streams().inIsTerminal() ? request.open() : piped();
    }
    String word = words.getFirst();
    boolean dash = word.equals("-") && words.size() == 1;
    if (!dash || request.isGiven()) {
      throw CommandFailure.usage(
          "'"
              + (word.equals("-") ? words.getLast() : word)
              + "' is one too many: the request is one of --hex, --text, --file and -; to call a"
              + " procedure by name takes --xg FILE");
    }
    return root.streams().in();
  }

  /** Says so where nothing has come yet: it may be a pipe that nobody will ever write to. */
  private InputStream piped() throws CommandFailure {
    Streams streams = root.streams();
    try {
      if (streams.errIsTerminal() && !root.quiet() && streams.in().available() == 0) {
        streams.err().println("rxrpc: the request is what comes from stdin, to its end");
      }
      return streams.in();
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.USAGE, "cannot read the request: " + FailureReport.file(e, null), e);
    }
  }

  private CallOptions options() throws CommandFailure, IOException {
    Duration limit = timeout;
    return security.apply(limit == null ? CallOptions.DEFAULT : CallOptions.DEFAULT.timeout(limit));
  }

  private void send(InputStream in, ClientCall call, byte[] buffer)
      throws CommandFailure, IOException {
    for (int n = read(in, buffer); n >= 0; n = read(in, buffer)) {
      call.write(buffer, 0, n);
    }
    call.endRequest();
  }

  /** Keeps failures of the local input apart from those of the call. */
  private int read(InputStream in, byte[] buffer) throws CommandFailure {
    try {
      return in.read(buffer, 0, buffer.length);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.USAGE, "cannot read the request: " + FailureReport.file(e, request.file), e);
    }
  }

  /** A person sees nothing of an empty reply, which is what most probes get. */
  private void answered(RxrpcAddress to, long nanos) {
    Streams streams = root.streams();
    if (!root.quiet() && (streams.outIsTerminal() || streams.errIsTerminal())) {
      streams
          .err()
          .printf(Locale.ROOT, "rxrpc: %s answered: an empty reply, in %.1f ms%n", to, nanos / 1e6);
    }
  }

  private void print(RxrpcAddress to, ReplySink sink, long nanos) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("target", to.toString());
    json.put("reply_bytes", sink.count());
    String hex = sink.hex();
    if (hex != null) {
      json.put("reply_hex", hex);
    }
    json.put("seconds", Json.rounded(nanos / 1e9, 6));
    Json.print(root.streams().out(), json);
  }

  /** The procedures that are known, for a shell to complete. */
  static final class Procedures implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return KnownService.procedures().iterator();
    }
  }

  /** Where the request comes from: one of these, or none for an empty request. */
  static final class Request {
    @Option(names = "--hex", paramLabel = "DIGITS", description = "The request, in hexadecimal.")
    private @Nullable String hex;

    @Option(names = "--text", paramLabel = "TEXT", description = "The request, as UTF-8.")
    private @Nullable String text;

    @Option(names = "--file", paramLabel = "FILE", description = "The request is in FILE.")
    private @Nullable Path file;

    boolean isGiven() {
      return hex != null || text != null || file != null;
    }

    InputStream open() throws CommandFailure {
      String h = hex;
      String t = text;
      Path f = file;
      if (h != null) {
        return new ByteArrayInputStream(HexText.parse(h));
      }
      if (t != null) {
        return new ByteArrayInputStream(t.getBytes(StandardCharsets.UTF_8));
      }
      if (f != null) {
        try {
          return Files.newInputStream(f);
        } catch (IOException e) {
          throw new CommandFailure(ExitCode.USAGE, "cannot read " + FailureReport.file(e, f), e);
        }
      }
      return InputStream.nullInputStream();
    }
  }
}
