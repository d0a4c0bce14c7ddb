// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.klog;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.CallAbort;
import io.rxrpc.key.RxgkToken;
import io.rxrpc.security.rxgk.RxgkForm;
import io.rxrpc.security.rxgk.TokenContents;
import io.rxrpc.tokens.keyfile.ServerKeyFile;
import io.rxrpc.tokens.krb5.GssContext;
import io.rxrpc.tokens.krb5.Kerberos;
import io.rxrpc.tokens.krb5.KerberosLogin;
import io.rxrpc.tokens.rxgk.Negotiation;
import io.rxrpc.tokens.rxgk.NegotiationException;
import io.rxrpc.tokens.rxgk.NegotiationService;
import io.rxrpc.tokens.rxgk.RxgkWishes;
import io.rxrpc.tokens.rxgk.TestExchange;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody on the way changes a negotiation, one bit at a time. */
@Tag("long")
class NegotiationFlipsTest {
  private static final String ACCEPTOR = "afs-rxgk/_afs.test.example";

  /** The parameters of the request: behind the opcode, four types, a level, a nonce of 32. */
  private static final int PARAMS = 4;

  private static final int PARAMS_END = PARAMS + 4 + 16 + 4 + 4 + 4 + 4 + 4 + 32;

  /** Every bit of a reply would be many; this prime meets each of its parts. */
  private static final int STEP = 13;

  @TempDir Path dir;
  private TestKdc kdc;
  private ServerKeyFile keys;
  private NegotiationService service;
  private KerberosLogin login;

  @BeforeEach
  void start() throws Exception {
    kdc = TestKdc.start(dir, "aes256-cts-hmac-sha1-96").user("user", "userpw").service(ACCEPTOR);
    Path keytab = kdc.keytab(ACCEPTOR);
    keys = ServerKeyFile.open(keytab);
    boolean system = KlogTest.kinds().contains("system");
    Path conf = dir.resolve("krb5.conf");
    Kerberos kerberos = system ? Kerberos.system(conf) : Kerberos.jdk(conf);
    service = new NegotiationService(kerberos, keytab.toString(), keys::issuer);
    login = kerberos.byPassword("user@" + TestKdc.REALM, "userpw".toCharArray());
  }

  @AfterEach
  void stop() throws Exception {
    login.close();
    keys.close();
    kdc.close();
  }

  /** The token, or null if there is none. */
  private @Nullable RxgkToken negotiate(
      UnaryOperator<byte[]> ofRequest, UnaryOperator<byte[]> ofReply) throws Exception {
    Negotiation.Exchange exchange =
        request -> ofReply.apply(TestExchange.with(service).call(ofRequest.apply(request.clone())));
    try (GssContext context = login.initiate(ACCEPTOR + "@" + TestKdc.REALM)) {
      return new Negotiation(
              context, RxgkWishes.DEFAULT, InstantSource.system(), new SecureRandom())
          .run(exchange);
    } catch (NegotiationException | CallAbort e) {
      assertThat(e.getMessage()).isNotBlank();
      return null;
    }
  }

  private static UnaryOperator<byte[]> flip(int bit) {
    return octets -> {
      octets[bit / 8] ^= (byte) (0x80 >> bit % 8);
      return octets;
    };
  }

  @Test
  @DisplayName("no bit of what is asked for can be changed")
  void theRequest() throws Exception {
    RxgkToken whole = negotiate(UnaryOperator.identity(), UnaryOperator.identity());
    assertThat(whole).isNotNull();
    for (int bit = 8 * PARAMS; bit < 8 * PARAMS_END; bit++) {
      assertThat(negotiate(flip(bit), UnaryOperator.identity())).as("bit %d", bit).isNull();
    }
  }

  @Test
  @DisplayName("a bit that changes in the answer yields the right token or none")
  void theReply() throws Exception {
    int[] length = new int[1];
    negotiate(
        UnaryOperator.identity(),
        reply -> {
          length[0] = reply.length;
          return reply;
        });
    int tokens = 0;
    int flips = 0;
    for (int bit = 0; bit < 8 * length[0]; bit += STEP) {
      RxgkToken token = negotiate(UnaryOperator.identity(), flip(bit));
      flips++;
      if (token != null) { // the number for people, and what GSS-API's framing leaves unread
        tokens++;
        TokenContents contents = opened(token);
        assertThat(contents.k0()).as("bit %d", bit).isEqualTo(token.k0());
        assertThat(contents.level()).as("bit %d", bit).isEqualTo(token.level());
        assertThat(contents.expiration()).as("bit %d", bit).isEqualTo(token.expiration());
      }
    }
    assertThat(tokens).isLessThan(flips / 8);
  }

  private TokenContents opened(RxgkToken token) throws Exception {
    return TokenContents.open(RxgkForm.OPENAFS, token.token(), 52, keys.rxgk());
  }
}
