// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static io.rxrpc.Ends.SERVICE;
import static io.rxrpc.Ends.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rxrpc.key.Key;
import io.rxrpc.key.KeyFacility;
import io.rxrpc.key.KeyType;
import io.rxrpc.key.RxkadToken;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.security.PeerIdentity;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.rxkad.ServerKeys;
import io.rxrpc.security.rxkad.TicketIssuer;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.udp.Errno;
import io.rxrpc.wire.AbortCodes;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** rxkad by the API, over real UDP. */
class SecureCallsTest {
  private static final byte[] KEY = HexFormat.of().parseHex("0102040810204080");
  private static final ServerKeys KEYS = ServerKeys.des(3, KEY);
  private static final TicketIssuer ISSUER = TicketIssuer.classic(3, KEY, new SecureRandom());
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final RxkadToken token = token("alice");

  private RxkadToken token(String name) {
    return ISSUER.issue(name, "admin", "EXAMPLE.COM", now, Duration.ofHours(1));
  }

  /** Refusals need not be waited for here. */
  private static Ends open() throws Exception {
    return Ends.DEFAULT.open(
        Tunables.fromProperties().with(Tunable.RESPONSE_REFUSAL_DELAY, Duration.ofMillis(1)));
  }

  private static CallOptions with(RxkadToken token, SecurityLevel level) {
    return CallOptions.DEFAULT.token(token, level);
  }

  private static AbortCode refusal(Ends ends, CallOptions options) {
    return refusal(ends, options, 4);
  }

  private static AbortCode refusal(Ends ends, CallOptions options, int bytes) {
    RemoteAbortException e =
        catchThrowableOfType(
            RemoteAbortException.class,
            () -> ends.client().call(ends.address(), bytes(bytes), options));
    return e.code();
  }

  @ParameterizedTest
  @EnumSource(SecurityLevel.class)
  @Tag("R-66")
  void aHandlerSeesWhoCallsAndHowProtected(SecurityLevel level) throws Exception {
    AtomicReference<PeerIdentity> seen = new AtomicReference<>();
    AtomicReference<SecurityLevel> atLevel = new AtomicReference<>();
    try (Ends ends = open()) {
      ends.server()
          .serve(
              SERVICE,
              ServiceOptions.rxkad(KEYS),
              call -> {
                seen.set(call.identity());
                atLevel.set(call.level());
                call.endReply(call.readAll(1 << 20));
              });
      byte[] request = bytes(300_000);
      assertThat(ends.client().call(ends.address(), request, with(token, level)))
          .isEqualTo(request);
      assertThat(seen.get())
          .isEqualTo(
              new PeerIdentity.Kerberos4(
                  "rxkad", "alice", "admin", "EXAMPLE.COM", now.plus(Duration.ofHours(1)), level));
      assertThat(atLevel.get()).isEqualTo(level);
      try (ClientCall call = ends.client().begin(ends.address(), with(token, level))) {
        call.write(request, 0, request.length);
        assertThat(call.level()).isEqualTo(level);
        assertThat(call.readAll(1 << 20)).isEqualTo(request);
      }
      CompletableFuture<byte[]> later =
          ends.client().callAsync(ends.address(), request, with(token, level));
      assertThat(later.join()).isEqualTo(request);
      assertThat(ends.client().status().clientConnections()).isEqualTo(1);
    }
  }

  @Test
  void withoutSecurityNobodyIsKnown() throws Exception {
    try (Ends ends = open()) {
      ends.server()
          .serve(
              SERVICE,
              ServiceOptions.rxkad(KEYS).alsoUnsecured(),
              call -> {
                call.readAll(100);
                call.endReply(
                    (call.identity() == null ? "nobody" : call.identity().principal())
                        .getBytes(StandardCharsets.UTF_8));
              });
      assertThat(ends.client().call(ends.address(), bytes(4))).asString().isEqualTo("nobody");
      assertThat(ends.client().call(ends.address(), bytes(4), with(token, SecurityLevel.AUTH)))
          .asString()
          .isEqualTo("alice.admin@EXAMPLE.COM");
      try (ClientCall call = ends.client().begin(ends.address())) {
        assertThat(call.level()).isNull();
      }
    }
  }

