// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.key;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a key of type {@code rxrpc} holds.
 *
 * @param cell the cell, empty if the payload did not say
 * @param tokens in the order of preference; none = a key without security
 */
public record ClientTokens(String cell, List<Token> tokens) implements KeyPayload {

  /** A copy of the list. */
  public ClientTokens {
    tokens = List.copyOf(tokens);
  }

  /** {@return whether it is a key that secures nothing} */
  public boolean anonymous() {
    return tokens.isEmpty();
  }

  /** {@return the first token of rxkad, or null} */
  public @Nullable RxkadToken rxkad() {
    for (Token t : tokens) {
      if (t instanceof RxkadToken rxkad) {
        return rxkad;
      }
    }
    return null;
  }

  /** {@return the first token of rxgk, in either form, or null} */
  public @Nullable RxgkToken rxgk() {
    for (Token t : tokens) {
      if (t instanceof RxgkToken rxgk) {
        return rxgk;
      }
    }
    return null;
  }

  /** What Linux calls it in its list of keys: a word, or the number of the class. */
  private static String kind(Token token) {
    return switch (token) {
      case RxkadToken _ -> "ka";
      case RxgkToken t -> t.securityIndex() == RxgkToken.YFS ? "ygk" : "" + t.securityIndex();
    };
  }

  @Override
  public void destroy() {
    tokens.forEach(Token::destroy);
  }

  @Override
  public @Nullable Instant expiry() {
    return tokens.stream()
        .filter(t -> !t.endless())
        .map(Token::expiry)
        .min(Instant::compareTo)
        .orElse(null);
  }

  @Override
  public String summary() {
    return String.join(" ", tokens.stream().map(ClientTokens::kind).toList());
  }
}
