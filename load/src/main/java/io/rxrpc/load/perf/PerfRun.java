// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.load.perf;

import com.sun.management.OperatingSystemMXBean;
import io.rxrpc.CallOptions;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.cli.frame.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.AtomicHistogram;
import org.jspecify.annotations.Nullable;

/**
 * Runs a plan: parallel callers, on virtual threads or without any, first to warm up, then
 * measured.
 */
final class PerfRun {
  private static final long LONGEST = TimeUnit.HOURS.toNanos(1);
  private static final long PROGRESS_MILLIS = 200;

  private final RxrpcEndpoint client;
  private final RxrpcAddress to;
  private final CallOptions options;
  private final List<RxrpcEndpoint> counted;
  private final Progress progress;
  private final RxperfDialect dialect = new RxperfDialect();

  /**
   * @param counted the endpoints whose retransmissions count: all of this process
   */
  PerfRun(
      RxrpcEndpoint client,
      RxrpcAddress to,
      CallOptions options,
      List<RxrpcEndpoint> counted,
      Progress progress) {
    this.options = options;
    this.client = client;
    this.to = to;
    this.counted = counted;
    this.progress = progress;
  }

  PerfResult run(PerfPlan plan) throws IOException, InterruptedException {
    if (plan.async()) {
      new PerfCaller(client, to, options, dialect, plan).call(); // finds out the server's dialect
    }
    if (!plan.warmUp().isZero()) {
      new Phase(plan.ofWarmUp(), plan.warmUp()).run();
    }
    Phase measured = new Phase(plan, Duration.ofNanos(Long.MAX_VALUE));
    long resent = retransmits();
    long cpu = processorTime();
    long start = System.nanoTime();
    measured.run();
    long nanos = Math.max(1, System.nanoTime() - start);
    return new PerfResult(
        plan,
        nanos,
        measured.latency,
        retransmits() - resent,
        processorTime() - cpu,
        client.portKind().name().toLowerCase(Locale.ROOT));
  }

  private long retransmits() {
    long sum = 0;
    for (RxrpcEndpoint endpoint : counted) {
      sum += endpoint.counters().getOrDefault("data-resent", 0L);
    }
    return sum;
  }

  private static long processorTime() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  /** All callers once, until the calls are made or the time is over. */
  private final class Phase {
    private final AtomicHistogram latency = new AtomicHistogram(LONGEST, 3);
    private final PerfPlan plan;
    private final long nanos;
    private final long start = System.nanoTime();
    private final AtomicLong tickets;
    private final AtomicLong done = new AtomicLong();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final CountDownLatch running;

    Phase(PerfPlan plan, Duration limit) {
      this.plan = plan;
      this.nanos = limit.toNanos();
      this.tickets = new AtomicLong(plan.calls());
      this.running = new CountDownLatch(plan.parallel());
    }

    void run() throws IOException, InterruptedException {
      for (int i = 0; i < plan.parallel(); i++) {
        PerfCaller caller = new PerfCaller(client, to, options, dialect, plan);
        if (plan.async()) {
          begin(caller);
        } else {
          Thread.ofVirtual().name("caller-" + i).start(() -> loop(caller));
        }
      }
      try {
        while (!running.await(PROGRESS_MILLIS, TimeUnit.MILLISECONDS)) {
          report();
        }
      } finally {
        tickets.set(0);
        progress.clear();
      }
      Throwable t = failure.get();
      switch (t) {
        case null -> {}
        case IOException e -> throw e;
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        default -> throw new IllegalStateException(t);
      }
    }

    private boolean goesOn() {
      return tickets.getAndDecrement() > 0 && System.nanoTime() - start < nanos;
    }

    /** A caller that is no thread: the end of each call begins the next. */
    private void begin(PerfCaller caller) {
      if (!goesOn()) {
        running.countDown();
        return;
      }
      long begin = System.nanoTime();
      var _ =
          caller
              .callAsync()
              .whenComplete(
                  (nothing, why) -> {
                    if (why == null) {
                      ended(begin);
                      begin(caller);
                    } else {
                      failed(reason(why));
                      running.countDown();
                    }
                  });
    }

    private void ended(long begin) {
      latency.recordValue(Math.min(System.nanoTime() - begin, LONGEST));
      done.incrementAndGet();
    }

    private static @Nullable Throwable reason(Throwable why) {
      Throwable cause = why instanceof CompletionException ? why.getCause() : why;
      return cause instanceof UncheckedIOException e ? e.getCause() : cause;
    }

    private void failed(@Nullable Throwable why) {
      failure.compareAndSet(null, why);
      tickets.set(0); // the others need not go on
    }

    private void loop(PerfCaller caller) {
      try {
        while (goesOn()) {
          long begin = System.nanoTime();
          caller.call();
          ended(begin);
        }
      } catch (IOException | RuntimeException | Error e) {
        failed(e);
      } finally {
        running.countDown();
      }
    }

    private void report() {
      if (!progress.isShown()) {
        return;
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      long calls = done.get();
      String state = nanos == Long.MAX_VALUE ? plan.kind().label() : "warming up";
      progress.show(
          String.format(
              Locale.ROOT,
              "%s: %,d calls in %.1f s, %,.0f calls/s",
              state,
              calls,
              seconds,
              calls / seconds));
    }
  }
}
