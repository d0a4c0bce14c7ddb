// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.klog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.rxrpc.key.RxkadToken;
import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.security.PeerIdentity;
import io.rxrpc.security.ResponsePacket;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.rxkad.RxkadClient;
import io.rxrpc.security.rxkad.RxkadServer;
import io.rxrpc.tokens.keyfile.ServerKeyFile;
import io.rxrpc.tokens.krb5.Kerberos;
import io.rxrpc.tokens.krb5.KerberosException;
import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens from a KDC in this JVM (Apache Kerby), by each kind of Kerberos that is here. */
@Tag("long")
@ParameterizedClass
@MethodSource("kinds")
class KlogTest {
  /** Nobody listens there. */
  private static final String NOBODY = "127.77.3.9:10088";

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final ConnectionIdentity ID =
      new ConnectionIdentity(0x9b932298, 0xe2e9ac24, 52, 2);
  private static final String AES = "aes256-cts-hmac-sha1-96 aes128-cts-hmac-sha1-96";
  private static final String SERVICE = "afs/test.example";

  @TempDir Path dir;
  @Parameter String kind;
  private TestKdc kdc;

  static List<String> kinds() {
    return Kerberos.automatic().name().equals("system") ? List.of("system", "jdk") : List.of("jdk");
  }

  private Kerberos kerberos() throws KerberosException {
    Path conf = dir.resolve("krb5.conf");
    return kind.equals("jdk") ? Kerberos.jdk(conf) : Kerberos.system(conf);
  }

  @AfterEach
  void stop() throws Exception {
    if (kdc != null) {
      kdc.close();
    }
    System.clearProperty("java.security.krb5.conf");
  }

  private TestKdc kdc() throws Exception {
    kdc = TestKdc.start(dir, AES).user("user", "userpw");
    return kdc;
  }

  private static Credential password(String text) {
    return new Credential.Password(text.toCharArray());
  }

  private Klog.Result klog(String principal, Credential credential) throws Exception {
    return klog(principal, null, credential);
  }

  private Klog.Result klog(String principal, String realm, Credential credential) throws Exception {
    return Klog.obtain(
        new Klog.Request(principal, TestKdc.CELL, realm, credential, LIMIT, kerberos()));
  }

  /** What a server with the service's key says about who comes with the token. */
  private static PeerIdentity handshake(RxkadToken token, Path keytab)
      throws IOException, SecurityFailure {
    InstantSource clock = InstantSource.system();
    try (ServerKeyFile keys = ServerKeyFile.open(keytab)) {
      RxkadServer server = RxkadServer.builder(keys, clock).build();
      byte[] nonce = {0, 0, 0, 7};
      ResponsePacket response =
          new RxkadClient(token, SecurityLevel.ENCRYPT, clock)
              .connect(ID)
              .respond(server.challenge(ID, nonce), new int[] {1, 0, 0, 0});
      return server.verify(ID, nonce, response).security().peer();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"aes256-cts-hmac-sha1-96", "aes128-cts-hmac-sha1-96"})
  void aTokenByPasswordOpensAServer(String type) throws Exception {
    kdc = TestKdc.start(dir, type).user("user", "userpw").service(SERVICE);
    Klog.Result result = klog("user@TEST.EXAMPLE", password("userpw"));
    assertThat(result.principal()).isEqualTo("user@TEST.EXAMPLE");
    assertThat(result.service()).isEqualTo("afs/test.example@TEST.EXAMPLE");
    assertThat(result.tokens().cell()).isEqualTo(TestKdc.CELL);
    RxkadToken token = result.tokens().rxkad();
    assertThat(token.kvno()).isEqualTo(256);
    assertThat(token.ticket()[0]).as("a whole ticket, APPLICATION 1").isEqualTo((byte) 0x61);
    assertThat(token.end()).isGreaterThan(token.begin());
    PeerIdentity peer = handshake(token, kdc.keytab(SERVICE));
    assertThat(peer.principal()).isEqualTo("user@TEST.EXAMPLE");
  }

  @Test
  void aTokenByKeytab() throws Exception {
    kdc().service(SERVICE).user("robot/admin", "x");
    Path keytab = kdc.keytab("robot/admin");
    Klog.Result result = klog("robot/admin@TEST.EXAMPLE", new Credential.Keytab(keytab));
    PeerIdentity peer = handshake(result.tokens().rxkad(), kdc.keytab(SERVICE));
    assertThat(peer.principal()).isEqualTo("robot.admin@TEST.EXAMPLE");
  }

  @Test
  void aTicketForADayWhateverTheKdcWouldGive() throws Exception {
    kdc().service(SERVICE);
    RxkadToken token = klog("user", password("userpw")).tokens().rxkad();
    assertThat(token.end() - token.begin()).isLessThanOrEqualTo(86_400);
  }

