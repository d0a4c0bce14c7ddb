// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxgk;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Writes the XDR of RESPONSEs and tokens. */
final class RxgkWriter {
  /** What it has held is cleared by {@link #take}. */
  private static final class Octets extends ByteArrayOutputStream {
    byte[] takeAll() {
      byte[] all = toByteArray();
      Arrays.fill(buf, (byte) 0);
      return all;
    }
  }

  private static final int WORD = 4;

  private final Octets out = new Octets();

  RxgkWriter int32(int value) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      out.write(value >>> shift);
    }
    return this;
  }

  RxgkWriter int64(long value) {
    return int32((int) (value >>> 32)).int32((int) value);
  }

  RxgkWriter fixed(byte[] octets) {
    out.writeBytes(octets);
    return this;
  }

  RxgkWriter opaque(byte[] octets) {
    int32(octets.length).fixed(octets);
    return fixed(new byte[-octets.length & WORD - 1]);
  }

  /** All of it; the caller erases it if it is secret. */
  byte[] take() {
    return out.takeAll();
  }
}
