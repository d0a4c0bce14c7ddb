// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench;

import io.rxrpc.security.SecurityFailure;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What the protocol costs on both ends together: whole calls through two engines in memory. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EngineBenchmark {
  private static final int BULK = 1 << 20;

  private EnginePair pair = new EnginePair();

  /** Fresh engines. */
  @Setup
  public void open() {
    pair = new EnginePair();
  }

  /** Gives the memory back. */
  @TearDown
  public void close() {
    pair.close();
  }

  /** A call of one small packet each way. */
  @Benchmark
  public long smallCall() throws SecurityFailure {
    return pair.call(32, 32);
  }

  /** 1 MiB of request: 743 packets. */
  @Benchmark
  public long bulkRequest() throws SecurityFailure {
    return pair.call(BULK, 4);
  }

  /** 1 MiB of reply. */
  @Benchmark
  public long bulkReply() throws SecurityFailure {
    return pair.call(4, BULK);
  }
}
