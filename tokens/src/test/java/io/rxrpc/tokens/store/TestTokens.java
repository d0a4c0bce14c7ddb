// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.store;

import io.rxrpc.key.ClientTokens;
import io.rxrpc.key.RxkadToken;
import java.time.Instant;
import java.util.List;

/** Tokens to keep. */
final class TestTokens {
  static final Instant NOW = Instant.parse("2026-11-22T16:00:00Z");
  static final byte[] SESSION_KEY = {1, 2, 3, 4, 5, 6, 7, 8};

  private TestTokens() {}

  static ClientTokens until(Instant end, String cell) {
    byte[] ticket = new byte[61];
    ticket[3] = 9;
    return new ClientTokens(
        cell,
        List.of(
            new RxkadToken(
                17, 256, SESSION_KEY, NOW.getEpochSecond(), end.getEpochSecond(), true, ticket)));
  }
}
