// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.xdr;

import io.rxrpc.xdr.XdrException.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The part of a writer's output that is in memory, and how it goes on. */
abstract sealed class OutputWindow permits XdrWriter {
  private static final int FIRST = 256;
  private static final int BLOCK = 16 << 10;

  /** Java has no larger arrays. */
  private static final int MOST = Integer.MAX_VALUE - 8;

  byte[] buffer;
  int at;

  /** Null for memory. */
  final @Nullable OutputStream sink;

  /** What has gone to the sink. */
  private long gone;

  OutputWindow(int first) {
    buffer = new byte[first == 0 ? FIRST : first];
    sink = null;
  }

  OutputWindow(OutputStream sink) {
    buffer = new byte[FIRST];
    this.sink = sink;
  }

  /**
   * How many octets have been written, from the beginning.
   *
   * @return the octets
   */
  public final long offset() {
    return gone + at;
  }

  /** Makes room for so many octets, at most {@link #BLOCK} of a stream. */
  final void room(int octets) throws IOException {
    if (buffer.length - at >= octets) {
      return;
    }
    if (sink != null) {
      if (buffer.length < BLOCK) {
        buffer = Arrays.copyOf(buffer, BLOCK);
      }
      if (buffer.length - at < octets) {
        drain();
      }
      return;
    }
    long wanted = Math.max(2L * buffer.length, (long) at + octets);
    if ((long) at + octets > MOST) {
      throw new XdrException(
          Reason.BUDGET, "", offset(), "more than an array of Java can hold", true);
    }
    buffer = Arrays.copyOf(buffer, (int) Math.min(wanted, MOST));
  }

  /** How many of {@code wanted} units can go next, after some room was made: one at least. */
  final int portion(int wanted, int octetsEach) throws IOException {
    if (sink == null) {
      long octets = (long) wanted * octetsEach;
      room((int) Math.min(octets, MOST));
      return wanted;
    }
    room((int) Math.min((long) wanted * octetsEach, BLOCK));
    return Math.min(wanted, (buffer.length - at) / octetsEach);
  }

  final void drain() throws IOException {
    if (sink != null && at > 0) {
      sink.write(buffer, 0, at);
      gone += at;
      at = 0;
    }
  }

  final void put(byte[] octets, int offset, int length) throws IOException {
    OutputStream to = sink;
    if (to != null && length > BLOCK) {
      drain();
      to.write(octets, offset, length);
      gone += length;
      return;
    }
    room(length);
    System.arraycopy(octets, offset, buffer, at, length);
    at += length;
  }

  final XdrException fault(Reason reason, String field, String problem) {
    return new XdrException(reason, field, offset(), problem, true);
  }
}
