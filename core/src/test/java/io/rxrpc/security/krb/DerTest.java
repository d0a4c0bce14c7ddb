// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.krb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers and times in DER, and what looks like them. */
class DerTest {
  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static void assertFails(ThrowingCallable what) {
    assertThatThrownBy(what)
        .isInstanceOfSatisfying(
            KrbException.class, e -> assertThat(e.fault()).isEqualTo(KrbException.Fault.FORM));
  }

  @Test
  void numbers() throws KrbException {
    for (int value : new int[] {0, 1, 127, 128, 255, 256, 32767, 32768, 0x7fffffff}) {
      assertThat(Der.of(DerWriter.integer(value)).int32()).isEqualTo(value);
    }
    assertThat(Der.of(hex("0201ff")).int32()).isEqualTo(-1);
    assertThat(Der.of(hex("020500ffffffff")).int32()).isEqualTo(-1);
    for (String bad :
        new String[] {"0200", "02020001", "0202ff80", "020501ffffffff", "0206000000000001"}) {
      assertFails(() -> Der.of(hex(bad)).int32());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "20261122160000", "20261122160000z", "20261322160000Z", "20261132160000Z",
        "20261122240000Z", "2026112216000-Z", "20261122160000.0Z", "202611221600Z"
      })
  void timesThatAreNone(String time) {
    byte[] der = DerWriter.element(Der.GENERALIZED_TIME, time.getBytes(StandardCharsets.US_ASCII));
    assertFails(() -> Der.of(der).time());
  }
}
