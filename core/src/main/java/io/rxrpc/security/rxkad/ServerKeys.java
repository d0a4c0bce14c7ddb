// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxkad;

import io.rxrpc.security.SecurityFailure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a server finds the keys that tickets for it are sealed with. Safe for all threads. */
@FunctionalInterface
public interface ServerKeys {
  /** The encryption type under which a plain DES key is asked for. */
  int DES = 0;

  /**
   * Looks a key up.
   *
   * @param serviceId the service that was called
   * @param kvno the key's version
   * @param enctype {@link #DES} or the number of a Kerberos encryption type
   * @return a copy that the caller erases, or null if there is no such key
   * @throws SecurityFailure if the key is there and may not be used, as an expired one
   */
  byte @Nullable [] find(int serviceId, int kvno, int enctype) throws SecurityFailure;

  /**
   * All keys that a ticket of this version and type may be sealed with. They are more than one
   * where a server takes tickets of several realms, whose versions are counted apart: each is
   * tried.
   *
   * @param serviceId the service id
   * @param kvno the version number of the service's key
   * @param enctype the encryption type of Kerberos
   * @return copies that the caller erases; empty if there is no such key
   * @throws SecurityFailure as {@link #find} does
   */
  default List<byte[]> candidates(int serviceId, int kvno, int enctype) throws SecurityFailure {
    byte[] key = find(serviceId, kvno, enctype);
    return key == null ? List.of() : List.of(key);
  }

  /**
   * {@return one DES key, for all services}
   *
   * @param kvno 0..255
   * @param key 8 bytes, copied
   */
  static ServerKeys des(int kvno, byte[] key) {
    return one(kvno, DES, key);
  }

  /**
   * {@return one key, for all services}
   *
   * @param kvno the version number of the service's key
   * @param enctype {@link #DES} or the number of a Kerberos encryption type
   * @param key copied
   */
  static ServerKeys one(int kvno, int enctype, byte[] key) {
    return new OneServerKey(kvno, enctype, key);
  }
}
