// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxkad;

import io.rxrpc.security.krb.Des;
import org.jspecify.annotations.Nullable;

/** A single key, whichever service is called. */
final class OneServerKey implements ServerKeys {
  private final int kvno;
  private final int enctype;
  private final byte[] key;

  OneServerKey(int kvno, int enctype, byte[] key) {
    if (enctype == DES && key.length != Des.LENGTH) {
      throw new IllegalArgumentException("a DES key has 8 bytes");
    }
    this.kvno = kvno;
    this.enctype = enctype;
    this.key = key.clone();
  }

  @Override
  public byte @Nullable [] find(int serviceId, int version, int type) {
    return version == kvno && type == enctype ? key.clone() : null;
  }

  @Override
  public String toString() {
    return "a key of version " + kvno;
  }
}