  @Test
  @Tag("R-65")
  void securityIsOffUnlessAskedFor() throws Exception {
    try (Ends ends = open()) {
      ends.server().serve(SERVICE, CallHandler.blob(r -> r));
      assertThat(refusal(ends, with(token, SecurityLevel.ENCRYPT)))
          .isEqualTo(AbortCode.INVALID_OPERATION);
      ends.server().serve(SERVICE + 1, ServiceOptions.rxkad(KEYS), CallHandler.blob(r -> r));
      assertThatThrownBy(() -> ends.client().call(ends.address(SERVICE + 1), bytes(4)))
          .isInstanceOfSatisfying(
              RemoteAbortException.class,
              e -> assertThat(e.code()).isEqualTo(AbortCode.INVALID_OPERATION));
    }
  }

  @Test
  @Tag("R-64")
  void tooLowALevelIsRefusedByTheClientItself() throws Exception {
    AtomicInteger handled = new AtomicInteger();
    try (Ends ends = open()) {
      ends.server()
          .serve(
              SERVICE,
              ServiceOptions.rxkad(KEYS).minimumLevel(SecurityLevel.ENCRYPT),
              call -> handled.incrementAndGet());
      assertThatThrownBy(
              () -> ends.client().call(ends.address(), bytes(4), with(token, SecurityLevel.AUTH)))
          .isInstanceOfSatisfying(
              LocalAbortException.class,
              e -> assertThat(e.code().value()).isEqualTo(AbortCodes.RXKADLEVELFAIL))
          .hasMessageContaining("the server asks for level 2, ours is auth")
          .hasMessageContaining("RXKADLEVELFAIL (19270402)");
      assertThat(handled).hasValue(0);
    }
  }

  @Test
  @Tag("R-91")
  void aHandlerThatRequiresSomethingIsClosedByDefault() throws Exception {
    AtomicInteger handled = new AtomicInteger();
    CallHandler handler =
        call -> {
          handled.incrementAndGet();
          call.endReply(call.readAll(100));
        };
    try (Ends ends = open()) {
      // forgotten to offer security, or offered it and plain calls too: still nobody gets in
      ends.server().serve(SERVICE, handler.requiring(SecurityLevel.CLEAR));
      assertThat(refusal(ends, CallOptions.DEFAULT).value()).isEqualTo(AbortCodes.RXKADNOAUTH);
      ends.server()
          .serve(
              SERVICE + 1,
              ServiceOptions.rxkad(KEYS).alsoUnsecured(),
              CallHandler.requiring(
                  SecurityLevel.ENCRYPT,
                  peer -> peer.principal().equals("alice.admin@EXAMPLE.COM"),
                  handler));
      RxrpcAddress to = ends.address(SERVICE + 1);
      for (CallOptions options :
          List.of(CallOptions.DEFAULT, with(token("mallory"), SecurityLevel.ENCRYPT))) {
        assertThatThrownBy(() -> ends.client().call(to, bytes(4), options))
            .hasMessageContaining("RXKADNOAUTH (19270405)");
      }
      assertThatThrownBy(() -> ends.client().call(to, bytes(4), with(token, SecurityLevel.AUTH)))
          .hasMessageContaining("RXKADLEVELFAIL (19270402)");
      assertThat(handled).hasValue(0);
      assertThat(ends.client().call(to, bytes(4), with(token, SecurityLevel.ENCRYPT))).hasSize(4);
      assertThat(handled).hasValue(1);
    }
  }

