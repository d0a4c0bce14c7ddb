// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.AbortCode;
import io.rxrpc.CallHandler;
import io.rxrpc.CallOptions;
import io.rxrpc.RemoteAbortException;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.ServiceOptions;
import io.rxrpc.interop.peers.Needs;
import io.rxrpc.interop.peers.Needs.Peer;
import io.rxrpc.interop.peers.Programs;
import io.rxrpc.interop.peers.Realms;
import io.rxrpc.key.RxgkToken;
import io.rxrpc.security.AuthName;
import io.rxrpc.security.ClientConnectionSecurity;
import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.security.ResponsePacket;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.rxgk.RxgkClient;
import io.rxrpc.security.rxgk.RxgkForm;
import io.rxrpc.security.rxgk.RxgkIssuer;
import io.rxrpc.security.rxgk.RxgkServer;
import io.rxrpc.tokens.keyfile.ServerKeyFile;
import io.rxrpc.tokens.krb5.Kerberos;
import io.rxrpc.tokens.krb5.KerberosException;
import io.rxrpc.tokens.rxgk.NegotiationService;
import io.rxrpc.tokens.store.TokenStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens of rxgk by a real KDC, and a Java service that has nothing but a keytab. */
@Tag("peers")
@Needs(Peer.REALMS)
class RxgkKlogIT {
  private static final int SERVICE = 102;
  private static final String CELL = "local.example";
  private static final String USER = "user@USERS.EXAMPLE";

  /** RXGK_BADETYPE and those behind it, as OpenAFS numbers them. */
  private static final AbortCode BADETYPE = AbortCode.parse("RXGK_BADETYPE");

  private static final AbortCode BADCHALLENGE = AbortCode.parse("RXGK_BADCHALLENGE");
  private static final AbortCode EXPIRED = new AbortCode(BADETYPE.value() + 3);
  private static final AbortCode BADLEVEL = new AbortCode(BADETYPE.value() + 1);
  private static final AbortCode SEALED = new AbortCode(BADETYPE.value() + 6);
  private static final AbortCode NO_SUCH_KEY = new AbortCode(70_354_689);

  @TempDir Path dir;
  private ServerKeyFile keys;
  private RxrpcEndpoint server;

  @BeforeEach
  void start(Realms realms) throws IOException, KerberosException {
    serve(realms.directory().resolve("rxgk.keytab"), null, "system");
  }

  @AfterEach
  void stop() {
    server.close();
    keys.close();
  }

  private void serve(Path keytab, String principal, String kind)
      throws IOException, KerberosException {
    if (server != null) {
      stop();
    }
    keys =
        principal == null
            ? ServerKeyFile.open(keytab)
            : ServerKeyFile.ofPrincipal(keytab, principal, 0);
    server = RxrpcEndpoint.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    CallHandler who =
        call -> {
          String text = call.identity().principal() + " at " + call.level();
          call.endReply(text.getBytes(StandardCharsets.UTF_8));
        };
    server.serve(SERVICE, ServiceOptions.rxgk(keys.rxgk()).minimumLevel(SecurityLevel.AUTH), who);
    NegotiationService negotiation =
        new NegotiationService(
                kind.equals("jdk") ? Kerberos.jdk() : Kerberos.system(),
                keytab.toString(),
                keys::issuer)
            .minimumLevel(SecurityLevel.AUTH);
    (principal == null ? negotiation : negotiation.acceptors(n -> n.startsWith(principal + "@")))
        .serveOn(server);
  }

  private KerberosCommands commands(Realms realms) throws IOException {
    return new KerberosCommands(
        realms, dir, new KerberosConf(realms).plain(), "FILE:" + dir.resolve("cc"));
  }

  private String place() {
    return "127.0.0.1:" + server.localAddress().getPort();
  }

