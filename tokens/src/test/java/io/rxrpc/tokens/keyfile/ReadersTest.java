// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.keyfile;

import static io.rxrpc.tokens.keyfile.GoldenFiles.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.security.rxkad.ServerKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of keys, those of the real tools first. */
class ReadersTest {
  private static final int AFS = 52;

  @TempDir Path dir;

  @Test
  void aKeyFileOfAsetkey() throws IOException {
    try (ServerKeyFile file = ServerKeyFile.open(GoldenFiles.copy(dir, "KeyFile"))) {
      assertThat(file.keys()).hasToString("[kvno 3 des, kvno 4 des]");
      assertThat(file.find(AFS, 3, ServerKeys.DES)).isEqualTo(GoldenFiles.DES_3);
      assertThat(file.find(AFS, 4, ServerKeys.DES)).isEqualTo(GoldenFiles.DES_4);
      assertThat(file.find(AFS, 5, ServerKeys.DES)).isNull();
      assertThat(file.find(AFS, 3, 18)).isNull();
    }
  }

  @Test
  void aKeyFileExtOfAsetkey() throws IOException {
    try (ServerKeyFile file = ServerKeyFile.open(GoldenFiles.copy(dir, "KeyFileExt"))) {
      assertThat(file.find(AFS, 5, 17)).isEqualTo(GoldenFiles.AES128);
      assertThat(file.find(AFS, 5, 18)).isEqualTo(GoldenFiles.AES256);
      assertThat(file.find(AFS, 5, ServerKeys.DES)).isNull();
    }
  }

  @Test
  void aKeyFileExtIsKnownWhateverItsName() throws IOException {
    Path file = Files.write(dir.resolve("keys"), GoldenFiles.bytes("KeyFileExt"));
    try (ServerKeyFile keys = ServerKeyFile.open(file)) {
      assertThat(keys.keys()).hasSize(2);
    }
  }

  @Test
  void aKeytabOfKtutil() throws IOException {
    try (ServerKeyFile file = ServerKeyFile.open(GoldenFiles.copy(dir, "rxkad.keytab"))) {
      assertThat(file.find(AFS, 5, 17)).isEqualTo(GoldenFiles.AES128);
      assertThat(file.find(AFS, 5, 18)).isEqualTo(GoldenFiles.AES256);
      assertThat(file.find(AFS, 300, 20))
          .as("a version beyond the old byte")
          .isEqualTo(GoldenFiles.AES256_SHA2);
      assertThat(file.find(AFS, 300 & 0xff, 20)).isNull();
      assertThat(file.find(AFS, 2, 17)).as("host/a.test.example opens nothing here").isNull();
      assertThat(file.keys().getFirst().owner()).isEqualTo("afs/test.example@TEST.EXAMPLE");
    }
  }

  @Test
  void aFolderOfOpenAfs() throws IOException {
    GoldenFiles.copy(dir, "KeyFile");
    GoldenFiles.copy(dir, "KeyFileExt");
    try (ServerKeyFile file = ServerKeyFile.open(dir)) {
      assertThat(file.find(AFS, 3, ServerKeys.DES)).isEqualTo(GoldenFiles.DES_3);
      assertThat(file.find(AFS, 5, 18)).isEqualTo(GoldenFiles.AES256);
    }
  }

  @Test
  void theTestFilesOfOpenAfs() throws IOException {
    Path old =
        Files.write(
            dir.resolve("KeyFile"),
            hex(
                "00000003 00000001 0102040810204080 00000002 0404040404040404"
                    + "00000004 1916fee6ba772ffd 00000000 0000")); // what is behind means nothing
    try (ServerKeyFile file = ServerKeyFile.open(old)) {
      assertThat(file.find(AFS, 4, ServerKeys.DES)).isEqualTo(hex("1916fee6ba772ffd"));
    }
    Path ext =
        Files.write(
            dir.resolve("KeyFileExt"),
            hex(
                "00000001 00000010 00000002 00000005 00000011 00000010"
                    + "4a754f90eb12c43fcd1867e1e44df40c"));
    try (ServerKeyFile file = ServerKeyFile.open(ext)) {
      assertThat(file.find(AFS, 5, 17)).isEqualTo(hex("4a754f90eb12c43fcd1867e1e44df40c"));
    }
  }

