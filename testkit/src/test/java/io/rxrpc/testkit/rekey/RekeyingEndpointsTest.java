// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.rekey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.CallHandler;
import io.rxrpc.CallOptions;
import io.rxrpc.RemoteAbortException;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.ServiceOptions;
import io.rxrpc.security.AuthName;
import io.rxrpc.security.PeerIdentity;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A class of somebody else's, of the shape of rxgk, between real endpoints, by the public API. */
@Timeout(60)
class RekeyingEndpointsTest {
  private static final int SERVICE = 11;

  private RxrpcEndpoint server;
  private RxrpcEndpoint client;
  private RxrpcAddress to;

  @BeforeEach
  void open() throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    Tunables quick =
        Tunables.fromProperties().with(Tunable.RESPONSE_REFUSAL_DELAY, Duration.ofMillis(1));
    server = RxrpcEndpoint.builder().local(any).tunables(quick).open();
    client = RxrpcEndpoint.open(any);
    to = new RxrpcAddress(server.localAddress(), SERVICE);
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  private static byte[] bytes(int n) {
    byte[] bytes = new byte[n];
    new SplittableRandom(n).nextBytes(bytes);
    return bytes;
  }

  private static CallOptions with(RekeyingSecurity security) {
    return CallOptions.DEFAULT.security(security).maxReply(1 << 20);
  }

  private static RekeyingSecurity.Plan plan() {
    return RekeyingSecurity.plan();
  }

  private void refused(int code, RekeyingSecurity security) {
    assertThatThrownBy(() -> client.call(to, bytes(9), with(security)))
        .isInstanceOfSatisfying(
            RemoteAbortException.class, e -> assertThat(e.code().value()).isEqualTo(code));
  }

  @ParameterizedTest
  @EnumSource(SecurityLevel.class)
  void callsGoThroughAtEachLevelWhileTheKeysMove(SecurityLevel level) throws Exception {
    RekeyingSecurity ours = plan().level(level).life(3_000).build();
    RekeyingSecurity theirs = plan().level(level).life(5_000).build();
    server.serve(SERVICE, ServiceOptions.of(theirs), CallHandler.blob(1 << 20, r -> r));
    for (int size : new int[] {0, 1, 1400, 4_000, 8_000, 200_000}) {
      assertThat(client.call(to, bytes(size), with(ours))).isEqualTo(bytes(size));
    }
    List<CompletableFuture<byte[]>> replies = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      replies.add(client.callAsync(to, bytes(90_000 + i), with(ours)));
    }
    for (int i = 0; i < replies.size(); i++) {
      assertThat(replies.get(i).get()).isEqualTo(bytes(90_000 + i));
    }
    if (level != SecurityLevel.CLEAR) { // nobody verifies, so nobody follows
      assertThat(theirs.made).isNotEmpty();
      assertThat(theirs.made.getFirst().keys.current()).isGreaterThan(2);
    }
  }

  @Test
  void aHandlerSeesAllNamesAndWhoVouchesForThem() throws Exception {
    AtomicReference<PeerIdentity> seen = new AtomicReference<>();
    RekeyingSecurity theirs =
        plan()
            .named(
                AuthName.kerberos5("alice@EXAMPLE.COM"),
                AuthName.kerberos5("afs3-callback/client@EXAMPLE.COM"))
            .build();
    server.serve(
        SERVICE,
        ServiceOptions.of(theirs),
        call -> {
          seen.set(call.identity());
          call.endReply(call.readAll(100));
        });
    client.call(to, bytes(9), with(plan().build()));
    assertThat(seen.get())
        .isInstanceOfSatisfying(PeerIdentity.Gss.class, gss -> assertThat(gss.names()).hasSize(2));
    assertThat(seen.get().principal())
        .isEqualTo("alice@EXAMPLE.COM + afs3-callback/client@EXAMPLE.COM");
    assertThat(seen.get().mechanism()).isEqualTo(RekeyingSecurity.MECHANISM);
    assertThat(seen.get().level()).isEqualTo(SecurityLevel.ENCRYPT);
  }

  @Test
  void aPrintedTokenIsSeenAsThat() throws Exception {
    AtomicReference<PeerIdentity> seen = new AtomicReference<>();
    server.serve(
        SERVICE,
        ServiceOptions.of(plan().named().build()),
        call -> {
          seen.set(call.identity());
          call.endReply(call.readAll(100));
        });
    client.call(to, bytes(9), with(plan().build()));
    assertThat(seen.get()).isInstanceOf(PeerIdentity.Printed.class);
  }

  /** Not rxkad's codes: the client's class has to know what it is told. */
  @Test
  void whoMayNotIsToldSoByTheCodesOfHisClass() throws Exception {
    RekeyingSecurity theirs = plan().level(SecurityLevel.CLEAR).build();
    CallHandler echo = CallHandler.blob(100, r -> r);
    server.serve(
        SERVICE,
        ServiceOptions.of(theirs),
        echo.requiring(SecurityLevel.AUTH, peer -> peer.principal().equals("bob@EXAMPLE.COM")));
    refused(RekeyingSecurity.NOT_AUTHORISED, plan().build());
    refused(RekeyingSecurity.BAD_LEVEL, plan().level(SecurityLevel.CLEAR).build());
    server.serve(
        SERVICE + 1,
        ServiceOptions.of(theirs),
        call -> {
          call.require(SecurityLevel.ENCRYPT, peer -> peer.principal().startsWith("alice@"));
          call.endReply(call.readAll(100));
        });
    to = new RxrpcAddress(server.localAddress(), SERVICE + 1);
    refused(RekeyingSecurity.BAD_LEVEL, plan().level(SecurityLevel.AUTH).build());
    assertThat(client.call(to, bytes(9), with(plan().build()))).isEqualTo(bytes(9));
  }

  @Test
  void aWrongSecretAndTooLowALevelAreRefusedByTheClass() throws Exception {
    server.serve(SERVICE, ServiceOptions.of(plan().build()), CallHandler.blob(100, r -> r));
    refused(RekeyingSecurity.SEALED_INCONSISTENT, plan().secret(1).build());
    refused(RekeyingSecurity.BAD_LEVEL, plan().level(SecurityLevel.AUTH).build());
  }
}
