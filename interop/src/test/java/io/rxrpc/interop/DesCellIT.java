// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import io.rxrpc.interop.peers.Needs;
import io.rxrpc.interop.peers.Needs.Peer;

/** Classic tickets, under a DES key. */
@Needs(Peer.DES_CELL)
class DesCellIT extends SecuredServers {
  DesCellIT() {
    super(KeyFolder.Kind.DES);
  }
}
