// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.xdr;

import io.rxrpc.xdr.XdrException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Any octets, read as a type that they describe themselves: the reader over memory and the one over
 * a stream agree, and what was read is written as it was, or at least read again as the same.
 */
public final class XdrFuzz {
  private static final int FIELDS = 16;

  private XdrFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    int shape = Math.min(data.length, FIELDS);
    byte[] type = Arrays.copyOf(data, shape);
    byte[] octets = Arrays.copyOfRange(data, shape, data.length);
    Object memory = outcome(type, XdrReader.of(octets));
    Object stream =
        outcome(
            type,
            XdrReader.of(new Dribble(octets, new SplittableRandom(shape)), XdrLimits.DEFAULT));
    if (memory instanceof XdrException m && stream instanceof XdrException s) {
      // memory knows where it ends, and may say so at a length
      if (m.reason() != Reason.END && (m.reason() != s.reason() || m.offset() != s.offset())) {
        throw new AssertionError(m + " of memory, but " + s);
      }
      if (m.offset() > octets.length || m.path().isEmpty()) {
        throw new AssertionError("a place that is none", m);
      }
      return;
    }
    if (!memory.equals(stream)) {
      throw new AssertionError(memory + " of memory, but " + stream);
    }
    again(type, (List<?>) memory);
  }

  private static void again(byte[] type, List<?> values) {
    try {
      XdrWriter out = new XdrWriter(1);
      FuzzShape.write(type, values, out);
      byte[] octets = out.toByteArray();
      XdrReader in = XdrReader.of(new ByteArrayInputStream(octets), XdrLimits.DEFAULT);
      Object read = FuzzShape.read(type, in);
      if (!read.equals(values) || !in.atEnd()) {
        throw new AssertionError(values + " came back as " + read);
      }
    } catch (IOException e) {
      throw new AssertionError("what was read cannot be written: " + values, e);
    }
  }

  private static Object outcome(byte[] type, XdrReader in) {
    try {
      return FuzzShape.read(type, in);
    } catch (XdrException e) {
      return e;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Each kind of field with a good value, and with hostile lengths. */
  public static List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (int kind = 0; kind < FuzzShape.KINDS; kind++) {
      for (int first : new int[] {0, 1, 3, 0x7fffffff, -1, 0x00100001}) {
        byte[] seed = new byte[FIELDS + 80];
        Arrays.fill(seed, 0, FIELDS, (byte) (FuzzShape.KINDS - 1)); // the end of the fields
        seed[0] = (byte) kind;
        InputWindow.INT.set(seed, FIELDS, first);
        seed[FIELDS + 5] = 'a';
        seed[FIELDS + 11] = 1;
        seeds.add(seed);
      }
    }
    SplittableRandom random = new SplittableRandom(15);
    for (int i = 0; i < 200; i++) {
      byte[] seed = new byte[random.nextInt(200)];
      for (int at = 0; at < seed.length; at++) {
        seed[at] = (byte) (at % 4 == 3 || random.nextInt(8) == 0 ? random.nextInt(20) : 0);
      }
      seeds.add(seed);
    }
    return seeds;
  }
}
