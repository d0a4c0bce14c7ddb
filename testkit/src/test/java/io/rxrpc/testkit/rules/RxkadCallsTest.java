// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.rules;

import static io.rxrpc.testkit.PacketFilter.type;
import static io.rxrpc.testkit.SimNet.ms;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.engine.Completion;
import io.rxrpc.key.RxkadToken;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.rxkad.RxkadClient;
import io.rxrpc.security.rxkad.RxkadServer;
import io.rxrpc.security.rxkad.ServerKeys;
import io.rxrpc.security.rxkad.TicketIssuer;
import io.rxrpc.testkit.Pace;
import io.rxrpc.testkit.SimCall;
import io.rxrpc.testkit.SimHandler;
import io.rxrpc.testkit.SimPair;
import io.rxrpc.wire.AbortCodes;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** rxkad in whole calls between two engines. Wall time stands still unless a test moves it. */
class RxkadCallsTest {
  private static final int SECURED = 7;
  private static final byte[] KEY = HexFormat.of().parseHex("0102040810204080");
  private static final Instant START = Instant.parse("2026-11-22T16:00:00Z");

  private Instant wall = START;
  private final InstantSource clock = () -> wall;
  private final RxkadToken token =
      TicketIssuer.classic(3, KEY, new Random(1))
          .issue("alice", "", "EXAMPLE.COM", START, Duration.ofHours(1));

  private SimPair pair(SecurityLevel least) {
    ServerKeys keys =
        (service, kvno, enctype) -> service == SECURED && kvno == 3 ? KEY.clone() : null;
    SimPair pair = SimPair.seeded(3).latency(ms(2));
    RxkadServer security = RxkadServer.builder(keys, clock).minimumLevel(least).build();
    pair.server().serve(SECURED, List.of(security), () -> SimHandler.ECHO);
    return pair;
  }

  private SimCall call(SimPair pair, RxkadToken with, SecurityLevel level, int size) {
    byte[] request = new byte[size];
    new SplittableRandom(size).nextBytes(request);
    RxkadClient security = new RxkadClient(with, level, clock);
    return pair.client()
        .call(pair.server().address(), SECURED, security, request, request, Pace.FAST, c -> {});
  }

  private static void assertNothingHeld(SimPair pair) {
    pair.net().runFor(ms(3000));
    assertThat(pair.client().pool().outstanding()).isZero();
    assertThat(pair.server().pool().outstanding()).isZero();
  }

  @ParameterizedTest
  @EnumSource(SecurityLevel.class)
  void dataOfAnySizeComesBack(SecurityLevel level) {
    SimPair pair = pair(level);
    int[] sizes = {0, 1, 3, 4, 5, 8, 1399, 1400, 1401, 1404, 1405, 1412, 2800, 2801, 100_000};
    for (int size : sizes) {
      SimCall call = call(pair, token, level, size);
      pair.runUntil(call::isComplete);
      assertThat(call.ok()).as("%d bytes: %s", size, call.outcome()).isTrue();
      assertThat(call.reply()).hasSize(size);
    }
    assertThat(pair.client().engine().clientConnections()).isEqualTo(1);
    assertNothingHeld(pair);
  }

  @ParameterizedTest
  @EnumSource(SecurityLevel.class)
  void aBadNetworkIsNoTrouble(SecurityLevel level) {
    SimPair pair = pair(SecurityLevel.CLEAR);
    pair.links(o -> o.loss(0.03).duplication(0.02).reordering(0.05, ms(3)));
    SimCall[] calls = new SimCall[6];
    for (int i = 0; i < calls.length; i++) {
      calls[i] = call(pair, token, level, 40_000 + i);
    }
    for (SimCall call : calls) {
      pair.runUntil(call::isComplete);
      assertThat(call.ok()).as("%s", call.outcome()).isTrue();
    }
    assertNothingHeld(pair);
  }

  @Test
  void callsOfDifferentLevelsShareNoConnection() {
    SimPair pair = pair(SecurityLevel.CLEAR);
    SimCall clear = call(pair, token, SecurityLevel.CLEAR, 10);
    SimCall sealed = call(pair, token, SecurityLevel.ENCRYPT, 10);
    pair.runUntil(sealed::isComplete);
    SimCall again = call(pair, token, SecurityLevel.ENCRYPT, 10);
    int cid = Header.connectionId(sealed.call().cid());
    assertThat(Header.connectionId(again.call().cid())).isEqualTo(cid);
    assertThat(Header.connectionId(clear.call().cid())).isNotEqualTo(cid);
    pair.runUntil(() -> clear.isComplete() && sealed.isComplete() && again.isComplete());
    assertThat(clear.ok() && sealed.ok() && again.ok()).isTrue();
  }

  @Test
  @Tag("R-64")
  @DisplayName("R-64: too low a level ends the call on both ends")
  void levelTooLow() {
    SimPair pair = pair(SecurityLevel.ENCRYPT);
    SimCall call = call(pair, token, SecurityLevel.AUTH, 10);
    pair.runUntil(call::isComplete);
    assertThat(call.outcome().abortCode()).isEqualTo(AbortCodes.RXKADLEVELFAIL);
    assertThat(call.outcome().kind()).isEqualTo(Completion.Kind.LOCAL_ABORT);
    assertNothingHeld(pair);
    assertThat(pair.server().engine().liveCalls()).isZero();
  }