  @Test
  void theServiceOfOldCells() throws Exception {
    kdc().service("afs");
    Klog.Result result = klog("user", password("userpw"));
    assertThat(result.service()).isEqualTo("afs@TEST.EXAMPLE");
    assertThat(handshake(result.tokens().rxkad(), kdc.keytab("afs")).principal())
        .isEqualTo("user@TEST.EXAMPLE");
  }

  @Test
  void aWrongPassword() throws Exception {
    kdc().service(SERVICE);
    assertThatThrownBy(() -> klog("user@TEST.EXAMPLE", password("wrong")))
        .isInstanceOf(KlogException.class)
        .hasMessage("wrong password for user@TEST.EXAMPLE; try again");
  }

  @Test
  void anUnknownPrincipal() throws Exception {
    kdc().service(SERVICE);
    assertThatThrownBy(() -> klog("nobody@TEST.EXAMPLE", password("x")))
        .isInstanceOf(KlogException.class)
        .hasMessage("nobody@TEST.EXAMPLE is not known to its KDC; check the name and the realm");
  }

  @Test
  void anUnknownService() throws Exception {
    kdc();
    assertThatThrownBy(() -> klog("user@TEST.EXAMPLE", password("userpw")))
        .isInstanceOf(KlogException.class)
        .hasMessage(
            "the KDC knows no service afs/test.example@TEST.EXAMPLE or afs@TEST.EXAMPLE;"
                + " check --cell test.example and --realm");
  }

  @Test
  void aKeytabOfSomebodyElse() throws Exception {
    kdc().service(SERVICE).user("robot", "x");
    Path keytab = kdc.keytab("robot");
    assertThatThrownBy(() -> klog("user@TEST.EXAMPLE", new Credential.Keytab(keytab)))
        .isInstanceOf(KlogException.class)
        .hasMessageContaining(keytab + " has no key of user@TEST.EXAMPLE");
  }

  @Test
  void aKeytabThatIsOutOfDate() throws Exception {
    kdc().service(SERVICE).user("robot", "x");
    Path keytab = kdc.keytab("robot");
    kdc.removePrincipal("robot");
    kdc.user("robot", "y");
    assertThatThrownBy(() -> klog("robot@TEST.EXAMPLE", new Credential.Keytab(keytab)))
        .isInstanceOf(KlogException.class)
        .hasMessageContaining("extract it anew");
  }

  @Test
  void filesThatAreNotThere() {
    Path none = dir.resolve("none");
    assertThatThrownBy(() -> klog("user@TEST.EXAMPLE", new Credential.Keytab(none)))
        .hasMessage("cannot read the keytab " + none);
    assertThatThrownBy(() -> klog(null, new Credential.Cache(none)))
        .hasMessage("no credential cache " + none + "; get a ticket first: kinit");
  }

  @Test
  void nobodyAtTheKdcsPort() throws Exception {
    TestKdc.use(dir, conf("kdc = " + NOBODY));
    assertThatThrownBy(() -> klog("user@TEST.EXAMPLE", password("userpw")))
        .isInstanceOfSatisfying(KlogException.class, e -> assertThat(e.network()).isTrue())
        .hasMessage(
            "no KDC for user@TEST.EXAMPLE answers; is it running, and does krb5.conf"
                + " (KRB5_CONFIG) name the right one?");
  }

  @Test
  void aSilentKdc() throws Exception {
    try (DatagramSocket silent = TestKdc.silentPort()) {
      String conf = conf("kdc = 127.0.0.1:" + silent.getLocalPort());
      TestKdc.use(dir, conf.replace("udp_preference_limit = 1", "kdc_timeout = 60000"));
      assertThatThrownBy(
              () ->
                  Klog.obtain(
                      new Klog.Request(
                          "user@TEST.EXAMPLE",
                          TestKdc.CELL,
                          null,
                          password("x"),
                          Duration.ofMillis(300),
                          kerberos())))
          .isInstanceOf(KlogException.class)
          .hasMessageStartingWith("no KDC for user@TEST.EXAMPLE answered within");
      // it still waits, for a minute; the next is not held up by it
      TestKdc next = kdc().service(SERVICE);
      assertTimeoutPreemptively(
          Duration.ofSeconds(30),
          () -> assertThat(klog("user", password("userpw")).service()).startsWith(SERVICE),
          next::toString);
    }
  }

  @Test
  void noKdcForTheRealm() throws IOException {
    TestKdc.use(dir, conf(""));
    assertThatThrownBy(() -> klog("user@NO.SUCH.REALM", password("x")))
        .isInstanceOf(KlogException.class)
        .hasMessageContaining("name one in krb5.conf (KRB5_CONFIG)");
  }

  @Test
  void noRealmAtAll() throws IOException {
    TestKdc.use(dir, "[libdefaults]\n dns_lookup_realm = false\n");
    assertThatThrownBy(() -> klog("user", password("x")))
        .isInstanceOf(KlogException.class)
        .hasMessageContaining("write NAME@REALM");
  }

