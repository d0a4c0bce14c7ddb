// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.AbortCode;
import io.rxrpc.CallOptions;
import io.rxrpc.ClientCall;
import io.rxrpc.RemoteAbortException;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.RxrpcException;
import io.rxrpc.key.RxgkToken;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.rxgk.RxgkForm;
import io.rxrpc.security.rxkad.ServerKeys;
import io.rxrpc.security.rxkad.TicketIssuer;
import io.rxrpc.tokens.keyfile.LocalAuth;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The programs that show the library do what they say. */
@Tag("long")
@Timeout(60)
class ProgramsTest {
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  /** A keytab with a key of afs-rxgk/_afs.example.org, version 3, aes256-cts-hmac-sha1-96. */
  private static final String KEYTAB =
      "0502"
          + "0000005c"
          + "0002"
          + "000b4558414d504c452e4f5247" // EXAMPLE.ORG
          + "00086166732d7278676b" // afs-rxgk
          + "00105f6166732e6578616d706c652e6f7267" // _afs.example.org
          + "000000016500000003"
          + "00120020"
          + "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
          + "00000003";

  private static RxrpcAddress at(RxrpcEndpoint server, int service) {
    return new RxrpcAddress(server.localAddress(), service);
  }

  @Test
  void aServerAndItsClient() throws Exception {
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    try (RxrpcEndpoint server = EchoServer.open(ANY)) {
      EchoClient.run(
          at(server, EchoServer.SERVICE), new PrintStream(told, true, StandardCharsets.UTF_8));
    }
    assertThat(told.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "it is over", "reply: hello", "it failed", "refused: " + AbortCode.USER_ABORT);
  }

  @Test
  void aServerWithNothingButAKeytabDemandsRxgk(@TempDir Path dir) throws Exception {
    Path keytab = Files.write(dir.resolve("keytab"), HexFormat.of().parseHex(KEYTAB));
    RxgkToken printed =
        LocalAuth.rxgk(keytab, RxgkForm.OPENAFS, SecurityLevel.ENCRYPT, Instant.now());
    try (KeytabServer server = KeytabServer.open(ANY, keytab);
        RxrpcEndpoint client = RxrpcEndpoint.open()) {
      RxrpcAddress to = new RxrpcAddress(server.address(), KeytabServer.SERVICE);
      CallOptions rxgk = CallOptions.DEFAULT.token(printed, SecurityLevel.ENCRYPT);
      assertThat(new String(client.call(to, new byte[0], rxgk), StandardCharsets.UTF_8))
          .isEqualTo("hello, <printed token>");
      assertThatThrownBy(() -> client.call(to, new byte[0]))
          .isInstanceOf(RemoteAbortException.class);
      // the negotiation is there, and asks for a ticket
      RxrpcAddress negotiation = new RxrpcAddress(server.address(), 34567);
      assertThatThrownBy(() -> client.call(negotiation, new byte[] {0, 0, 0, 1}))
          .isInstanceOf(RemoteAbortException.class)
          .hasMessageContaining("RXGEN_SS_UNMARSHAL");
    }
  }

  @Test
  void aStreamingProxyHandsOnDataAndAborts() throws Exception {
    byte[] data = new byte[1 << 20];
    new Random(1).nextBytes(data);
    try (RxrpcEndpoint server = EchoServer.open(ANY);
        RxrpcEndpoint proxy = StreamingProxy.open(ANY, at(server, EchoServer.SERVICE));
        RxrpcEndpoint client = RxrpcEndpoint.open()) {
      RxrpcAddress to = at(proxy, EchoServer.SERVICE);
      assertThat(client.call(to, data)).isEqualTo(data);
      assertThatThrownBy(() -> client.call(to, new byte[(1 << 20) + 1]))
          .isInstanceOf(RemoteAbortException.class)
          .hasMessageContaining("RX_USER_ABORT");
    }
  }

  @Test
  void aStreamingProxyStopsAtOnceWhenItsClientDoes() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    CompletableFuture<RxrpcException> stopped = new CompletableFuture<>();
    try (RxrpcEndpoint server = RxrpcEndpoint.open(ANY);
        RxrpcEndpoint proxy = StreamingProxy.open(ANY, at(server, 9));
        RxrpcEndpoint client = RxrpcEndpoint.open();
        ClientCall call = client.begin(at(proxy, 9))) {
      server.serve(
          9,
          served -> {
            served.onEnd(() -> stopped.complete(served.failure()));
            reached.countDown();
            stopped.get();
          });
      call.write(new byte[100]);
      call.endOutput();
      reached.await();
      call.close();
      assertThat(stopped.get(30, TimeUnit.SECONDS)).isInstanceOf(RemoteAbortException.class);
    }
  }

  @Test
  void aGuardedServerKnowsItsClientsAndWhatTheyMayDo() throws Exception {
    byte[] key = HexFormat.of().parseHex("0102040810204080");
    TicketIssuer issuer = TicketIssuer.classic(1, key, new SecureRandom());
    byte[] read = {GuardedServer.READ};
    byte[] write = {GuardedServer.WRITE, 'h', 'i'};
    try (RxrpcEndpoint server =
            GuardedServer.open(ANY, ServerKeys.des(1, key), Set.of("alice@example.com"));
        RxrpcEndpoint client = RxrpcEndpoint.open()) {
      RxrpcAddress to = at(server, GuardedServer.SERVICE);
      CallOptions alice = with(issuer, "alice", SecurityLevel.ENCRYPT);
      CallOptions bob = with(issuer, "bob", SecurityLevel.ENCRYPT);
      assertThat(client.call(to, write, alice)).isEmpty();
      assertThat(client.call(to, read, bob)).asString().isEqualTo("hi (change 1)");
      assertRefused("RXKADNOAUTH", () -> client.call(to, write, bob));
      assertRefused("RXGEN_OPCODE", () -> client.call(to, new byte[] {9}, alice));
      assertRefused(
          "RXKADLEVELFAIL", () -> client.call(to, read, with(issuer, "bob", SecurityLevel.AUTH)));
      assertRefused("RX_INVALID_OPERATION", () -> client.call(to, read));
    }
  }

  private static CallOptions with(TicketIssuer issuer, String name, SecurityLevel level) {
    return CallOptions.DEFAULT.token(
        issuer.issue(name, "", "example.com", Instant.now(), Duration.ofHours(1)), level);
  }

  private static void assertRefused(
      String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(RxrpcException.class).hasMessageContaining(code);
  }

  @Test
  void tenThousandCallsAtOnce() throws Exception {
    try (RxrpcEndpoint server = EchoServer.open(ANY)) {
      assertThat(ManyCalls.run(at(server, EchoServer.SERVICE), 10_000)).isEqualTo(10_000);
    }
  }

  private static String lockLife(long seed) throws Exception {
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    Duration lasted = SimulatedLock.run(seed, new PrintStream(told, true, StandardCharsets.UTF_8));
    assertThat(lasted).isGreaterThan(Duration.ofSeconds(20)); // two others had it before
    return told.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aSimulatedServerAndItsClientsReplayFromTheirSeed() throws Exception {
    String first = lockLife(3);
    assertThat(first.lines()).hasSize(3).allMatch(line -> line.contains(" has the lock after "));
    assertThat(lockLife(3)).isEqualTo(first);
  }
}
