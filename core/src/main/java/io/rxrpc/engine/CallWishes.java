// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import org.jspecify.annotations.Nullable;

/**
 * What a client call wants besides its service and its security.
 *
 * @param exclusive a connection of its own, which is not used again
 * @param upgrade the server may answer as a newer service
 * @param challenged who answers CHALLENGEs in place of the security class, or null; only calls with
 *     the same one share connections
 */
public record CallWishes(boolean exclusive, boolean upgrade, @Nullable Object challenged) {
  /** Nothing special. */
  public static final CallWishes NONE = new CallWishes(false, false, null);
}
