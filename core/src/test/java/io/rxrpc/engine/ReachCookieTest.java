// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.engine.policy.ReachCookie;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReachCookieTest {
  /** The published vectors of SipHash-2-4: key 00..0f, input 00, 01, 02, ... */
  @ParameterizedTest
  @CsvSource({"0, 726fdb47dd0e0e31", "8, 93f5f5799a932462", "15, a129ca6149be45e5"})
  void theHashIsSipHash(int length, String hash) {
    ByteBuffer in = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < length; i++) {
      in.put(i, (byte) i);
    }
    long h = ReachCookie.sip(0x0706050403020100L, 0x0f0e0d0c0b0a0908L, in, length);
    assertThat(Long.toHexString(h)).isEqualTo(hash);
  }
}
