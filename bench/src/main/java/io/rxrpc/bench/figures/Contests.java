// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench.figures;

import io.rxrpc.bench.figures.RxperfContender.Way;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All contests there are, in the order of the table. */
final class Contests {
  private static final String ASYNC = "callAsync";
  private static final String WAITING = "waiting callers";
  private static final String ONCRPC = "oncrpc4j, callbacks";
  private static final String ONCRPC_WAITING = "oncrpc4j, waiting callers";
  private static final String GRPC = "gRPC, futures";

  private Contests() {}

  /**
   * All.
   *
   * @param home where programs may be built
   */
  static List<Contest> all(Path home) {
    List<Contest> all = new ArrayList<>();
    all.add(calls(1, 1.8, 0.85));
    all.add(calls(16, 1.6, 0.85));
    all.add(calls(256, 1.8, 1.5));
    all.add(places(1));
    all.add(places(16));
    all.add(places(256));
    all.add(manyOpen());
    all.add(
        new Contest(
            "allocation",
            List.of(new EchoContender(ASYNC, "octets", "rxrpc allocation 1")),
            List.of(
                Comparison.atMost(
                    "allocated by a small call, both ends, `callAsync`", ASYNC, 1_000))));
    all.add(
        new Contest(
            "endpoint",
            List.of(new EchoContender("endpoint", "octets", "endpoint")),
            List.of(
                Comparison.atMost("resident memory of an idle endpoint", "endpoint", 400 << 10))));
    all.add(javaBulk());
    OpenAfsProgram openAfs = new OpenAfsProgram(home);
    all.add(openAfs(openAfs, 1, 1));
    all.add(openAfs(openAfs, 4, 0.85));
    all.add(openAfsCalls(openAfs, 1));
    all.add(openAfsCalls(openAfs, 16));
    all.add(encrypt("send", 2.3));
    all.add(encrypt("recv", 2.3));
    all.addAll(limits());
    return all;
  }

  private static Contest calls(int open, double async, double waiting) {
    String rate = "calls/s";
    return new Contest(
        "calls-" + open,
        List.of(
            new EchoContender(ASYNC, rate, "rxrpc async " + open),
            new EchoContender(ONCRPC, rate, "oncrpc4j async " + open),
            new EchoContender(WAITING, rate, "rxrpc blocking " + open),
            new EchoContender(ONCRPC_WAITING, rate, "oncrpc4j blocking " + open),
            new EchoContender(GRPC, rate, "grpc async " + open)),
        List.of(
            Comparison.of(
                "`callAsync`, " + open + " open, beside oncrpc4j's callbacks",
                ASYNC,
                ONCRPC,
                async),
            Comparison.of(
                "waiting callers, " + open + " open, beside oncrpc4j's callbacks",
                WAITING,
                ONCRPC,
                waiting),
            Comparison.of(
                "waiting callers, " + open + " open, beside oncrpc4j's waiting ones",
                WAITING,
                ONCRPC_WAITING,
                0),
            Comparison.of(
                "`callAsync`, " + open + " open, beside gRPC's futures", ASYNC, GRPC, 0)));
  }

  /** Handlers and futures in threads of their own, as by default, handlers or all in the loop. */
  private static Contest places(int open) {
    String rate = "calls/s";
    String inLoop = ", handlers in the loop";
    String loop = "all in the loop";
    return new Contest(
        "places-" + open,
        List.of(
            new EchoContender(ASYNC, rate, "rxrpc async " + open),
            new EchoContender(ASYNC + inLoop, rate, "rxrpc-handlers async " + open),
            new EchoContender(loop, rate, "rxrpc-loop async " + open),
            new EchoContender(ONCRPC, rate, "oncrpc4j async " + open),
            new EchoContender(WAITING, rate, "rxrpc blocking " + open),
            new EchoContender(WAITING + inLoop, rate, "rxrpc-handlers blocking " + open)),
        List.of(
            Comparison.of(
                "`callAsync`, " + open + " open, handlers in the loop beside in threads",
                ASYNC + inLoop,
                ASYNC,
                0),
            Comparison.of(
                "waiting callers, " + open + " open, handlers in the loop beside in threads",
                WAITING + inLoop,
                WAITING,
                0),
            Comparison.of(
                "`callAsync`, " + open + " open, all in the loop, beside all in threads",
                loop,
                ASYNC,
                0),
            Comparison.of(
                "`callAsync`, " + open + " open, all in the loop, beside oncrpc4j's callbacks",
                loop,
                ONCRPC,
                0)));
  }

  private static Contest manyOpen() {
    return new Contest(
        "open-10000",
        List.of(
            new EchoContender("256", "calls/s", "rxrpc async 256"),
            new EchoContender("10000", "calls/s", "rxrpc async 10000")),
        List.of(Comparison.of("`callAsync`, 10,000 open, beside 256 open", "10000", "256", 0.5)));
  }

