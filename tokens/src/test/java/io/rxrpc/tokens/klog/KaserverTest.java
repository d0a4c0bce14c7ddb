// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.klog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.key.RxkadToken;
import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.security.ResponsePacket;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.rxkad.RxkadClient;
import io.rxrpc.security.rxkad.RxkadServer;
import io.rxrpc.security.rxkad.ServerKeys;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tokens from a kaserver, which the test tree has for the purpose. */
@Tag("long")
class KaserverTest {
  private static final byte[] AFS_KEY = HexFormat.of().parseHex("80b6a7cd7a9dadb6");
  private static final ConnectionIdentity ID =
      new ConnectionIdentity(0x9b932298, 0xe2e9ac24, 52, 2);

  private TestKaserver server;
  private RxrpcEndpoint endpoint;

  @BeforeEach
  void start() throws IOException {
    server = new TestKaserver(3, AFS_KEY).user("alice", "secret").user("alice.admin", "longsecret");
    endpoint = RxrpcEndpoint.open();
  }

  @AfterEach
  void stop() {
    endpoint.close();
    server.close();
  }

  private Klog.Result klog(String user, String password) throws KlogException {
    return new Kaserver(endpoint, server.address(), Duration.ofSeconds(30))
        .obtain(user, "test.example", new Credential.Password(password.toCharArray()));
  }

  @Test
  void aTokenOpensAServer() throws KlogException, SecurityFailure {
    Klog.Result result = klog("alice", "secret");
    RxkadToken token = result.tokens().rxkad();
    assertThat(result.principal()).isEqualTo("alice@test.example");
    assertThat(token.kvno()).isEqualTo(3);
    assertThat(token.expiry()).isAfter(Instant.now().plus(Duration.ofHours(10)));
    InstantSource clock = InstantSource.system();
    ServerKeys keys = (service, kvno, enctype) -> kvno == 3 ? AFS_KEY.clone() : null;
    RxkadServer afs = RxkadServer.builder(keys, clock).build();
    byte[] nonce = {0, 0, 0, 7};
    ResponsePacket response =
        new RxkadClient(token, SecurityLevel.ENCRYPT, clock)
            .connect(ID)
            .respond(afs.challenge(ID, nonce), new int[] {1, 0, 0, 0});
    assertThat(afs.verify(ID, nonce, response).security().peer().principal()).startsWith("alice");
  }

  @Test
  void anInstanceAndALongPassword() throws KlogException {
    assertThat(klog("alice.admin", "longsecret").principal()).isEqualTo("alice.admin@test.example");
  }

  @Test
  void anOlderServer() throws KlogException {
    server.old = true;
    assertThat(klog("alice", "secret").service()).isEqualTo("afs@test.example");
  }

  @Test
  void aWrongPassword() {
    assertThatThrownBy(() -> klog("alice", "wrong"))
        .isInstanceOf(KlogException.class)
        .hasMessageContaining("wrong password for alice");
  }

  @Test
  void anUnknownUser() {
    assertThatThrownBy(() -> klog("bob", "x"))
        .isInstanceOf(KlogException.class)
        .hasMessageContaining("bob is not known to it");
  }

  @Test
  void aClockThatIsOff() {
    InstantSource late = () -> Instant.now().minus(Duration.ofHours(2));
    Kaserver kaserver = new Kaserver(endpoint, server.address(), Duration.ofSeconds(30), late);
    assertThatThrownBy(
            () ->
                kaserver.obtain(
                    "alice", "test.example", new Credential.Password("secret".toCharArray())))
        .isInstanceOf(KlogException.class)
        .hasMessageContaining("clock");
  }

  @Test
  void nobodyThere() throws IOException {
    try (DatagramSocket gone = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      InetSocketAddress silent = (InetSocketAddress) gone.getLocalSocketAddress();
      Kaserver kaserver = new Kaserver(endpoint, silent, Duration.ofMillis(200));
      assertThatThrownBy(
              () ->
                  kaserver.obtain(
                      "alice", "test.example", new Credential.Password("x".toCharArray())))
          .isInstanceOfSatisfying(KlogException.class, e -> assertThat(e.network()).isTrue())
          .hasMessageStartingWith("no answer from the kaserver");
    }
  }

  @Test
  void whateverItAnswersThereIsATokenOrAMessage() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      server.spoil =
          plain -> {
            plain[random.nextInt(plain.length)] ^= (byte) (1 << random.nextInt(8));
            return plain;
          };
      try {
        klog("alice", "secret").tokens().destroy(); // as when only the ticket is damaged
      } catch (KlogException e) {
        assertThat(e.getMessage()).as("seed %d", seed).contains("kaserver");
      }
    }
  }
}
