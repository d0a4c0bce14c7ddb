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
import io.rxrpc.udp.PortKind;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bulk data over real UDP on ports that need a system call for each datagram. */
class JumboTransferTest {
  private static final int LENGTH = 6_000_000;

  /** As over an Ethernet: else packets themselves are larger. */
  private static Tunables ethernet() {
    return Tunables.fromProperties().with(Tunable.INTERFACE_MTU, 1444);
  }

  private static void echo(Ends ends) throws Exception {
    ends.server().serve(SERVICE, CallHandler.blob(request -> request));
    assertThat(ends.client().call(ends.address(), bytes(LENGTH))).isEqualTo(bytes(LENGTH));
  }

  private static long count(RxrpcEndpoint endpoint, String counter) {
    return endpoint.counters().get(counter);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void packetsGoTogetherBothWays(String host) throws Exception {
    Tunables tunables = ethernet().with(Tunable.TX_JUMBO, 6);
    try (Ends ends = new Ends.Way(PortKind.NIO, host).open(tunables)) {
      echo(ends);
      assertThat(count(ends.client(), "jumbos-sent")).isPositive();
      assertThat(count(ends.server(), "jumbos-received")).isPositive();
      assertThat(count(ends.server(), "jumbos-sent")).isPositive();
      assertThat(count(ends.client(), "jumbos-received")).isPositive();
      assertThat(count(ends.client(), "datagrams-sent"))
          .as("for %d packets", count(ends.client(), "data-sent"))
          .isLessThan(count(ends.client(), "data-sent") * 9 / 10);
      assertThat(count(ends.server(), "malformed")).isZero();
    }
  }

  @Test
  void noneGoTogetherWhereThatIsNotWished() throws Exception {
    Tunables tunables = ethernet().with(Tunable.TX_JUMBO, 1);
    try (Ends ends = new Ends.Way(PortKind.NIO, "127.0.0.1").open(tunables)) {
      echo(ends);
      assertThat(count(ends.client(), "jumbos-sent")).isZero();
      assertThat(count(ends.client(), "mtu-probes-sent")).isZero();
    }
  }

  @Test
  void noneGoTogetherWhereTheSystemCutsTrains() throws Exception {
    try (Ends ends = Ends.DEFAULT.open(ethernet())) {
      echo(ends);
      assertThat(count(ends.client(), "jumbos-sent")).isZero();
      assertThat(count(ends.client(), "mtu-probes-sent")).isZero();
    }
  }

  /**
   * A peer that tells windows and sizes as OpenAFS does is taken for one: it has no use for trains.
   */
  @Test
  void packetsGoTogetherWhereTheSystemCutsTrainsForWhoIsLikeOpenafs() throws Exception {
    Tunables openafs = ethernet().with(Tunable.RX_WINDOW, 32);
    try (Ends ends = Ends.DEFAULT.open(openafs)) {
      echo(ends);
      assertThat(count(ends.client(), "jumbos-sent")).isPositive();
      assertThat(count(ends.server(), "jumbos-received"))
          .isEqualTo(count(ends.client(), "jumbos-sent"));
      assertThat(count(ends.server(), "jumbos-sent")).isPositive();
      assertThat(count(ends.server(), "malformed")).isZero();
    }
  }

  /** No option is set, and whole large packets are better than several in a datagram. */
  @ParameterizedTest
  @MethodSource("io.rxrpc.Ends#ways")
  void onLoopbackPacketsThemselvesBecomeLarge(Ends.Way way) throws Exception {
    try (Ends ends = way.open()) {
      echo(ends);
      int small = LENGTH / 1412;
      assertThat(count(ends.client(), "data-sent")).isLessThan(small / 2);
      assertThat(count(ends.server(), "data-sent")).isLessThan(small / 2);
      assertThat(count(ends.server(), "malformed")).isZero();
    }
  }

  private static CallOptions sealed(byte[] key, SecurityLevel level) throws Exception {
    TicketIssuer issuer = TicketIssuer.classic(3, key, new SecureRandom());
    return CallOptions.DEFAULT.token(
        issuer.issue("alice", "", "EXAMPLE.COM", Instant.now(), Duration.ofHours(1)), level);
  }

  /** Blocks that are chained within a packet are encrypted faster in many packets side by side. */
  @ParameterizedTest
  @EnumSource(SecurityLevel.class)
  void onLoopbackSealedPacketsBecomeLargeUnlessEncrypted(SecurityLevel level) throws Exception {
    byte[] key = HexFormat.of().parseHex("0102040810204080");
    try (Ends ends = Ends.DEFAULT.open()) {
      ends.server()
          .serve(
              SERVICE,
              ServiceOptions.rxkad(ServerKeys.des(3, key)),
              CallHandler.blob(request -> request));
      assertThat(ends.client().call(ends.address(), bytes(LENGTH), sealed(key, level)))
          .isEqualTo(bytes(LENGTH));
      boolean large = count(ends.client(), "data-sent") < LENGTH / 1412 / 2;
      assertThat(large).isEqualTo(level != SecurityLevel.ENCRYPT);
    }
  }

  /** A sealed packet is a multiple of 8 long: no part of a jumbo datagram. */
  @ParameterizedTest
  @EnumSource(SecurityLevel.class)
  void sealedPacketsGoAlone(SecurityLevel level) throws Exception {
    byte[] key = HexFormat.of().parseHex("0102040810204080");
    CallOptions options = sealed(key, level);
    try (Ends ends = new Ends.Way(PortKind.NIO, "127.0.0.1").open(ethernet())) {
      ends.server()
          .serve(
              SERVICE,
              ServiceOptions.rxkad(ServerKeys.des(3, key)),
              CallHandler.blob(request -> request));
      assertThat(ends.client().call(ends.address(), bytes(LENGTH), options))
          .isEqualTo(bytes(LENGTH));
      boolean sealed = level != SecurityLevel.CLEAR;
      assertThat(count(ends.client(), "jumbos-sent") == 0).isEqualTo(sealed);
    }
  }
}
