// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxgk;

import io.rxrpc.security.krb.KerberosKey;
import io.rxrpc.security.krb.KrbException;
import org.jspecify.annotations.Nullable;

/** A server that has one key. */
final class OneRxgkKey implements RxgkServerKeys {
  private final int kvno;
  private final int enctype;
  private final byte[] key;

  OneRxgkKey(int kvno, int enctype, byte[] key) {
    try {
      if (kvno == 0 || KerberosKey.keyLength(enctype) != key.length) {
        throw new IllegalArgumentException(
            "key version " + kvno + ", " + key.length + " octets, encryption type " + enctype);
      }
    } catch (KrbException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    this.kvno = kvno;
    this.enctype = enctype;
    this.key = key.clone();
  }

  @Override
  public byte @Nullable [] find(int serviceId, int wanted, int type) {
    return wanted == kvno && type == enctype ? key.clone() : null;
  }

  @Override
  public String toString() {
    return "rxgk key, version " + Integer.toUnsignedString(kvno) + ", type " + enctype;
  }
}
