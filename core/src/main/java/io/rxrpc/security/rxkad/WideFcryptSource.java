// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxkad;

import org.jspecify.annotations.Nullable;

/**
 * What the service loader finds of {@link WideFcrypt}. Asked once, when the first connection
 * encrypts.
 */
public interface WideFcryptSource {
  /**
   * Opens it where that is worth it.
   *
   * @param boxes the four substitution boxes, 256 octets each
   * @param tables the way by tables, to compare with
   * @return null for a machine that is better off with tables
   */
  @Nullable WideFcrypt open(byte[][] boxes, WideFcrypt tables);
}