  @Test
  @Tag("R-68")
  @DisplayName("R-68: a ticket under another key: the server says so, and that ends the connection")
  void wrongServerKey() {
    SimPair pair = pair(SecurityLevel.CLEAR);
    byte[] other = HexFormat.of().parseHex("d3f1a2b4c5e60718");
    RxkadToken wrong =
        TicketIssuer.classic(3, other, new Random(2))
            .issue("alice", "", "EXAMPLE.COM", START, Duration.ofHours(1));
    SimCall call = call(pair, wrong, SecurityLevel.ENCRYPT, 10);
    SimCall beside = call(pair, wrong, SecurityLevel.ENCRYPT, 10);
    pair.runUntil(() -> call.isComplete() && beside.isComplete());
    for (SimCall c : List.of(call, beside)) {
      assertThat(c.outcome().abortCode()).isEqualTo(AbortCodes.RXKADBADTICKET);
      assertThat(c.outcome().kind()).isEqualTo(Completion.Kind.REMOTE_ABORT);
    }
    assertNothingHeld(pair);
  }

  @Test
  void anUnknownKeyVersionHasItsOwnCode() {
    SimPair pair = pair(SecurityLevel.CLEAR);
    RxkadToken other = new RxkadToken(4, token.sessionKey(), token.end(), token.ticket());
    SimCall call = call(pair, other, SecurityLevel.CLEAR, 10);
    pair.runUntil(call::isComplete);
    assertThat(call.outcome().abortCode()).isEqualTo(AbortCodes.RXKADUNKNOWNKEY);
  }

  @Test
  void anExpiredTokenSendsNoPacket() {
    SimPair pair = pair(SecurityLevel.CLEAR);
    wall = START.plus(Duration.ofHours(2));
    long before = pair.net().datagrams();
    SimCall call = call(pair, token, SecurityLevel.CLEAR, 10);
    pair.runUntil(call::isComplete);
    assertThat(call.outcome().kind()).isEqualTo(Completion.Kind.LOCAL_ERROR);
    assertThat(call.outcome().abortCode()).isEqualTo(AbortCodes.RXKADEXPIRED);
    assertThat(pair.net().datagrams()).isEqualTo(before);
  }

  @Test
  @DisplayName("a ticket that ends between two calls of a live connection ends the second one")
  void theTicketEndsOnALiveConnection() {
    SimPair pair = pair(SecurityLevel.CLEAR);
    SimCall first = call(pair, token, SecurityLevel.AUTH, 10);
    pair.runUntil(first::isComplete);
    assertThat(first.ok()).isTrue();
    // a client that thinks its token lasts longer: the server knows better
    wall = START.plus(Duration.ofHours(1)).plusSeconds(1);
    InstantSource slow = () -> START;
    RxkadClient late = new RxkadClient(token, SecurityLevel.AUTH, slow);
    SimCall second =
        pair.client()
            .call(
                pair.server().address(),
                SECURED,
                late,
                new byte[9],
                new byte[9],
                Pace.FAST,
                c -> {});
    pair.runUntil(second::isComplete);
    assertThat(second.ok()).isFalse();
    SimCall third = call(pair, token, SecurityLevel.AUTH, 10);
    pair.runUntil(third::isComplete);
    assertThat(third.ok()).isFalse();
    assertNothingHeld(pair);
  }

  @Test
  void aServerThatForgotTheConnectionIsProvenToAnew() {
    SimPair pair = pair(SecurityLevel.ENCRYPT);
    SimCall first = call(pair, token, SecurityLevel.ENCRYPT, 10);
    pair.runUntil(first::isComplete);
    pair.net().drop(type(PacketType.CHALLENGE), 1);
    SimCall second = call(pair, token, SecurityLevel.ENCRYPT, 5000);
    pair.runUntil(second::isComplete);
    assertThat(second.ok()).isTrue();
  }

  @Test
  @DisplayName("tickets are judged by wall time, and timers by monotonic time: either may jump")
  void wallTimeAndMonotonicTimeAreApart() {
    SimPair pair = pair(SecurityLevel.CLEAR);
    SimCall first = call(pair, token, SecurityLevel.AUTH, 10);
    pair.runUntil(first::isComplete);
    // five hours of timers in one hour of ticket: it is still good, on a new connection
    pair.net().runFor(ms(5 * 3_600_000L));
    SimCall second = call(pair, token, SecurityLevel.AUTH, 10);
    pair.runUntil(second::isComplete);
    assertThat(second.ok()).isTrue();
    // the wall clock goes back and forth while a call is under way: no timer minds
    pair.net().drop(type(PacketType.RESPONSE), 1);
    pair.net().runFor(ms(600_000));
    SimCall third = call(pair, token, SecurityLevel.AUTH, 10);
    pair.net().runFor(ms(100));
    wall = START.minus(Duration.ofMinutes(10));
    pair.net().runFor(ms(100));
    wall = START.plus(Duration.ofMinutes(59));
    long before = pair.elapsed();
    pair.runUntil(third::isComplete);
    assertThat(third.ok()).as("%s", third.outcome()).isTrue();
    assertThat(pair.elapsed() - before).isLessThan(ms(2_000)); // the CHALLENGE came again
    // not a moment of monotonic time later it has ended
    wall = START.plus(Duration.ofHours(1)).plusSeconds(1);
    SimCall fourth = call(pair, token, SecurityLevel.AUTH, 10);
    pair.runUntil(fourth::isComplete);
    assertThat(fourth.outcome().abortCode()).isEqualTo(AbortCodes.RXKADEXPIRED);
  }
}
