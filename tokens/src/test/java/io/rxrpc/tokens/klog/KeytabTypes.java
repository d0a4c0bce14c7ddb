// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.klog;

import java.nio.ByteBuffer;

/** Changes the encryption types in a keytab (format 0x0502). */
final class KeytabTypes {
  private KeytabTypes() {}

  /** The same keytab, with every key of another type. */
  static byte[] replaced(byte[] keytab, int type) {
    ByteBuffer out = ByteBuffer.wrap(keytab.clone());
    int at = Short.BYTES;
    while (at + Integer.BYTES < keytab.length) {
      int size = out.getInt(at);
      int entry = at + Integer.BYTES;
      if (size > 0) {
        int components = out.getShort(entry);
        int place = entry + Short.BYTES;
        for (int i = 0; i <= components; i++) { // the realm and the name
          place += Short.BYTES + out.getShort(place);
        }
        out.putShort(place + 4 + 4 + 1, (short) type);
      }
      at = entry + Math.abs(size);
    }
    return out.array();
  }
}
