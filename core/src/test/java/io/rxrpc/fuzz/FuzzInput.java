// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.fuzz;

import java.util.Arrays;

/** Reads a fuzzer's bytes as a script. Behind the end everything is zero. */
public final class FuzzInput {
  private final byte[] data;
  private int at;

  public FuzzInput(byte[] data) {
    this.data = data;
  }

  public boolean more() {
    return at < data.length;
  }

  public int u8() {
    return at < data.length ? data[at++] & 0xff : 0;
  }

  public int u16() {
    return u8() << 8 | u8();
  }

  /** The next {@code n} bytes, fewer at the end. */
  public byte[] bytes(int n) {
    int end = Math.min(data.length, at + n);
    byte[] bytes = Arrays.copyOfRange(data, at, end);
    at = end;
    return bytes;
  }
}
