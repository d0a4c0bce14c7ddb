// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static io.rxrpc.Ends.SERVICE;
import static io.rxrpc.Ends.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.security.ClientConnectionSecurity;
import io.rxrpc.security.ClientSecurity;
import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.security.ConnectionSecurity;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.security.PeerIdentity;
import io.rxrpc.security.PlainPackets;
import io.rxrpc.security.ResponsePacket;
import io.rxrpc.security.SealedPacket;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.SecurityRefusal;
import io.rxrpc.security.ServerSecurity;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A security class that throws, answers nonsense or never returns, in each of its methods: its own
 * calls fail, and the plain service beside it does not notice.
 */
@Tag("long")
@Timeout(60)
class HostileSecurityTest {
  private static final int INDEX = 77;
  private static final int PLAIN = SERVICE + 1;

  /** What is done. */
  enum Deed {
    THROWS,
    FAILS,
    NONSENSE,
    BLOCKS
  }

  /** Where it is done. */
  enum Place {
    HASH,
    EQUALS,
    CLIENT_INDEX,
    CONNECT,
    RESPOND,
    CHALLENGES,
    SERVER_INDEX,
    UNCHALLENGED,
    CHALLENGE,
    VERIFY,
    CALL_NUMBERS,
    HEADER_ROOM,
    TRAILER_ROOM,
    ABORT_CODE,
    CAPACITY,
    SEALED_LENGTH,
    SEAL,
    UNSEAL,
    LEVEL,
    PEER,
    DESTROY
  }

