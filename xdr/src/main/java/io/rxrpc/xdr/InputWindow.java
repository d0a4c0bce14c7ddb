// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.xdr;

import io.rxrpc.xdr.XdrException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The part of a reader's input that is in memory, and how more of it comes there. */
abstract sealed class InputWindow permits XdrReader {
  static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** What a length may make us allocate before any of its octets has come. */
  static final int TRUSTED = 512 << 10;

  private static final int FIRST = 1 << 10;
  private static final int LATER = 16 << 10;

  byte[] buffer;
  int at;
  int end;

  /** Null for memory, which is whole in the buffer. */
  final @Nullable InputStream source;

  /** The offset of the buffer's first octet in the whole input. */
  private long base;

  /** The offset that values may not go beyond. */
  private long limit = Long.MAX_VALUE;

  private boolean sourceEnded;

  InputWindow(byte[] memory, int offset, int length) {
    buffer = memory;
    at = offset;
    end = offset + length;
    base = -offset;
    source = null;
  }

  InputWindow(InputStream source, long total) {
    buffer = new byte[0];
    this.source = source;
    limit = total;
  }

  /**
   * How many octets have been read, from the beginning of the input.
   *
   * @return the octets
   */
  public final long offset() {
    return base + at;
  }

  /** Whether so many octets are already known to be there, or may still come. */
  final void expect(String field, long octets) throws XdrException {
    if (octets > end - at) {
      if (source == null) {
        throw fault(Reason.END, field, "needs " + octets + " octets, but " + left());
      }
      if (octets > limit - offset()) {
        throw fault(Reason.BUDGET, field, octets + " octets more are above the limit of a message");
      }
    }
  }

  private String left() {
    int n = end - at;
    return n == 0 ? "the input ends" : n == 1 ? "only 1 is left" : "only " + n + " are left";
  }

  /** Makes so few octets (at most 8) lie together in the buffer. */
  final void need(String field, int octets) throws IOException {
    expect(field, octets);
    while (end - at < octets) {
      if (!fill()) {
        throw fault(Reason.END, field, "needs " + octets + " octets, but " + left());
      }
    }
  }

  /**
   * Takes more from the source behind what is in the buffer.
   *
   * @return whether there was more
   */
  private boolean fill() throws IOException {
    InputStream from = source;
    if (from == null || sourceEnded) {
      return false;
    }
    int kept = end - at;
    base += at;
    if (buffer.length < LATER && base + kept > 0) {
      buffer = Arrays.copyOfRange(buffer, at, at + LATER); // the first one was too small
    } else if (buffer.length == 0) {
      buffer = new byte[FIRST];
    } else {
      System.arraycopy(buffer, at, buffer, 0, kept);
    }
    at = 0;
    end = kept;
    int n = from.read(buffer, end, buffer.length - end);
    if (n < 0) {
      sourceEnded = true;
      return false;
    }
    end += n;
    return true;
  }

  /**
   * Whether the input is at its end. Waits for the source to say so.
   *
   * @return whether nothing follows
   * @throws IOException when the source fails
   */
  public final boolean atEnd() throws IOException {
    return at == end && !fill();
  }

  /** So many octets as an array of their own, which grows as they come. */
  final byte[] take(String field, int octets) throws IOException {
    expect(field, octets);
    byte[] taken;
    if (octets <= end - at) {
      taken = Arrays.copyOfRange(buffer, at, at + octets);
      at += octets;
      return taken;
    }
    taken = new byte[step(0, octets, 1)];
    int have = 0;
    while (have < octets) {
      if (have == taken.length) {
        taken = Arrays.copyOf(taken, step(have, octets, 1));
      }
      int n = copySome(taken, have, taken.length - have);
      if (n < 0) {
        throw fault(
            Reason.END, field, "needs " + octets + " octets, but ends after " + have + " of them");
      }
      have += n;
    }
    return taken;
  }

  /** What is in the buffer, or else straight from the source; -1 at the end. */
  final int copySome(byte[] to, int offset, int length) throws IOException {
    int n = Math.min(length, end - at);
    if (n > 0) {
      System.arraycopy(buffer, at, to, offset, n);
      at += n;
      return n;
    }
    InputStream from = source;
    if (from == null || sourceEnded) {
      return -1;
    }
    n = from.read(to, offset, length);
    if (n < 0) {
      sourceEnded = true;
    } else {
      base += n;
    }
    return n;
  }

  /** The same for octets that are no values: they do not count. */
  final int copyRaw(byte[] to, int offset, int length) throws IOException {
    int n = copySome(to, offset, length);
    if (n > 0 && source != null) {
      limit += n;
    }
    return n;
  }

  /**
   * How large an array of {@code want} elements is made when {@code have} have come: never more
   * than twice what has come and what is trusted. The steps are counted back from the last, which
   * is the array that is kept: a megabyte costs itself and a quarter, and nothing more than twice
   * itself.
   */
  static int step(int have, int want, int octetsEach) {
    int trusted = TRUSTED / octetsEach;
    int size = want;
    while (size > 2L * have + trusted) {
      size = (size - trusted + 1) / 2;
    }
    return size;
  }

  final XdrException fault(Reason reason, String field, String problem) {
    return fault(reason, field, offset(), problem);
  }

  static XdrException fault(Reason reason, String field, long offset, String problem) {
    return new XdrException(reason, field, offset, problem, false);
  }
}
