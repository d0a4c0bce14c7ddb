// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit;

import java.util.ArrayDeque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The last datagrams of a network, printed in the manner of tcpdump:
 *
 * <pre>
 *   0.005000 7001 &gt; 7003: DATA cid 6b8f1234.0 call 7 seq 1 serial 3 [client,last] svc 52 len 4
 * * 0.005000 7003 &gt; 7001: ACK ... (LOSS)
 * &lt; 0.010000 7001 &gt; 7003: ...
 * </pre>
 *
 * A star marks what the network did something to, {@code <} an arrival.
 */
public final class Trace implements NetTap {
  private record Line(long at, Datagram datagram, @Nullable Fault fault, boolean arrival) {}

  private final int limit;
  private final long start;
  private final boolean arrivals;
  private final ArrayDeque<Line> lines = new ArrayDeque<>();

  /**
   * An empty trace.
   *
   * @param limit lines kept
   * @param start what is printed as 0
   * @param arrivals whether arrivals are noted too
   */
  public Trace(int limit, long start, boolean arrivals) {
    this.limit = limit;
    this.start = start;
    this.arrivals = arrivals;
  }

  @Override
  public void sent(long now, Datagram datagram, @Nullable Fault fault) {
    add(new Line(now, datagram, fault, false));
  }

  @Override
  public void delivered(long now, Datagram datagram) {
    if (arrivals) {
      add(new Line(now, datagram, null, true));
    }
  }

  private void add(Line line) {
    if (lines.size() == limit) {
      lines.remove();
    }
    lines.add(line);
  }

  /** The text. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    for (Line line : lines) {
      long micros = (line.at - start) / 1000;
      char mark = line.arrival ? '<' : line.fault == null ? ' ' : '*';
      out.append(mark).append(' ');
      out.append(String.format(Locale.ROOT, "%d.%06d ", micros / 1_000_000, micros % 1_000_000));
      out.append(line.datagram);
      if (line.fault != null) {
        out.append(" (").append(line.fault).append(')');
      }
      out.append('\n');
    }
    return out.toString();
  }
}