  @Test
  void aLongerRecordOfALaterFormatAndATypeOfNoConcern() throws IOException {
    Path file =
        Files.write(
            dir.resolve("KeyFileExt"),
            hex(
                "00000002"
                    + "00000018 00000002 00000005 00000011 ffffffffffffffff 00000010"
                    + "4a754f90eb12c43fcd1867e1e44df40c"
                    + "00000010 00000001 00000005 00000011 00000003 010203"));
    try (ServerKeyFile keys = ServerKeyFile.open(file)) {
      assertThat(keys.keys()).hasToString("[kvno 5 aes128-cts-hmac-sha1-96]");
    }
  }

  @Test
  void holesOfAKeytabAreSteppedOver() throws IOException {
    byte[] keytab = GoldenFiles.bytes("rxkad.keytab");
    int first = 0x54;
    keytab[2] = (byte) 0xff; // -0x54: the first entry was removed
    keytab[3] = (byte) 0xff;
    keytab[4] = (byte) 0xff;
    keytab[5] = (byte) -first;
    try (ServerKeyFile file = ServerKeyFile.open(Files.write(dir.resolve("k"), keytab))) {
      assertThat(file.find(AFS, 5, 18)).isNull();
      assertThat(file.find(AFS, 5, 17)).isEqualTo(GoldenFiles.AES128);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "KeyFile, '', it ends within the number of keys",
    "KeyFile, 00000009, it says that it holds 9 keys",
    "KeyFile, ffffffff, it says that it holds 4294967295 keys",
    "KeyFile, 00000001 00000003 0102, it ends within its 1 keys",
    "KeyFileExt, 00000001 00000010, ends earlier",
    "KeyFileExt, 7fffffff 00000010 00000002 00000005 00000011 00000000, ends earlier",
    "KeyFileExt, 00000001 0000000f 00000002 00000005 00000011 00000000, key 1 has a record of 15",
    "KeyFileExt, 00000001 ffffffff 00000002 00000005 00000011 00000000, a record of 4294967295",
    "KeyFileExt, 00000001 00000010 00000002 00000005 00000011 ffffffff, a secret of 4294967295",
    "KeyFileExt, 00000001 00000010 00000002 00000005 00000011 00000002 0102, its secret has 2",
    "KeyFileExt, 00000001 00000010 00000002 00000005 00000000 00000000, encryption type 0",
    "k.keytab, 0503, a keytab of version 3",
    "k.keytab, 0501 03000000, ends within an entry",
    "k.keytab, 0502 7fffffff, ends within an entry",
    "k.keytab, 0502 80000000, ends within an entry",
    "k.keytab, 0502 00000002 0000, a principal has 0 components",
    "k.keytab, 0502 00, ends within the length of an entry",
  })
  void aDamagedFileIsNamedWithWhatIsWrong(String name, String bytes, String problem)
      throws IOException {
    Path file = Files.write(dir.resolve(name), hex(bytes));
    assertThatThrownBy(() -> ServerKeyFile.open(file))
        .isInstanceOf(KeyFileException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(problem.replace("a principal has", "whose principal has"));
  }

  @Test
  void aKeytabOfOtherServicesIsRefused() throws IOException {
    byte[] keytab = GoldenFiles.bytes("rxkad.keytab");
    byte[] host = new byte[2 + 4 + 0x47];
    System.arraycopy(keytab, 0, host, 0, 2);
    System.arraycopy(keytab, 0xa2, host, 2, host.length - 2);
    Path file = Files.write(dir.resolve("krb5.keytab"), host);
    assertThatThrownBy(() -> ServerKeyFile.open(file))
        .hasMessageContaining(
            "no key of afs, afs/CELL or afs-rxgk/_afs.CELL, only of"
                + " host/a.test.example@TEST.EXAMPLE");
  }

  @Test
  void whatIsNotThere() {
    assertThatThrownBy(() -> ServerKeyFile.open(dir.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> ServerKeyFile.open(dir))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("none of KeyFile, KeyFileExt, rxkad.keytab");
  }

  @Test
  void noSecretIsPrinted() throws IOException {
    try (ServerKeyFile file = ServerKeyFile.open(GoldenFiles.copy(dir, "KeyFile"))) {
      assertThat(file.toString() + file.keys()).doesNotContainIgnoringCase("80b6a7cd");
    }
  }
}
