// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.keyfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.security.rxkad.ServerKeys;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Files and folders of keys, taken and refused as MIT's libkrb5 and OpenAFS take and refuse them.
 */
class JudgedFilesTest {
  private static final int AFS = 52;
  private static final byte[] ONE = GoldenFiles.AES256;
  private static final byte[] TWO = GoldenFiles.AES256_SHA2;
  private static final byte[] RC4 = GoldenFiles.hex("8846f7eaee8fb117ad06bdd830b7586c");
  private static final String KEY_FILE = "00000001 00000003 80b6a7cd7a9dadb6";
  private static final String EXT_17 =
      "00000001 00000010 00000002 00000005 00000011 00000010 4a754f90eb12c43fcd1867e1e44df40c";

  @TempDir Path dir;

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(dir.resolve(name), bytes);
  }

  private Path write(String name, String hex) throws IOException {
    return write(name, GoldenFiles.hex(hex));
  }

  private static List<byte[]> candidates(Path path, int kvno, int enctype) throws IOException {
    try (ServerKeyFile file = ServerKeyFile.open(path)) {
      return file.candidates(AFS, kvno, enctype);
    }
  }

  @Test
  void twoRealmsKeysWithTheSameVersionAreBothTried() throws IOException {
    Keytab keytab =
        new Keytab(2)
            .add("ONE.EXAMPLE", 3, 18, ONE, true, "afs", "cell.example")
            .add("TWO.EXAMPLE", 3, 18, TWO, true, "afs", "cell.example")
            .add("TWO.EXAMPLE", 3, 18, TWO, true, "afs");
    Path file = write("rxkad.keytab", keytab.bytes());
    assertThat(candidates(file, 3, 18)).containsExactly(ONE, TWO);
    assertThat(candidates(dir, 3, 18)).as("the folder").containsExactly(ONE, TWO);
    assertThat(candidates(file, 4, 18)).isEmpty();
  }

  @Test
  void twoDesKeysWithTheSameVersionAreBothTried() throws IOException {
    Path file = write("KeyFile", "00000002 00000003 0102040810204080 00000003 1916fee6ba772ffd");
    assertThat(candidates(file, 3, ServerKeys.DES)).hasSize(2);
  }

  @Test
  void aRunningServerTakesTheSecondRealmsKeyWhenItIsAdded() throws IOException {
    Path file = write("k", new Keytab(2).add("ONE.EXAMPLE", 3, 18, ONE, true, "afs").bytes());
    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    long[] nanos = {0};
    try (ServerKeyFile keys =
        ServerKeyFile.open(file, 10, () -> nanos[0], () -> Instant.parse("2026-11-22T16:00:00Z"))) {
      assertThat(keys.candidates(AFS, 3, 18)).containsExactly(ONE);
      Keytab both =
          new Keytab(2)
              .add("ONE.EXAMPLE", 3, 18, ONE, true, "afs")
              .add("TWO.EXAMPLE", 3, 18, TWO, true, "afs");
      write("k", both.bytes());
      nanos[0] += 10;
      assertThat(keys.candidates(AFS, 3, 18)).containsExactly(ONE, TWO);
    }
  }

  @Test
  void keysOfActiveDirectory() throws IOException {
    byte[] des3 = Arrays.copyOf(ONE, 24);
    Path file =
        write(
            "k",
            new Keytab(2)
                .add("AD.EXAMPLE", 2, 23, RC4, false, "afs", "cell")
                .add("AD.EXAMPLE", 2, 16, des3, false, "afs", "cell")
                .bytes());
    assertThat(candidates(file, 2, 23)).containsExactly(RC4);
    assertThat(candidates(file, 2, 16)).containsExactly(des3);
    try (ServerKeyFile keys = ServerKeyFile.open(file)) {
      assertThat(LocalAuth.newest(keys.keys()).enctype()).isIn(16, 23);
    }
  }

  @Test
  void aVersionOfOneByteStandsForTheWholeOneWithItsLowByte() throws IOException {
    Path file =
        write(
            "k",
            new Keytab(2)
                .add("AD.EXAMPLE", 300, 18, ONE, false, "afs")
                .add("AD.EXAMPLE", 44, 18, TWO, true, "afs")
                .bytes());
    assertThat(candidates(file, 300, 18)).as("300 = 256 + 44").containsExactly(ONE);
    assertThat(candidates(file, 44, 18)).containsExactly(ONE, TWO);
  }

  @Test
  void aKeytabOfVersionOne() throws IOException {
    Path file = write("k", new Keytab(1).add("R", 7, 18, ONE, false, "afs", "cell").bytes());
    assertThat(candidates(file, 7, 18)).containsExactly(ONE);
  }

  @ParameterizedTest
  @CsvSource({"1", "3", "20", "60"})
  void whatIsWholeInATruncatedKeytabIsUsed(int cut) throws IOException {
    byte[] bytes =
        new Keytab(2).add("R", 1, 18, ONE, true, "afs").add("R", 2, 18, TWO, true, "afs").bytes();
    Path file = write("k", Arrays.copyOf(bytes, bytes.length - cut));
    assertThat(candidates(file, 1, 18)).containsExactly(ONE);
    assertThat(candidates(file, 2, 18)).isEmpty();
  }

  @Test
  void aKeyOfAWrongLengthHidesNoOther() throws IOException {
    byte[] keytab =
        new Keytab(2)
            .add("R", 1, 18, RC4, true, "afs") // 16 bytes, not 32
            .add("R", 1, 17, RC4, true, "afs")
            .bytes();
    assertThat(candidates(write("k", keytab), 1, 17)).containsExactly(RC4);
    Path ext =
        write(
            "KeyFileExt",
            "00000002 00000010 00000002 00000005 00000012 00000002 0102" + EXT_17.substring(8));
    assertThat(candidates(ext, 5, 17)).hasSize(1);
    assertThat(candidates(ext, 5, 18)).isEmpty();
  }

  @Test
  void whatStandsBehindTheLastKeyOfAKeyFileExtMeansNothing() throws IOException {
    assertThat(candidates(write("KeyFileExt", EXT_17 + "00ff"), 5, 17)).hasSize(1);
  }

  @Test
  void recordsThatOpenAfsNeverFindsHideNoOther() throws IOException {
    Path ext =
        write(
            "KeyFileExt",
            "00000003 00000010 00000000 00000005 00000007 00000008 0102040810204080"
                + "00000010 00000002 00000005 00000000 00000001 01"
                + EXT_17.substring(8));
    assertThat(candidates(ext, 5, 17)).hasSize(1);
    assertThat(candidates(ext, 5, ServerKeys.DES)).isEmpty();
  }

  @Test
  void symbolicLinksAreFollowed() throws IOException {
    Path real = write("real", KEY_FILE);
    Path folder = Files.createDirectory(dir.resolve("server"));
    Files.createSymbolicLink(folder.resolve("KeyFile"), real);
    Files.createSymbolicLink(folder.resolve("KeyFileExt"), dir.resolve("nowhere"));
    Path link = Files.createSymbolicLink(dir.resolve("link"), folder);
    assertThat(candidates(link, 3, ServerKeys.DES)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"rw-rw-rw-", "rwxrwxrwx", "r--------"})
  void permissionsAreTheAdministratorsBusiness(String mode) throws IOException {
    Path file = write("KeyFile", KEY_FILE);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    assertThat(candidates(file, 3, ServerKeys.DES)).hasSize(1);
  }

  @Test
  void aFileOfAFolderThatCannotBeOpenedHidesNoOther() throws IOException {
    write("KeyFileExt", EXT_17);
    Path loop = dir.resolve("KeyFile");
    Files.createSymbolicLink(loop, loop); // ELOOP, for root as well
    assertThat(candidates(dir, 5, 17)).hasSize(1);
    Files.delete(dir.resolve("KeyFileExt"));
    assertThatThrownBy(() -> ServerKeyFile.open(dir))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("KeyFile");
  }

  @Test
  void aDamagedFileOfAFolderMakesItUseless() throws IOException {
    write("KeyFileExt", EXT_17);
    write("KeyFile", "0000");
    assertThatThrownBy(() -> ServerKeyFile.open(dir)).isInstanceOf(KeyFileException.class);
    Files.delete(dir.resolve("KeyFile"));
    Files.createDirectory(dir.resolve("KeyFile"));
    assertThatThrownBy(() -> ServerKeyFile.open(dir)).isInstanceOf(IOException.class);
  }

  @Test
  void anOldKeytabOfOtherServicesBesideAKeyFileExtIsNobodysBusiness() throws IOException {
    write("KeyFileExt", EXT_17);
    write("rxkad.keytab", new Keytab(2).add("R", 1, 18, ONE, true, "host", "a").bytes());
    assertThat(candidates(dir, 5, 17)).hasSize(1);
    write("rxkad.keytab", new byte[0]);
    assertThat(candidates(dir, 5, 17)).hasSize(1);
  }

  @Test
  void aFileThatCannotBeSeenAnyMoreIsNotGone() throws IOException {
    Path file = write("KeyFile", KEY_FILE);
    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    long[] nanos = {0};
    try (ServerKeyFile keys =
        ServerKeyFile.open(file, 10, () -> nanos[0], () -> Instant.parse("2026-11-22T16:00:00Z"))) {
      Files.delete(file);
      Files.createSymbolicLink(file, file);
      nanos[0] += 10;
      assertThat(keys.candidates(AFS, 3, ServerKeys.DES)).as("unreadable: kept").hasSize(1);
      Files.delete(file);
      nanos[0] += 10;
      assertThat(keys.candidates(AFS, 3, ServerKeys.DES)).as("removed: gone").isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"k.keytab, ''", "KeyFile, ''", "KeyFileExt, ''", "k.keytab, 05", "k.keytab, 0502"})
  void aFileWithoutKeys(String name, String hex) throws IOException {
    Path file = write(name, hex);
    if (hex.equals("0502")) {
      assertThat(candidates(file, 1, 18)).isEmpty(); // a keytab without entries is one
    } else {
      assertThatThrownBy(() -> ServerKeyFile.open(file))
          .isInstanceOf(KeyFileException.class)
          .hasMessageStartingWith(file + ": ");
    }
  }

  @Test
  void namesAsKerberosWritesThem() {
    assertThat(KeytabName.path("FILE:/etc/krb5.keytab")).isEqualTo(Path.of("/etc/krb5.keytab"));
    assertThat(KeytabName.path("WRFILE:k")).isEqualTo(Path.of("k"));
    assertThat(KeytabName.path("/etc/krb5.keytab")).isEqualTo(Path.of("/etc/krb5.keytab"));
    assertThat(KeytabName.path("a:b")).isEqualTo(Path.of("a:b"));
    assertThatThrownBy(() -> KeytabName.path("MEMORY:x")).hasMessageContaining("FILE:PATH");
    assertThatThrownBy(() -> KeytabName.path("FILE:")).hasMessageContaining("names no file");
  }
}
