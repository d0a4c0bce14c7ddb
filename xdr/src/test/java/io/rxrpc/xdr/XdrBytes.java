// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.xdr;

import java.io.ByteArrayOutputStream;

/** Octets put together without the writer. */
final class XdrBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  XdrBytes u32(int value) {
    out.write(value >>> 24);
    out.write(value >>> 16);
    out.write(value >>> 8);
    out.write(value);
    return this;
  }

  XdrBytes zeros(int n) {
    return fill(0, n);
  }

  XdrBytes fill(int octet, int n) {
    byte[] octets = new byte[n];
    java.util.Arrays.fill(octets, (byte) octet);
    out.writeBytes(octets);
    return this;
  }

  byte[] build() {
    return out.toByteArray();
  }
}
