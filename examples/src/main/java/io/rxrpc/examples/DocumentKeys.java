// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.examples;

import io.rxrpc.key.KeyException;
import io.rxrpc.key.KeyFacility;
import io.rxrpc.key.KeyType;
import io.rxrpc.key.Keyring;
import io.rxrpc.key.RxkadToken;
import io.rxrpc.key.TokenWriter;
import io.rxrpc.security.rxkad.TicketIssuer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The keys of the document's SECURITY section. They stand in print: real servers have others. */
final class DocumentKeys {
  /** The server's keyring. */
  static final String KEYRING = "AFSkeys";

  /** The client's key. */
  static final String KEY = "AFS:cambridge.redhat.com";

  private static final int VERSION = 1;

  private DocumentKeys() {}

  private static byte[] secret() {
    return new byte[] {
      (byte) 0xa7,
      (byte) 0x83,
      (byte) 0x8a,
      (byte) 0xcb,
      (byte) 0xc7,
      (byte) 0x83,
      (byte) 0xec,
      (byte) 0x94
    };
  }

  /** {@code add_key("keyring", "AFSkeys")}, and in it {@code add_key("rxrpc_s", "52:2")}. */
  static KeyFacility ofServer() throws KeyException {
    KeyFacility keys = new KeyFacility(InstantSource.system());
    Keyring ring = keys.process().addKeyring(KEYRING);
    ring.add(KeyType.RXRPC_S, DocumentServer.VL_SERVICE_ID + ":2", secret());
    return keys;
  }

  /**
   * {@code add_key("rxrpc", ...)} with a ticket. klog would get one from a Kerberos server; who has
   * the server's secret can make it himself.
   */
  static KeyFacility ofClient() throws KeyException {
    RxkadToken token =
        TicketIssuer.classic(VERSION, secret(), new SecureRandom())
            .issue("example", "", "", Instant.now().minusSeconds(60), Duration.ofHours(1));
    KeyFacility keys = new KeyFacility(InstantSource.system());
    keys.process().add(KeyType.RXRPC, KEY, TokenWriter.versionOne(token));
    return keys;
  }
}
