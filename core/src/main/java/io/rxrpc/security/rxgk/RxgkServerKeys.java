// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxgk;

import io.rxrpc.security.SecurityFailure;
import org.jspecify.annotations.Nullable;

/** Where a server finds the keys that tokens for it are sealed with. Safe for all threads. */
@FunctionalInterface
public interface RxgkServerKeys {

  /**
   * Looks a key up.
   *
   * @param serviceId the service that was called
   * @param kvno the key's version, unsigned
   * @param enctype the number of its Kerberos encryption type
   * @return a copy that the caller erases, or null if there is no such key
   * @throws SecurityFailure if the key is there and may not be used, as an expired one
   */
  byte @Nullable [] find(int serviceId, int kvno, int enctype) throws SecurityFailure;

  /**
   * {@return one key, for all services}
   *
   * @param kvno above 0
   * @param enctype 17 to 20
   * @param key of the type's length, copied
   * @throws IllegalArgumentException if type or length are no such
   */
  static RxgkServerKeys one(int kvno, int enctype, byte[] key) {
    return new OneRxgkKey(kvno, enctype, key);
  }
}
