// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxkad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.security.rxkad.VectorFile.Row;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** fcrypt against its vectors: those published, and those of the OpenAFS library. */
class FcryptTest {
  private static final Row VECTORS = VectorFile.read("fcrypt");

  @Test
  @Tag("R-67")
  @DisplayName("R-67: the boxes are bytes, the two zeros among them too")
  void boxes() {
    Row boxes = VECTORS.row("sbox");
    for (int i = 0; i < 4; i++) {
      assertThat(Rounds.box(i)).hasSize(256).isEqualTo(boxes.hex(String.valueOf(i)));
    }
    assertThat(Rounds.box(1)).contains((byte) 0);
    assertThat(Rounds.box(3)).contains((byte) 0);
  }

  @Test
  void keySchedule() {
    for (Row row : VECTORS.rows("key_schedule")) {
      int[] schedule = FcryptKey.schedule(row.word("key"));
      assertThat(Arrays.stream(schedule).mapToObj(k -> HexFormat.of().toHexDigits(k)).toList())
          .as(row.text("key"))
          .isEqualTo(row.list("schedule"));
    }
  }

  @Test
  void oneBlock() {
    for (Row row : VECTORS.rows("ecb_one_block")) {
      FcryptKey key = new FcryptKey(row.hex("key"));
      assertThat(key.encrypt(row.word("plain"))).isEqualTo(row.word("cipher"));
      assertThat(key.decrypt(row.word("cipher"))).isEqualTo(row.word("plain"));
    }
  }

  @Test
  void chains() {
    for (String group : new String[] {"published_pcbc", "pcbc"}) {
      for (Row row : VECTORS.rows(group)) {
        FcryptKey key = new FcryptKey(row.hex("key"));
        long iv = row.word("iv");
        byte[] plain = row.hex("plain");
        byte[] cipher = row.hex("cipher");
        byte[] out = new byte[plain.length];
        MemorySegment to = MemorySegment.ofArray(out);
        Pcbc.encrypt(key, iv, MemorySegment.ofArray(plain), 0, to, 0, plain.length);
        assertThat(out).as(group).isEqualTo(cipher);
        Pcbc.decrypt(key, iv, MemorySegment.ofArray(cipher), 0, to, 0, plain.length);
        assertThat(out).as(group).isEqualTo(plain);
        Pcbc.encrypt(key, iv, to, 0, to, 0, plain.length); // in place
        assertThat(out).isEqualTo(cipher);
        Pcbc.decrypt(key, iv, to, 0, to, 0, plain.length);
        assertThat(out).isEqualTo(plain);
      }
    }
  }

  @Test
  void chainsSideBySideGiveWhatEachGivesAlone() {
    var random = new SplittableRandom(67);
    byte[] keyBytes = new byte[8];
    random.nextBytes(keyBytes);
    FcryptKey key = new FcryptKey(keyBytes);
    try (Arena arena = Arena.ofConfined()) {
      for (int length = 0; length <= 80; length += 8) {
        MemorySegment alone = arena.allocate(400);
        for (long i = 0; i < 400; i++) {
          alone.set(ValueLayout.JAVA_BYTE, i, (byte) random.nextInt());
        }
        MemorySegment two = arena.allocate(400).copyFrom(alone);
        for (long at : new long[] {3, 103}) {
          Pcbc.encrypt(key, 4711, alone, at, alone, at, length);
        }
        Pcbc.encryptTwo(key.encryption(), 4711, two, 3, 103, length);
        assertThat(two.mismatch(alone)).isEqualTo(-1);
      }
    }
  }

  @Test
  void desInPcbc() {
    for (Row row : VECTORS.rows("des_pcbc_decrypt")) {
      // tickets use the key as the initialisation vector; here it is another: take it off and put
      // the other on, which in PCBC changes every block alike
      byte[] key = row.hex("key");
      byte[] plain = TestKeys.pcbc(false, key, row.hex("cipher"));
      byte[] iv = row.hex("iv");
      for (int i = 0; i < plain.length; i++) {
        plain[i] ^= (byte) (key[i % 8] ^ iv[i % 8]);
      }
      assertThat(plain).isEqualTo(row.hex("plain"));
    }
  }

  @Test
  void parityBitsOfAKeyDoNotMatter() {
    byte[] key = HexFormat.of().parseHex("f0e1d2c3b4a59687");
    byte[] other = key.clone();
    for (int i = 0; i < 8; i++) {
      other[i] ^= 1;
    }
    assertThat(new FcryptKey(key).encrypt(5)).isEqualTo(new FcryptKey(other).encrypt(5));
  }

  @Test
  void aDestroyedKeyIsGone() {
    FcryptKey key = new FcryptKey(HexFormat.of().parseHex("f0e1d2c3b4a59687"));
    assertThat(key.destroyed()).isFalse();
    assertThat(key).hasToString("fcrypt key");
    key.destroy();
    assertThat(key.destroyed()).isTrue();
    assertThat(key.iv()).isZero();
    assertThat(key.encryption()).containsOnly(0);
    assertThat(key.decryption()).containsOnly(0);
    assertThatThrownBy(() -> new FcryptKey(new byte[7]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
