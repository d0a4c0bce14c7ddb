// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.load.perf;

import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.text.DurationText;
import io.rxrpc.cli.text.SizeText;
import io.rxrpc.load.perf.PerfPlan.Kind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that say what to measure. */
final class PerfOptions {
  private static final long BULK_BYTES = 256L << 20;
  private static final long BULK_CALLS = 4;
  private static final long RPC_BYTES = 32;
  private static final long RPC_CALLS = 200_000;
  private static final int MAX_PARALLEL = 100_000;

  @ArgGroup(multiplicity = "1")
  private Operation operation = new Operation();

  @Option(
      names = "--bytes",
      paramLabel = "SIZE",
      converter = SizeText.class,
      description =
          "Payload of each call, of the request for --rpc (default: 256MiB; 32 for --rpc).")
  private @Nullable Long bytes;

  @Option(
      names = "--reply-bytes",
      paramLabel = "SIZE",
      converter = SizeText.class,
      description = "Payload of each reply, for --rpc (default: as --bytes).")
  private @Nullable Long replyBytes;

  @Option(
      names = "--calls",
      paramLabel = "N",
      description = "Calls in total (default: 4, at least one a caller; 200000 for --rpc).")
  private @Nullable Long calls;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      defaultValue = "1",
      description = "Callers at once, each making call after call (default: ${DEFAULT-VALUE}).")
  private int parallel = 1;

  @Option(
      names = "--async",
      description =
          "With --rpc: callers are futures that are completed in the endpoint's loop, in place of"
              + " virtual threads that wait. For payloads up to 16 KiB.")
  private boolean async;

  @Option(
      names = "--warm-up",
      paramLabel = "DURATION",
      defaultValue = "6s",
      converter = DurationText.class,
      description =
          "Do the same for so long before measuring, as the JVM compiles while it runs"
              + " (default: ${DEFAULT-VALUE}).")
  private Duration warmUp = Duration.ofSeconds(6);

  PerfPlan plan() throws CommandFailure {
    boolean rpc = operation.kind() == Kind.RPC;
    Long b = bytes;
    Long r = replyBytes;
    Long c = calls;
    long size = b != null ? b : rpc ? RPC_BYTES : BULK_BYTES;
    if (r != null && !rpc) {
      throw CommandFailure.usage("--reply-bytes is for --rpc; --recv takes --bytes");
    }
    long replySize = !rpc ? 0 : r != null ? r : size;
    if (size > Rxperf.MAX_BYTES || replySize > Rxperf.MAX_BYTES) {
      throw CommandFailure.usage("rxperf moves at most 4 GiB - 1 in one call: use --calls");
    }
    if (parallel < 1 || parallel > MAX_PARALLEL) {
      throw CommandFailure.usage("--parallel " + parallel + " is outside 1.." + MAX_PARALLEL);
    }
    long count = c != null ? c : rpc ? RPC_CALLS : Math.max(BULK_CALLS, parallel);
    if (count < 1) {
      throw CommandFailure.usage("--calls " + count + ": at least 1");
    }
    if (async && !(rpc && Math.max(size, replySize) <= PerfCaller.SMALL)) {
      throw CommandFailure.usage("--async is for --rpc with payloads up to 16 KiB");
    }
    return new PerfPlan(operation.kind(), size, replySize, count, parallel, async, warmUp);
  }

  /** One of the three. */
  static final class Operation {
    @Option(names = "--send", required = true, description = "The client sends bulk data.")
    private boolean send;

    @Option(names = "--recv", required = true, description = "The server sends bulk data.")
    private boolean recv;

    @Option(names = "--rpc", required = true, description = "Requests and replies.")
    private boolean rpc;

    Kind kind() throws CommandFailure {
      if (send == recv && recv == rpc) {
        throw CommandFailure.usage("one of --send, --recv and --rpc"); // picocli has seen to it
      }
      return send ? Kind.SEND : recv ? Kind.RECV : Kind.RPC;
    }
  }
}
