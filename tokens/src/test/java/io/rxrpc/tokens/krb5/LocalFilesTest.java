// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.krb5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Caches and keytabs by their names. */
class LocalFilesTest {
  /** A cache of user@A without tickets, in the formats 0x0504 and 0x0503. */
  private static final String WITH_HEADER =
      "0504000c00010008ffffffff0000000000000001000000010000000141" + "0000000475736572";

  private static final String WITH_TYPES = "05030000000100000001000000014100000004" + "75736572";

  @TempDir Path dir;

  @Test
  void namesOfFiles() throws KerberosException {
    for (String name : new String[] {"/tmp/x", "FILE:/tmp/x", "WRFILE:/tmp/x"}) {
      assertThat(LocalFiles.file(name)).isEqualTo(Path.of("/tmp/x"));
    }
    assertThat(LocalFiles.file("relative:x/y")).isNull();
    assertThat(LocalFiles.file("KCM:")).isNull();
    assertThat(LocalFiles.file("KEYRING:persistent:0")).isNull();
  }

  @Test
  void whoseACacheIs() throws Exception {
    for (String hex : new String[] {WITH_HEADER, WITH_TYPES}) {
      Path file = Files.write(dir.resolve("cc"), HexFormat.of().parseHex(hex));
      LocalFiles.cache("FILE:" + file);
      assertThat(JdkCaches.owner(file)).isEqualTo("user@A");
      for (int cut = 0; cut < hex.length() / 2; cut++) {
        byte[] part = HexFormat.of().parseHex(hex.substring(0, 2 * cut));
        Files.write(file, part); // whatever is said of it, it is no crash
        assertThat(JdkCaches.owner(file)).isNotEqualTo("user@A");
      }
    }
  }

  @Test
  void theCacheThatAFolderUses() throws Exception {
    assertThat(JdkCaches.file("DIR:" + dir)).isEqualTo(dir.resolve("tkt"));
    Files.writeString(dir.resolve("primary"), "tktAbc\n");
    assertThat(JdkCaches.file("DIR:" + dir)).isEqualTo(dir.resolve("tktAbc"));
    assertThat(JdkCaches.file("DIR::" + dir.resolve("tktX"))).isEqualTo(dir.resolve("tktX"));
    assertThatThrownBy(() -> JdkCaches.file("KCM:"))
        .isInstanceOfSatisfying(
            KerberosException.class, e -> assertThat(e.fault()).isEqualTo(KerberosFault.FILE))
        .hasMessageContaining("the JDK's Kerberos reads files only");
  }

  @Test
  void aKeytabThatIsCutShortIsReadAsFarAsItGoes() throws IOException {
    String hex =
        "0502"
            + "00000027"
            + "0001"
            + "000141"
            + "000475736572"
            + "00000001"
            + "00000000"
            + "01"
            + "0017"
            + "0010"
            + "00".repeat(16);
    byte[] whole = HexFormat.of().parseHex(hex);
    int size = whole.length - 6;
    whole[5] = (byte) size;
    Path file = Files.write(dir.resolve("keytab"), whole);
    assertThat(KeytabListing.read(file)).containsExactly(new KeytabListing.Entry("user@A", 23));
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, java.util.Arrays.copyOf(whole, length));
      assertThat(KeytabListing.read(file)).isEmpty();
    }
  }
}
