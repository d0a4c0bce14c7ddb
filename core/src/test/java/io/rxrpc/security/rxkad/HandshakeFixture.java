// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxkad;

import io.rxrpc.key.RxkadToken;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.ServerSecurity.Verified;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/** A client, a server and a ticket between them. */
abstract class HandshakeFixture {
  static final Instant NOW = Instant.parse("2026-11-22T16:00:00Z");
  static final int NONCE = 0x7fffffff; // + 1 changes the sign
  static final int[] CALLS = {5, 0, 0x7fffffff, 9};

  final TestKeys.Clock clock = new TestKeys.Clock(NOW);
  final TicketIssuer issuer = TicketIssuer.classic(3, TestKeys.SERVICE_KEY, new Random(4));
  final RxkadToken token = issuer.issue("alice", "admin", "EXAMPLE.COM", NOW, Duration.ofHours(1));
  final RxkadServer server = RxkadServer.builder(TestKeys.KEYS, clock).build();

  RxkadClient client(SecurityLevel level) {
    return new RxkadClient(token, level, clock);
  }

  byte[] response(SecurityLevel level) throws SecurityFailure {
    return client(level).respond(TestKeys.ID, server.challenge(NONCE), CALLS);
  }

  Verified verify(byte[] response) throws SecurityFailure {
    return server.verify(TestKeys.ID, NONCE, response.clone());
  }

  /** Opens the sealed part, lets it be changed and seals it again. */
  byte[] altered(byte[] response, int offset, int value, boolean sum) {
    MemorySegment p = MemorySegment.ofArray(response.clone());
    FcryptKey key = new FcryptKey(token.sessionKey());
    Pcbc.decrypt(key, key.iv(), p, 8, p, 8, 40);
    ResponseBody.set(p, offset, value);
    if (sum) {
      ResponseBody.set(p, ResponseBody.CHECKSUM, ResponseBody.checksum(p));
    }
    Pcbc.encrypt(key, key.iv(), p, 8, p, 8, 40);
    return p.toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
  }
}
