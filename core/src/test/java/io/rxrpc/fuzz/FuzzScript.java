// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Writes what {@link FuzzInput} reads: for seeds. */
public final class FuzzScript {
  private static final int HEADER = 28;
  private static final int FIRST = 1412;
  private static final int MOST = 120;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public FuzzScript op(int... bytes) {
    for (int b : bytes) {
      out.write(b);
    }
    return this;
  }

  public FuzzScript u16(int value) {
    return op(value >>> 8, value);
  }

  public FuzzScript bytes(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  /** An operation, and a datagram with its length in front; long data is left out. */
  public FuzzScript datagram(int op, byte[] datagram) {
    boolean jumbo = datagram.length > HEADER + FIRST;
    byte[] rest = jumbo ? cut(datagram, FIRST) : datagram;
    byte[] small = rest.length > MOST ? Arrays.copyOf(rest, MOST) : rest;
    return op(op).u16(small.length | (jumbo ? 0x8000 : 0)).bytes(small);
  }

  /** Without the first subpacket, which the reader puts in again. */
  private static byte[] cut(byte[] datagram, int n) {
    byte[] rest = new byte[datagram.length - n];
    System.arraycopy(datagram, 0, rest, 0, HEADER);
    System.arraycopy(datagram, HEADER + n, rest, HEADER, rest.length - HEADER);
    return rest;
  }

  public int size() {
    return out.size();
  }

  public byte[] build() {
    return out.toByteArray();
  }
}
