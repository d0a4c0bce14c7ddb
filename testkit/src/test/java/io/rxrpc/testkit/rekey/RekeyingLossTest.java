// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.rekey;

import static io.rxrpc.testkit.PacketFilter.type;
import static io.rxrpc.testkit.SimNet.ms;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.security.SecurityLevel;
import io.rxrpc.testkit.Datagram;
import io.rxrpc.testkit.Pace;
import io.rxrpc.testkit.SimCall;
import io.rxrpc.testkit.SimHandler;
import io.rxrpc.testkit.SimPair;
import io.rxrpc.wire.PacketType;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys that move, between two engines and over a network that loses, doubles and reorders. */
class RekeyingLossTest {
  private static final int SERVICE = 9;
  private static final int CALLS = 3;

  /** Two packets of key each. */
  private static final long LIFE = 2_000;

  /** One network life. */
  private static final class Life {
    final KeyWatch watch = new KeyWatch();
    final SimPair pair;
    final RekeyingSecurity client;
    final RekeyingSecurity server;

    Life(long seed, RekeyingSecurity client, RekeyingSecurity server) {
      this.client = client;
      this.server = server;
      pair = SimPair.seeded(seed).latency(ms(2));
      pair.net().tap(watch);
      pair.server().serve(SERVICE, List.of(server), () -> SimHandler.ECHO);
    }

    Life lossy() {
      pair.links(o -> o.loss(0.06).duplication(0.02).reordering(0.05, ms(3)));
      return this;
    }

    SimCall call(int size) {
      byte[] request = new byte[size];
      new SplittableRandom(size).nextBytes(request);
      return pair.client()
          .call(pair.server().address(), SERVICE, client, request, request, Pace.FAST, c -> {});
    }

    Life run() {
      return run(6, 60_000, 2);
    }

    /** One call to know each other, then long ones with short ones beside, on one connection. */
    Life run(int rounds, int size, int shortRounds) {
      end(call(100));
      for (int round = 0; round < rounds; round++) {
        SimCall longOne = call(size + round);
        for (int n = 0; n < shortRounds; n++) {
          SimCall[] calls = new SimCall[CALLS];
          for (int i = 0; i < CALLS; i++) {
            calls[i] = call(2_500 + 100 * n + 10 * round + i);
          }
          for (SimCall call : calls) {
            end(call);
          }
        }
        end(longOne);
      }
      pair.net().runFor(ms(3000));
      assertThat(pair.client().engine().clientConnections()).isLessThanOrEqualTo(1);
      assertThat(pair.client().pool().outstanding()).isZero();
      assertThat(pair.server().pool().outstanding()).isZero();
      return this;
    }

    void end(SimCall call) {
      pair.runUntil(call::isComplete);
      assertThat(call.ok()).as("%s, %s", call.outcome(), call.sealBroken()).isTrue();
    }
  }

  private static RekeyingSecurity.Plan plan() {
    return RekeyingSecurity.plan();
  }

  @ParameterizedTest
  @EnumSource(SecurityLevel.class)
  void dataOfAnySizeComesBack(SecurityLevel level) {
    Life life = new Life(1, plan().level(level).life(LIFE).build(), plan().level(level).build());
    for (int size : new int[] {0, 1, 12, 1372, 1384, 1385, 1400, 1401, 1412, 1413, 30_000}) {
      SimCall call = life.call(size);
      life.pair.runUntil(call::isComplete);
      assertThat(call.ok()).as("%d octets: %s", size, call.outcome()).isTrue();
      assertThat(call.reply()).hasSize(size);
    }
    assertThat(life.pair.client().engine().clientConnections()).isEqualTo(1);
  }

