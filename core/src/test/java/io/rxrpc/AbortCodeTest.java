// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Names of abort codes, with the tables of other modules, one of which is broken. */
class AbortCodeTest {
  /** As a module brings it. */
  public static final class Volumes implements AbortCodeTable {
    @Override
    public Map<Integer, String> names() {
      return Map.of(990_001, "TEST_NOENT", 990_002, "TEST_IO");
    }
  }

  /** As a module should not bring it. */
  public static final class Broken implements AbortCodeTable {
    @Override
    public Map<Integer, String> names() {
      throw new IllegalStateException("no table today");
    }
  }

  /** Another module, which shares a code. */
  public static final class Others implements AbortCodeTable {
    @Override
    public Map<Integer, String> names() {
      return Map.of(990_002, "TEST_DISK", 990_001, "TEST_NOENT", -455, "TEST_MINE");
    }
  }

  @Test
  void modulesBringNames() {
    assertThat(new AbortCode(990_001)).hasToString("TEST_NOENT (990001)");
    assertThat(new AbortCode(990_001).name()).isEqualTo("TEST_NOENT");
    assertThat(AbortCode.parse("test_noent").value()).isEqualTo(990_001);
  }

  @Test
  void whereTwoModulesNameACodeBothNamesStand() {
    assertThat(new AbortCode(990_002)).hasToString("TEST_IO/TEST_DISK (990002)");
    assertThat(AbortCode.parse("TEST_IO")).isEqualTo(AbortCode.parse("TEST_DISK"));
  }

  @Test
  void theProtocolsOwnNamesStand() {
    assertThat(AbortCode.OPCODE).hasToString("RXGEN_OPCODE (-455)");
    assertThat(AbortCode.parse("RXGEN_OPCODE")).isEqualTo(AbortCode.OPCODE);
    assertThat(AbortCode.parse("-455")).isEqualTo(AbortCode.OPCODE);
    assertThat(new AbortCode(990_003)).hasToString("990003");
    assertThatIllegalArgumentException().isThrownBy(() -> AbortCode.parse("TEST_NOTHING"));
  }

  @Test
  void messagesOfExceptionsNameThem() throws Exception {
    try (Ends ends = Ends.DEFAULT.open()) {
      ends.server()
          .serve(
              Ends.SERVICE,
              call -> {
                throw new CallAbort(new AbortCode(990_001), "nothing there", new Exception("why"));
              });
      RemoteAbortException e =
          catchThrowableOfType(
              RemoteAbortException.class, () -> ends.client().call(ends.address(), new byte[1]));
      assertThat(e).hasMessageContaining("TEST_NOENT (990001)");
      assertThat(e.code().value()).isEqualTo(990_001);
    }
  }
}
