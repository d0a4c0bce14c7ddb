// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxkad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.wire.AbortCodes;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The form of CHALLENGE and RESPONSE, between our client and our server. */
class ResponseTest extends HandshakeFixture {
  @Test
  @Tag("R-50")
  @DisplayName("R-50: 56 + ticket length must be there, summed without overflow")
  void lengths() throws SecurityFailure {
    byte[] whole = response(SecurityLevel.AUTH);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      TestKeys.assertFails(AbortCodes.RXKADPACKETSHORT, () -> verify(cut));
    }
    byte[] longer = Arrays.copyOf(whole, whole.length + 5);
    assertThat(verify(longer).security().level()).isEqualTo(SecurityLevel.AUTH);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 12001, 0x7fffffff, 0x80000000, -1, -56, 0xffffffc8})
  @Tag("R-51")
  @DisplayName("R-51: a ticket length outside 32..12000 is refused before anything is allocated")
  void ticketLengths(int length) throws SecurityFailure {
    byte[] response = response(SecurityLevel.AUTH);
    ResponseBody.set(MemorySegment.ofArray(response), ResponseBody.TICKET_LENGTH, length);
    TestKeys.assertFails(AbortCodes.RXKADTICKETLEN, () -> verify(response));
  }

  @Test
  @Tag("R-51")
  @DisplayName("R-51: a server may set a limit of its own, as Linux has")
  void lowerTicketLimit() throws SecurityFailure {
    RxkadServer strict = RxkadServer.builder(TestKeys.KEYS, clock).maxTicketLength(40).build();
    byte[] response = response(SecurityLevel.AUTH);
    assertThat(token.ticketLength()).isGreaterThan(40);
    TestKeys.assertFails(
        AbortCodes.RXKADTICKETLEN, () -> strict.verify(TestKeys.ID, NONCE, response));
    assertThatThrownBy(() -> RxkadServer.builder(TestKeys.KEYS, clock).maxTicketLength(12001))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @Tag("R-52")
  @DisplayName("R-52: keys and open text are erased on every way out")
  void secretsAreErased() throws SecurityFailure {
    List<byte[]> handedOut = new ArrayList<>();
    ServerKeys keys =
        (service, kvno, enctype) -> {
          byte[] key = TestKeys.SERVICE_KEY.clone();
          handedOut.add(key);
          return key;
        };
    RxkadServer s = RxkadServer.builder(keys, clock).build();
    byte[] good = response(SecurityLevel.AUTH);
    s.verify(TestKeys.ID, NONCE, good);
    assertThat(good).containsOnly(0);
    byte[] wrongNonce = response(SecurityLevel.AUTH);
    TestKeys.assertFails(AbortCodes.RXKADOUTOFSEQUENCE, () -> s.verify(TestKeys.ID, 1, wrongNonce));
    assertThat(wrongNonce).containsOnly(0);
    byte[] badTicket = response(SecurityLevel.AUTH);
    badTicket[60] ^= 1;
    assertThatThrownBy(() -> s.verify(TestKeys.ID, NONCE, badTicket))
        .isInstanceOf(SecurityFailure.class);
    assertThat(handedOut).hasSize(3).allSatisfy(key -> assertThat(key).containsOnly(0));
  }

  @Test
  @Tag("R-58")
  @DisplayName("R-58: every bit of checksum, epoch, cid, index and nonce is compared")
  void everyBitCounts() throws SecurityFailure {
    byte[] response = response(SecurityLevel.AUTH);
    FcryptKey key = new FcryptKey(token.sessionKey());
    MemorySegment open = MemorySegment.ofArray(response.clone());
    Pcbc.decrypt(key, key.iv(), open, 8, open, 8, 40);
    int[] sealed = {
      ResponseBody.EPOCH, ResponseBody.CID, ResponseBody.CHECKSUM, ResponseBody.SECURITY_INDEX
    };
    for (int bit = 0; bit < 32; bit++) {
      for (int offset : sealed) {
        int value = ResponseBody.get(open, offset) ^ 1 << bit;
        byte[] wrong = altered(response, offset, value, offset != ResponseBody.CHECKSUM);
        TestKeys.assertFails(AbortCodes.RXKADSEALEDINCON, () -> verify(wrong));
      }
      int nonce = ResponseBody.get(open, ResponseBody.NONCE) ^ 1 << bit;
      byte[] wrong = altered(response, ResponseBody.NONCE, nonce, true);
      TestKeys.assertFails(AbortCodes.RXKADOUTOFSEQUENCE, () -> verify(wrong));
    }
  }

  @Test
  @Tag("R-59")
  @DisplayName("R-59: the nonce is the caller's, whole and as it is: the engine's is of a CSPRNG")
  void nonceIsWhatTheEngineDrew() {
    for (int nonce : new int[] {0, 1, -1, 0x12345678, NONCE, Integer.MIN_VALUE}) {
      MemorySegment p = MemorySegment.ofArray(server.challenge(nonce));
      assertThat(p.byteSize()).isEqualTo(16);
      assertThat(ResponseBody.get(p, ResponseBody.CHALLENGE_VERSION)).isEqualTo(2);
      assertThat(ResponseBody.get(p, ResponseBody.CHALLENGE_NONCE)).isEqualTo(nonce);
      assertThat(ResponseBody.get(p, 12)).isZero();
    }
  }

  @Test
  @Tag("R-63")
  @DisplayName("R-63: live call numbers go into the RESPONSE; none above 0x7fffffff is taken")
  void callNumbers() throws SecurityFailure {
    byte[] response = response(SecurityLevel.AUTH);
    assertThat(verify(response).callNumbers()).isEqualTo(CALLS);
    for (int i = 0; i < 4; i++) {
      byte[] wrong = altered(response, ResponseBody.CALL_NUMBERS + 4 * i, 0x80000000, true);
      TestKeys.assertFails(AbortCodes.RXKADSEALEDINCON, () -> verify(wrong));
    }
  }

  @Test
  void challengesOfOtherVersionsAreRefused() {
    RxkadClient client = client(SecurityLevel.AUTH);
    for (int length = 0; length < 16; length++) {
      byte[] challenge = Arrays.copyOf(server.challenge(1), length);
      TestKeys.assertFails(
          length == 8 ? AbortCodes.RXKADINCONSISTENCY : AbortCodes.RXKADPACKETSHORT,
          () -> client.respond(TestKeys.ID, challenge, CALLS));
    }
    byte[] three = server.challenge(1);
    three[3] = 3;
    TestKeys.assertFails(
        AbortCodes.RXKADINCONSISTENCY, () -> client.respond(TestKeys.ID, three, CALLS));
  }
}