  private static String conf(String kdc) {
    return "[libdefaults]\n dns_lookup_kdc = false\n udp_preference_limit = 1\n"
        + "[realms]\n TEST.EXAMPLE = {\n  "
        + kdc
        + "\n }\n";
  }

  @Test
  void noSecretIsPrinted() {
    Credential.Password secret = new Credential.Password("userpw".toCharArray());
    Klog.Request request = new Klog.Request("user", "c", null, secret, LIMIT);
    assertThat(request.toString()).doesNotContain("userpw");
    secret.destroy();
    assertThat(secret.secret()).containsOnly('\0');
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a@b", "afs/x"})
  void whatIsNoCell(String cell) {
    assertThatThrownBy(() -> new Klog.Request("u", cell, null, password("x"), LIMIT))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aMistypedCellGetsNoTokenOfTheRealmsAfs() throws Exception {
    kdc().service("afs"); // afs@TEST.EXAMPLE
    assertThatThrownBy(
            () ->
                Klog.obtain(
                    new Klog.Request(
                        "user", "tset.example", null, password("userpw"), LIMIT, kerberos())))
        .isInstanceOf(KlogException.class)
        .hasMessageContaining("the KDC knows no service afs/tset.example@TEST.EXAMPLE")
        .hasMessageContaining("check --cell tset.example");
  }

  @Test
  void aFaultOfAFileIsSaidOfTheFile() throws Exception {
    kdc();
    Path junk = Files.writeString(dir.resolve("junk"), "no keytab");
    Path empty = Files.createFile(dir.resolve("empty"));
    for (Path file : List.of(junk, empty)) {
      assertThatThrownBy(() -> klog("user@TEST.EXAMPLE", new Credential.Keytab(file)))
          .isInstanceOfSatisfying(KlogException.class, e -> assertThat(e.localFile()).isTrue())
          .hasMessage(file + " is no keytab");
      assertThatThrownBy(() -> klog(null, new Credential.Cache(file)))
          .isInstanceOfSatisfying(KlogException.class, e -> assertThat(e.localFile()).isTrue())
          .hasMessage(file + " is no credential cache");
    }
    assertThatThrownBy(() -> klog("user@TEST.EXAMPLE", new Credential.Keytab(dir)))
        .hasMessage("cannot read the keytab " + dir);
  }

  @Test
  void aConfigurationThatIsNone() throws Exception {
    TestKdc.use(dir, "[libdefaults]\n default_realm TEST.EXAMPLE\n");
    assertThatThrownBy(() -> klog("user@TEST.EXAMPLE", password("x")))
        .isInstanceOfSatisfying(KlogException.class, e -> assertThat(e.localFile()).isTrue())
        .hasMessageStartingWith("krb5.conf (KRB5_CONFIG) cannot be used: ");
  }

  @Test
  void prefixesOfFiles() throws Exception {
    kdc().service(SERVICE).user("robot", "x");
    Path keytab = kdc.keytab("robot");
    assertThat(klog("robot@TEST.EXAMPLE", new Credential.Keytab("FILE:" + keytab)).principal())
        .isEqualTo("robot@TEST.EXAMPLE");
    assertThatThrownBy(() -> klog(null, new Credential.Cache("FILE:" + dir.resolve("no"))))
        .hasMessage(
            "no credential cache FILE:" + dir.resolve("no") + "; get a ticket first: kinit");
  }

  @Test
  void aKeyOfATypeThatMayNotBeUsed() throws Exception {
    kdc().service(SERVICE).user("robot", "x");
    Path keytab = kdc.keytab("robot");
    assertThat(klog("robot@TEST.EXAMPLE", new Credential.Keytab(keytab)).service())
        .startsWith(SERVICE);
    byte[] content = Files.readAllBytes(keytab);
    // no library has this one: every entry becomes des-cbc-crc, whose number fits the place
    Path weak = Files.write(dir.resolve("weak.keytab"), KeytabTypes.replaced(content, 1));
    assertThatThrownBy(() -> klog("robot@TEST.EXAMPLE", new Credential.Keytab(weak)))
        .isInstanceOf(KlogException.class)
        .hasMessageStartingWith(
            weak
                + " has keys of robot@TEST.EXAMPLE only of types that may not be used here"
                + " (des-cbc-crc)");
  }

  @Test
  void nothingIsSaidOfNull() throws Exception {
    kdc();
    assertThatThrownBy(() -> klog("user@TEST.EXAMPLE", password("wrong")))
        .message()
        .doesNotContain("null");
    TestKdc.use(dir, "[libdefaults]\n dns_lookup_kdc = false\n dns_lookup_realm = false\n");
    assertThatThrownBy(() -> klog("user@", password("x"))).message().doesNotContain("null");
  }
}