  private Programs.Result klog(Realms realms, String kind, String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "user",
                "--cell",
                CELL,
                "--password-fd",
                "0",
                "--kerberos",
                kind,
                "--rxgk",
                "--server",
                place()));
    arguments.addAll(Arrays.asList(more));
    return commands(realms).klog("userpw\n", arguments.toArray(String[]::new));
  }

  private RxgkToken token() throws IOException {
    return (RxgkToken) TokenStore.open(dir.resolve("tokens")).find(CELL, Instant.now());
  }

  private String call(RxgkToken token) throws IOException {
    try (RxrpcEndpoint client = RxrpcEndpoint.open()) {
      SecurityLevel level = SecurityLevel.of(token.level());
      RxrpcAddress to = new RxrpcAddress(server.localAddress(), SERVICE);
      byte[] reply = client.call(to, new byte[0], CallOptions.DEFAULT.token(token, level));
      return new String(reply, StandardCharsets.UTF_8);
    }
  }

  private void assertRefused(RxgkToken token, AbortCode code) {
    assertThatThrownBy(() -> call(token))
        .isInstanceOfSatisfying(
            RemoteAbortException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @ParameterizedTest
  @CsvSource({"system,system", "jdk,system", "system,jdk", "jdk,jdk"})
  void aTokenByPasswordOpensTheService(String client, String acceptor, Realms realms)
      throws Exception {
    serve(realms.directory().resolve("rxgk.keytab"), null, acceptor);
    Programs.Result klog = klog(realms, client).ok();
    assertThat(klog.out())
        .startsWith("a token (rxgk, aes256-cts-hmac-sha1-96, level encrypt) of " + USER);
    assertThat(call(token())).isEqualTo(USER + " at encrypt");
    Programs.Result command =
        commands(realms).rxrpc("", "call", place() + "/" + SERVICE, "--cell", CELL, "--text", "");
    assertThat(command.ok().out()).isEqualTo(USER + " at encrypt");
    assertThat(commands(realms).rxrpc("", "tokens").ok().out())
        .contains("rxgk, aes256-cts-hmac-sha1-96, level encrypt");
  }

  @Test
  void levelAndTypeAreChosenByTheClient(Realms realms) throws Exception {
    klog(realms, "system", "--level", "auth", "--enctype", "aes128-sha2").ok();
    assertThat(token().enctype()).isEqualTo(19);
    assertThat(call(token())).isEqualTo(USER + " at auth");
    Programs.Result clear = klog(realms, "system", "--level", "clear");
    assertThat(clear.exit()).isEqualTo(6);
    assertThat(clear.err()).contains("no tokens for the level clear").hasLineCount(1);
    Programs.Result other = klog(realms, "system", "--enctype", "rc4");
    assertThat(other.exit()).isEqualTo(6);
    assertThat(other.err()).contains("arcfour-hmac").hasLineCount(1);
  }

  @Test
  void bothKindsOfTokensAreKept(Realms realms) throws Exception {
    klog(realms, "system").ok();
    commands(realms)
        .klog("userpw\n", "user", "--cell", CELL, "--password-fd", "0", "--kerberos", "system")
        .ok();
    assertThat(commands(realms).rxrpc("", "tokens").ok().out())
        .containsSubsequence("rxgk, aes256", "rxkad, Kerberos 5");
    assertThat(call(token())).isEqualTo(USER + " at encrypt");
  }

  @Test
  void aServiceThatIsNoneOfAfs(Realms realms) throws Exception {
    serve(realms.directory().resolve("rx.keytab"), "rx/java.example", "system");
    klog(realms, "system", "--acceptor", "rx/java.example").ok();
    assertThat(call(token())).isEqualTo(USER + " at encrypt");
    Programs.Result afs = klog(realms, "system");
    assertThat(afs.exit()).isEqualTo(6);
    assertThat(afs.err()).contains("GSS-API refuses the ticket").hasLineCount(1);
  }

  @Test
  void aServerWithoutNegotiationAndNoServer(Realms realms) throws Exception {
    server.close();
    server = RxrpcEndpoint.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    server.serve(SERVICE, call -> call.endReply());
    Programs.Result none = klog(realms, "system");
    assertThat(none.exit()).isEqualTo(6);
    assertThat(none.err()).contains("has no service 34567").hasLineCount(1);
    server.close();
    Programs.Result nobody = klog(realms, "system");
    assertThat(nobody.exit()).isEqualTo(4);
    assertThat(nobody.err()).hasLineCount(1);
  }

  /** Another token than one that was got: its parts are no secret to its owner. */
  private static RxgkToken changed(RxgkToken token, byte[] k0, byte[] container) {
    return new RxgkToken(
        token.securityIndex(),
        token.enctype(),
        k0,
        token.level(),
        token.begin(),
        token.lifetime(),
        token.bytelife(),
        0,
        container);
  }

  @Test
  void refusals(Realms realms) throws Exception {
    klog(realms, "system").ok();
    RxgkToken token = token();
    // stolen: the token is seen by everybody on the way, its key is not
    assertRefused(changed(token, new byte[32], token.token()), SEALED);
    // of another type than any key of the server's
    byte[] container = token.token();
    ByteBuffer.wrap(container).putInt(4, 20);
    assertRefused(changed(token, token.k0(), container), NO_SUCH_KEY);
    // altered
    byte[] altered = token.token();
    altered[60] ^= 1;
    assertRefused(changed(token, token.k0(), altered), SEALED);
    // expired, although the client thinks otherwise
    RxgkIssuer issuer = keys.issuer();
    Instant now = Instant.now();
    RxgkToken old =
        issuer.issue(
            RxgkForm.OPENAFS,
            SecurityLevel.ENCRYPT,
            now.minusSeconds(7200),
            now.minusSeconds(3600),
            List.of(AuthName.kerberos5(USER)));
    assertRefused(changed(old, old.k0(), old.token()), EXPIRED);
    // for less protection than is asked for
    assertRefused(
        issuer.print(RxgkForm.OPENAFS, SecurityLevel.CLEAR, now, now.plusSeconds(99)), BADLEVEL);
    assertThat(call(token)).isEqualTo(USER + " at encrypt");
  }

  @Test
  void aReplayedResponseIsForAnotherChallenge(Realms realms) throws Exception {
    klog(realms, "system").ok();
    InstantSource clock = InstantSource.system();
    ConnectionIdentity id = new ConnectionIdentity(0x9b932298, 0xe2e9ac24, SERVICE, 4);
    RxgkServer service =
        RxgkServer.builder(RxgkForm.OPENAFS, keys.rxgk(), clock, new SecureRandom()).build();
    ClientConnectionSecurity client =
        new RxgkClient(token(), SecurityLevel.ENCRYPT, clock, new SecureRandom()).connect(id);
    byte[] first = new byte[20];
    byte[] second = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20};
    ResponsePacket response = client.respond(service.challenge(id, first), new int[] {1, 0, 0, 0});
    byte[] seen = response.payload().clone();
    assertThat(service.verify(id, first, response).security().peer().principal()).isEqualTo(USER);
    ResponsePacket again = new ResponsePacket(seen, response.checksum());
    assertThatThrownBy(() -> service.verify(id, second, again))
        .isInstanceOfSatisfying(
            SecurityFailure.class, e -> assertThat(e.abortCode()).isEqualTo(BADCHALLENGE.value()));
  }
}
