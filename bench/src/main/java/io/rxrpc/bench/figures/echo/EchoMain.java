// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench.figures.echo;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.Objects;

/**
 * One measurement in this JVM, which then ends: a library, how many calls are open (or {@code
 * allocation}, {@code endpoint}) and whether callers wait. Prints one number.
 */
public final class EchoMain {
  private static final int LEAST_WARM_SECONDS = 10;
  private static final int MOST_WARM_SECONDS = 25;

  /** The compilers have done what matters when they work less than this in a second. */
  private static final long IDLE_MILLIS = 150;

  private static final double SECONDS = 2;

  private EchoMain() {}

  /**
   * Takes {@code rxrpc|rxrpc-handlers|rxrpc-loop|oncrpc4j|grpc async|blocking|allocation OPEN} or
   * {@code endpoint}: calls a second, octets allocated for a call, or octets of an idle endpoint.
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    double value;
    if (args[0].equals("endpoint")) {
      value = EndpointMemory.octets();
    } else {
      try (EchoPair pair = pair(args[0])) {
        value = measure(pair, args[1], Integer.parseInt(args[2]));
      }
    }
    System.out.println(value);
    System.out.flush();
    System.exit(0); // threads of the libraries may outlive what they were for
  }

  private static EchoPair pair(String library) throws IOException {
    return switch (library) {
      case "rxrpc" -> new RxrpcEcho(false, false);
      case "rxrpc-handlers" -> new RxrpcEcho(true, false);
      case "rxrpc-loop" -> new RxrpcEcho(true, true);
      case "oncrpc4j" -> new OncRpcEcho();
      case "grpc" -> new GrpcEcho();
      default -> throw new IllegalArgumentException(library);
    };
  }

  private static double measure(EchoPair pair, String how, int open)
      throws IOException, InterruptedException {
    ClosedLoop loop = new ClosedLoop(pair, open);
    if (how.equals("blocking")) {
      loop.blocking();
    } else {
      loop.async();
    }
    warmUp(loop);
    try {
      return how.equals("allocation") ? allocation(loop) : loop.rate(SECONDS);
    } finally {
      loop.stop();
    }
  }

  /** Until the compilers rest, which takes long where calls leave them little of the processors. */
  private static void warmUp(ClosedLoop loop) throws IOException, InterruptedException {
    CompilationMXBean compilers =
        Objects.requireNonNull(ManagementFactory.getCompilationMXBean(), "no compilers");
    long before = compilers.getTotalCompilationTime();
    for (int second = 1; second <= MOST_WARM_SECONDS; second++) {
      loop.runFor(1);
      long now = compilers.getTotalCompilationTime();
      if (second >= LEAST_WARM_SECONDS && now - before < IDLE_MILLIS) {
        return;
      }
      before = now;
    }
  }

  /** Octets that all threads of both ends allocate, for each call that ends. */
  private static double allocation(ClosedLoop loop) throws IOException, InterruptedException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long calls = loop.ended();
    long allocated = threads.getTotalThreadAllocatedBytes();
    loop.runFor(SECONDS);
    return (double) (threads.getTotalThreadAllocatedBytes() - allocated) / (loop.ended() - calls);
  }
}
