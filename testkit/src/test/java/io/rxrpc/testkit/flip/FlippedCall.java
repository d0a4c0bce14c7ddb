// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.flip;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.engine.Completion;
import io.rxrpc.key.RxkadToken;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.rxkad.RxkadClient;
import io.rxrpc.security.rxkad.RxkadServer;
import io.rxrpc.security.rxkad.ServerKeys;
import io.rxrpc.security.rxkad.TicketIssuer;
import io.rxrpc.testkit.SimCall;
import io.rxrpc.testkit.SimFailure;
import io.rxrpc.testkit.flip.Flip.Target;
import io.rxrpc.wire.AbortCodes;
import io.rxrpc.wire.Header;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One seeded round: which call, which bit, and what must come of it. */
final class FlippedCall {
  private static final Instant NOW = Instant.parse("2026-11-22T16:00:00Z");
  private static final InstantSource CLOCK = () -> NOW;
  private static final byte[] DES_KEY = HexFormat.of().parseHex("0102040810204080");
  private static final byte[] AES_KEY = HexFormat.of().parseHex("4a754f90eb12c43fcd1867e1e44df40c");

  private static final int CHALLENGE_NONCE = Header.LENGTH + 4;
  private static final int CHALLENGE_LEVEL = Header.LENGTH + 8;
  private static final int CHALLENGE_SPARE = Header.LENGTH + 12;
  private static final int BLOCK = 8;

  /** What may be said of an altered RESPONSE. */
  private static final Set<Integer> RESPONSE_CODES =
      Set.of(
          AbortCodes.RXKADINCONSISTENCY,
          AbortCodes.RXKADPACKETSHORT,
          AbortCodes.RXKADTICKETLEN,
          AbortCodes.RXKADNOAUTH,
          AbortCodes.RXKADBADTICKET,
          AbortCodes.RXKADUNKNOWNKEY,
          AbortCodes.RXKADEXPIRED,
          AbortCodes.RXKADSEALEDINCON);

  private static final Set<Integer> DATA_CODES =
      Set.of(AbortCodes.RXKADSEALEDINCON, AbortCodes.RXKADDATALEN);

  private static final ServerKeys KEYS =
      (service, kvno, enctype) -> {
        if (kvno == 3 && enctype == ServerKeys.DES) {
          return DES_KEY.clone();
        }
        return kvno == 5 && enctype == 17 ? AES_KEY.clone() : null;
      };

  private static final List<RxkadToken> TOKENS = tokens();

  private static List<RxkadToken> tokens() {
    Random random = new Random(1);
    Duration hour = Duration.ofHours(1);
    return List.of(
        TicketIssuer.classic(3, DES_KEY, random).issue("alice", "x", "EXAMPLE.COM", NOW, hour),
        TicketIssuer.kerberos(5, 17, AES_KEY, random)
            .issue("alice", "x", "EXAMPLE.COM", NOW, hour));
  }

  private final long seed;
  private final SplittableRandom random;
  private final SecurityLevel level;
  private final byte[] request;

  FlippedCall(long seed) {
    this.seed = seed;
    random = new SplittableRandom(seed);
    level = SecurityLevel.of(random.nextInt(3));
    int[] sizes = {random.nextInt(40), 1390 + random.nextInt(30), random.nextInt(4200)};
    request = new byte[sizes[random.nextInt(sizes.length)]];
    random.nextBytes(request);
  }

  /** What came of it, in words; null if there was no such datagram to flip a bit of. */
  @Nullable String run() {
    int packets = Math.max(1, (request.length + capacity() - 1) / capacity());
    Target target = Target.values()[random.nextInt(Target.values().length)];
    boolean data = target == Target.REQUEST || target == Target.REPLY;
    Flip flip = new Flip(target, data ? random.nextInt(packets) : 0, random);
    SecurityLevel least = SecurityLevel.of(random.nextInt(level.number() + 1));
    RxkadServer server = RxkadServer.builder(KEYS, CLOCK).minimumLevel(least).build();
    RxkadToken token = TOKENS.get(random.nextInt(4) / 3);
    SecureLife life =
        new SecureLife(seed, server, new RxkadClient(token, level, CLOCK), request, flip);
    SimCall call;
    try {
      call = life.run();
    } catch (SimFailure e) {
      throw new AssertionError(flip.toString(), e);
    }
    assertThat(life.believed)
        .allSatisfy(
            peer -> {
              assertThat(peer.principal()).isEqualTo("alice.x@EXAMPLE.COM");
              assertThat(peer.level()).isEqualTo(level);
              assertThat(peer.expiry()).isEqualTo(token.expiry());
            });
    assertThat(life.seen.isEmpty() || !life.believed.isEmpty()).as("served unverified").isTrue();
    return flip.struck() ? flip.target() + " " + level + ": " + outcome(flip, life, call) : null;
  }

  private int capacity() {
    return switch (level) {
      case CLEAR -> 1412;
      case AUTH -> 1404;
      case ENCRYPT -> 1400;
    };
  }

  private int room() {
    return switch (level) {
      case CLEAR -> 0;
      case AUTH -> 4;
      case ENCRYPT -> 8;
    };
  }

  private String outcome(Flip flip, SecureLife life, SimCall call) {
    if (flip.at() < Header.LENGTH) {
      return header(flip, life, call);
    }
    return switch (flip.target()) {
      case CHALLENGE -> challenge(flip, life, call);
      case RESPONSE -> {
        assertThat(RESPONSE_CODES).contains(refused(call, Completion.Kind.REMOTE_ABORT));
        assertThat(life.seen).as("never served").isEmpty();
        yield "refused";
      }
      case REQUEST -> {
        String outcome = payload(flip, request, life.seen, call, true);
        if (call.ok()) {
          assertThat(call.reply()).isEqualTo(life.seen.getFirst());
        }
        yield outcome;
      }
      case REPLY -> {
        assertThat(life.seen).hasSize(1);
        assertThat(life.seen.getFirst()).isEqualTo(request);
        yield payload(flip, request, call.ok() ? List.of(call.reply()) : List.of(), call, false);
      }
      case OTHER -> right(life, call) ? "right data" : failed(call);
    };
  }

