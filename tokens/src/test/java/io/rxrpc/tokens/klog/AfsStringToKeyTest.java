// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.klog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AfsStringToKeyTest {
  /** What {@code bos addkey -key PASSWORD} of OpenAFS 1.8.9 wrote to the KeyFile of a cell. */
  @ParameterizedTest
  @CsvSource({
    "testpassword, b551bccb646425ba",
    "short, e5c2e668ce73f1da",
    "exactly8, 6de591c88ca7efa1",
    "a, 85e36d6162f464ef",
    "päßwörter12, 97b9b09eea976815",
  })
  void theKeyOfAPassword(String password, String key) {
    byte[] derived = AfsStringToKey.key(password.toCharArray(), "Test.Example");
    assertThat(HexFormat.of().formatHex(derived)).isEqualTo(key);
  }

  /** What the C library's crypt gives. */
  @ParameterizedTest
  @CsvSource({"abcdefgh, SWdUjhENE7I", "XXXXXXXX, TnEuQbEKpy2", "tes]!.e~, G47p57UF8Jk"})
  void theCryptOfUnix(String password, String hash) {
    byte[] text = UnixCrypt.crypt(password.getBytes(StandardCharsets.US_ASCII), "p1");
    assertThat(new String(text, StandardCharsets.US_ASCII)).isEqualTo(hash);
  }
}
