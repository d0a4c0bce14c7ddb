// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import io.rxrpc.interop.peers.Needs;
import io.rxrpc.interop.peers.Needs.Peer;

/** The encrypted part of Kerberos 5 tickets (kvno 213), under an AES key. */
@Needs(Peer.AES_CELL)
class AesCellIT extends SecuredServers {
  AesCellIT() {
    super(KeyFolder.Kind.AES);
  }
}
