// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.rekey;

import static io.rxrpc.testkit.PacketFilter.type;
import static io.rxrpc.testkit.SimNet.ms;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.key.RxgkToken;
import io.rxrpc.security.ClientSecurity;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.ServerSecurity;
import io.rxrpc.security.rxgk.RxgkClient;
import io.rxrpc.security.rxgk.RxgkForm;
import io.rxrpc.security.rxgk.RxgkServer;
import io.rxrpc.testkit.Datagram;
import io.rxrpc.testkit.Pace;
import io.rxrpc.testkit.Saboteur;
import io.rxrpc.testkit.SimCall;
import io.rxrpc.testkit.SimHandler;
import io.rxrpc.testkit.SimPair;
import io.rxrpc.wire.AbortCodes;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a connection of rxgk begins over a network that loses, or that somebody sits on. */
class RxgkHandshakeTest {
  private static final int SERVICE = 9;
  private static final InstantSource CLOCK = () -> Instant.parse("2026-11-22T16:00:00Z");
  private static final byte[] REQUEST = new byte[5_000];

  private KeyWatch watch = new KeyWatch();
  private final List<byte[]> served = new ArrayList<>();
  private long seed = 3;

  private SimPair pair(RxgkForm form, ServerSecurity... others) {
    SimPair pair = SimPair.seeded(seed++).latency(ms(2));
    watch = new KeyWatch();
    pair.net().tap(watch);
    List<ServerSecurity> all = new ArrayList<>(List.of(others));
    all.add(RxgkServer.builder(form, RxgkTokens.KEYS, CLOCK, new Random(1)).build());
    pair.server()
        .serve(
            SERVICE,
            all,
            () ->
                request -> {
                  served.add(request);
                  return SimHandler.Answer.of(request);
                });
    return pair;
  }

  private static RxgkToken token(RxgkForm form) {
    return RxgkTokens.token(form, 18, SecurityLevel.ENCRYPT, 0);
  }

  private static SimCall call(SimPair pair, RxgkToken token) {
    ClientSecurity client = new RxgkClient(token, SecurityLevel.ENCRYPT, CLOCK, new Random(2));
    return pair.client()
        .call(pair.server().address(), SERVICE, client, REQUEST, null, Pace.FAST, c -> {});
  }

  @ParameterizedTest
  @EnumSource(RxgkForm.class)
  @Tag("R-93")
  @DisplayName("R-93: a RESPONSE that was lost goes again as it was")
  void theResponseIsRepeated(RxgkForm form) {
    SimPair pair = pair(form);
    pair.net().drop(type(PacketType.RESPONSE), 3);
    SimCall call = call(pair, token(form));
    pair.runUntil(call::isComplete);
    assertThat(call.ok()).as("%s", call.outcome()).isTrue();
    assertThat(watch.responses).hasSizeGreaterThan(3);
    for (Datagram response : watch.responses) {
      assertThat(Arrays.copyOfRange(response.bytes(), Header.LENGTH, response.length()))
          .isEqualTo(
              Arrays.copyOfRange(
                  watch.responses.getFirst().bytes(), Header.LENGTH, response.length()));
    }
  }

  /** As a Linux server does, which says nothing at all to a RESPONSE that does not verify. */
  @ParameterizedTest
  @EnumSource(RxgkForm.class)
  @Tag("R-93")
  @DisplayName("R-93: a call ends in time although its server is silent about the RESPONSE")
  void aSilentServer(RxgkForm form) {
    SimPair pair = pair(form);
    pair.net().drop(type(PacketType.ABORT), Integer.MAX_VALUE);
    RxgkToken good = token(form);
    RxgkToken forged = new RxgkToken(form.index(), 18, new byte[32], 2, 0, 0, 0, 0, good.token());
    SimCall call = call(pair, forged);
    pair.runUntil(call::isComplete);
    assertThat(call.ok()).isFalse();
    assertThat(call.outcome().abortCode() != 0 || call.outcome().errno() != 0).isTrue();
    assertThat(pair.elapsed()).isLessThan(ms(200_000));
    assertThat(served).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(RxgkForm.class)
  @DisplayName("a token without its key is refused with a code of the form")
  void aStolenToken(RxgkForm form) {
    SimPair pair = pair(form);
    RxgkToken good = token(form);
    SimCall call =
        call(pair, new RxgkToken(form.index(), 18, new byte[32], 2, 0, 0, 0, 0, good.token()));
    pair.runUntil(call::isComplete);
    assertThat(call.outcome().abortCode())
        .isEqualTo(AbortCodes.RXGK_BASE + (form == RxgkForm.YFS ? 3 : 9));
  }

  /** A RESPONSE that was seen on another connection, in the place of the client's own. */
  @ParameterizedTest
  @EnumSource(RxgkForm.class)
  @DisplayName("a RESPONSE of another connection is refused with a code of the form")
  void aReplayedResponse(RxgkForm form) {
    SimPair first = pair(form);
    SimCall seen = call(first, token(form));
    first.runUntil(seen::isComplete);
    byte[] old = watch.responses.getFirst().bytes();
    served.clear();
    SimPair second = pair(form);
    second
        .server()
        .sabotage(
            new Saboteur() {
              @Override
              public List<Datagram> incoming(long now, Datagram d) {
                if (d.type() != PacketType.RESPONSE) {
                  return List.of(d);
                }
                byte[] bytes = old.clone();
                System.arraycopy(d.bytes(), 0, bytes, 0, Header.LENGTH);
                return List.of(d.with(bytes));
              }
            });
    SimCall call = call(second, token(form));
    second.runUntil(call::isComplete);
    assertThat(call.outcome().abortCode())
        .isEqualTo(AbortCodes.RXGK_BASE + (form == RxgkForm.YFS ? 3 : 9));
    assertThat(served).isEmpty();
  }

  /**
   * Somebody on the path who changes the security index of all packets in both directions, where
   * the service takes calls without security too: he gets no call served that its client believes
   * in.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, 16, 32, 64, 128, 6})
  void nobodyLowersIt(int mask) {
    for (RxgkForm form : RxgkForm.values()) {
      served.clear();
      SimPair pair = pair(form, NullSecurity.INSTANCE);
      Saboteur other =
          new Saboteur() {
            @Override
            public List<Datagram> incoming(long now, Datagram d) {
              byte[] bytes = d.bytes().clone();
              bytes[Header.SECURITY_INDEX] ^= (byte) mask;
              return List.of(d.with(bytes));
            }
          };
      pair.server().sabotage(other);
      pair.client().sabotage(other);
      SimCall call = call(pair, token(form));
      pair.runUntil(call::isComplete);
      assertThat(call.ok()).as("%s, %s", form, call.outcome()).isFalse();
      for (byte[] request : served) {
        assertThat(request).as("nothing of the request").isNotEqualTo(REQUEST);
      }
    }
  }
}
