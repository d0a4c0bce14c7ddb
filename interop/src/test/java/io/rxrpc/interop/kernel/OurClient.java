// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop.kernel;

import io.rxrpc.CallOptions;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.RxrpcException;
import io.rxrpc.interop.kernel.Trial.Protection;
import io.rxrpc.security.SecurityLevel;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Calls by this library: each trial with an endpoint of its own, as if begun afresh. */
final class OurClient {
  /** One call of a run. */
  interface Numbered {
    /** Returns whether the reply was right. */
    boolean make(int number) throws IOException;
  }

  private final AtomicInteger next = new AtomicInteger();
  private final List<String> notes = new ArrayList<>();
  private final int calls;
  private final Numbered call;
  private int failed;
  private int hung;
  private int wrong;
  private long slowest;

  private OurClient(int calls, Numbered call) {
    this.calls = calls;
    this.call = call;
  }

  /** Echoes. */
  static Result run(Trial trial, InetSocketAddress server, int service) throws IOException {
    return run(trial, server, service, LabKeys.HEX);
  }

  /** The same with another key than the server's. */
  static Result runForged(Trial trial, InetSocketAddress server, int service) throws IOException {
    return run(trial, server, service, LabKeys.OTHER_HEX);
  }

  private static Result run(Trial trial, InetSocketAddress server, int service, String key)
      throws IOException {
    RxrpcAddress to = new RxrpcAddress(server, service);
    CallOptions options = options(trial.level(), key);
    byte[] filling = new byte[trial.octets() + 256];
    new Random(trial.octets()).nextBytes(filling);
    try (RxrpcEndpoint endpoint = open(server.getAddress())) {
      return calls(
          trial.calls(),
          trial.atOnce(),
          i -> {
            byte[] request = Arrays.copyOfRange(filling, i & 255, (i & 255) + trial.octets());
            return Arrays.equals(request, endpoint.call(to, request, options));
          });
    }
  }

  /** An endpoint on this side of the bridge, of the same family. */
  static RxrpcEndpoint open(InetAddress peer) throws IOException {
    InetAddress local = peer instanceof Inet6Address ? Guest.host6() : Guest.host();
    return RxrpcEndpoint.open(new InetSocketAddress(local, 0));
  }

  static CallOptions options(Protection level, String key) {
    CallOptions options = CallOptions.DEFAULT.timeout(Trial.PATIENCE).maxReply(1 << 24);
    return switch (level) {
      case NONE -> options;
      case CLEAR -> options.token(LabKeys.token(key), SecurityLevel.CLEAR);
      case AUTH -> options.token(LabKeys.token(key), SecurityLevel.AUTH);
      case ENCRYPT -> options.token(LabKeys.token(key), SecurityLevel.ENCRYPT);
    };
  }

  /** Makes calls 0 to {@code calls - 1}, so many at once. */
  static Result calls(int calls, int atOnce, Numbered call) {
    OurClient run = new OurClient(calls, call);
    long start = System.nanoTime();
    try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < atOnce; i++) {
        workers.execute(run::work);
      }
    }
    return run.result(System.nanoTime() - start);
  }

  private synchronized Result result(long nanos) {
    return new Result(calls, failed, hung, wrong, nanos / 1e9, slowest / 1e9, notes);
  }

  private void work() {
    for (int i = next.getAndIncrement(); i < calls; i = next.getAndIncrement()) {
      long start = System.nanoTime();
      try {
        boolean right = call.make(i);
        ended(i, right ? "" : "wrong data", System.nanoTime() - start);
      } catch (IOException | RuntimeException e) {
        String what = e instanceof RxrpcException ? e.getMessage() : e.toString();
        ended(i, what == null ? "failed" : what, System.nanoTime() - start);
      }
    }
  }

  private synchronized void ended(int number, String how, long nanos) {
    slowest = Math.max(slowest, nanos);
    if (how.isEmpty()) {
      return;
    }
    if (how.equals("wrong data")) {
      wrong++;
    } else if (nanos >= Trial.PATIENCE.toNanos()) {
      hung++;
    } else {
      failed++;
    }
    if (notes.size() < 5) {
      notes.add(
          "call " + number + " after " + TimeUnit.NANOSECONDS.toMillis(nanos) + " ms: " + how);
    }
  }
}
