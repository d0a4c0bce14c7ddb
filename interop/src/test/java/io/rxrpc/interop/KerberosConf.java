// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import io.rxrpc.interop.peers.Realms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Ways to write the same krb5.conf. */
final class KerberosConf {
  private static final List<String> NAMES = List.of("USERS.EXAMPLE", "CELL.EXAMPLE", "OLD.EXAMPLE");
  static final String DOMAINS = "[domain_realm]\n .cell.example = CELL.EXAMPLE\n";

  private final Realms realms;

  KerberosConf(Realms realms) {
    this.realms = realms;
  }

  /** The KDC at an address of the realms' network. */
  String kdc(int last) {
    return realms.address(last) + ":" + Realms.PORT;
  }

  /** With more lines in its {@code [libdefaults]}. */
  String defaults(String... more) {
    StringBuilder text =
        new StringBuilder(
            """
            [libdefaults]
             default_realm = USERS.EXAMPLE
             dns_lookup_realm = false
             dns_lookup_kdc = false
             dns_canonicalize_hostname = false
            """);
    text.append(" kcm_socket = ")
        .append(realms.directory().resolve("run/.heim_org.h5l.kcm-socket"))
        .append('\n');
    for (String line : more) {
      text.append(' ').append(line).append('\n');
    }
    return text.toString();
  }

  /** The same KDCs for all realms. */
  static String realms(String... kdcs) {
    StringBuilder text = new StringBuilder("[realms]\n");
    for (String name : NAMES) {
      text.append(' ').append(name).append(" = {\n");
      for (String kdc : kdcs) {
        text.append("  kdc = ").append(kdc).append('\n');
      }
      text.append(" }\n");
    }
    return text.toString();
  }

  String plain() {
    return defaults() + realms(kdc(1)) + DOMAINS;
  }

  String withKdcs(String... kdcs) {
    return defaults() + realms(kdcs) + DOMAINS;
  }

  /** As RHEL 9 has it with IPA: a folder that is included twice. */
  String twice(Path dir) throws IOException {
    Path folder = Files.createDirectories(dir.resolve("krb5.conf.d"));
    Files.writeString(
        folder.resolve("crypto-policies"),
        "[libdefaults]\npermitted_enctypes ="
            + " aes256-cts-hmac-sha1-96 aes128-cts-hmac-sha1-96\n");
    Files.writeString(
        folder.resolve("freeipa"), "[libdefaults]\n spake_preauth_groups = edwards25519\n");
    Files.writeString(folder.resolve("domains.conf"), DOMAINS);
    return "includedir "
        + folder
        + "/\nincludedir "
        + folder
        + "\n\n"
        + defaults()
        + realms(kdc(1));
  }

  /** A folder that is included behind a section. */
  String behind(Path dir) throws IOException {
    Path folder = Files.createDirectories(dir.resolve("behind.d"));
    Files.writeString(folder.resolve("realms"), realms(kdc(1)));
    return defaults() + "\nincludedir " + folder + "\n\n" + DOMAINS;
  }
}
