// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxkad;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.key.Key;
import io.rxrpc.key.KeyException;
import io.rxrpc.key.KeyFacility;
import io.rxrpc.key.KeyType;
import io.rxrpc.key.Keyring;
import io.rxrpc.key.RxkadToken;
import io.rxrpc.key.TokenWriter;
import io.rxrpc.security.ConnectionSecurity;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.udp.Errno;
import io.rxrpc.wire.AbortCodes;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** rxkad with keys out of keyrings, which change while they are in use. */
class KeyringServerKeysTest {
  private static final Instant NOW = Instant.parse("2026-11-22T16:00:00Z");
  private static final byte[] OTHER = TestKeys.hex("d3f1a2b4c5e60718");

  private final TestKeys.Clock clock = new TestKeys.Clock(NOW);
  private final KeyFacility facility = new KeyFacility(clock);

  @Test
  void lookups() throws KeyException, SecurityFailure {
    Keyring ring = facility.keyring("AFSkeys");
    KeyringServerKeys keys = new KeyringServerKeys(ring);
    assertThat(keys.find(52, 3, ServerKeys.DES)).isNull();
    Key any = ring.add(KeyType.RXRPC_S, "52:2", TestKeys.SERVICE_KEY);
    assertThat(keys.find(52, 3, ServerKeys.DES)).isEqualTo(TestKeys.SERVICE_KEY);
    assertThat(keys.find(52, 200, ServerKeys.DES)).isEqualTo(TestKeys.SERVICE_KEY);
    assertThat(keys.find(53, 3, ServerKeys.DES)).isNull();
    ring.add(KeyType.RXRPC_S, "52:2:3", OTHER);
    assertThat(keys.find(52, 3, ServerKeys.DES)).isEqualTo(OTHER);
    ring.add(KeyType.RXRPC_S, "52:2:5:18", TestKeys.AES_KEY);
    assertThat(keys.find(52, 5, 18)).isEqualTo(TestKeys.AES_KEY);
    assertThat(keys.find(52, 6, 18)).isNull();
    any.setTimeout(10);
    clock.set(NOW.plusSeconds(11));
    TestKeys.assertFails(AbortCodes.RXKADEXPIRED, () -> keys.find(52, 4, ServerKeys.DES));
    any.revoke();
    TestKeys.assertFails(AbortCodes.RXKADUNKNOWNKEY, () -> keys.find(52, 4, ServerKeys.DES));
  }

  @Test
  void aClientsKeyEndsWithItsRevocationAndItsTimeout() throws KeyException, SecurityFailure {
    RxkadToken token =
        TicketIssuer.classic(3, TestKeys.SERVICE_KEY, new Random(5))
            .issue("alice", "", "", NOW, Duration.ofHours(1));
    Key key = facility.session().add(KeyType.RXRPC, "afs@a", TokenWriter.versionOne(token));
    RxkadClient client = RxkadClient.of(key, SecurityLevel.ENCRYPT, clock);
    assertThat(client).isEqualTo(RxkadClient.of(key, SecurityLevel.ENCRYPT, clock));
    ConnectionSecurity us = client.connect(TestKeys.ID);
    WholePacket.seal(us, TestKeys.ID, 0, 1, 1, new byte[9]);
    key.setTimeout(60);
    clock.set(NOW.plusSeconds(60));
    TestKeys.assertFails(
        AbortCodes.RXKADEXPIRED, () -> WholePacket.seal(us, TestKeys.ID, 0, 1, 2, new byte[9]));
    clock.set(NOW.plusSeconds(59));
    key.revoke();
    Assertions.assertThatThrownBy(() -> WholePacket.seal(us, TestKeys.ID, 0, 1, 2, new byte[9]))
        .isInstanceOfSatisfying(
            SecurityFailure.class, e -> assertThat(e.errno()).isEqualTo(Errno.EKEYREVOKED));
    TestKeys.assertFails(AbortCodes.RXKADBADKEY, () -> client.connect(TestKeys.ID));
    Key anonymous = facility.session().add(KeyType.RXRPC, "none", new byte[0]);
    Assertions.assertThatThrownBy(() -> RxkadClient.of(anonymous, SecurityLevel.CLEAR, clock))
        .isInstanceOfSatisfying(
            KeyException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOKEY));
  }
}
