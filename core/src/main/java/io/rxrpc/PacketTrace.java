// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import io.rxrpc.machine.Outlet;
import io.rxrpc.wire.PacketText;
import java.io.Closeable;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.Locale;
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

  private final Outlet outlet;
  private long start = Long.MIN_VALUE; // guarded by this

  private PacketTrace(Outlet outlet) {
    this.outlet = outlet;
  }

  /**
   * Hands lines to somebody.
   *
   * @param taker called in one thread of the trace, with a line without its end; what it throws
   *     ends the trace, and not the traffic
   * @return a trace for {@link RxrpcEndpoint.Builder}, for the caller to close
   */
  public static PacketTrace to(Consumer<String> taker) {
    return new PacketTrace(Outlet.to("rxrpc-trace", WAITING, taker));
  }

  /** Notes one datagram; called under the lock of the endpoint's driver. */
  void record(
      long epochNanos,
      InetSocketAddress from,
      InetSocketAddress to,
      MemorySegment memory,
      long offset,
      int length) {
    if (!outlet.hasRoom()) {
      return;
    }
    long micros = sinceStart(epochNanos) / 1000;
    StringBuilder line = new StringBuilder(192);
    line.append(String.format(Locale.ROOT, "%d.%06d ", micros / 1_000_000, micros % 1_000_000));
    line.append(RxrpcAddress.text(from)).append(" > ").append(RxrpcAddress.text(to)).append(": ");
    PacketText.append(line, memory, offset, length);
    outlet.put(line.toString());
  }

  private synchronized long sinceStart(long epochNanos) {
    if (start == Long.MIN_VALUE) {
      start = epochNanos;
    }
    return Math.max(0, epochNanos - start); // wall time may be set back
  }

  /**
   * Ends the trace when all lines so far have been taken. A second close does nothing. Not to be
   * called by the taker.
   */
  @Override
  public void close() {
    outlet.close();
  }
}