  /** One service, procedures of which only some ask for something. */
  @Test
  @Tag("R-91")
  void aHandlerAsksByProcedure() throws Exception {
    AtomicInteger done = new AtomicInteger();
    try (Ends ends = open()) {
      ends.server()
          .serve(
              SERVICE,
              ServiceOptions.rxkad(KEYS).alsoUnsecured(),
              call -> {
                byte[] request = call.readAll(100);
                if (request[0] == 1) {
                  call.require(
                      SecurityLevel.ENCRYPT,
                      peer -> peer.principal().equals("alice.admin@EXAMPLE.COM"));
                } else if (request[0] == 2) {
                  call.require(SecurityLevel.AUTH);
                }
                done.incrementAndGet();
                call.endReply(request);
              });
      byte[] open = {0};
      byte[] alices = {1};
      byte[] known = {2};
      CallOptions mallory = with(token("mallory"), SecurityLevel.AUTH);
      RxrpcAddress to = ends.address();
      assertThat(ends.client().call(to, open)).isEqualTo(open);
      assertThat(ends.client().call(to, known, mallory)).isEqualTo(known);
      assertThat(ends.client().call(to, alices, with(token, SecurityLevel.ENCRYPT)))
          .isEqualTo(alices);
      assertThat(done).hasValue(3);
      assertThatThrownBy(() -> ends.client().call(to, known)).hasMessageContaining("RXKADNOAUTH");
      assertThatThrownBy(() -> ends.client().call(to, alices, mallory))
          .hasMessageContaining("RXKADLEVELFAIL");
      assertThatThrownBy(
              () -> ends.client().call(to, alices, with(token("mallory"), SecurityLevel.ENCRYPT)))
          .hasMessageContaining("RXKADNOAUTH");
      assertThat(done).hasValue(3);
    }
  }

  @Test
  void whoIsNotAdmittedIsToldSoOnce() throws Exception {
    try (Ends ends = open()) {
      ends.server()
          .serve(
              SERVICE,
              ServiceOptions.rxkad(KEYS)
                  .admission(peer -> peer.principal().equals("alice.admin@EXAMPLE.COM")),
              CallHandler.blob(r -> r));
      assertThat(refusal(ends, with(token("mallory"), SecurityLevel.AUTH)).value())
          .isEqualTo(AbortCodes.RXKADNOAUTH);
      assertThat(ends.client().call(ends.address(), bytes(4), with(token, SecurityLevel.AUTH)))
          .hasSize(4);
    }
  }

  @Test
  void aWrongKeyAndAnUnknownVersionHaveTheirCodes() throws Exception {
    byte[] other = HexFormat.of().parseHex("d3f1a2b4c5e60718");
    try (Ends ends = open()) {
      ends.server().serve(SERVICE, ServiceOptions.rxkad(KEYS), CallHandler.blob(r -> r));
      RxkadToken wrong =
          TicketIssuer.classic(3, other, new SecureRandom())
              .issue("alice", "", "", now, Duration.ofHours(1));
      AbortCode code = refusal(ends, with(wrong, SecurityLevel.ENCRYPT));
      assertThat(code.value()).isEqualTo(AbortCodes.RXKADBADTICKET);
      assertThat(code.isSecurity()).isTrue();
      RxkadToken unknown =
          TicketIssuer.classic(4, KEY, new SecureRandom())
              .issue("alice", "", "", now, Duration.ofHours(1));
      assertThat(refusal(ends, with(unknown, SecurityLevel.ENCRYPT)).value())
          .isEqualTo(AbortCodes.RXKADUNKNOWNKEY);
    }
  }

  @Test
  void wallTimeJudgesTicketsAndMonotonicTimeDoesNot() throws Exception {
    InstantSource late = () -> now.plus(Duration.ofHours(2));
    try (Ends ends = open()) {
      ends.server()
          .serve(SERVICE, ServiceOptions.rxkad(KEYS).wallClock(late), CallHandler.blob(r -> r));
      assertThat(refusal(ends, with(token, SecurityLevel.CLEAR)).value())
          .isEqualTo(AbortCodes.RXKADEXPIRED);
    }
  }

