// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.xdr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Octets as text and back. */
class XdrTextTest {
  @Test
  void allTwoOctetSequencesSurvive() {
    for (int i = 0; i < 1 << 16; i++) {
      byte[] octets = {(byte) (i >> 8), (byte) i};
      assertThat(XdrText.encode(XdrText.decode(octets))).isEqualTo(octets);
    }
  }

  @Test
  void randomOctetsSurviveAndValidUtf8IsItself() {
    SplittableRandom random = new SplittableRandom(15);
    int[] alphabet = {
      0x41, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc1, 0xc2, 0xe0, 0xed, 0xf0, 0xf4, 0xf5
    };
    for (int round = 0; round < 100_000; round++) {
      byte[] octets = new byte[random.nextInt(9)];
      for (int i = 0; i < octets.length; i++) {
        octets[i] = (byte) alphabet[random.nextInt(alphabet.length)];
      }
      String text = XdrText.decode(octets);
      assertThat(XdrText.encode(text)).isEqualTo(octets);
      String valid = strict(octets);
      if (valid == null) {
        assertThat(text.chars()).anyMatch(c -> c >= 0xdc80 && c <= 0xdcff);
      } else {
        assertThat(text).isEqualTo(valid);
      }
    }
  }

  private static String strict(byte[] octets) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  @Test
  void everyCharacterIsItsUtf8() {
    for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
      if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
        String text = Character.toString(point);
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        assertThat(XdrText.encode(text)).isEqualTo(octets);
        assertThat(XdrText.decode(octets)).isEqualTo(text);
      }
    }
  }

  @Test
  void loneSurrogatesAreRefusedUnlessTheyStandForAnOctet() {
    for (String bad : List.of("\ud800", "x\udfff", "\udbffx", "\udc7f", "\udd00")) {
      assertThatIllegalArgumentException().isThrownBy(() -> XdrText.encode(bad));
    }
    assertThat(XdrText.encode("\udc80\udcff")).containsExactly(0x80, 0xff);
    // a low surrogate in that range is none where it belongs to a pair
    assertThat(XdrText.encode("\ud83d\udc80")).containsExactly(0xf0, 0x9f, 0x92, 0x80);
  }

  @Test
  void cSeesNothingBehindANul() {
    assertThat(XdrText.untilNul("root.cell\0rubbish")).isEqualTo("root.cell");
    assertThat(XdrText.untilNul("root.cell")).isEqualTo("root.cell");
  }
}
