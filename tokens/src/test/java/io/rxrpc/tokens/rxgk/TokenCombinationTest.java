// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.rxgk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.AbortCode;
import io.rxrpc.CallAbort;
import io.rxrpc.key.RxgkToken;
import io.rxrpc.security.AuthName;
import io.rxrpc.security.PeerIdentity;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.rxgk.RxgkForm;
import io.rxrpc.security.rxgk.RxgkIssuer;
import io.rxrpc.security.rxgk.RxgkServerKeys;
import io.rxrpc.security.rxgk.TokenContents;
import io.rxrpc.tokens.krb5.Kerberos;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** AFSCombineTokens, both ends, and what a real server made (rxgk.md 9.2 and 9.3). */
class TokenCombinationTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final UUID SERVER = UUID.fromString("8484c962-5d1d-4558-b652-56a51e442570");
  private static final byte[] KEY =
      HEX.parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
  private static final RxgkServerKeys KEYS = RxgkServerKeys.one(4, 18, KEY);
  private static final AuthName USER = AuthName.kerberos5("user@TEST.EXAMPLE");

  /** A token that a vlserver of OpenAFS negotiated, its key, and what it made of it. */
  private static final byte[] TOKEN =
      HEX.parseHex(
          "0000000400000012000000a0e6fcb5fac9bc3007f528c7619cbde18dcf3c874c1a95c1dc7cccd87f"
              + "ed57ce1c214ae012c90b63b967e2f1b52ef8664839b95ddfbcdd1941a5063ad11fbdf30eb1787dfc"
              + "297b558c0a77a5b3296357a89abbb02ef59ad017b8d048d05ea6dffe151db6471c9b805a69bbb609"
              + "f9ee077939c06f18839a79b0f6414f8ecb6181268dbcd77fcd38c14549668941acab0c36b673aba7"
              + "3d96317a7665ac550e373f67");

  private static final byte[] K0 =
      HEX.parseHex("aae05a7edc0d58dfa182fc490e6b2bb107e7b6f8e0ec0281538396f18e99690e");

  private static final byte[] REQUEST =
      HEX.parseHex(
          "00000003000000ac0000000400000012000000a0e6fcb5fac9bc3007f528c7619cbde18dcf3c874c"
              + "1a95c1dc7cccd87fed57ce1c214ae012c90b63b967e2f1b52ef8664839b95ddfbcdd1941a5063ad1"
              + "1fbdf30eb1787dfc297b558c0a77a5b3296357a89abbb02ef59ad017b8d048d05ea6dffe151db647"
              + "1c9b805a69bbb609f9ee077939c06f18839a79b0f6414f8ecb6181268dbcd77fcd38c14549668941"
              + "acab0c36b673aba73d96317a7665ac550e373f670000000000000001000000120000000100000002"
              + "8484c96200005d1d00004558ffffffb60000005200000056ffffffa50000001e0000004400000025"
              + "00000070");

  private static final byte[] REPLY =
      HEX.parseHex(
          "000000ac0000000400000012000000a0eb5cc9e0f3c27f3b8f51990ce5f4c6041c504fb9f2c125aa"
              + "c32debbb397accdda87d81fc2a7971eb5276d7ad2e81370df4b5c165cd9349f17b96825f87b63fed"
              + "7eef2f78908edb9fecb15964ff0659a3d2ca5f320543573d4777dfbdb4c5dcaf176f00a55f65e157"
              + "50422db7ec8369881472c2d477fbce8db2c994c361f48b1ac051d587cc13ad76280e86ad0c8cab79"
              + "1ca1b4b7c48d0e0a6944ec692e58872e000000120000000200008ca00000001e003fcfc96197d44a");

  private static RxgkIssuer issuer() {
    return new RxgkIssuer(4, 18, KEY, new SecureRandom());
  }

  @ParameterizedTest
  @CsvSource({
    "17,b1c2d1f3a598fab5775f869b048888ca,17,8701caa51836f91c2de0b20d41fe6c4c",
    "17,b2c2d1f3a598fab5775f869b048888ca,18,139c077ddf68fe98e7c7f827c1bed72deb1dbae0bbfed3251b30d70d4bace8dc",
  })
  void keysOfOneToken(int type, String k0, int enctype, String expected) throws Exception {
    byte[] made = CombinedKey.of(type, HEX.parseHex(k0), 0, null, SERVER, enctype);
    assertThat(HEX.formatHex(made)).isEqualTo(expected);
  }

  @Test
  @DisplayName("the exchange of a real server: the same request, and the same key")
  void aRealServersExchange() throws Exception {
    RxgkToken user = new RxgkToken(4, 18, K0, 2, 0, 36000, 30, 0, TOKEN);
    AtomicReference<byte[]> sent = new AtomicReference<>();
    RxgkToken made =
        TokenCombination.afs(
            user,
            null,
            SERVER,
            RxgkWishes.DEFAULT.enctypes(List.of(18)),
            request -> {
              sent.set(request);
              return REPLY;
            });
    assertThat(sent.get()).isEqualTo(REQUEST);
    assertThat(HEX.formatHex(made.k0()))
        .isEqualTo("7fe6c04b5a3c268e63606eb6b841a6b23ec6c28f89ebf46737d611cfc4b9f9fe");
    assertThat(made.expiration()).isEqualTo(17_961_387_365_487_690L);
    TokenContents contents = TokenContents.open(RxgkForm.OPENAFS, made.token(), 52, KEYS);
    assertThat(contents.k0()).isEqualTo(made.k0());
    assertThat(contents.names()).containsExactly(USER);
  }

  private static PeerIdentity caller(SecurityLevel level) {
    return new PeerIdentity.Gss("rxgk", List.of(USER), null, level);
  }

  private static NegotiationService service(FileServers servers) {
    return new NegotiationService(Kerberos.jdk(), "none", TokenCombinationTest::issuer)
        .combining(KEYS, servers);
  }

  private static RxgkToken token(List<AuthName> names, Instant end) {
    Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(600);
    return issuer().issue(RxgkForm.OPENAFS, SecurityLevel.ENCRYPT, start, end, names);
  }

  @Test
  void bothEndsAgreeOnTheKeyOfOneAndOfTwoTokens() throws Exception {
    Instant end = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(600);
    RxgkToken user = token(List.of(USER), end.plusSeconds(50));
    RxgkToken machine = token(List.of(AuthName.kerberos5("host/x@TEST.EXAMPLE")), end);
    NegotiationService service = service(id -> id.equals(SERVER) ? issuer() : null);
    Negotiation.Exchange exchange = TestExchange.with(service, caller(SecurityLevel.ENCRYPT));
    RxgkWishes wishes = RxgkWishes.DEFAULT.enctypes(List.of(20, 17));
    RxgkToken one = TokenCombination.afs(user, null, SERVER, wishes, exchange);
    RxgkToken two = TokenCombination.afs(user, machine, SERVER, wishes, exchange);
    assertThat(one.k0()).hasSize(32).isNotEqualTo(two.k0());
    assertThat(one.expiry()).isEqualTo(end.plusSeconds(50));
    assertThat(two.expiry()).as("the earlier end").isEqualTo(end);
    for (RxgkToken made : List.of(one, two)) {
      TokenContents contents = TokenContents.open(RxgkForm.OPENAFS, made.token(), 52, KEYS);
      assertThat(contents.enctype()).isEqualTo(20);
      assertThat(contents.k0()).isEqualTo(made.k0());
      assertThat(contents.names()).containsExactly(USER);
    }
    UUID other = new UUID(1, 2);
    assertThat(TokenCombination.afs(user, null, other, wishes, exchange))
        .as("that server takes none")
        .isNull();
  }

  private static void assertAborted(int code, RxgkToken user, PeerIdentity caller) {
    NegotiationService service = service(id -> issuer());
    assertThatThrownBy(
            () ->
                TokenCombination.afs(
                    user, null, SERVER, RxgkWishes.DEFAULT, TestExchange.with(service, caller)))
        .isInstanceOfSatisfying(
            CallAbort.class, e -> assertThat(e.code()).isEqualTo(new AbortCode(code)));
  }

  @Test
  void refusals() {
    RxgkToken good = token(List.of(USER), Instant.now().plusSeconds(600));
    PeerIdentity secured = caller(SecurityLevel.AUTH);
    assertAborted(AbortCode.OPCODE.value(), good, null);
    assertAborted(RxgkCodes.NOTAUTH, good, caller(SecurityLevel.CLEAR));
    assertAborted(RxgkCodes.NOTAUTH, token(List.of(), null), secured);
    assertAborted(RxgkCodes.EXPIRED, token(List.of(USER), Instant.now().minusSeconds(60)), secured);
  }
}
