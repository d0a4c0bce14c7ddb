// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.rekey;

import static io.rxrpc.testkit.SimFailure.unless;
import static io.rxrpc.testkit.SimNet.ms;

import io.rxrpc.key.RxgkToken;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.rxgk.RxgkClient;
import io.rxrpc.security.rxgk.RxgkForm;
import io.rxrpc.security.rxgk.RxgkServer;
import io.rxrpc.testkit.Pace;
import io.rxrpc.testkit.SimCall;
import io.rxrpc.testkit.SimHandler;
import io.rxrpc.testkit.SimPair;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * Calls of any length on the four channels of one connection of rxgk, whose keys are used up every
 * 64 KiB at both ends, over a network that loses, doubles and reorders. Some are read slowly, so
 * that their packets lie about while other channels go from key to key.
 */
final class RxgkLife {
  private static final int SERVICE = 9;
  private static final int CHANNELS = 4;
  private static final int CALLS_EACH = 7;
  private static final int LONGEST = 120_000;

  /** 64 KiB. */
  private static final int BYTELIFE = 16;

  private static final InstantSource CLOCK = () -> Instant.parse("2026-11-22T16:00:00Z");

  final KeyWatch watch = new KeyWatch();
  final String what;
  private final SplittableRandom random;
  private final SimPair pair;
  private final RxgkClient client;

  RxgkLife(long seed) {
    random = new SplittableRandom(seed);
    RxgkForm form = RxgkForm.values()[random.nextInt(2)];
    SecurityLevel level = random.nextBoolean() ? SecurityLevel.AUTH : SecurityLevel.ENCRYPT;
    int enctype = 17 + random.nextInt(4);
    what = "seed " + seed + ", " + form + " " + level + ", encryption type " + enctype;
    pair = SimPair.seeded(seed).latency(ms(2));
    pair.net().tap(watch);
    pair.links(o -> o.loss(0.10).duplication(0.02).reordering(0.10, ms(3)));
    RxgkServer server = RxgkServer.builder(form, RxgkTokens.KEYS, CLOCK, new Random(seed)).build();
    pair.server().serve(SERVICE, List.of(server), Slow::new);
    RxgkToken token = RxgkTokens.token(form, enctype, level, BYTELIFE);
    client = new RxgkClient(token, level, CLOCK, new Random(seed + 1));
  }

  /** Reads some requests slowly. */
  private final class Slow implements SimHandler {
    private final Pace pace =
        random.nextInt(4) == 0 ? new Pace(65_536, 0, 3_000, ms(4)) : Pace.FAST;

    @Override
    public Answer answer(byte[] request) {
      return Answer.of(request);
    }

    @Override
    public Pace pace() {
      return pace;
    }
  }

  /** Lives it; throws if something is lost or refused. */
  RxgkLife run() {
    SimCall first = call(); // alone: it makes the connection for all
    pair.runUntil(first::isComplete);
    unless(first.ok(), "%s, %s", first.outcome(), first.sealBroken());
    SimCall[] calls = new SimCall[CHANNELS];
    for (int begun = 0; begun < CHANNELS * CALLS_EACH; begun++) {
      int channel = begun % CHANNELS;
      if (begun >= CHANNELS) {
        pair.runUntil(() -> ended(calls) >= 0);
        channel = ended(calls);
        check(calls[channel]);
      }
      calls[channel] = call();
    }
    for (SimCall call : calls) {
      pair.runUntil(call::isComplete);
      check(call);
    }
    pair.net().runFor(ms(3_000));
    unless(pair.client().engine().clientConnections() <= 1, "another connection");
    unless(pair.client().pool().outstanding() == 0, "memory is held by the client");
    unless(pair.server().pool().outstanding() == 0, "memory is held by the server");
    return this;
  }

  private static int ended(SimCall[] calls) {
    for (int i = 0; i < calls.length; i++) {
      if (calls[i].isComplete()) {
        return i;
      }
    }
    return -1;
  }

  private static void check(SimCall call) {
    unless(call.ok(), "%s, %s", call.outcome(), call.sealBroken());
  }

  private SimCall call() {
    int longest = random.nextInt(3) == 0 ? 4_000 : LONGEST;
    byte[] request = new byte[random.nextInt(longest)];
    random.nextBytes(request);
    Pace pace = random.nextInt(4) == 0 ? new Pace(65_536, 0, 3_000, ms(4)) : Pace.FAST;
    return pair.client()
        .call(pair.server().address(), SERVICE, client, request, request, pace, c -> {});
  }
}
