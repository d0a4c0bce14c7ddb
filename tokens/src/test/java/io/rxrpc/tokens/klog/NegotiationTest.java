// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.klog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.AbortCode;
import io.rxrpc.CallAbort;
import io.rxrpc.key.RxgkToken;
import io.rxrpc.security.AuthName;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.rxgk.RxgkForm;
import io.rxrpc.security.rxgk.TokenContents;
import io.rxrpc.tokens.keyfile.ServerKeyFile;
import io.rxrpc.tokens.krb5.Kerberos;
import io.rxrpc.tokens.krb5.KerberosException;
import io.rxrpc.tokens.rxgk.Negotiation;
import io.rxrpc.tokens.rxgk.NegotiationException;
import io.rxrpc.tokens.rxgk.NegotiationService;
import io.rxrpc.tokens.rxgk.RxgkWishes;
import io.rxrpc.tokens.rxgk.TestExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens of rxgk by a KDC in this JVM, by each kind of Kerberos that is here at either end. */
@Tag("long")
@ParameterizedClass
@MethodSource("kinds")
class NegotiationTest {
  private static final String AES = "aes256-cts-hmac-sha1-96 aes128-cts-hmac-sha1-96";
  private static final String ACCEPTOR = "afs-rxgk/_afs.test.example";
  private static final String REALM = "@" + TestKdc.REALM;

  @TempDir Path dir;

  @Parameter(0)
  String client;

  @Parameter(1)
  String server;

  private TestKdc kdc;
  private ServerKeyFile keys;
  private NegotiationService service;

  static List<Arguments> kinds() {
    List<String> kinds = KlogTest.kinds();
    return kinds.stream().flatMap(c -> kinds.stream().map(s -> Arguments.of(c, s))).toList();
  }

  private Kerberos kerberos(String kind) throws KerberosException {
    Path conf = dir.resolve("krb5.conf");
    return kind.equals("jdk") ? Kerberos.jdk(conf) : Kerberos.system(conf);
  }

  @BeforeEach
  void start() throws Exception {
    kdc = TestKdc.start(dir, AES).user("user", "userpw").service(ACCEPTOR).service("host/other");
    Path keytab = kdc.keytab(ACCEPTOR);
    keys = ServerKeyFile.open(keytab);
    service = new NegotiationService(kerberos(server), keytab.toString(), keys::issuer);
  }

  @AfterEach
  void stop() throws Exception {
    keys.close();
    kdc.close();
  }

  private RxgkToken negotiate(
      String principal, Credential credential, RxgkWishes wishes, Negotiation.Exchange exchange)
      throws IOException, KerberosException {
    Klog.Request request =
        new Klog.Request(
            principal, TestKdc.CELL, null, credential, Duration.ofSeconds(60), kerberos(client));
    Klog.Result result = RxgkKlog.obtain(request, null, wishes, exchange, step -> {});
    assertThat(result.service()).isEqualTo(ACCEPTOR + REALM);
    return (RxgkToken) result.tokens().tokens().getFirst();
  }

  private RxgkToken negotiate(RxgkWishes wishes, Negotiation.Exchange exchange)
      throws IOException, KerberosException {
    Credential password = new Credential.Password("userpw".toCharArray());
    return negotiate("user", password, wishes, exchange);
  }

  private TokenContents opened(RxgkToken token) throws SecurityFailure {
    return TokenContents.open(RxgkForm.OPENAFS, token.token(), 52, keys.rxgk());
  }

  @ParameterizedTest
  @CsvSource({"20,32", "19,16", "18,32", "17,16"})
  void bothEndsHaveTheSameKeyAndTheServerKnowsWhoItIs(int enctype, int length) throws Exception {
    RxgkWishes wishes = RxgkWishes.DEFAULT.enctypes(List.of(enctype));
    RxgkToken token = negotiate(wishes, TestExchange.with(service));
    assertThat(token.securityIndex()).isEqualTo(RxgkToken.OPENAFS);
    assertThat(token.enctype()).isEqualTo(enctype);
    assertThat(token.level()).isEqualTo(SecurityLevel.ENCRYPT.number());
    TokenContents contents = opened(token);
    assertThat(contents.k0()).isEqualTo(token.k0()).hasSize(length);
    assertThat(contents.names()).containsExactly(AuthName.kerberos5("user" + REALM));
    assertThat(contents.expiration()).isEqualTo(token.expiration());
    assertThat(contents.lifetime()).isEqualTo(token.lifetime()).isEqualTo(36000);
    assertThat(contents.bytelife()).isEqualTo(token.bytelife()).isEqualTo(30);
    // no later than the ticket, and no sooner than it must be
    assertThat(token.expiry())
        .isBetween(Instant.now().plusSeconds(600), Instant.now().plus(Duration.ofHours(30)));
  }

