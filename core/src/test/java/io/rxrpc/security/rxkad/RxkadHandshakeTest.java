// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxkad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.key.RxkadToken;
import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.security.ConnectionSecurity;
import io.rxrpc.security.PeerIdentity;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.ServerSecurity.Verified;
import io.rxrpc.udp.Errno;
import io.rxrpc.wire.AbortCodes;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What client and server agree on, and for how long it holds. */
class RxkadHandshakeTest extends HandshakeFixture {
  @ParameterizedTest
  @EnumSource(SecurityLevel.class)
  @Tag("R-66")
  @DisplayName("R-66: the level that was asked for is in force on both ends and can be asked")
  void bothEndsAgree(SecurityLevel level) throws SecurityFailure {
    Verified verified = verify(response(level));
    ConnectionSecurity us = client(level).connect(TestKeys.ID);
    ConnectionSecurity them = verified.security();
    assertThat(verified.callNumbers()).isEqualTo(CALLS);
    assertThat(them.level()).isEqualTo(level);
    assertThat(us.level()).isEqualTo(level);
    assertThat(them.peer())
        .isEqualTo(
            new PeerIdentity.Kerberos4(
                "rxkad", "alice", "admin", "EXAMPLE.COM", NOW.plus(Duration.ofHours(1)), level));
    assertThat(us.peer()).isNull();
    byte[] data = "twelve monkeys".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    byte[] request = WholePacket.seal(us, TestKeys.ID, 1, 5, 1, data);
    assertThat(WholePacket.unseal(them, request)).isEqualTo(data);
    byte[] reply = WholePacket.seal(them, TestKeys.ID, 1, 5, 1, data);
    assertThat(WholePacket.unseal(us, reply)).isEqualTo(data);
  }

  @Test
  void aResponseIsForOneConnectionOnly() throws SecurityFailure {
    byte[] response = response(SecurityLevel.AUTH);
    ConnectionIdentity id = TestKeys.ID;
    for (ConnectionIdentity other :
        List.of(
            new ConnectionIdentity(id.epoch() + 1, id.cid(), id.serviceId(), 2),
            new ConnectionIdentity(id.epoch(), id.cid() + 4, id.serviceId(), 2))) {
      TestKeys.assertFails(
          AbortCodes.RXKADSEALEDINCON, () -> server.verify(other, NONCE, response.clone()));
    }
  }

  @Test
  @Tag("R-64")
  @DisplayName("R-64: a server refuses less than its minimum, a client gives no more than it has")
  void levels() throws SecurityFailure {
    for (SecurityLevel least : SecurityLevel.values()) {
      RxkadServer s = RxkadServer.builder(TestKeys.KEYS, clock).minimumLevel(least).build();
      byte[] challenge = s.challenge(NONCE);
      for (SecurityLevel level : SecurityLevel.values()) {
        byte[] response = response(level);
        if (level.compareTo(least) < 0) {
          TestKeys.assertFails(
              AbortCodes.RXKADLEVELFAIL, () -> s.verify(TestKeys.ID, NONCE, response));
          TestKeys.assertFails(
              AbortCodes.RXKADLEVELFAIL,
              () -> client(level).respond(TestKeys.ID, challenge, CALLS));
        } else {
          assertThat(s.verify(TestKeys.ID, NONCE, response).security().level()).isEqualTo(level);
          client(level).respond(TestKeys.ID, challenge, CALLS);
        }
      }
    }
    byte[] response = response(SecurityLevel.ENCRYPT);
    for (int number : new int[] {3, 4, 255, -1, Integer.MIN_VALUE}) {
      byte[] wrong = altered(response, ResponseBody.LEVEL, number, true);
      TestKeys.assertFails(AbortCodes.RXKADLEVELFAIL, () -> verify(wrong));
      byte[] challenge = server.challenge(NONCE);
      ResponseBody.set(MemorySegment.ofArray(challenge), ResponseBody.CHALLENGE_LEVEL, number);
      TestKeys.assertFails(
          AbortCodes.RXKADLEVELFAIL,
          () -> client(SecurityLevel.ENCRYPT).respond(TestKeys.ID, challenge, CALLS));
    }
  }

