// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static io.rxrpc.Ends.SERVICE;
import static io.rxrpc.Ends.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rxrpc.key.ClientTokens;
import io.rxrpc.key.Key;
import io.rxrpc.key.KeyFacility;
import io.rxrpc.key.KeyType;
import io.rxrpc.key.RxgkTime;
import io.rxrpc.key.RxgkToken;
import io.rxrpc.key.RxkadToken;
import io.rxrpc.key.TokenWriter;
import io.rxrpc.security.AuthName;
import io.rxrpc.security.PeerIdentity;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.krb.KerberosKey;
import io.rxrpc.security.krb.KrbException;
import io.rxrpc.security.rxgk.RxgkClient;
import io.rxrpc.security.rxgk.RxgkForm;
import io.rxrpc.security.rxgk.RxgkServerKeys;
import io.rxrpc.security.rxgk.TokenContents;
import io.rxrpc.security.rxkad.ServerKeys;
import io.rxrpc.security.rxkad.TicketIssuer;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.udp.Errno;
import io.rxrpc.wire.AbortCodes;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** rxgk by the API, over real UDP. */
class RxgkCallsTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final byte[] KEY = octets(32);
  private static final RxgkServerKeys KEYS = RxgkServerKeys.one(4, 18, KEY);
  private static final AuthName ALICE = AuthName.kerberos5("alice@EXAMPLE.COM");

  private static byte[] octets(int length) {
    byte[] octets = new byte[length];
    RANDOM.nextBytes(octets);
    return octets;
  }

  private static Ends open() throws Exception {
    return Ends.DEFAULT.open(
        Tunables.fromProperties().with(Tunable.RESPONSE_REFUSAL_DELAY, Duration.ofMillis(1)));
  }

  private static RxgkToken token(
      RxgkForm form, int enctype, SecurityLevel level, long bytelife, long end, AuthName... names) {
    try {
      TokenContents contents =
          new TokenContents(
              enctype,
              octets(KerberosKey.keyLength(enctype)),
              level.number(),
              0,
              3600,
              bytelife,
              end,
              List.of(names));
      return contents.token(form, contents.seal(form, 4, KerberosKey.of(18, KEY), RANDOM));
    } catch (KrbException e) {
      throw new AssertionError(e);
    }
  }

  private static RxgkToken token(RxgkForm form, SecurityLevel level) {
    return token(form, 18, level, 0, 0, ALICE);
  }

  private static CallOptions with(RxgkToken token, SecurityLevel least) {
    return CallOptions.DEFAULT.token(token, least).maxReply(1 << 22);
  }

  private static void refused(int code, Ends ends, CallOptions options) {
    RemoteAbortException e =
        catchThrowableOfType(
            RemoteAbortException.class,
            () -> ends.client().call(ends.address(), bytes(9), options));
    assertThat(e.code().value()).isEqualTo(AbortCodes.RXGK_BASE + code);
  }

  @ParameterizedTest
  @CsvSource({
    "OPENAFS, 17, CLEAR",
    "OPENAFS, 18, AUTH",
    "OPENAFS, 18, ENCRYPT",
    "OPENAFS, 20, ENCRYPT",
    "YFS, 17, ENCRYPT",
    "YFS, 18, CLEAR",
    "YFS, 19, AUTH",
    "YFS, 19, ENCRYPT",
    "YFS, 20, AUTH"
  })
  @Tag("R-66")
  void aHandlerSeesWhoCallsAndHowProtected(RxgkForm form, int enctype, SecurityLevel level)
      throws Exception {
    AtomicReference<PeerIdentity> seen = new AtomicReference<>();
    Instant end = Instant.now().plusSeconds(600);
    RxgkToken token = token(form, enctype, level, 0, RxgkTime.of(end), ALICE);
    try (Ends ends = open()) {
      ends.server()
          .serve(
              SERVICE,
              ServiceOptions.rxgk(KEYS).minimumLevel(SecurityLevel.CLEAR),
              call -> {
                seen.set(call.identity());
                assertThat(call.level()).isEqualTo(level);
                call.endReply(call.readAll(1 << 22));
              });
      for (int size : new int[] {0, 1, 1348, 1360, 1361, 1400, 1412, 300_000}) {
        assertThat(ends.client().call(ends.address(), bytes(size), with(token, level)))
            .isEqualTo(bytes(size));
      }
      assertThat(seen.get())
          .isEqualTo(
              new PeerIdentity.Gss(
                  form.mechanism(), List.of(ALICE), RxgkTime.instant(RxgkTime.of(end)), level));
      assertThat(ends.client().status().clientConnections()).isEqualTo(1);
    }
  }

  /** Both ends use a key up after 4 KiB. */
  @ParameterizedTest
  @EnumSource(RxgkForm.class)
  void callsGoOnWhileTheKeysMove(RxgkForm form) throws Exception {
    RxgkToken token = token(form, 17, SecurityLevel.ENCRYPT, 12, 0);
    try (Ends ends = open()) {
      ends.server().serve(SERVICE, ServiceOptions.rxgk(KEYS), CallHandler.blob(1 << 20, r -> r));
      List<CompletableFuture<byte[]>> replies = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        replies.add(
            ends.client()
                .callAsync(ends.address(), bytes(50_000 + i), with(token, SecurityLevel.AUTH)));
      }
      for (int i = 0; i < replies.size(); i++) {
        assertThat(replies.get(i).get()).isEqualTo(bytes(50_000 + i));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(RxgkForm.class)
  void aPrintedTokenAndSeveralNames(RxgkForm form) throws Exception {
    AtomicReference<PeerIdentity> seen = new AtomicReference<>();
    AuthName host = AuthName.kerberos5("afs3-callback/client@EXAMPLE.COM");
    try (Ends ends = open()) {
      ends.server()
          .serve(
              SERVICE,
              ServiceOptions.rxgk(KEYS),
              call -> {
                seen.set(call.identity());
                call.endReply(call.readAll(100));
              });
      RxgkToken printed = token(form, 18, SecurityLevel.ENCRYPT, 0, 0);
      ends.client().call(ends.address(), bytes(9), with(printed, SecurityLevel.ENCRYPT));
      assertThat(seen.get()).isInstanceOf(PeerIdentity.Printed.class);
      RxgkToken two = token(form, 18, SecurityLevel.ENCRYPT, 0, 0, ALICE, host);
      if (form == RxgkForm.OPENAFS) {
        refused(0, ends, with(two, SecurityLevel.ENCRYPT)); // as OpenAFS does
      } else {
        ends.client().call(ends.address(), bytes(9), with(two, SecurityLevel.ENCRYPT));
        assertThat(seen.get().principal())
            .isEqualTo("alice@EXAMPLE.COM + afs3-callback/client@EXAMPLE.COM");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"OPENAFS, 4", "YFS, 6"})
  @Tag("R-64")
  void theLeastLevelIsHeldOnBothSides(RxgkForm form, int badLevel) throws Exception {
    try (Ends ends = open()) {
      ends.server().serve(SERVICE, ServiceOptions.rxgk(KEYS), CallHandler.blob(100, r -> r));
      refused(badLevel, ends, with(token(form, SecurityLevel.AUTH), SecurityLevel.CLEAR));
      assertThatThrownBy(
              () ->
                  ends.client()
                      .call(
                          ends.address(),
                          bytes(9),
                          with(token(form, SecurityLevel.AUTH), SecurityLevel.ENCRYPT)))
          .hasMessageContaining("level auth")
          .hasMessageContaining("EACCES");
      assertThat(
              ends.client()
                  .call(
                      ends.address(),
                      bytes(9),
                      with(token(form, SecurityLevel.ENCRYPT), SecurityLevel.CLEAR)))
          .isEqualTo(bytes(9));
    }
  }

  @ParameterizedTest
  @CsvSource({"OPENAFS, 9, 6, 7", "YFS, 3, 5, 4"})
  void strangersAreRefusedWithTheCodesOfTheirForm(
      RxgkForm form, int sealed, int expired, int notAuthorised) throws Exception {
    try (Ends ends = open()) {
      RxgkToken good = token(form, SecurityLevel.ENCRYPT);
      ends.server()
          .serve(
              SERVICE,
              ServiceOptions.rxgk(KEYS).admission(peer -> !peer.principal().startsWith("bob")),
              CallHandler.blob(100, r -> r));
      RxgkToken stolen = new RxgkToken(form.index(), 18, octets(32), 2, 0, 0, 0, 0, good.token());
      refused(sealed, ends, with(stolen, SecurityLevel.ENCRYPT));
      byte[] altered = good.token();
      altered[altered.length - 1] ^= 1;
      refused(
          sealed,
          ends,
          with(
              new RxgkToken(form.index(), 18, good.k0(), 2, 0, 0, 0, 0, altered),
              SecurityLevel.ENCRYPT));
      RxgkToken old =
          token(form, 18, SecurityLevel.ENCRYPT, 0, RxgkTime.of(Instant.now()) - 1, ALICE);
      RxgkToken believed = new RxgkToken(form.index(), 18, old.k0(), 2, 0, 0, 0, 0, old.token());
      refused(expired, ends, with(believed, SecurityLevel.ENCRYPT));
      assertThatThrownBy(
              () -> ends.client().call(ends.address(), bytes(9), with(old, SecurityLevel.ENCRYPT)))
          .hasMessageContaining(Errno.EKEYEXPIRED.name());
      RxgkToken bob =
          token(form, 18, SecurityLevel.ENCRYPT, 0, 0, AuthName.kerberos5("bob@EXAMPLE.COM"));
      refused(notAuthorised, ends, with(bob, SecurityLevel.ENCRYPT));
      assertThat(ends.client().call(ends.address(), bytes(9), with(good, SecurityLevel.ENCRYPT)))
          .isEqualTo(bytes(9));
    }
  }

  @Test
  void theApplicationsOctetsAreShownWithTheName() throws Exception {
    AtomicReference<byte[]> shown = new AtomicReference<>();
    try (Ends ends = open()) {
      ends.server()
          .serve(
              SERVICE,
              ServiceOptions.rxgk(KEYS)
                  .admission(
                      (peer, connection, appData) -> {
                        shown.set(appData);
                        return peer.principal().equals("alice@EXAMPLE.COM");
                      }),
              CallHandler.blob(100, r -> r));
      RxgkClient client =
          new RxgkClient(
                  token(RxgkForm.YFS, SecurityLevel.ENCRYPT),
                  SecurityLevel.ENCRYPT,
                  InstantSource.system(),
                  RANDOM)
              .withAppData(connection -> bytes(77));
      assertThat(ends.client().call(ends.address(), bytes(9), CallOptions.DEFAULT.security(client)))
          .isEqualTo(bytes(9));
      assertThat(shown.get()).isEqualTo(bytes(77));
    }
  }

  /** Nobody who offers rxgk alone can be had in another way. */
  @Test
  void aServiceMayDemandIt() throws Exception {
    byte[] des = HexFormat.of().parseHex("0102040810204080");
    RxkadToken rxkad =
        TicketIssuer.classic(3, des, RANDOM)
            .issue("alice", "", "EXAMPLE.COM", Instant.now(), Duration.ofHours(1));
    RxgkToken rxgk = token(RxgkForm.YFS, SecurityLevel.ENCRYPT);
    AtomicReference<String> mechanism = new AtomicReference<>();
    CallHandler handler =
        call -> {
          mechanism.set(call.identity().mechanism());
          call.endReply(call.readAll(100));
        };
    try (Ends ends = open()) {
      ends.server().serve(SERVICE, ServiceOptions.rxgk(KEYS), handler);
      for (CallOptions other :
          List.of(CallOptions.DEFAULT, CallOptions.DEFAULT.token(rxkad, SecurityLevel.ENCRYPT))) {
        assertThatThrownBy(() -> ends.client().call(ends.address(), bytes(9), other))
            .isInstanceOf(RemoteAbortException.class);
      }
      assertThat(mechanism.get()).isNull();
      ServiceOptions both =
          ServiceOptions.rxgk(KEYS).or(ServiceOptions.rxkad(ServerKeys.des(3, des)));
      ends.server().serve(SERVICE + 1, both, handler);
      Key key =
          new KeyFacility(InstantSource.system())
              .session()
              .add(
                  KeyType.RXRPC,
                  "afs@example.com",
                  TokenWriter.xdr("example.com", new ClientTokens("", List.of(rxkad, rxgk))));
      RxrpcAddress to = ends.address(SERVICE + 1);
      ends.client().call(to, bytes(9), CallOptions.DEFAULT.token(rxkad, SecurityLevel.ENCRYPT));
      assertThat(mechanism.get()).isEqualTo("rxkad");
      ends.client().call(to, bytes(9), CallOptions.DEFAULT.token(rxgk, SecurityLevel.ENCRYPT));
      assertThat(mechanism.get()).isEqualTo("yfs-rxgk");
      assertThat(key.describe()).contains("afs@example.com");
    }
  }

  @Test
  void aTokenThatWasTakenBackOrIsUnfitIsNotUsed() throws Exception {
    try (Ends ends = open()) {
      ends.server().serve(SERVICE, ServiceOptions.rxgk(KEYS), CallHandler.blob(100, r -> r));
      RxgkToken token = token(RxgkForm.OPENAFS, SecurityLevel.ENCRYPT);
      CallOptions options = with(token, SecurityLevel.ENCRYPT);
      ends.client().call(ends.address(), bytes(9), options);
      token.destroy();
      fails(ends, options, Errno.EKEYREVOKED);
      fails(
          ends,
          with(new RxgkToken(6, 25, octets(16), 2, 0, 0, 0, 0, octets(80)), SecurityLevel.CLEAR),
          Errno.ENOPKG);
      fails(
          ends,
          with(new RxgkToken(6, 18, octets(16), 2, 0, 0, 0, 0, octets(80)), SecurityLevel.CLEAR),
          Errno.EINVAL);
      fails(
          ends,
          with(new RxgkToken(6, 18, octets(32), -1, 0, 0, 0, 0, octets(80)), SecurityLevel.CLEAR),
          Errno.EKEYREJECTED);
    }
  }

  private static void fails(Ends ends, CallOptions options, Errno errno) {
    assertThatThrownBy(() -> ends.client().call(ends.address(), bytes(9), options))
        .hasMessageContaining(errno.name());
  }
}
