// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.keyfile;

import io.rxrpc.security.rxkad.ServerKeys;
import java.nio.ByteBuffer;

/** OpenAFS's KeyFile (keys.md 3): DES keys. */
final class KeyFileReader {
  static final int MAX_KEYS = 8;
  private static final int DES_LENGTH = 8;
  private static final int RECORD = 4 + DES_LENGTH;

  private KeyFileReader() {}

  /** Reads all keys; what stands behind the last one means nothing, old writers leave it there. */
  static void read(ByteBuffer in, KeyCollector keys) throws KeyFileException {
    if (in.remaining() < 4) {
      throw keys.problem("it ends within the number of keys");
    }
    int count = in.getInt();
    if (count < 0 || count > MAX_KEYS) {
      throw keys.problem(
          "it says that it holds "
              + Integer.toUnsignedString(count)
              + " keys, but a KeyFile has room for "
              + MAX_KEYS);
    }
    if (in.remaining() < count * RECORD) {
      throw keys.problem("it ends within its " + count + " keys");
    }
    for (int i = 0; i < count; i++) {
      int kvno = in.getInt();
      byte[] secret = new byte[DES_LENGTH];
      in.get(secret);
      keys.add(new ServiceKey(kvno, ServerKeys.DES, "", secret));
    }
  }
}
