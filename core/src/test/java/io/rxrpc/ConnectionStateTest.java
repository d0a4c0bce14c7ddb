// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static io.rxrpc.Ends.SERVICE;
import static io.rxrpc.Ends.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.rxkad.ServerKeys;
import io.rxrpc.security.rxkad.TicketIssuer;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a server keeps on the connections of its clients. */
@Timeout(60)
class ConnectionStateTest {
  /** Counts the calls of one connection. */
  private static final class Calls {
    private final AtomicInteger count = new AtomicInteger();
  }

  /** Tells each client how many calls have come on its connection. */
  private static void serveCounting(RxrpcEndpoint server, AtomicInteger made, CountDownLatch closed)
      throws RxrpcException {
    server.serve(
        SERVICE,
        call -> {
          Calls calls =
              call.connection()
                  .attachment(
                      Calls.class,
                      connection -> {
                        made.incrementAndGet();
                        connection.onClosed(closed::countDown);
                        return new Calls();
                      });
          call.endReply(new byte[] {(byte) calls.count.incrementAndGet()});
        });
  }

  @Test
  void callsOfOneConnectionShareItsStateAndOthersHaveTheirOwn() throws Exception {
    try (Ends ends = Ends.DEFAULT.open()) {
      AtomicInteger made = new AtomicInteger();
      serveCounting(ends.server(), made, new CountDownLatch(1));
      CallOptions own = CallOptions.DEFAULT.exclusive(true);
      try (RxrpcEndpoint other = RxrpcEndpoint.open()) {
        assertThat(other.call(ends.address(), bytes(1))).containsExactly(1);
        assertThat(ends.client().call(ends.address(), bytes(1), own)).containsExactly(1);
        assertThat(ends.client().call(ends.address(), bytes(1), own)).containsExactly(1);
        assertThat(made).hasValue(3);
        int most = 0;
        for (int i = 0; i < 10; i++) {
          most = Math.max(most, ends.client().call(ends.address(), bytes(1))[0]);
        }
        assertThat(most).isGreaterThanOrEqualTo(5); // they went on one connection, or two
      }
    }
  }

  @Test
  void theEndOfAnIdleConnectionIsTold() throws Exception {
    Tunables soon =
        Tunables.fromProperties().with(Tunable.SERVICE_IDLE_EXPIRY, Duration.ofMillis(20));
    try (Ends ends = Ends.DEFAULT.open(soon)) {
      CountDownLatch closed = new CountDownLatch(1);
      serveCounting(ends.server(), new AtomicInteger(), closed);
      assertThat(ends.client().call(ends.address(), bytes(1))).containsExactly(1);
      assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void theEndOfTheEndpointEndsItsConnectionsAndALateListenerIsToldAtOnce() throws Exception {
    try (Ends ends = Ends.DEFAULT.open()) {
      CompletableFuture<RxrpcConnection> seen = new CompletableFuture<>();
      CountDownLatch closed = new CountDownLatch(1);
      ends.server()
          .serve(
              SERVICE,
              call -> {
                RxrpcConnection connection = call.connection();
                assertThat(call.connection()).isSameAs(connection);
                assertThat(connection.isClosed()).isFalse();
                connection.onClosed(
                    () -> {
                      throw new IllegalStateException("planted: others are told all the same");
                    });
                connection.onClosed(closed::countDown);
                seen.complete(connection);
              });
      ends.client().call(ends.address(), bytes(1));
      ends.server().close();
      assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(seen.get().isClosed()).isTrue();
      CountDownLatch late = new CountDownLatch(1);
      seen.get().onClosed(late::countDown);
      assertThat(late.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void whatIsAttachedCanBeReplacedAndTakenAway() throws Exception {
    try (Ends ends = Ends.DEFAULT.open()) {
      ends.server()
          .serve(
              SERVICE,
              call -> {
                RxrpcConnection c = call.connection();
                assertThat(c.attachment(String.class)).isNull();
                assertThat(c.attach(String.class, "one")).isNull();
                assertThat(c.attachment(Integer.class, fresh -> 7)).isEqualTo(7);
                assertThat(c.attachment(String.class, fresh -> "two")).isEqualTo("one");
                assertThat(c.attach(String.class, null)).isEqualTo("one");
                assertThat(c.attachment(String.class)).isNull();
                call.write(c.toString().getBytes(StandardCharsets.UTF_8));
              });
      assertThat(new String(ends.client().call(ends.address(), bytes(1)), StandardCharsets.UTF_8))
          .startsWith("connection from 127.0.0.1:");
    }
  }

  @Test
  void aConnectionKnowsWhoseItIs() throws Exception {
    byte[] key = HexFormat.of().parseHex("0102040810204080");
    try (Ends ends = Ends.DEFAULT.open()) {
      ends.server()
          .serve(
              SERVICE,
              ServiceOptions.rxkad(ServerKeys.des(3, key)).minimumLevel(SecurityLevel.AUTH),
              call -> {
                RxrpcConnection c = call.connection();
                assertThat(c.level()).isEqualTo(SecurityLevel.ENCRYPT);
                assertThat(c.client()).isEqualTo(call.client());
                assertThat(c.epoch()).isEqualTo(call.epoch());
                call.write(c.toString().getBytes(StandardCharsets.UTF_8));
              });
      CallOptions alice =
          CallOptions.DEFAULT.token(
              TicketIssuer.classic(3, key, new SecureRandom())
                  .issue("alice", "", "EXAMPLE.COM", Instant.now(), Duration.ofHours(1)),
              SecurityLevel.ENCRYPT);
      assertThat(
              new String(
                  ends.client().call(ends.address(), bytes(1), alice), StandardCharsets.UTF_8))
          .endsWith(" of alice@EXAMPLE.COM");
    }
  }
}
