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
     * Security for a call that is made now.
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
     * What a service offers.
     *
     * @param serviceId 1..65535
     * @param level the least security level, 0..2
     */
    List<ServerSecurity> securities(int serviceId, int level);
  }

  /** The keys and keyrings of a facility, with rxkad. */
  static KeyResolver of(KeyFacility facility) {
    return new FacilityKeys(facility, InstantSource.system());
  }

  /**
   * The key of type {@code rxrpc} with a description.
   *
   * @throws SocketErrorException ENOKEY when there is none, EKEYEXPIRED, EKEYREVOKED
   */
  ClientKey key(String description) throws SocketErrorException;

  /**
   * The keyring with a description.
   *
   * @throws SocketErrorException ENOKEY when there is none, EKEYEXPIRED, EKEYREVOKED
   */
  ServerKeyring keyring(String description) throws SocketErrorException;
}