  @Test
  @DisplayName("who is the acceptor himself gets a printed token")
  void theAcceptorItself() throws Exception {
    Credential key = new Credential.Keytab(kdc.keytab(ACCEPTOR));
    RxgkToken token = negotiate(ACCEPTOR, key, RxgkWishes.DEFAULT, TestExchange.with(service));
    assertThat(opened(token).names()).isEmpty();
  }

  @Test
  void whatTheServerDoesNotGive() throws Exception {
    RxgkWishes clear = RxgkWishes.DEFAULT.level(SecurityLevel.CLEAR);
    Negotiation.Exchange strict = TestExchange.with(service.minimumLevel(SecurityLevel.AUTH));
    assertThatThrownBy(() -> negotiate(clear, strict))
        .isInstanceOf(NegotiationException.class)
        .hasMessageContaining("no tokens for the level clear; ask for another by --level");
    NegotiationService others = service.acceptors(name -> name.startsWith("other/"));
    assertThatThrownBy(() -> negotiate(RxgkWishes.DEFAULT, TestExchange.with(others)))
        .isInstanceOf(NegotiationException.class)
        .hasMessageContaining("RXGK_NOTAUTH");
    RxgkToken token = negotiate(clear, TestExchange.with(service));
    assertThat(token.level()).isZero();
  }

  @Test
  @DisplayName("nothing that a stranger changes on the way yields a token")
  void whatIsChangedOnTheWay() throws Exception {
    // what is asked for: another list of types or levels, and both nonces
    for (int word : List.of(2, 7, 9, 10, 12)) {
      Negotiation.Exchange weaker =
          request -> {
            byte[] changed = request.clone();
            ByteBuffer.wrap(changed).put(4 * word + 3, (byte) (request[4 * word + 3] ^ 1));
            return TestExchange.with(service).call(changed);
          };
      assertThatThrownBy(() -> negotiate(RxgkWishes.DEFAULT, weaker))
          .as("word %d", word)
          .isInstanceOfAny(NegotiationException.class, CallAbort.class);
    }
    Negotiation.Exchange replies =
        request -> {
          byte[] reply = TestExchange.with(service).call(request);
          reply[reply.length - 5] ^= 1; // in what is sealed
          return reply;
        };
    assertThatThrownBy(() -> negotiate(RxgkWishes.DEFAULT, replies))
        .isInstanceOf(NegotiationException.class)
        .hasMessageStartingWith("GSS-API refuses the server's answer");
  }

  @Test
  void requestsThatAreNone() throws Exception {
    Negotiation.Exchange exchange = TestExchange.with(service);
    assertThatThrownBy(() -> exchange.call(new byte[] {0, 0, 0, 9}))
        .isInstanceOfSatisfying(
            CallAbort.class, e -> assertThat(e.code()).isEqualTo(AbortCode.OPCODE));
    for (int length : List.of(0, 3, 4, 40)) {
      byte[] cut = new byte[length];
      if (length > 3) {
        cut[3] = 1;
      }
      assertThatThrownBy(() -> exchange.call(cut))
          .isInstanceOfSatisfying(
              CallAbort.class, e -> assertThat(e.code()).isEqualTo(AbortCode.SS_UNMARSHAL));
    }
    Negotiation.Exchange garbage =
        request -> {
          byte[] changed = request.clone();
          changed[request.length - 40] ^= 1; // the ticket's authenticator
          return exchange.call(changed);
        };
    assertThatThrownBy(() -> negotiate(RxgkWishes.DEFAULT, garbage))
        .isInstanceOf(NegotiationException.class)
        .hasMessageStartingWith("the server's GSS-API refuses the ticket");
  }

  @Test
  @DisplayName("a ticket for another service of the machine gives no token")
  void anotherServicesTicket() throws Exception {
    Path other = kdc.keytab("host/other");
    NegotiationService wrong =
        new NegotiationService(kerberos(server), other.toString(), keys::issuer);
    assertThatThrownBy(() -> negotiate(RxgkWishes.DEFAULT, TestExchange.with(wrong)))
        .isInstanceOf(NegotiationException.class)
        .hasMessageStartingWith("the server's GSS-API refuses the ticket");
  }
}
