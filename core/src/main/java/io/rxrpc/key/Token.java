// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.key;

import java.time.Instant;

/**
 * What a client shows to be somebody: a secret, and something sealed that tells a server the same.
 * Each kind is of one security class; the kinds are closed, so a {@code switch} knows all of them.
 * Safe for all threads.
 */
public sealed interface Token permits RxkadToken, RxgkToken {

  /** {@return the security class it is for, by its number on the wire} */
  int securityIndex();

  /** {@return when it ends; {@link Instant#MAX} if never} */
  Instant expiry();

  /** {@return whether it never ends} */
  boolean endless();

  /** {@return whether its secret was cleared} */
  boolean destroyed();

  /** Clears its secret. */
  void destroy();
}
