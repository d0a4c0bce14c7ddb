// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxkad;

import io.rxrpc.key.Key;
import io.rxrpc.key.KeyException;
import io.rxrpc.key.KeyType;
import io.rxrpc.key.Keyring;
import io.rxrpc.key.ServerSecret;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.udp.Errno;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Server keys out of a keyring, which may change meanwhile. A DES key is looked for as {@code
 * SERVICE:2:KVNO} and then, of any version as in Linux, as {@code SERVICE:2}; a Kerberos key as
 * {@code SERVICE:2:KVNO:ENCTYPE}.
 *
 * @param keyring the keyring
 */
public record KeyringServerKeys(Keyring keyring) implements ServerKeys {

  @Override
  public byte @Nullable [] find(int serviceId, int kvno, int enctype) throws SecurityFailure {
    String any = ServerSecret.description(serviceId, RxkadConnection.INDEX);
    String exact = any + ":" + Integer.toUnsignedString(kvno);
    List<String> names = enctype == DES ? List.of(exact, any) : List.of(exact + ":" + enctype);
    for (String name : names) {
      try {
        Key key = keyring.search(KeyType.RXRPC_S, name);
        if (key.payload() instanceof ServerSecret secret) {
          byte[] bytes = secret.secret();
          key.validate(); // not revoked while it was copied
          return bytes;
        }
      } catch (KeyException e) {
        if (e.errno() != Errno.ENOKEY) {
          throw e.errno() == Errno.EKEYEXPIRED
              ? RxkadFailures.expired("server key " + name)
              : RxkadFailures.unknownKey("server key " + name);
        }
      }
    }
    return null;
  }
}