  @Test
  @Tag("R-65")
  @DisplayName("R-65: without a key that was given to it, a server lets nobody in")
  void nothingWithoutKeys() throws SecurityFailure {
    RxkadServer empty = RxkadServer.builder((service, kvno, enctype) -> null, clock).build();
    byte[] response = response(SecurityLevel.ENCRYPT);
    TestKeys.assertFails(
        AbortCodes.RXKADUNKNOWNKEY, () -> empty.verify(TestKeys.ID, NONCE, response));
    assertThat(empty.challenges()).isTrue();
    assertThatThrownBy(() -> empty.unchallenged(TestKeys.ID))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void ticketsOfOtherServicesAndPersonsNotAdmittedAreRefused() throws SecurityFailure {
    RxkadServer other = RxkadServer.builder(TestKeys.KEYS, clock).services(Set.of("bank")).build();
    byte[] response = response(SecurityLevel.AUTH);
    TestKeys.assertFails(
        AbortCodes.RXKADBADTICKET, () -> other.verify(TestKeys.ID, NONCE, response.clone()));
    RxkadServer any = RxkadServer.builder(TestKeys.KEYS, clock).services(Set.of()).build();
    any.verify(TestKeys.ID, NONCE, response.clone());
    RxkadServer picky =
        RxkadServer.builder(TestKeys.KEYS, clock)
            .admission(
                peer -> !peer.principal().contains(".") && peer.level() == SecurityLevel.ENCRYPT)
            .build();
    TestKeys.assertFails(AbortCodes.RXKADNOAUTH, () -> picky.verify(TestKeys.ID, NONCE, response));
  }

  @Test
  @DisplayName("the end of the ticket is enforced on a live connection, by wall time")
  void endOfTheTicket() throws SecurityFailure {
    ConnectionSecurity them = verify(response(SecurityLevel.ENCRYPT)).security();
    ConnectionSecurity us = client(SecurityLevel.ENCRYPT).connect(TestKeys.ID);
    byte[] request = WholePacket.seal(us, TestKeys.ID, 1, 5, 1, new byte[10]);
    byte[] reply = WholePacket.seal(them, TestKeys.ID, 1, 5, 1, new byte[10]);
    clock.set(NOW.plus(Duration.ofHours(1)).plusMillis(999));
    WholePacket.unseal(them, request);
    WholePacket.seal(us, TestKeys.ID, 1, 5, 1, new byte[10]);
    clock.set(NOW.plus(Duration.ofHours(1)).plusSeconds(1));
    TestKeys.assertFails(AbortCodes.RXKADEXPIRED, () -> WholePacket.unseal(them, request));
    TestKeys.assertFails(
        AbortCodes.RXKADEXPIRED, () -> WholePacket.seal(them, TestKeys.ID, 1, 5, 2, new byte[1]));
    TestKeys.assertFails(
        AbortCodes.RXKADEXPIRED, () -> WholePacket.seal(us, TestKeys.ID, 1, 5, 2, new byte[1]));
    assertThat(WholePacket.unseal(us, reply))
        .hasSize(10); // what came in time may be read, as in Linux
    assertThatThrownBy(() -> client(SecurityLevel.ENCRYPT).connect(TestKeys.ID))
        .isInstanceOfSatisfying(
            SecurityFailure.class, e -> assertThat(e.errno()).isEqualTo(Errno.EKEYEXPIRED));
    TestKeys.assertFails(
        AbortCodes.RXKADEXPIRED,
        () -> client(SecurityLevel.AUTH).respond(TestKeys.ID, new byte[16], CALLS));
  }

  @Test
  void clientsAreEqualByTokenAndLevel() {
    RxkadToken same =
        new RxkadToken(
            token.viceId(),
            token.kvno(),
            token.sessionKey(),
            token.begin(),
            token.end(),
            token.primary(),
            token.ticket());
    byte[] key = token.sessionKey();
    key[2] ^= 2;
    RxkadToken otherKey =
        new RxkadToken(0, token.kvno(), key, token.begin(), token.end(), false, token.ticket());
    RxkadClient client = client(SecurityLevel.AUTH);
    assertThat(client)
        .isEqualTo(new RxkadClient(same, SecurityLevel.AUTH, clock))
        .hasSameHashCodeAs(new RxkadClient(same, SecurityLevel.AUTH, clock))
        .isNotEqualTo(client(SecurityLevel.ENCRYPT))
        .isNotEqualTo(new RxkadClient(otherKey, SecurityLevel.AUTH, clock))
        .isNotEqualTo(client.withOldChallenges());
  }

  @Test
  void noSecretIsInAText() throws SecurityFailure {
    String hex = HexFormat.of().formatHex(token.sessionKey());
    String texts =
        token
            + " "
            + client(SecurityLevel.AUTH)
            + " "
            + server
            + " "
            + issuer
            + " "
            + verify(response(SecurityLevel.AUTH)).security();
    assertThat(texts).doesNotContain(hex).doesNotContain("SERVICE_KEY");
    assertThat(texts).contains("rxkad auth with rxkad token, kvno 3, ticket of");
  }
}
