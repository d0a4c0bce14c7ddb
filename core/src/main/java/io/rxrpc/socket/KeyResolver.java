// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import io.rxrpc.key.KeyFacility;
import io.rxrpc.security.ClientSecurity;
import io.rxrpc.security.ServerSecurity;
import java.time.InstantSource;
import java.util.List;

/**
 * Finds the keys behind the names that {@link RxrpcOption#SECURITY_KEY} and {@link
 * RxrpcOption#SECURITY_KEYRING} carry. Names are looked up when the option is set. May be called by
 * any thread.
 */
public interface KeyResolver {
  /** A key for calls. */
  interface ClientKey {
    /**
     * {@return security for a call that is made now}
     *
     * @param level the least security level, 0..2
     * @throws SocketErrorException ENOKEY when it gives no security of that level, EKEYEXPIRED or
     *     EKEYREVOKED when it may not be used any more
     */
    ClientSecurity security(int level) throws SocketErrorException;
  }

  /**
   * A keyring for services. It is looked into when connections come, so it may change meanwhile.
   */
  interface ServerKeyring {
    /**
     * {@return what a service offers}
     *
     * @param serviceId 1..65535
     * @param level the least security level, 0..2
     */
    List<ServerSecurity> securities(int serviceId, int level);
  }

  /**
   * {@return the keys and keyrings of a facility, with rxkad}
   *
   * @param facility where its keys are looked for
   */
  static KeyResolver of(KeyFacility facility) {
    return new FacilityKeys(facility, InstantSource.system());
  }

  /**
   * {@return the key of type {@code rxrpc} with a description}
   *
   * @param description the name of the key, such as afs@example.org
   * @throws SocketErrorException ENOKEY when there is none, EKEYEXPIRED, EKEYREVOKED
   */
  ClientKey key(String description) throws SocketErrorException;

  /**
   * {@return the keyring with a description}
   *
   * @param description the name of the key, such as afs@example.org
   * @throws SocketErrorException ENOKEY when there is none, EKEYEXPIRED, EKEYREVOKED
   */
  ServerKeyring keyring(String description) throws SocketErrorException;
}