  @Test
  void anExpiredTokenSendsNothing() throws Exception {
    RxkadToken old =
        ISSUER.issue("alice", "", "", now.minus(Duration.ofHours(2)), Duration.ofHours(1));
    try (Ends ends = open()) {
      assertThatThrownBy(
              () -> ends.client().call(ends.address(), bytes(4), with(old, SecurityLevel.CLEAR)))
          .isInstanceOfSatisfying(
              LocalErrorException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EKEYEXPIRED))
          .hasMessageContaining("expired")
          .hasMessageContaining("RXKADEXPIRED (19270409)");
      assertThat(ends.client().counters()).containsEntry("datagrams-sent", 0L);
    }
  }

  @Test
  void aKeyThatIsRevokedEndsItsCalls() throws Exception {
    KeyFacility facility = new KeyFacility(InstantSource.system());
    Key key = facility.session().add(KeyType.RXRPC, "afs@example.com", payload(token));
    CallOptions options = CallOptions.DEFAULT.key(key, SecurityLevel.ENCRYPT);
    try (Ends ends = open()) {
      ends.server().serve(SERVICE, ServiceOptions.rxkad(KEYS), CallHandler.blob(r -> r));
      assertThat(ends.client().call(ends.address(), bytes(9), options)).hasSize(9);
      key.revoke();
      assertThatThrownBy(() -> ends.client().call(ends.address(), bytes(9), options))
          .isInstanceOfSatisfying(
              LocalErrorException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EKEYREVOKED));
    }
  }

  /** The first form of keys.md section 1. */
  private static byte[] payload(RxkadToken token) {
    byte[] ticket = token.ticket();
    return ByteBuffer.allocate(24 + ticket.length)
        .order(ByteOrder.nativeOrder())
        .putInt(1)
        .putShort((short) 2)
        .putShort((short) ticket.length)
        .putInt((int) token.end())
        .putInt(token.kvno())
        .put(token.sessionKey())
        .put(ticket)
        .array();
  }

  @ParameterizedTest
  @EnumSource(SecurityLevel.class)
  void paddingIsNotCountedAgainstALimit(SecurityLevel level) throws Exception {
    try (Ends ends = open()) {
      ends.server()
          .serve(SERVICE, ServiceOptions.rxkad(KEYS), call -> call.endReply(call.readAll(9)));
      CallOptions options = with(token, level);
      byte[] nine = bytes(9);
      RxrpcAddress to = ends.address();
      assertThat(ends.client().call(to, nine, options.maxReply(9))).isEqualTo(nine);
      assertThat(ends.client().callAsync(to, nine, options.maxReply(9)).join()).isEqualTo(nine);
      assertThatThrownBy(() -> ends.client().call(to, nine, options.maxReply(8)))
          .hasMessageContaining("EMSGSIZE");
      assertThatThrownBy(() -> ends.client().callAsync(to, nine, options.maxReply(8)).join())
          .hasMessageContaining("EMSGSIZE");
      assertThat(refusal(ends, options.maxReply(9), 10)).isEqualTo(AbortCode.USER_ABORT);
    }
  }

  @Test
  void optionsCannotContradictEachOther() {
    ServiceOptions sealed = ServiceOptions.rxkad(KEYS).minimumLevel(SecurityLevel.AUTH);
    assertThat(sealed).hasToString("[rxkad, at least auth]");
    assertThat(ServiceOptions.rxkad(KEYS).alsoUnsecured())
        .hasToString("[null, rxkad, at least clear]");
    assertThat(ServiceOptions.of(NullSecurity.INSTANCE, NullSecurity.INSTANCE))
        .hasToString("[null]");
    // what has a least level cannot be opened to everybody, and what is open has no least level
    assertThat(methods(RxkadServiceOptions.AtLeast.class)).doesNotContain("alsoUnsecured");
    assertThat(methods(RxkadServiceOptions.OrUnsecured.class)).doesNotContain("minimumLevel");
    assertThat(methods(ServiceOptions.class)).doesNotContain("minimumLevel", "alsoUnsecured");
  }

  private static List<String> methods(Class<?> type) {
    return Arrays.stream(type.getMethods()).map(Method::getName).toList();
  }
}
