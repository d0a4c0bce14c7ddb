// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.load.data;

import io.rxrpc.key.RxkadToken;
import io.rxrpc.security.rxkad.ServerKeys;
import io.rxrpc.security.rxkad.TicketIssuer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;

/**
 * A server's key that exists in this process only, and tokens for it: what a Kerberos server and a
 * key file are elsewhere.
 */
public final class EmbeddedKeys {
  /** Who the tokens are for. */
  public static final String NAME = "demo";

  /** The cell that vouches for it. */
  public static final String CELL = "demo.example";

  private static final int KVNO = 1;
  private static final Duration SKEW = Duration.ofMinutes(5);
  private static final Duration LIFETIME = Duration.ofHours(10);

  private final SecureRandom random = new SecureRandom();
  private final byte[] key = new byte[8];

  public EmbeddedKeys() {
    random.nextBytes(key);
  }

  public ServerKeys server() {
    return ServerKeys.des(KVNO, key);
  }

  public RxkadToken token() {
    return TicketIssuer.classic(KVNO, key, random)
        .issue(NAME, "", CELL, Instant.now().minus(SKEW), LIFETIME);
  }
}