  private boolean right(SecureLife life, SimCall call) {
    for (byte[] s : life.seen) {
      assertThat(s).as("what the handler saw").isEqualTo(request);
    }
    if (call.ok()) {
      assertThat(life.seen).hasSize(1);
      assertThat(call.reply()).as("what the client got").isEqualTo(request);
    }
    return call.ok();
  }

  /** Every failure has a name: an abort code or an errno. */
  private static String failed(SimCall call) {
    assertThat(call.ok()).isFalse();
    SecurityFailure broken = call.sealBroken();
    if (broken != null) {
      return AbortCodes.describe(broken.abortCode());
    }
    Completion end = call.outcome();
    assertThat(end).isNotNull();
    assertThat(end.abortCode() != 0 || end.errno() != 0).as("%s", end).isTrue();
    return end.kind() + " " + AbortCodes.describe(end.abortCode());
  }

  private static int refused(SimCall call, Completion.Kind kind) {
    Completion end = call.outcome();
    assertThat(call.ok()).isFalse();
    assertThat(end.kind()).isEqualTo(kind);
    return end.abortCode();
  }

  private String challenge(Flip flip, SecureLife life, SimCall call) {
    if (flip.at() < CHALLENGE_NONCE) {
      assertThat(refused(call, Completion.Kind.LOCAL_ABORT))
          .isEqualTo(AbortCodes.RXKADINCONSISTENCY);
      return "another version is refused";
    }
    if (flip.at() < CHALLENGE_LEVEL) {
      assertThat(refused(call, Completion.Kind.REMOTE_ABORT))
          .isEqualTo(AbortCodes.RXKADOUTOFSEQUENCE);
      return "the answer to another nonce is refused";
    }
    if (flip.at() < CHALLENGE_SPARE && !call.ok()) {
      assertThat(refused(call, Completion.Kind.LOCAL_ABORT)).isEqualTo(AbortCodes.RXKADLEVELFAIL);
      return "a higher level than ours is refused";
    }
    assertThat(right(life, call)).isTrue();
    return "right data";
  }

  /** The header: nothing but LAST in the flags can cut data off; nothing else alters it. */
  private String header(Flip flip, SecureLife life, SimCall call) {
    boolean data = flip.target() == Target.REQUEST || flip.target() == Target.REPLY;
    if (data && flip.at() == Header.FLAGS) {
      return flags(life, call);
    }
    boolean summed =
        (flip.at() >= Header.CID && flip.at() < Header.SERIAL)
            || (flip.at() >= Header.CHECKSUM && flip.at() < Header.SERVICE_ID);
    try {
      return right(life, call) ? "header: right data" : "header: " + failed(call);
    } catch (AssertionError e) {
      if (data && summed) {
        return "header: same checksum by chance";
      }
      throw e;
    }
  }

  private String flags(SecureLife life, SimCall call) {
    for (byte[] s : life.seen) {
      prefix(s, request);
    }
    if (!call.ok()) {
      return "flags: " + failed(call);
    }
    assertThat(life.seen).hasSize(1);
    prefix(call.reply(), life.seen.getFirst());
    return call.reply().length == request.length
        ? "flags: right data"
        : "flags: undetectable, cut off by a false LAST";
  }

  private void prefix(byte[] got, byte[] whole) {
    assertThat(got.length).isLessThanOrEqualTo(whole.length);
    assertThat(got.length == whole.length || got.length % capacity() == 0)
        .as("cut between packets")
        .isTrue();
    assertThat(got).isEqualTo(Arrays.copyOf(whole, got.length));
  }

  /** What an application got of data whose packet was altered behind its header. */
  private String payload(Flip flip, byte[] sent, List<byte[]> got, SimCall call, boolean byServer) {
    int inPayload = flip.at() - Header.LENGTH;
    int first = (flip.original().seq() - 1) * capacity(); // of the packet's data
    if (level != SecurityLevel.CLEAR && inPayload < BLOCK) {
      if (got.isEmpty()) {
        SecurityFailure broken = call.sealBroken();
        assertThat(DATA_CODES)
            .contains(
                byServer || broken == null
                    ? refused(call, Completion.Kind.REMOTE_ABORT)
                    : broken.abortCode());
        return "the sealed header is wrong";
      }
      return "another sealed header by chance"; // one in 65,536 at level auth
    }
    assertThat(got).as("%s", call.outcome()).hasSize(1);
    byte[] data = got.getFirst();
    assertThat(data).hasSameSizeAs(sent);
    int at = first + inPayload - room();
    int end = Math.min(sent.length, first + capacity());
    if (level == SecurityLevel.ENCRYPT) {
      int from = Math.min(end, at - Math.floorMod(inPayload, BLOCK));
      assertThat(Arrays.copyOf(data, from)).isEqualTo(Arrays.copyOf(sent, from));
      assertThat(Arrays.copyOfRange(data, end, data.length))
          .isEqualTo(Arrays.copyOfRange(sent, end, sent.length));
      return from == end ? "only padding was altered" : "undetectable, from that block on";
    }
    byte[] expected = sent.clone();
    if (at < end) {
      expected[at] ^= flip.mask();
    }
    assertThat(data).as("that bit and no other").isEqualTo(expected);
    return at < end ? "undetectable, that bit" : "only padding was altered";
  }
}
