// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.flip;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.engine.Completion;
import io.rxrpc.key.RxgkToken;
import io.rxrpc.security.PeerIdentity;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.rxgk.RxgkClient;
import io.rxrpc.security.rxgk.RxgkForm;
import io.rxrpc.security.rxgk.RxgkServer;
import io.rxrpc.testkit.SimCall;
import io.rxrpc.testkit.SimFailure;
import io.rxrpc.testkit.flip.Flip.Target;
import io.rxrpc.testkit.rekey.RxgkTokens;
import io.rxrpc.wire.AbortCodes;
import io.rxrpc.wire.Header;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One seeded round of rxgk: which call, which bit, and what must come of it. At auth and encrypt
 * every octet that anybody is given is the right one; only where the data ends is said by a flag
 * that no class of Rx covers.
 */
final class RxgkFlippedCall {
  private static final InstantSource CLOCK = () -> Instant.parse("2026-11-22T16:00:00Z");

  private final long seed;
  private final SplittableRandom random;
  private final RxgkForm form;
  private final SecurityLevel level;
  private final int enctype;
  private final byte[] request;

  /**
   * @param levels of which one is chosen
   */
  RxgkFlippedCall(long seed, SecurityLevel... levels) {
    this.seed = seed;
    random = new SplittableRandom(seed);
    form = RxgkForm.values()[random.nextInt(2)];
    level = levels[random.nextInt(levels.length)];
    enctype = 17 + random.nextInt(4);
    int[] sizes = {random.nextInt(40), 1320 + random.nextInt(100), random.nextInt(4200)};
    request = new byte[sizes[random.nextInt(sizes.length)]];
    random.nextBytes(request);
  }

  /** What came of it, in words; null if there was no such datagram to flip a bit of. */
  @Nullable String run() {
    Target target = Target.values()[random.nextInt(Target.values().length)];
    boolean data = target == Target.REQUEST || target == Target.REPLY;
    int packets = request.length / 1348 + 1;
    Flip flip = new Flip(target, data ? random.nextInt(packets) : 0, random);
    SecurityLevel least = SecurityLevel.of(random.nextInt(level.number() + 1));
    RxgkServer server =
        RxgkServer.builder(form, RxgkTokens.KEYS, CLOCK, new Random(seed))
            .minimumLevel(least == null ? level : least)
            .build();
    RxgkToken token = RxgkTokens.token(form, enctype, level, random.nextInt(2) * 10L);
    RxgkClient client = new RxgkClient(token, level, CLOCK, new Random(seed + 1));
    SecureLife life = new SecureLife(seed, server, client, request, flip);
    SimCall call;
    try {
      call = life.run();
    } catch (SimFailure e) {
      throw new AssertionError(flip.toString(), e);
    }
    for (PeerIdentity peer : life.believed) {
      assertThat(peer.principal()).isEqualTo(RxgkTokens.NAME);
      assertThat(peer.level()).isEqualTo(level);
      assertThat(peer.expiry()).isNull();
    }
    assertThat(life.seen.isEmpty() || !life.believed.isEmpty()).as("served unverified").isTrue();
    return flip.struck() ? flip.target() + " " + level + ": " + outcome(flip, life, call) : null;
  }

  private String outcome(Flip flip, SecureLife life, SimCall call) {
    boolean data = flip.target() == Target.REQUEST || flip.target() == Target.REPLY;
    if (data && flip.at() == Header.FLAGS) {
      return end(life, call);
    }
    if (data && level == SecurityLevel.CLEAR) {
      return flip.at() < Header.LENGTH ? uncovered(call) : clear(flip, life, call);
    }
    for (byte[] seen : life.seen) {
      assertThat(seen).as("what the handler saw").isEqualTo(request);
    }
    if (call.ok()) {
      assertThat(life.seen).hasSize(1);
      assertThat(call.reply()).as("what the client got").isEqualTo(request);
      return "right data";
    }
    boolean sealed = data && flip.at() >= Header.LENGTH;
    String how = failed(call);
    if (sealed) {
      assertThat(how).contains("RXGK_");
    }
    return how;
  }

  /** Where the data ends, of which no class knows: right octets, of whole packets. */
  private String end(SecureLife life, SimCall call) {
    for (byte[] seen : life.seen) {
      prefix(seen, request);
    }
    if (!call.ok()) {
      return "flags: " + failed(call);
    }
    assertThat(life.seen).hasSize(1);
    prefix(call.reply(), life.seen.getFirst());
    return call.reply().length == request.length
        ? "flags: right data"
        : "flags: ended by a false LAST";
  }

  private static void prefix(byte[] got, byte[] whole) {
    assertThat(got.length).isLessThanOrEqualTo(whole.length);
    assertThat(got).isEqualTo(Arrays.copyOf(whole, got.length));
  }

  /** At clear nothing ties a packet to its place: it may be served as another call's. */
  private String uncovered(SimCall call) {
    return call.ok() ? "header: whatever came of it" : "header: " + failed(call);
  }

  /** That bit and no other. */
  private String clear(Flip flip, SecureLife life, SimCall call) {
    assertThat(call.ok()).isTrue();
    byte[] got = call.reply();
    assertThat(got).hasSameSizeAs(request);
    int differ = 0;
    for (int i = 0; i < got.length; i++) {
      differ += Integer.bitCount((got[i] ^ request[i]) & 0xff);
    }
    assertThat(differ).as("%s", flip).isLessThanOrEqualTo(1);
    assertThat(life.seen).hasSize(1);
    return differ == 0 ? "right data" : "that bit";
  }

  /** Every failure has a name: an abort code or an errno. */
  private String failed(SimCall call) {
    SecurityFailure broken = call.sealBroken();
    if (broken != null) {
      return AbortCodes.name(broken.abortCode(), form.index());
    }
    Completion end = call.outcome();
    assertThat(end).isNotNull();
    assertThat(end.abortCode() != 0 || end.errno() != 0).as("%s", end).isTrue();
    String name = AbortCodes.name(end.abortCode(), form.index());
    return end.kind() + " " + (name == null ? end.abortCode() + "/" + end.errno() : name);
  }
}
