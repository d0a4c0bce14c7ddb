// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import io.rxrpc.RxrpcException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/** Makes many calls, some at a time, and keeps what became of each. */
final class LossyWork {
  /** A call by its number; says how many bytes of bulk it moved. */
  interface Numbered {
    /** Throws {@link WrongData} when the call succeeded, and yet is to count as failed. */
    long make(int number) throws IOException;
  }

  /** A call succeeded with something other than what was to come. */
  static final class WrongData extends IOException {
    private static final long serialVersionUID = 1;

    WrongData(String what) {
      super(what);
    }
  }

  private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger next = new AtomicInteger();
  private final Numbered call;
  private final long[] nanos;
  private final long[] bytes;

  private LossyWork(int calls, Numbered call) {
    this.call = call;
    nanos = new long[calls];
    bytes = new long[calls];
  }

  /** Makes calls 0 to {@code calls - 1}, and returns when each has ended. */
  static LossyPhase run(String name, int calls, int parallel, Numbered call) {
    LossyWork work = new LossyWork(calls, call);
    long start = System.nanoTime();
    try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < parallel; i++) {
        workers.execute(work::makeCalls);
      }
    }
    long took = System.nanoTime() - start;
    long moved = LongStream.of(work.bytes).sum();
    return new LossyPhase(name, calls, work.failures, moved, work.nanos, took);
  }

  private void makeCalls() {
    for (int i = next.getAndIncrement(); i < nanos.length; i = next.getAndIncrement()) {
      long start = System.nanoTime();
      try {
        bytes[i] = call.make(i);
      } catch (IOException | RuntimeException e) {
        long ms = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        String what = e instanceof RxrpcException ? e.getMessage() : e.toString();
        failures.add("call " + i + " after " + ms + " ms: " + what);
      }
      nanos[i] = System.nanoTime() - start;
    }
  }
}
