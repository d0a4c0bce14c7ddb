// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.krb5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** krb5.conf as MIT Kerberos reads it. */
class ProfileTest {
  private static final String REALM = "[realms]\n A.EXAMPLE = {\n  kdc = one\n }\n";

  @TempDir Path dir;

  private Profile read(String text) throws IOException, KerberosException {
    return Profile.read(List.of(Files.writeString(dir.resolve("krb5.conf"), text)));
  }

  private Path folder(String name, String text) throws IOException {
    Path folder = Files.createDirectories(dir.resolve("krb5.conf.d"));
    Files.writeString(folder.resolve(name), text);
    return folder;
  }

  @Test
  void aFolderIncludedTwice() throws Exception {
    Path folder = folder("freeipa", "[libdefaults]\n default_realm = A.EXAMPLE\n");
    Profile profile = read("includedir " + folder + "/\nincludedir " + folder + "\n" + REALM);
    assertThat(profile.section("libdefaults").first("default_realm")).isEqualTo("A.EXAMPLE");
    assertThat(profile.text()).containsOnlyOnce("[libdefaults]").contains("kdc = one");
  }

  @Test
  void aFolderBehindASectionDoesNotEndIt() throws Exception {
    Path folder = folder("realms", REALM);
    Profile profile =
        read("[libdefaults]\nincludedir " + folder + "\n default_realm = A.EXAMPLE\n");
    assertThat(profile.section("libdefaults").first("default_realm")).isEqualTo("A.EXAMPLE");
    assertThat(profile.section("realms").section("A.EXAMPLE").values("kdc")).containsExactly("one");
  }

  @ParameterizedTest
  @CsvSource({
    "a,true",
    "a-b_1,true",
    "a.conf,true",
    ".a.conf,false",
    "a~,false",
    "a.rpmsave,false"
  })
  void whichFilesOfAFolderCount(String name, boolean counts) throws Exception {
    Path folder = folder(name, REALM);
    Profile profile = read("includedir " + folder + "\n");
    assertThat(profile.section("realms").sections().isEmpty()).isEqualTo(!counts);
  }

  @Test
  void sectionsThatComeAgainAreMergedAndTheFirstValueIsInForce() throws Exception {
    Profile profile =
        read(
            REALM
                + "[libdefaults]\n x = 1\n"
                + REALM.replace("one", "two")
                + "[libdefaults]\n x = 2\n y* = \"3 \"\n");
    assertThat(profile.section("realms").section("A.EXAMPLE").values("kdc"))
        .containsExactly("one", "two");
    assertThat(profile.section("libdefaults").first("x")).isEqualTo("1");
    assertThat(profile.section("libdefaults").first("y")).isEqualTo("3 ");
  }

  @Test
  void commentsInAnyCoding() throws Exception {
    Path file = dir.resolve("latin");
    Files.write(file, ("# K\u00f6nig\n; x\n" + REALM).getBytes(StandardCharsets.ISO_8859_1));
    assertThat(Profile.read(List.of(file)).text()).contains("kdc = one").doesNotContain("#");
  }

  @ParameterizedTest
  @CsvSource({
    "db1.cell.example,CELL.EXAMPLE",
    "cell.example,''",
    "host.exact.example,EXACT.EXAMPLE",
    "a.host.exact.example,EXACT.EXAMPLE",
    "other,''"
  })
  void theRealmOfAHost(String host, String realm) throws Exception {
    Profile profile =
        read(
            "[domain_realm]\n .cell.example = CELL.EXAMPLE\n host.exact.example = EXACT.EXAMPLE\n");
    assertThat(profile.realmOf(host)).isEqualTo(realm);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x = 1\n",
        "[libdefaults]\n x\n",
        "[realms]\n A = {\n",
        "[realms]\n }\n",
        "[realms]\n A = {\n[libdefaults]\n",
        "include /no/such/file\n",
        "includedir /no/such/folder\n"
      })
  void whatIsNoConfiguration(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOfSatisfying(
            KerberosException.class, e -> assertThat(e.fault()).isEqualTo(KerberosFault.FILE))
        .hasMessageContaining("krb5.conf");
  }

  @Test
  void aFileThatIncludesItself() throws IOException {
    Path file = dir.resolve("krb5.conf");
    assertThatThrownBy(() -> read("include " + file + "\n"))
        .hasMessageContaining("includes itself");
  }
}
