// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import io.rxrpc.wire.PacketText;
import java.io.Closeable;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A line for each datagram that an endpoint sends and receives, in the manner of tcpdump, with
 * seconds since the first one:
 *
 * <pre>
 *   0.005000 127.0.0.1:7001 &gt; 127.0.0.1:7003: DATA cid 6b8f1234.0 call 7 seq 1 serial 3 [client,last] svc 52 len 4
 * </pre>
 *
 * <p>The lines are handed out by a thread of the trace, in the order of the datagrams: whoever
 * takes them may be slow without slowing the endpoint. At most {@value #WAITING} wait for him; what
 * comes beyond that is left out, and a line says how many. Thread-safe; one trace may serve several
 * endpoints.
 */
public final class PacketTrace implements Closeable {
  /** How many lines wait at most. */
  static final int WAITING = 16_384;

  private static final String END = "";

  private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(WAITING);
  private final AtomicLong leftOut = new AtomicLong();
  private final Consumer<String> taker;
  private final Thread thread;
  private volatile boolean closed;
  private long start = Long.MIN_VALUE; // guarded by this

  private PacketTrace(Consumer<String> taker) {
    this.taker = taker;
    this.thread = Thread.ofPlatform().name("rxrpc-trace").daemon().start(this::handOut);
  }

  /**
   * Hands lines to somebody.
   *
   * @param taker called in one thread of the trace, with a line without its end; what it throws
   *     ends the trace, and not the traffic
   * @return a trace for {@link EndpointOptions#trace}, for the caller to close
   */
  public static PacketTrace to(Consumer<String> taker) {
    return new PacketTrace(Objects.requireNonNull(taker, "taker"));
  }

  /** Notes one datagram; called under the lock of the endpoint's driver. */
  void record(
      long epochNanos,
      InetSocketAddress from,
      InetSocketAddress to,
      MemorySegment memory,
      long offset,
      int length) {
    if (closed) {
      return;
    }
    if (lines.remainingCapacity() == 0) {
      leftOut.incrementAndGet();
      return;
    }
    long micros = sinceStart(epochNanos) / 1000;
    StringBuilder line = new StringBuilder(192);
    line.append(String.format(Locale.ROOT, "%d.%06d ", micros / 1_000_000, micros % 1_000_000));
    line.append(RxrpcAddress.text(from)).append(" > ").append(RxrpcAddress.text(to)).append(": ");
    PacketText.append(line, memory, offset, length);
    if (!lines.offer(line.toString())) { // another endpoint's line took the last place
      leftOut.incrementAndGet();
    }
  }

  private synchronized long sinceStart(long epochNanos) {
    if (start == Long.MIN_VALUE) {
      start = epochNanos;
    }
    return Math.max(0, epochNanos - start); // wall time may be set back
  }

  private void handOut() {
    try {
      for (String line = lines.take(); !line.equals(END); line = lines.take()) {
        taker.accept(line);
        tellLeftOut();
      }
      tellLeftOut();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) { // of the taker
      System.getLogger("io.rxrpc.endpoint")
          .log(System.Logger.Level.WARNING, "what takes the lines of a trace failed: it ends", e);
    } finally {
      closed = true;
      lines.clear();
    }
  }

  private void tellLeftOut() {
    if (lines.isEmpty()) {
      long n = leftOut.getAndSet(0);
      if (n > 0) {
        taker.accept("(" + n + " packets were left out: the lines are taken too slowly)");
      }
    }
  }

  /**
   * Ends the trace when all lines so far have been taken. A second close does nothing. Not to be
   * called by the taker.
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        // the thread makes room; if it has ended, nobody needs the end
        if (lines.offer(END, 100, TimeUnit.MILLISECONDS)) {
          thread.join();
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
