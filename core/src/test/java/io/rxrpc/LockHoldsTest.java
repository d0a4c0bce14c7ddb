// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static io.rxrpc.Ends.SERVICE;
import static io.rxrpc.Ends.bytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.key.RxkadToken;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.rxkad.ServerKeys;
import io.rxrpc.security.rxkad.TicketIssuer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** How often a small call takes the lock of its endpoint: what each costs, thousands share. */
class LockHoldsTest {
  private static final int CALLS = 20;

  /** Holds of a side by calls that are alike, the most that one of them took. */
  private static long most(RxrpcEndpoint side, String what, Callable<?> call) throws Exception {
    call.call(); // connections and their security are there from now on
    long most = 0;
    for (int i = 0; i < CALLS; i++) {
      long before = side.lockHolds();
      call.call();
      most = Math.max(most, side.lockHolds() - before);
    }
    System.out.println("lock holds of " + what + ": " + most);
    return most;
  }

  private static void readmeEcho(ServerCall call) throws Exception {
    call.reply().write(call.request().readAllBytes());
  }

  private static byte[] hello(Ends ends) throws RxrpcException {
    return ends.client().call(ends.address(), "hello".getBytes(UTF_8));
  }

  @Test
  void theEchoOfTheReadmeTakesTwoOnEachSide() throws Exception {
    try (Ends ends = Ends.DEFAULT.open()) {
      ends.server().serve(SERVICE, LockHoldsTest::readmeEcho);
      assertThat(most(ends.server(), "an echo, served", () -> hello(ends))).isBetween(1L, 2L);
      assertThat(most(ends.client(), "an echo, called", () -> hello(ends))).isBetween(0L, 2L);
    }
  }

  @Test
  void aRequiringHandlerAtEncryptTakesThree() throws Exception {
    byte[] key = HexFormat.of().parseHex("0102040810204080");
    RxkadToken token =
        TicketIssuer.classic(3, key, new SecureRandom())
            .issue("alice", "", "EXAMPLE.COM", Instant.now(), Duration.ofHours(1));
    CallOptions options = CallOptions.DEFAULT.token(token, SecurityLevel.ENCRYPT);
    CallHandler handler = call -> call.endReply(call.readAll(100));
    try (Ends ends = Ends.DEFAULT.open()) {
      ends.server()
          .serve(
              SERVICE,
              ServiceOptions.rxkad(ServerKeys.des(3, key)),
              CallHandler.requiring(
                  SecurityLevel.ENCRYPT,
                  peer -> peer.principal().equals("alice@EXAMPLE.COM"),
                  handler));
      assertThat(
              most(
                  ends.server(),
                  "a requiring handler at encrypt",
                  () -> ends.client().call(ends.address(), bytes(9), options)))
          .isBetween(1L, 3L);
    }
  }

  @Test
  void beginWriteReadAllTakesThree() throws Exception {
    try (Ends ends = Ends.DEFAULT.open()) {
      ends.server().serve(SERVICE, LockHoldsTest::readmeEcho);
      assertThat(
              most(
                  ends.client(),
                  "begin, write, readAll, close",
                  () -> {
                    try (ClientCall call = ends.client().begin(ends.address())) {
                      call.write(bytes(9), 0, 9);
                      return call.readAll(100);
                    }
                  }))
          .isBetween(1L, 3L);
    }
  }
}
