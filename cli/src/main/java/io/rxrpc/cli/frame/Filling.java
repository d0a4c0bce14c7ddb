// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.frame;

import java.io.IOException;

/** Bytes that mean nothing, for whoever only needs many: one shared array, never written to. */
public final class Filling {
  /** The most bytes that are there at once. */
  public static final int CHUNK = 256 << 10;

  private static final byte[] BYTES = bytes();

  private Filling() {}

  /** Takes bytes, as a call's {@code write} does. */
  public interface Sink {
    void write(byte[] bytes, int offset, int length) throws IOException;
  }

  /** Writes this many bytes. */
  public static void write(Sink sink, long count) throws IOException {
    long left = count;
    while (left > 0) {
      int n = (int) Math.min(left, CHUNK);
      sink.write(BYTES, 0, n);
      left -= n;
    }
  }

  /** Copies some of them. */
  public static void copy(byte[] to, int offset, int length) {
    System.arraycopy(BYTES, 0, to, offset, length);
  }

  private static byte[] bytes() {
    byte[] bytes = new byte[CHUNK];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i % 251); // prime: no period that a packet size could hide
    }
    return bytes;
  }
}
