// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.store;

import io.rxrpc.key.ClientTokens;
import io.rxrpc.key.Token;
import java.time.Instant;
import java.util.List;
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

  /** {@return when the last of its tokens ends, or null if one never does} */
  public @Nullable Instant expiry() {
    return latest(tokens.tokens());
  }

  /** When the last of some tokens ends, or null if one never does, or there is none. */
  static @Nullable Instant latest(List<Token> tokens) {
    return tokens.stream().anyMatch(Token::endless)
        ? null
        : tokens.stream().map(Token::expiry).max(Instant::compareTo).orElse(null);
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

  /** {@return the token that is used for calls as long as it is valid, or null} */
  public @Nullable Token token() {
    return tokens.tokens().isEmpty() ? null : tokens.tokens().getFirst();
  }

  /**
   * {@return the token that is used now: the first that is valid, or else the first; null if none}
   *
   * @param now the present time
   */
  public @Nullable Token used(Instant now) {
    return tokens.tokens().stream()
        .filter(t -> now.isBefore(t.expiry()))
        .findFirst()
        .orElse(token());
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
