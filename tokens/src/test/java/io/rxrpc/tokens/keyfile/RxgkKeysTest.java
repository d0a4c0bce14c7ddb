// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.keyfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.key.RxgkToken;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.rxgk.RxgkForm;
import io.rxrpc.security.rxgk.RxgkIssuer;
import io.rxrpc.security.rxgk.TokenContents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys of rxgk in KeyFileExt and keytabs, and tokens made with them. */
class RxgkKeysTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final String KEY =
      "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
  private static final byte[] LONG = HEX.parseHex(KEY);
  private static final byte[] SHORT = HEX.parseHex(KEY.substring(0, 32));

  /** What {@code asetkey add rxgk 4 18 0001..1f} makes. */
  private static final String BY_ASETKEY = "000000010000001000000001000000040000001200000020" + KEY;

  @TempDir Path dir;

  private Path ext(String hex) throws IOException {
    return Files.write(dir.resolve("KeyFileExt"), HEX.parseHex(hex));
  }

  @Test
  void aFileOfAsetkeyIsRead() throws Exception {
    try (ServerKeyFile keys = ServerKeyFile.open(ext(BY_ASETKEY))) {
      assertThat(keys.rxgk().find(52, 4, 18)).isEqualTo(LONG);
      assertThat(keys.rxgk().find(52, 4, 20)).isNull();
      assertThat(keys.rxgk().find(52, 5, 18)).isNull();
      assertThat(keys.find(52, 4, 18)).as("no ticket of rxkad is opened with it").isNull();
      assertThat(keys.keys()).singleElement().matches(ServiceKey::rxgk);
      assertThat(keys.keys().getFirst()).hasToString("kvno 4 aes256-cts-hmac-sha1-96 for rxgk");
      assertThat(keys.negotiationKeytab()).isNull();
    }
  }

  @Test
  void aFileIsWrittenAsAsetkeyDoes() throws Exception {
    Path file = dir.resolve("KeyFileExt");
    KeyFileExtWriter.addRxgk(file, 4, 18, LONG);
    assertThat(HEX.formatHex(Files.readAllBytes(file))).isEqualTo(BY_ASETKEY);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    KeyFileExtWriter.addRxgk(file, 4, 18, new byte[32]);
    assertThat(HEX.formatHex(Files.readAllBytes(file)))
        .isEqualTo(BY_ASETKEY.replace(KEY, "00".repeat(32)));
    KeyFileExtWriter.addRxgk(file, 5, 17, SHORT);
    try (ServerKeyFile keys = ServerKeyFile.open(file)) {
      assertThat(keys.rxgk().find(52, 5, 17)).isEqualTo(SHORT);
      assertThat(keys.rxgk().find(52, 4, 18)).isEqualTo(new byte[32]);
    }
    assertThat(KeyFileExtWriter.removeRxgk(file, 4, 18)).isTrue();
    assertThat(KeyFileExtWriter.removeRxgk(file, 4, 18)).isFalse();
    assertThat(dir.toFile().list()).containsExactly("KeyFileExt");
  }

  @Test
  @DisplayName("records of other types, also unknown ones with surplus octets, stay as they are")
  void otherRecordsStay() throws Exception {
    String rxkad =
        "00000010" + "00000002" + "00000005" + "00000011" + "00000010" + KEY.substring(32);
    String unknown =
        "00000014" + "00000063" + "00000001" + "00000007" + "deadbeef" + "00000003" + "aabbcc";
    Path file = ext("00000002" + rxkad + unknown);
    KeyFileExtWriter.addRxgk(file, 4, 18, LONG);
    assertThat(HEX.formatHex(Files.readAllBytes(file)))
        .isEqualTo("00000003" + rxkad + unknown + BY_ASETKEY.substring(8));
    KeyFileExtWriter.removeRxgk(file, 4, 18);
    assertThat(HEX.formatHex(Files.readAllBytes(file))).isEqualTo("00000002" + rxkad + unknown);
  }

  @Test
  void whatIsNoKeyIsNotWritten() throws Exception {
    Path file = dir.resolve("KeyFileExt");
    for (int enctype : List.of(0, 3, 16, 23, 25, 26, 99)) {
      assertThatThrownBy(() -> KeyFileExtWriter.addRxgk(file, 4, enctype, SHORT))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> KeyFileExtWriter.addRxgk(file, 4, 18, SHORT))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> KeyFileExtWriter.addRxgk(file, 0, 18, LONG))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(file).doesNotExist();
    ext(BY_ASETKEY.substring(0, 60));
    assertThatThrownBy(() -> KeyFileExtWriter.addRxgk(file, 4, 17, SHORT))
        .isInstanceOf(KeyFileException.class);
    assertThat(HEX.formatHex(Files.readAllBytes(file))).isEqualTo(BY_ASETKEY.substring(0, 60));
  }

  @ParameterizedTest
  @CsvSource({"17 19,19", "17 18 19 20,20", "18 19,18", "18 25,18", "23 17,17"})
  void ofSeveralTypesTheStrongestMakesTokens(String types, int chosen) throws Exception {
    StringBuilder records = new StringBuilder();
    String[] all = types.split(" ", -1);
    for (String type : all) {
      int enctype = Integer.parseInt(type);
      String key = enctype == 18 || enctype == 20 ? KEY : KEY.substring(32);
      records.append("%08x%08x%08x%08x%08x%s".formatted(16, 1, 7, enctype, key.length() / 2, key));
    }
    String older = BY_ASETKEY.substring(8);
    Path file = ext("%08x".formatted(all.length + 1) + records + older);
    try (ServerKeyFile keys = ServerKeyFile.open(file)) {
      RxgkIssuer issuer = keys.issuer();
      assertThat(issuer.kvno()).isEqualTo(7);
      assertThat(issuer.enctype()).isEqualTo(chosen);
    }
  }

  @Test
  void printedTokensAreTheSuperusers() throws Exception {
    Instant now = Instant.parse("2026-05-04T03:02:01Z");
    for (RxgkForm form : RxgkForm.values()) {
      Path file = ext(BY_ASETKEY);
      RxgkToken token = LocalAuth.rxgk(file, form, SecurityLevel.AUTH, now);
      assertThat(token.securityIndex()).isEqualTo(form.index());
      assertThat(token.enctype()).isEqualTo(18);
      assertThat(token.level()).isEqualTo(1);
      assertThat(token.lifetime()).isEqualTo(36000);
      assertThat(token.bytelife()).isEqualTo(30);
      assertThat(token.expiry()).isEqualTo(now.plus(Duration.ofHours(10)));
      try (ServerKeyFile keys = ServerKeyFile.open(file)) {
        TokenContents contents = TokenContents.open(form, token.token(), 52, keys.rxgk());
        assertThat(contents.names()).isEmpty();
        assertThat(contents.k0()).isEqualTo(token.k0()).isNotEqualTo(new byte[32]);
        assertThat(contents.level()).isEqualTo(1);
      }
    }
  }

  private Path keytab(String... names) throws IOException {
    Keytab keytab = new Keytab(2);
    int kvno = 1;
    for (String name : names) {
      byte[] key = SHORT.clone();
      key[0] = (byte) kvno;
      keytab.add("EXAMPLE.ORG", kvno++, 17, key, true, name.split("/", -1));
    }
    return Files.write(dir.resolve("my.keytab"), keytab.bytes());
  }

  @Test
  void inAKeytabTheKeysOfTheCellsRxgkPrincipalCount() throws Exception {
    Path file = keytab("afs/example.org", "afs-rxgk/_afs.example.org", "host/x", "afs-rxgk/other");
    try (ServerKeyFile keys = ServerKeyFile.open(file)) {
      assertThat(keys.find(52, 1, 17)).isNotNull();
      assertThat(keys.rxgk().find(52, 1, 17)).isNull();
      assertThat(keys.rxgk().find(52, 2, 17)).isNotNull();
      assertThat(keys.find(52, 2, 17)).isNull();
      assertThat(keys.keys()).hasSize(2);
      assertThat(keys.issuer().kvno()).isEqualTo(2);
      assertThat(keys.negotiationKeytab()).isEqualTo(file);
    }
  }

  @Test
  void orThoseOfTheOnePrincipalThatIsNamed() throws Exception {
    Path file = keytab("afs/example.org", "rx/java.example", "rx/other.example");
    for (String name : List.of("rx/java.example", "rx/java.example@EXAMPLE.ORG")) {
      try (ServerKeyFile keys = ServerKeyFile.ofPrincipal(file, name, 0)) {
        assertThat(keys.keys()).hasSize(1);
        assertThat(keys.rxgk().find(52, 2, 17)).isNotNull();
        assertThat(keys.negotiationKeytab()).isEqualTo(file);
      }
    }
    assertThatThrownBy(() -> ServerKeyFile.ofPrincipal(file, "rx/java.example@ELSE", 0))
        .isInstanceOf(KeyFileException.class)
        .hasMessageContaining("holds no key of rx/java.example@ELSE, only of");
  }

  @Test
  void whereThereIsNoSuchKeyOneIsTold() throws Exception {
    Path file = keytab("afs/example.org");
    assertThat(LocalAuth.hasRxgk(file)).isFalse();
    assertThatThrownBy(
            () -> LocalAuth.rxgk(file, RxgkForm.YFS, SecurityLevel.ENCRYPT, Instant.now()))
        .isInstanceOf(KeyFileException.class)
        .hasMessageContaining("no key of rxgk in it")
        .hasMessageContaining("asetkey add rxgk");
  }

  @Test
  void inAFolderTheKeytabBesideIsForTheNegotiation() throws Exception {
    ext(BY_ASETKEY);
    try (ServerKeyFile keys = ServerKeyFile.open(dir)) {
      assertThat(keys.negotiationKeytab()).isNull();
      Path beside = Files.write(dir.resolve("rxgk.keytab"), new Keytab(2).bytes());
      assertThat(keys.negotiationKeytab()).isEqualTo(beside);
      assertThat(keys.rxgk().find(52, 4, 18)).isEqualTo(LONG);
    }
  }
}
