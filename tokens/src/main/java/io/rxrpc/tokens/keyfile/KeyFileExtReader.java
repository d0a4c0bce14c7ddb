// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.keyfile;

import io.rxrpc.security.rxkad.ServerKeys;
import java.nio.ByteBuffer;

/** OpenAFS's KeyFileExt (keys.md 4): keys of several types, those of Kerberos 5 among them. */
final class KeyFileExtReader {
  /** Bytes of a record's four fixed words, which the first of them counts. */
  private static final int FIXED = 16;

  static final int RXKAD = 0;
  static final int RXGK = 1;
  static final int RXKAD_KRB5 = 2;

  private KeyFileExtReader() {}

  /** Reads the keys of rxkad and rxgk; those of other types are checked and passed over. */
  static void read(ByteBuffer in, KeyCollector keys) throws KeyFileException {
    if (in.remaining() < 4) {
      throw keys.problem("it ends within the number of keys");
    }
    int count = in.getInt();
    if (count < 0 || count > in.remaining() / (FIXED + 4)) {
      throw keys.problem(
          "it says that it holds " + Integer.toUnsignedString(count) + " keys, but ends earlier");
    }
    for (int i = 1; i <= count; i++) {
      record(in, keys, i);
    }
    // what stands behind the last key means nothing to OpenAFS
  }

  private static void record(ByteBuffer in, KeyCollector keys, int number) throws KeyFileException {
    if (in.remaining() < FIXED + 4) {
      throw keys.problem("it ends within key " + number);
    }
    int length = in.getInt();
    int type = in.getInt();
    int kvno = in.getInt();
    int subtype = in.getInt();
    // compared before anything is added to them: no sum overflows
    if (length < FIXED || length - FIXED > in.remaining() - 4) {
      throw keys.problem(
          "key " + number + " has a record of " + Integer.toUnsignedString(length) + " bytes");
    }
    in.position(in.position() + length - FIXED); // a later format may say more here
    int keyLength = in.getInt();
    if (keyLength < 0 || keyLength > in.remaining()) {
      throw keys.problem(
          "key " + number + " has a secret of " + Integer.toUnsignedString(keyLength) + " bytes");
    }
    // OpenAFS keeps such and never finds them: a subtype has no meaning for the one, and must be an
    // encryption type for the other
    boolean lost = type == RXKAD ? subtype != 0 : subtype <= 0;
    boolean known = type == RXKAD || type == RXGK || type == RXKAD_KRB5;
    if (!known || lost) {
      in.position(in.position() + keyLength);
      keys.skip();
      if (lost && known) {
        keys.note("key " + number + " has the encryption type " + subtype);
      }
      return;
    }
    byte[] secret = new byte[keyLength];
    in.get(secret);
    int enctype = type == RXKAD ? ServerKeys.DES : subtype;
    keys.add(new ServiceKey(kvno, enctype, "", secret, false, type == RXGK));
  }

  /** Whether the whole file has this form: to tell it from a KeyFile whatever its name. */
  static boolean fits(ByteBuffer file) {
    ByteBuffer in = file.duplicate();
    if (in.remaining() < 4) {
      return false;
    }
    int count = in.getInt();
    if (count < 1 || count > in.remaining() / (FIXED + 4)) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      if (in.remaining() < FIXED + 4) {
        return false;
      }
      int surplus = in.getInt() - FIXED;
      if (surplus < 0 || surplus > in.remaining() - FIXED) {
        return false;
      }
      in.position(in.position() + FIXED - 4 + surplus);
      int keyLength = in.getInt();
      if (keyLength < 0 || keyLength > in.remaining()) {
        return false;
      }
      in.position(in.position() + keyLength);
    }
    return !in.hasRemaining();
  }
}