  private static Contest javaBulk() {
    return new Contest(
        "bulk",
        List.of(
            new YardstickContender(true),
            new PerfCommandLine("send", "MB/s", "local --send --calls 16"),
            new PerfCommandLine("recv", "MB/s", "local --recv --calls 16")),
        List.of(
            Comparison.alone("bulk to a server, one call", "send", 3_000),
            Comparison.alone("bulk to a client, one call", "recv", 3_000),
            Comparison.of(
                "bulk to a server, beside the kernel's TCP", "send", YardstickContender.TCP, 0),
            Comparison.of(
                "bulk to a client, beside the kernel's TCP", "recv", YardstickContender.TCP, 0)));
  }

  private static Contest openAfs(OpenAfsProgram program, int calls, double goal) {
    RxperfServer theirs = new RxperfServer(program);
    RxperfServer ours = new RxperfServer(null);
    String open = calls == 1 ? ", 1 call" : ", " + calls + " calls";
    return new Contest(
        "openafs-" + calls,
        List.of(
            new RxperfContender("its send", program, theirs, Way.SEND, calls),
            new RxperfContender("we to it", null, theirs, Way.SEND, calls),
            new RxperfContender("it to us", program, ours, Way.SEND, calls),
            new RxperfContender("its recv", program, theirs, Way.RECV, calls),
            new RxperfContender("we from it", null, theirs, Way.RECV, calls),
            new RxperfContender("it from us", program, ours, Way.RECV, calls)),
        List.of(
            Comparison.of(
                "our client sends to OpenAFS" + open + ", beside its own client",
                "we to it",
                "its send",
                goal),
            Comparison.of(
                "our server sends to OpenAFS" + open + ", beside its own server",
                "it from us",
                "its recv",
                goal),
            Comparison.of(
                "OpenAFS's client sends to us" + open + ", beside to its own server",
                "it to us",
                "its send",
                1.4),
            Comparison.of(
                "OpenAFS's server sends to us" + open + ", beside to its own client",
                "we from it",
                "its recv",
                1.4)));
  }

  private static Contest openAfsCalls(OpenAfsProgram program, int open) {
    RxperfServer theirs = new RxperfServer(program);
    RxperfServer ours = new RxperfServer(null);
    String itself = "OpenAFS with itself";
    return new Contest(
        "openafs-calls-" + open,
        List.of(
            new RxperfContender(itself, program, theirs, Way.RPC, open),
            new RxperfContender("we call it", null, theirs, Way.RPC, open),
            new RxperfContender("it calls us", program, ours, Way.RPC, open)),
        List.of(
            Comparison.of(
                "our client calls OpenAFS, " + open + " open, beside its own client",
                "we call it",
                itself,
                0),
            Comparison.of(
                "OpenAFS's client calls us, " + open + " open, beside its own server",
                "it calls us",
                itself,
                0)));
  }

  /** One call at level encrypt, with the Vector API and without. */
  private static Contest encrypt(String way, double goal) {
    String arguments = "local --" + way + " --level encrypt --warm-up 10s";
    return new Contest(
        "encrypt-" + way,
        List.of(
            new PerfCommandLine("tables", "MB/s", arguments, Map.of()),
            new PerfCommandLine(
                "vectors",
                "MB/s",
                arguments,
                Map.of("RXRPC_JAVA_OPTIONS", "--add-modules jdk.incubator.vector"))),
        List.of(
            Comparison.of(
                "`perf local --" + way + " --level encrypt` by the Vector API, beside tables",
                "vectors",
                "tables",
                goal)));
  }

  private static List<Contest> limits() {
    return List.of(
        limit("--send --port-kind nio", true, "--send --port-kind nio"),
        limit("--recv --port-kind nio", true, "--recv --port-kind nio"),
        limit("--send --level clear", true, "--send --level clear --calls 8"),
        limit("--send --level auth", true, "--send --level auth --calls 8"),
        limit("--send --level encrypt", true, "--send --level encrypt"),
        limit("--recv --level encrypt", true, "--recv --level encrypt"),
        limit("--rpc, 1 open", false, "--rpc --calls 50000"),
        limit("--rpc, 16 open", false, "--rpc --parallel 16"),
        limit("--rpc, 256 open", false, "--rpc --parallel 256"));
  }

  /** What {@code rxrpc perf local} measures, beside what the kernel does without RxRPC. */
  private static Contest limit(String label, boolean bulk, String arguments) {
    YardstickContender yardstick = new YardstickContender(bulk);
    return new Contest(
        "limit-"
            + label
                .replaceAll("[^a-z0-9 ]", "")
                .replaceAll("(level|portkind|open) ?", "")
                .strip()
                .replace(' ', '-')
                .toLowerCase(Locale.ROOT),
        List.of(yardstick, new PerfCommandLine("ours", yardstick.unit(), "local " + arguments)),
        List.of(
            Comparison.of(
                "`perf local " + label + "`, beside " + yardstick.name(),
                "ours",
                yardstick.name(),
                0)));
  }
}
