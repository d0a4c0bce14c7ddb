// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.pt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Five letters of access. */
class AccessTest {
  @ParameterizedTest
  @CsvSource({
    "S-M--, 0x90",
    "S----, 0x80",
    "SOmar, 0xab",
    "s-m--, 0x48",
    "SOMAr, 0xb5",
    "-----, 0"
  })
  void lettersAreBitsAndBack(String letters, String bits) {
    assertThat(Access.parse(letters).bits()).isEqualTo(Integer.decode(bits));
    assertThat(new Access(Integer.decode(bits))).hasToString(letters);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "S-M-", "S-M---", "So---", "S-M-R", "XOMAR"})
  void whatIsNoAccessIsRefused(String letters) {
    assertThatThrownBy(() -> Access.parse(letters)).isInstanceOf(IllegalArgumentException.class);
  }
}