  /** Does its deed at one place and behaves well elsewhere. */
  private static final class Hostile
      implements ClientSecurity, ServerSecurity, ClientConnectionSecurity, AutoCloseable {
    private final Place place;
    private final Deed deed;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean armed;
    final AtomicInteger done = new AtomicInteger();

    Hostile(Place place, Deed deed) {
      this.place = place;
      this.deed = deed;
    }

    /** Whether to answer nonsense. */
    private boolean at(Place where) {
      if (where != place || !armed) {
        return false;
      }
      done.incrementAndGet();
      switch (deed) {
        case THROWS -> throw new IllegalStateException("planted");
        case FAILS -> throw new AssertionError("planted");
        case BLOCKS -> {
          try {
            over.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        }
        case NONSENSE -> {
          return true;
        }
      }
      return false;
    }

    @Override
    public int hashCode() {
      return at(Place.HASH) ? done.get() : 1;
    }

    @Override
    public boolean equals(Object o) {
      return !at(Place.EQUALS) && o instanceof Hostile;
    }

    @Override
    public int securityIndex() {
      // of both sides; the client is asked in the thread that makes the call
      boolean wrong = at(place == Place.SERVER_INDEX ? Place.SERVER_INDEX : Place.CLIENT_INDEX);
      return wrong ? INDEX + done.get() : INDEX;
    }

    @Override
    public ClientConnectionSecurity connect(ConnectionIdentity connection) {
      return at(Place.CONNECT) ? null : this;
    }

    @Override
    public ResponsePacket respond(byte[] challenge, int[] callNumbers) {
      if (!at(Place.RESPOND)) {
        return new ResponsePacket(new byte[4]);
      }
      return switch (done.get() % 4) {
        case 0 -> null;
        case 1 -> new ResponsePacket(new byte[1 << 20]);
        case 2 -> new ResponsePacket(new byte[4], 1 << 16);
        default -> new ResponsePacket(null);
      };
    }

    @Override
    public boolean challenges() {
      return at(Place.CHALLENGES) ? done.get() % 2 == 0 : place != Place.UNCHALLENGED;
    }

    @Override
    public int nonceLength() {
      return 4;
    }

    @Override
    public ConnectionSecurity unchallenged(ConnectionIdentity connection) {
      return at(Place.UNCHALLENGED) ? null : this;
    }

    @Override
    public byte[] challenge(ConnectionIdentity connection, byte[] nonce) {
      return at(Place.CHALLENGE) ? (done.get() % 2 == 0 ? null : new byte[1 << 20]) : new byte[4];
    }

    @Override
    public Verified verify(ConnectionIdentity connection, byte[] nonce, ResponsePacket response) {
      if (at(Place.CALL_NUMBERS)) {
        return new Verified(this, done.get() % 2 == 0 ? null : new int[1]);
      }
      return at(Place.VERIFY) ? null : new Verified(this, new int[4]);
    }

    @Override
    public int headerRoom() {
      return at(Place.HEADER_ROOM) ? -4711 : 0;
    }

    @Override
    public int trailerRoom() {
      return at(Place.TRAILER_ROOM) ? 4711 : 0;
    }

    @Override
    public int abortCode(SecurityRefusal why) {
      return at(Place.ABORT_CODE) ? 0 : 4711;
    }

    @Override
    public int capacity(int payload) {
      return at(Place.CAPACITY) ? (done.get() % 2 == 0 ? -1 : 1 << 30) : payload;
    }

    @Override
    public int sealedLength(int dataLength) {
      return at(Place.SEALED_LENGTH) ? (done.get() % 2 == 0 ? -1 : 1 << 30) : dataLength;
    }

    @Override
    public void seal(PlainPackets packets) {
      if (at(Place.SEAL)) {
        packets.checksum(packets.count(), -1);
      }
    }

    @Override
    public int unseal(SealedPacket packet, MemorySegment out, long outAt) {
      return at(Place.UNSEAL)
          ? (done.get() % 2 == 0 ? -1 : 1 << 30)
          : NullSecurity.INSTANCE.unseal(packet, out, outAt);
    }

    @Override
    public SecurityLevel level() {
      return at(Place.LEVEL) ? null : SecurityLevel.CLEAR;
    }

    @Override
    public PeerIdentity peer() {
      at(Place.PEER);
      return null;
    }

    @Override
    public void destroy() {
      at(Place.DESTROY);
    }

    @Override
    public void close() {
      over.countDown();
    }
  }

  static Stream<Arguments> deeds() {
    return Stream.of(Place.values())
        .flatMap(p -> Stream.of(Deed.values()).map(d -> Arguments.of(p, d)));
  }

  private static Tunables tunables() {
    return Tunables.fromProperties()
        .with(Tunable.RESPONSE_REFUSAL_DELAY, Duration.ofMillis(1))
        .with(Tunable.CLIENT_IDLE_EXPIRY, Duration.ofMillis(20))
        .with(Tunable.CLIENT_IDLE_FAST_EXPIRY, Duration.ofMillis(20));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("deeds")
  void thePlainServiceBesideItDoesNotNotice(Place place, Deed deed) throws Exception {
    try (Hostile hostile = new Hostile(place, deed);
        Ends ends = Ends.DEFAULT.open(tunables())) {
      CallHandler echo =
          call -> {
            byte[] request = call.readAll(1 << 20);
            call.level();
            call.identity();
            call.endReply(request);
          };
      ends.server().serve(PLAIN, echo);
      // what is asked at the offering is asked by the one who offers
      ends.server().serve(SERVICE, ServiceOptions.of(hostile), echo);
      plain(ends);
      hostile.armed = true;
      CallOptions options = CallOptions.DEFAULT.security(hostile).timeout(Duration.ofSeconds(5));
      for (int i = 0; i < 3; i++) {
        Thread attempt = attempt(ends, options, i);
        while (attempt.isAlive() && hostile.done.get() == 0) {
          Thread.onSpinWait();
        }
        plain(ends);
      }
      plain(ends);
      assertThat(ends.client().counters()).isNotEmpty();
      assertThat(ends.server().counters()).isNotEmpty();
      assertThat(ends.client().listing()).isNotNull();
      assertThat(ends.server().status()).isNotNull();
      plain(ends);
      hostile.close(); // before the ends, which wait for what is in it
    }
  }

  /** One call of each kind with the class; however it ends. */
  private static Thread attempt(Ends ends, CallOptions options, int kind) {
    return Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                switch (kind) {
                  case 0 -> ends.client().call(ends.address(), bytes(3000), options);
                  case 1 -> ends.client().callAsync(ends.address(), bytes(9), options).join();
                  default -> {
                    try (ClientCall call = ends.client().begin(ends.address(), options)) {
                      call.write(bytes(100_000), 0, 100_000);
                      call.level();
                      call.readAll(1 << 20);
                    }
                  }
                }
              } catch (Exception | Error e) {
                // its own call may fail in any way
              }
            });
  }

  private static void plain(Ends ends) throws Exception {
    for (int i = 0; i < 5; i++) {
      CompletableFuture<byte[]> reply =
          ends.client().callAsync(ends.address(PLAIN), bytes(2000 + i));
      assertThat(reply.get(5, TimeUnit.SECONDS)).isEqualTo(bytes(2000 + i));
    }
    CompletableFuture<Integer> asked =
        CompletableFuture.supplyAsync(() -> ends.server().counters().size());
    assertThat(asked.get(5, TimeUnit.SECONDS)).isPositive();
  }
}
