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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  private static FcryptKey anyKey(SplittableRandom random) {
    byte[] key = new byte[8];
    random.nextBytes(key);
    return new FcryptKey(key);
  }

  private static MemorySegment noise(Arena arena, int size, SplittableRandom random) {
    MemorySegment m = arena.allocate(size);
    for (long i = 0; i < size; i++) {
      m.set(ValueLayout.JAVA_BYTE, i, (byte) random.nextInt());
    }
    return m;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 11})
  void packetsSideBySideGiveWhatEachGivesAlone(int packets) {
    var random = new SplittableRandom(67);
    FcryptKey key = anyKey(random);
    int stride = 100;
    try (Arena arena = Arena.ofConfined()) {
      for (int length = 0; length <= 80; length += 8) {
        MemorySegment alone = noise(arena, 3 + stride * (packets + 1), random);
        MemorySegment together = arena.allocate(alone.byteSize()).copyFrom(alone);
        for (int i = 0; i < packets; i++) {
          long at = 3 + (long) i * stride;
          Pcbc.encrypt(key, 4711, alone, at, alone, at, length);
        }
        TableFcrypt.INSTANCE.encrypt(key.encryption(), 4711, together, 3, stride, packets, length);
        assertThat(together.mismatch(alone)).as("of %d octets", length).isEqualTo(-1);
      }
    }
  }

  @Test
  void blocksSideBySideAreDecryptedAsEachAlone() {
    var random = new SplittableRandom(68);
    FcryptKey key = anyKey(random);
    try (Arena arena = Arena.ofConfined()) {
      for (int length = 0; length <= 136; length += 8) {
        MemorySegment plain = noise(arena, 160, random);
        MemorySegment m = arena.allocate(160).copyFrom(plain);
        Pcbc.encrypt(key, 4711, plain, 5, m, 5, length);
        MemorySegment elsewhere = noise(arena, 160, random);
        Pcbc.decrypt(key, 4711, m, 5, elsewhere, 9, length);
        assertThat(elsewhere.asSlice(9, length).mismatch(plain.asSlice(5, length))).isEqualTo(-1);
        Pcbc.decrypt(key, 4711, m, 5, m, 5, length);
        assertThat(m.mismatch(plain)).as("in place, %d octets", length).isEqualTo(-1);
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
