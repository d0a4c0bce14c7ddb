// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.xdr;

import io.rxrpc.xdr.XdrException.Reason;
import java.io.IOException;
import java.util.Arrays;

/** Arrays of elements that are a word, or two: all that is in the window at a time. */
final class WordArrays {
  private WordArrays() {}

  static int[] ints(InputWindow in, String field, int n) throws IOException {
    int[] values = new int[room(in, field, n, 4, 4)];
    int have = 0;
    while (have < n) {
      if (have == values.length) {
        values = Arrays.copyOf(values, InputWindow.step(have, n, 4));
      }
      int until = have + some(in, field, have, values.length, 4);
      byte[] from = in.buffer;
      int at = in.at;
      for (; have < until; have++) {
        values[have] = (int) InputWindow.INT.get(from, at);
        at += 4;
      }
      in.at = at;
    }
    return values;
  }

  static long[] longs(InputWindow in, String field, int n) throws IOException {
    long[] values = new long[room(in, field, n, 8, 8)];
    int have = 0;
    while (have < n) {
      if (have == values.length) {
        values = Arrays.copyOf(values, InputWindow.step(have, n, 8));
      }
      int until = have + some(in, field, have, values.length, 8);
      byte[] from = in.buffer;
      int at = in.at;
      for (; have < until; have++) {
        values[have] = (long) InputWindow.LONG.get(from, at);
        at += 8;
      }
      in.at = at;
    }
    return values;
  }

  /** The low 8 bits of each word. */
  static byte[] low8(InputWindow in, String field, int n) throws IOException {
    byte[] values = new byte[room(in, field, n, 4, 1)];
    int have = 0;
    while (have < n) {
      if (have == values.length) {
        values = Arrays.copyOf(values, InputWindow.step(have, n, 1));
      }
      int until = have + some(in, field, have, values.length, 4);
      byte[] from = in.buffer;
      int at = in.at + 3;
      for (; have < until; have++) {
        values[have] = from[at];
        at += 4;
      }
      in.at = at - 3;
    }
    return values;
  }

  /** Elements to allocate at first: all, if their octets are here or few. */
  private static int room(InputWindow in, String field, int n, int octetsEach, int memoryEach)
      throws XdrException {
    long octets = (long) n * octetsEach;
    if (octets <= in.end - in.at) {
      return n;
    }
    if (in.source == null) {
      int whole = (in.end - in.at) / octetsEach; // name the first that is not there
      in.at += whole * octetsEach;
      throw in.fault(Reason.END, "[" + whole + "]", "the input ends").within(field);
    }
    in.expect(field, octets);
    return InputWindow.step(0, n, memoryEach);
  }

  /** How many elements are in the window, one at least, up to {@code most}. */
  private static int some(InputWindow in, String field, int have, int most, int octetsEach)
      throws IOException {
    if (in.end - in.at < octetsEach) {
      try {
        in.need("[" + have + "]", octetsEach);
      } catch (XdrException e) {
        throw e.within(field);
      }
    }
    return Math.min(most - have, (in.end - in.at) / octetsEach);
  }

  static void ints(OutputWindow out, int[] values) throws IOException {
    for (int done = 0; done < values.length; ) {
      int until = done + out.portion(values.length - done, 4);
      byte[] to = out.buffer;
      int at = out.at;
      for (; done < until; done++) {
        InputWindow.INT.set(to, at, values[done]);
        at += 4;
      }
      out.at = at;
    }
  }

  static void longs(OutputWindow out, long[] values) throws IOException {
    for (int done = 0; done < values.length; ) {
      int until = done + out.portion(values.length - done, 8);
      byte[] to = out.buffer;
      int at = out.at;
      for (; done < until; done++) {
        InputWindow.LONG.set(to, at, values[done]);
        at += 8;
      }
      out.at = at;
    }
  }

  static void uint8s(OutputWindow out, byte[] values) throws IOException {
    for (int done = 0; done < values.length; ) {
      int until = done + out.portion(values.length - done, 4);
      byte[] to = out.buffer;
      int at = out.at;
      for (; done < until; done++) {
        InputWindow.INT.set(to, at, values[done] & 0xff);
        at += 4;
      }
      out.at = at;
    }
  }

  /** A text, and zeros up to {@code size}; octets above 127 have their sign, as C's chars have. */
  static void sign8(OutputWindow out, String text, int length, int size) throws IOException {
    if (length == text.length() && out.portion(size, 4) == size) {
      int at = out.at;
      byte[] to = out.buffer;
      for (int i = 0; i < length; i++) {
        InputWindow.INT.set(to, at, (int) (byte) text.charAt(i)); // ASCII or an escaped octet
        at += 4;
      }
      Arrays.fill(to, at, at + 4 * (size - length), (byte) 0);
      out.at = at + 4 * (size - length);
      return;
    }
    byte[] octets = XdrText.encode(text);
    for (int done = 0; done < size; ) {
      int until = done + out.portion(size - done, 4);
      for (; done < until; done++) {
        InputWindow.INT.set(out.buffer, out.at, done < length ? (int) octets[done] : 0);
        out.at += 4;
      }
    }
  }
}
