// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.store;

import io.rxrpc.key.ClientTokens;
import io.rxrpc.key.Token;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key as a store gives it out: a copy, which whoever asked for it closes.
 *
 * @param description its name; {@code afs@CELL} for the tokens of a cell
 * @param type the type of key in the store, such as {@code user}
 * @param tokens what it holds
 */
public record StoredKey(String description, String type, ClientTokens tokens)
    implements AutoCloseable {
  /** What the descriptions of a cell's tokens begin with. */
  public static final String AFS = "afs@";

  /**
   * {@return the description of a cell's tokens}
   *
   * @param cell the cell, such as example.org
   */
  public static String description(String cell) {
    return AFS + cell;
  }

  /** {@return the cell, or the empty string if it is not a cell's} */
  public String cell() {
    return description.startsWith(AFS) ? description.substring(AFS.length()) : "";
  }

  /** {@return when the first of its tokens ends, or null} */
  public @Nullable Instant expiry() {
    return tokens.expiry();
  }

  /**
   * {@return whether it can no longer be used}
   *
   * @param now the present time
   */
  public boolean expired(Instant now) {
    Instant end = expiry();
    return end != null && !now.isBefore(end);
  }

  /** {@return the token that is used for calls, or null} */
  public @Nullable Token token() {
    return tokens.tokens().isEmpty() ? null : tokens.tokens().getFirst();
  }

  /** Clears the secrets. */
  @Override
  public void close() {
    tokens.destroy();
  }

  @Override
  public String toString() {
    return type + " key " + description;
  }
}
