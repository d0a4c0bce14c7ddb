// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.key;

import org.jspecify.annotations.Nullable;

/**
 * Something happened to a key.
 *
 * @param kind what
 * @param key to which key
 * @param keyring in which keyring, for links
 */
public record KeyChange(Kind kind, Key key, @Nullable Keyring keyring) {
  /** What happened. */
  public enum Kind {
    /** A keyring has a new link to the key. */
    LINKED,
    /** A keyring has lost its link to the key. */
    UNLINKED,
    /** The key, a keyring, has lost all its links. */
    CLEARED,
    /** The key's timeout was set. */
    TIMEOUT,
    /** The key was revoked. */
    REVOKED
  }
}
