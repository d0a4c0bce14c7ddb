// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.keyfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever bytes a file has: its keys, or a message; never another exception. */
class DamagedKeyFileTest {
  private interface Reader {
    void read(ByteBuffer in, KeyCollector keys) throws KeyFileException;
  }

  private static Reader reader(String name) {
    return switch (name) {
      case "KeyFile" -> KeyFileReader::read;
      case "KeyFileExt" -> KeyFileExtReader::read;
      default -> KeytabReader::read;
    };
  }

  private static boolean readable(Reader reader, byte[] bytes) {
    KeyCollector keys = new KeyCollector(Path.of("mutant"));
    KeyFileExtReader.fits(ByteBuffer.wrap(bytes));
    KeytabReader.fits(ByteBuffer.wrap(bytes));
    try {
      reader.read(ByteBuffer.wrap(bytes), keys);
      assertThat(keys.keys().size()).isLessThan(bytes.length);
      return true;
    } catch (KeyFileException e) {
      assertThat(e).hasMessageStartingWith("mutant: ");
      return false;
    } finally {
      keys.destroy();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"KeyFile", "KeyFileExt", "rxkad.keytab"})
  void everyTruncation(String name) throws IOException {
    byte[] golden = GoldenFiles.bytes(name);
    Reader reader = reader(name);
    for (int length = name.equals("rxkad.keytab") ? 2 : 0; length < golden.length; length++) {
      boolean readable = readable(reader, Arrays.copyOf(golden, length));
      // a keytab is a row of entries: it may end behind each, and has no count
      assertThat(readable && !name.equals("rxkad.keytab")).as("%d bytes", length).isFalse();
    }
    assertThat(readable(reader, golden)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"KeyFile", "KeyFileExt", "rxkad.keytab"})
  void everyBitFlippedAndManyAtOnce(String name) throws IOException {
    byte[] golden = GoldenFiles.bytes(name);
    Reader reader = reader(name);
    for (int bit = 0; bit < golden.length * 8; bit++) {
      byte[] mutant = golden.clone();
      mutant[bit / 8] ^= (byte) (1 << bit % 8);
      readable(reader, mutant);
    }
    for (int seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      byte[] mutant = Arrays.copyOf(golden, 2 + random.nextInt(golden.length));
      int changes = 1 + random.nextInt(6);
      for (int i = 0; i < changes; i++) {
        int at = random.nextInt(mutant.length);
        mutant[at] = (byte) (random.nextBoolean() ? random.nextInt() : random.nextInt(3) - 1);
      }
      readable(reader, mutant);
    }
  }
}
