// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.vl;

import java.net.InetAddress;
import java.util.List;
import java.util.UUID;

/**
 * A file server, as it has announced itself.
 *
 * @param uuid what entries name it by
 * @param generation how often its addresses have changed
 * @param addresses its IPv4 addresses
 */
public record FileServerAddresses(UUID uuid, int generation, List<InetAddress> addresses) {
  /** Keeps a copy. */
  public FileServerAddresses {
    addresses = List.copyOf(addresses);
  }
}
