// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.CallOptions;
import io.rxrpc.ServiceOptions;
import io.rxrpc.rpc.sample.Sample;
import io.rxrpc.rpc.sample.SampleClient;
import io.rxrpc.security.PeerIdentity;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.rxkad.ServerKeys;
import io.rxrpc.security.rxkad.TicketIssuer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who may call which procedure. */
@Tag("R-91")
class RequirementsTest {
  private static final byte[] KEY = HexFormat.of().parseHex("0102040810204080");
  private static final TicketIssuer ISSUER = TicketIssuer.classic(3, KEY, new SecureRandom());
  private static final String NO_AUTH = "RXKADNOAUTH (19270405)";
  private static final String LEVEL_FAIL = "RXKADLEVELFAIL (19270402)";

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  private static SampleEnds serving(Dispatcher dispatcher) throws Exception {
    SampleEnds ends = SampleEnds.open();
    ServiceOptions options = ServiceOptions.rxkad(ServerKeys.des(3, KEY)).alsoUnsecured();
    ends.server().serve(SampleEnds.SERVICE, options, dispatcher);
    return ends;
  }

  private SampleClient as(SampleEnds ends, String name, SecurityLevel level) {
    return ends.sample()
        .with(
            CallOptions.DEFAULT.token(
                ISSUER.issue(name, "", "EXAMPLE.COM", now, Duration.ofHours(1)), level));
  }

  private static void refused(String why, org.assertj.core.api.ThrowableAssert.ThrowingCallable c) {
    assertThatThrownBy(c).isInstanceOf(RpcAbortException.class).hasMessageEndingWith(why);
  }

  @Test
  void eachProcedureAsksForItsOwn() throws Exception {
    Requirements requirements =
        Requirements.NONE
            .open(Sample.PING)
            .require(Sample.ADD, SecurityLevel.AUTH)
            .require(
                Sample.STORE,
                SecurityLevel.ENCRYPT,
                peer -> peer.principal().equals("admin@EXAMPLE.COM"));
    try (SampleEnds ends = serving(new Office().dispatcher().requiring(requirements))) {
      SampleClient nobody = ends.sample();
      nobody.ping();
      refused(NO_AUTH, () -> nobody.add(1, 2));
      refused(NO_AUTH, () -> nobody.store(0).end());

      SampleClient alice = as(ends, "alice", SecurityLevel.AUTH);
      assertThat(alice.add(1, 2)).isEqualTo(3);
      refused(LEVEL_FAIL, () -> as(ends, "alice", SecurityLevel.CLEAR).add(1, 2));
      refused(NO_AUTH, () -> as(ends, "alice", SecurityLevel.ENCRYPT).store(0).end());

      SampleClient admin = as(ends, "admin", SecurityLevel.ENCRYPT);
      assertThat(admin.store(0).end()).isZero();
      refused(LEVEL_FAIL, () -> as(ends, "admin", SecurityLevel.AUTH).store(0).end());
    }
  }

  @Test
  void whereOneProcedureAsksTheOthersAreDenied() throws Exception {
    Requirements one = Requirements.NONE.require(Sample.ADD, SecurityLevel.CLEAR);
    try (SampleEnds ends = serving(new Office().dispatcher().requiring(one))) {
      refused(NO_AUTH, () -> ends.sample().ping());
      refused(NO_AUTH, () -> as(ends, "admin", SecurityLevel.ENCRYPT).ping());
      refused(NO_AUTH, () -> as(ends, "admin", SecurityLevel.ENCRYPT).fetch(1).end());
      assertThat(as(ends, "admin", SecurityLevel.CLEAR).add(1, 2)).isEqualTo(3);
    }
  }

  @Test
  void nobodyIsAskedAboutAnUnknownOpcodeAndNothingIsDecodedBefore() throws Exception {
    Requirements one = Requirements.NONE.require(Sample.LOCATE, SecurityLevel.CLEAR);
    try (SampleEnds ends = serving(new Office().dispatcher().requiring(one))) {
      RpcClient rpc = ends.rpc();
      refused("RXGEN_OPCODE (-455)", () -> rpc.call(new Procedure("X", 1), Parameters.NONE));
      refused(NO_AUTH, () -> rpc.call(Sample.LOCATE, Parameters.NONE)); // and not -453
    }
  }

  @Test
  void aHandlersRequirementIsThatOfAllProcedures() throws Exception {
    Dispatcher all = new Office().dispatcher().requiring(SecurityLevel.AUTH);
    try (SampleEnds ends = serving(all)) {
      refused(NO_AUTH, () -> ends.sample().ping());
      refused(NO_AUTH, () -> ends.sample().fetch(1).end());
      as(ends, "alice", SecurityLevel.AUTH).ping();
    }
  }

  @Test
  void aProcedureKnowsItsCaller() throws Exception {
    AtomicReference<PeerIdentity> seen = new AtomicReference<>();
    Office office =
        new Office() {
          @Override
          public int add(Caller caller, int a, int b) {
            seen.set(caller.identity());
            assertThat(caller.level()).isEqualTo(SecurityLevel.AUTH);
            assertThat(caller.serviceId()).isEqualTo(SampleEnds.SERVICE);
            assertThat(caller).hasToString("SAMPLE_Add (501) of " + caller.address());
            return a;
          }
        };
    try (SampleEnds ends = serving(office.dispatcher())) {
      assertThat(as(ends, "alice", SecurityLevel.AUTH).add(7, 0)).isEqualTo(7);
      assertThat(seen.get().principal()).isEqualTo("alice@EXAMPLE.COM");
    }
  }

  @Test
  void aRequirementOfAProcedureThatIsNotHereIsAMistake() {
    Requirements other = Requirements.NONE.require(new Procedure("OTHER_X", 7), SecurityLevel.AUTH);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Office().dispatcher().requiring(other))
        .withMessage("SAMPLE_ has no procedure with opcode 7");
  }
}
