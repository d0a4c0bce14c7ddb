// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxgk;

import io.rxrpc.key.Key;
import io.rxrpc.key.KeyException;
import io.rxrpc.key.KeyType;
import io.rxrpc.key.Keyring;
import io.rxrpc.key.ServerSecret;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.udp.Errno;
import org.jspecify.annotations.Nullable;

/**
 * Server keys out of a keyring, which may change meanwhile: {@code SERVICE:6:KVNO:ENCTYPE} as Linux
 * describes them (keys.md section 2). They serve both forms, as the keys of OpenAFS would.
 *
 * @param keyring the keyring
 */
public record KeyringRxgkKeys(Keyring keyring) implements RxgkServerKeys {

  @Override
  public byte @Nullable [] find(int serviceId, int kvno, int enctype) throws SecurityFailure {
    String name =
        ServerSecret.description(serviceId, RxgkForm.YFS.index())
            + ":"
            + Integer.toUnsignedString(kvno)
            + ":"
            + enctype;
    try {
      Key key = keyring.search(KeyType.RXRPC_S, name);
      if (key.payload() instanceof ServerSecret secret) {
        byte[] bytes = secret.secret();
        key.validate(); // not revoked while it was copied
        return bytes;
      }
    } catch (KeyException e) {
      if (e.errno() == Errno.EKEYEXPIRED) {
        throw RxgkFault.EXPIRED.in(RxgkForm.YFS, "server key " + name + " has expired");
      }
    }
    return null; // what is not there, and what is revoked
  }
}
