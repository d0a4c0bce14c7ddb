// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AbortCodesTest {
  @ParameterizedTest
  @CsvSource({
    "-1, RX_CALL_DEAD",
    "-2, RX_INVALID_OPERATION",
    "-3, RX_CALL_TIMEOUT",
    "-4, RX_EOF",
    "-5, RX_PROTOCOL_ERROR",
    "-6, RX_USER_ABORT",
    "-7, RX_ADDRINUSE",
    "-8, RX_MSGSIZE",
    "-9, RX_CALL_IDLE",
    "-10, RX_CALL_BUSY",
    "-100, RX_RESTARTING",
    "-450, RXGEN_CC_MARSHAL",
    "-451, RXGEN_CC_UNMARSHAL",
    "-452, RXGEN_SS_MARSHAL",
    "-453, RXGEN_SS_UNMARSHAL",
    "-454, RXGEN_DECODE",
    "-455, RXGEN_OPCODE",
    "-456, RXGEN_SS_XDRFREE",
    "-457, RXGEN_CC_XDRFREE",
    "19270400, RXKADINCONSISTENCY",
    "19270401, RXKADPACKETSHORT",
    "19270402, RXKADLEVELFAIL",
    "19270403, RXKADTICKETLEN",
    "19270404, RXKADOUTOFSEQUENCE",
    "19270405, RXKADNOAUTH",
    "19270406, RXKADBADKEY",
    "19270407, RXKADBADTICKET",
    "19270408, RXKADUNKNOWNKEY",
    "19270409, RXKADEXPIRED",
    "19270410, RXKADSEALEDINCON",
    "19270411, RXKADDATALEN",
    "19270412, RXKADILLEGALLEVEL",
    "1233242880, RXGK_INCONSISTENCY",
    "-1765328233, KRB5_PROG_KEYTYPE_NOSUPP",
  })
  void codesHaveNames(int code, String name) {
    assertThat(AbortCodes.name(code)).isEqualTo(name);
    assertThat(AbortCodes.describe(code)).isEqualTo(name + " (" + code + ")");
    assertThat(AbortCodes.parse(name)).isEqualTo(code);
    assertThat(AbortCodes.parse(" " + name.toLowerCase(Locale.ROOT))).isEqualTo(code);
    assertThat(AbortCodes.parse(Integer.toString(code))).isEqualTo(code);
  }

  @Test
  void everyConstantHasItsOwnName() throws IllegalAccessException {
    for (Field field : AbortCodes.class.getFields()) {
      if (!field.getName().endsWith("_BASE")) {
        assertThat(AbortCodes.name(field.getInt(null))).isEqualTo(field.getName());
      }
    }
  }

  @Test
  void othersAreNumbers() {
    for (int code : List.of(0, 1, 4711, -11, 19270413, 19270399, 1233242892, Integer.MIN_VALUE)) {
      assertThat(AbortCodes.name(code)).isNull();
      assertThat(AbortCodes.describe(code)).isEqualTo(Integer.toString(code));
    }
    assertThat(AbortCodes.parse("0x01260b09")).isEqualTo(AbortCodes.RXKADEXPIRED);
  }

  @Test
  void rxgkHasTwoTables() {
    int code = AbortCodes.RXGK_BASE + 3;
    assertThat(AbortCodes.name(code, 4)).isEqualTo("RXGK_BADETYPE");
    assertThat(AbortCodes.name(code, 6)).isEqualTo("RXGK_SEALEDINCON");
    assertThat(AbortCodes.describe(code, 6)).isEqualTo("RXGK_SEALEDINCON (1233242883)");
    assertThat(AbortCodes.describe(code, 4)).isEqualTo("RXGK_BADETYPE (1233242883)");
    assertThat(AbortCodes.name(code)).isEqualTo("RXGK_BADETYPE/RXGK_SEALEDINCON");
    assertThat(AbortCodes.name(AbortCodes.RXGK_BASE + 11)).isEqualTo("RXGK_BAD_QOP");
    assertThat(AbortCodes.name(AbortCodes.RXGK_BASE + 11, 6)).isNull();
    assertThat(AbortCodes.name(AbortCodes.RXKADEXPIRED, 6)).isEqualTo("RXKADEXPIRED");
    assertThat(AbortCodes.parse("RXGK_NOTRXGK")).isEqualTo(AbortCodes.RXGK_BASE + 8);
    assertThat(AbortCodes.parse("RXGK_EXPIRED")).isEqualTo(AbortCodes.RXGK_BASE + 6);
  }

  @Test
  void neitherNameNorNumber() {
    for (String text : List.of("", "RXKADFOO", "12x", "5000000000")) {
      assertThatThrownBy(() -> AbortCodes.parse(text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'" + text + "'");
    }
  }

  @Test
  void securityCodesAreThoseOfTheTwoTables() {
    assertThat(AbortCodes.isSecurity(19270399)).isFalse();
    assertThat(AbortCodes.isSecurity(AbortCodes.RXKADINCONSISTENCY)).isTrue();
    assertThat(AbortCodes.isSecurity(AbortCodes.RXKADILLEGALLEVEL)).isTrue();
    assertThat(AbortCodes.isSecurity(19270413)).isFalse();
    assertThat(AbortCodes.isSecurity(1233242879)).isFalse();
    assertThat(AbortCodes.isSecurity(1233242880)).isTrue();
    assertThat(AbortCodes.isSecurity(1233242891)).isTrue(); // OpenAFS's table is the longer one
    assertThat(AbortCodes.isSecurity(1233242892)).isFalse();
    assertThat(AbortCodes.isSecurity(AbortCodes.RX_CALL_DEAD)).isFalse();
  }
}
