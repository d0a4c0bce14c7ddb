// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.krb5;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers of krb5.h. */
class ErrorCodesTest {
  @ParameterizedTest
  @CsvSource({
    "-1765328383, CLIENT_EXPIRED",
    "-1765328378, CLIENT_UNKNOWN",
    "-1765328377, SERVICE_UNKNOWN",
    "-1765328370, NO_COMMON_TYPE",
    "-1765328366, CLIENT_LOCKED",
    "-1765328361, PASSWORD_EXPIRED",
    "-1765328360, WRONG_SECRET",
    "-1765328353, WRONG_SECRET",
    "-1765328352, NO_VALID_TICKET",
    "-1765328347, SKEW",
    "-1765328316, WRONG_REALM",
    "-1765328243, NO_VALID_TICKET",
    "-1765328230, KDC_UNKNOWN",
    "-1765328228, KDC_SILENT",
    "-1765328203, NO_KEY",
    "-1765328189, NO_CACHE",
    "-1765328164, KDC_UNRESOLVED",
    "-1765328160, NO_REALM",
    "-1765328249, FILE",
    "-1765328248, FILE",
    "-1429577726, FILE",
    "-1765328244, FILE",
    "-1750600181, FILE",
    "13, FILE",
    "12, OTHER",
    "-1, OTHER"
  })
  void whatACodeMeans(int code, KerberosFault fault) {
    assertThat(ErrorCodes.ofLibrary(code)).isEqualTo(fault);
  }

  @Test
  void theNumberOfTheProtocol() {
    assertThat(ErrorCodes.number(-1765328377)).isEqualTo(7);
    assertThat(ErrorCodes.number(-1765328228)).isEqualTo(-1765328228);
  }
}
