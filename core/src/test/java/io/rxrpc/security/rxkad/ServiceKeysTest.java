// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxkad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.key.RxkadToken;
import io.rxrpc.security.PeerIdentity;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.krb.Der;
import io.rxrpc.security.krb.DerWriter;
import io.rxrpc.security.krb.Des;
import io.rxrpc.security.krb.EnctypeNames;
import io.rxrpc.security.krb.KerberosCipher;
import io.rxrpc.wire.AbortCodes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of a server's keys opens a ticket, and which are not used. */
class ServiceKeysTest {
  private static final Instant NOW = Instant.parse("2026-11-22T16:00:00Z");
  private static final int RC4 = 23;

  /** Several keys of one version. */
  private record Several(int version, int type, List<byte[]> all) implements ServerKeys {
    @Override
    public byte[] find(int serviceId, int kvno, int enctype) {
      List<byte[]> found = candidates(serviceId, kvno, enctype);
      return found.isEmpty() ? null : found.getFirst();
    }

    @Override
    public List<byte[]> candidates(int serviceId, int kvno, int enctype) {
      List<byte[]> copies = new ArrayList<>();
      if (kvno == version && enctype == type) {
        all.forEach(key -> copies.add(key.clone()));
      }
      return copies;
    }
  }

  private static byte[] key(int enctype, int seed) {
    byte[] key = new byte[enctype == ServerKeys.DES ? 8 : KerberosCipher.of(enctype).keyLength()];
    new Random(seed).nextBytes(key);
    Des.setParity(key);
    return key;
  }

  private static RxkadToken token(int enctype, byte[] key, String name) {
    Random random = new Random(1);
    TicketIssuer issuer =
        enctype == ServerKeys.DES
            ? TicketIssuer.classic(3, key, random)
            : TicketIssuer.kerberos(3, enctype, key, random);
    return issuer.issue(name, "", "CELL", NOW, Duration.ofHours(1));
  }

  private static RxkadServer.Builder server(int enctype, byte[]... keys) {
    return RxkadServer.builder(new Several(3, enctype, List.of(keys)), () -> NOW);
  }

  private static PeerIdentity handshake(RxkadServer server, RxkadToken token)
      throws SecurityFailure {
    byte[] response =
        new RxkadClient(token, SecurityLevel.ENCRYPT, () -> NOW)
            .respond(TestKeys.ID, server.challenge(7), new int[] {1, 0, 0, 0});
    return server.verify(TestKeys.ID, 7, response).security().peer();
  }

  @ParameterizedTest
  @ValueSource(ints = {ServerKeys.DES, 16, 17, 18, 19, 20, RC4})
  void allKeysOfOneVersionAreTried(int enctype) throws SecurityFailure {
    byte[] one = key(enctype, 1);
    byte[] two = key(enctype, 2);
    byte[] three = key(enctype, 3);
    RxkadServer server = server(enctype, one, two).build();
    assertThat(handshake(server, token(enctype, one, "alice")).principal()).isEqualTo("alice@CELL");
    assertThat(handshake(server, token(enctype, two, "bob")).principal()).isEqualTo("bob@CELL");
    TestKeys.assertFails(
        AbortCodes.RXKADBADTICKET, () -> handshake(server, token(enctype, three, "eve")));
  }

  @ParameterizedTest
  @ValueSource(ints = {ServerKeys.DES, 16, 18, RC4})
  void aTypeIsRefusedOnlyWhereTheAdministratorSaysSo(int enctype) throws SecurityFailure {
    byte[] key = key(enctype, 1);
    RxkadToken token = token(enctype, key, "alice");
    assertThat(handshake(server(enctype, key).build(), token).principal()).isEqualTo("alice@CELL");
    RxkadServer strict = server(enctype, key).refusedEnctypes(Set.of(enctype)).build();
    assertThatThrownBy(() -> handshake(strict, token))
        .isInstanceOfSatisfying(
            SecurityFailure.class,
            e -> assertThat(e.abortCode()).isEqualTo(AbortCodes.RXKADUNKNOWNKEY))
        .hasMessageContaining(EnctypeNames.of(enctype) + " are refused here");
  }

  @Test
  void whyAClientIsRefusedFitsTheCause() throws SecurityFailure {
    byte[] aes = key(18, 1);
    RxkadServer other = RxkadServer.builder(ServerKeys.one(4, 18, aes), () -> NOW).build();
    assertThatThrownBy(() -> handshake(other, token(18, aes, "alice")))
        .as("no such key")
        .hasMessageContaining("key version 3")
        .hasMessageContaining("aes256-cts-hmac-sha1-96");
    assertThatThrownBy(() -> handshake(server(18, aes).build(), token(18, aes, "al.ice")))
        .as("the name")
        .hasMessageContaining("al.ice has a dot in it")
        .hasMessageContaining("dotted principals are not allowed");
    RxkadServer late =
        RxkadServer.builder(ServerKeys.one(3, 18, aes), () -> NOW.plusSeconds(86_400)).build();
    assertThatThrownBy(() -> handshake(late, token(18, aes, "alice")))
        .as("the ticket's end")
        .hasMessageContaining("the ticket of alice has expired");
    byte[] camellia =
        DerWriter.sequence(
            DerWriter.context(0, DerWriter.integer(25)),
            DerWriter.context(1, DerWriter.integer(3)),
            DerWriter.context(2, DerWriter.element(Der.OCTET_STRING, new byte[64])));
    TicketOpener opener =
        new TicketOpener((service, kvno, enctype) -> new byte[16], Set.of("afs"), Set.of(), false);
    assertThatThrownBy(() -> opener.open(52, KerberosTicket.ENCRYPTED_PART, camellia))
        .as("an unusable type")
        .hasMessageContaining("camellia128-cts-cmac cannot be opened");
  }

  @Test
  void dottedPrincipalsAreTakenWhereTheyAreAllowed() throws SecurityFailure {
    byte[] aes = key(18, 1);
    RxkadToken token = token(18, aes, "first.last");
    TestKeys.assertFails(
        AbortCodes.RXKADBADTICKET, () -> handshake(server(18, aes).build(), token));
    assertThat(handshake(server(18, aes).dotsInNames().build(), token).principal())
        .isEqualTo("first.last@CELL");
  }

  @Test
  void aWrongNameIsNotBlamedOnTheOtherRealmsKey() {
    byte[] one = key(18, 1);
    byte[] two = key(18, 2);
    assertThatThrownBy(() -> handshake(server(18, one, two).build(), token(18, one, "a.b")))
        .hasMessageContaining("has a dot in it");
  }
}