  @Test
  void aRepeatedPacketKeepsItsKeyAndIsNeverTwoBehind() {
    int repeated = 0;
    int old = 0;
    for (long seed = 1; seed <= 12; seed++) {
      Life life = new Life(seed, plan().life(LIFE).build(), plan().build()).lossy().run();
      assertThat(life.watch.newest(true)).as("seed %d", seed).isGreaterThan(4);
      assertThat(life.watch.newest(false)).as("the server follows").isGreaterThan(3);
      assertThat(life.watch.clientBehind).as("seed %d", seed).isLessThanOrEqualTo(1);
      repeated += life.watch.repeated;
      old += life.watch.repeatedWithAnOldKey;
    }
    assertThat(repeated).isGreaterThan(100);
    assertThat(old).as("repeated with the key before").isPositive();
  }

  /** What the question is for: without it the same networks see packets that a peer may refuse. */
  @Test
  void whoDoesNotAskIsTwoBehindSoon() {
    int behind = 0;
    for (long seed = 1; seed <= 12; seed++) {
      Life life =
          new Life(seed, plan().life(LIFE).careless().build(), plan().build())
              .lossy()
              .run(1, 200_000, 10);
      behind = Math.max(behind, life.watch.clientBehind);
    }
    assertThat(behind).isGreaterThan(1);
  }

  @Test
  void bothEndsMayGoToTheNextKey() {
    for (long seed = 1; seed <= 8; seed++) {
      Life life =
          new Life(seed, plan().life(LIFE).build(), plan().life(3 * LIFE).build()).lossy().run();
      assertThat(life.watch.newest(true)).isGreaterThan(4);
      assertThat(life.watch.newest(false)).isGreaterThan(4);
    }
  }

  @Test
  @DisplayName("each packet of a jumbo datagram has its own key number")
  void jumboDatagrams() {
    long life = 150_000;
    Life one = new Life(3, plan().life(life).build(), plan().life(life).build());
    one.pair.client().joinPackets();
    one.pair.server().joinPackets();
    for (int i = 0; i < 6; i++) {
      one.end(one.call(500_000 + i));
    }
    assertThat(one.watch.mixed).isPositive();
  }

  @Test
  @DisplayName("a nonce of 20 octets, another one for each connection")
  void nonces() {
    Life one = new Life(4, plan().build(), plan().build()).run();
    Life other = new Life(5, plan().build(), plan().build()).run();
    for (Life life : List.of(one, other)) {
      assertThat(life.watch.challenges).isNotEmpty().allSatisfy(c -> assertThat(c).hasSize(20));
    }
    byte[] nonce = one.watch.challenges.getFirst();
    assertThat(nonce).isNotEqualTo(other.watch.challenges.getFirst());
    assertThat(Arrays.equals(nonce, 0, 10, nonce, 10, 20)).isFalse();
  }

  @Test
  @Tag("R-93")
  @DisplayName("R-93: a RESPONSE that was lost goes again as it was, with its key number")
  void theResponseHasAKeyNumberAndIsRepeated() {
    Life life = new Life(6, plan().life(1).build(), plan().build());
    life.pair.net().drop(type(PacketType.RESPONSE), 2);
    SimCall call = life.call(5_000);
    life.pair.runUntil(call::isComplete);
    assertThat(call.ok()).as("%s", call.outcome()).isTrue();
    List<Datagram> responses = life.watch.responses;
    assertThat(responses).hasSizeGreaterThan(2);
    for (Datagram response : responses) {
      assertThat(KeyWatch.key(response)).as("what the request was sealed with at last").isOne();
      assertThat(Arrays.copyOfRange(response.bytes(), 28, response.length()))
          .isEqualTo(Arrays.copyOfRange(responses.getFirst().bytes(), 28, response.length()));
    }
    assertThat(life.server.made).hasSize(1);
    assertThat(life.server.made.getFirst().keys.current()).isPositive();
  }

  @Test
  void aWrongSecretIsRefusedWithACodeOfTheClass() {
    Life life = new Life(7, plan().secret(4711).build(), plan().build());
    SimCall call = life.call(100);
    life.pair.runUntil(call::isComplete);
    assertThat(call.outcome().abortCode()).isEqualTo(RekeyingSecurity.SEALED_INCONSISTENT);
  }
}
