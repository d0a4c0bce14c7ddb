// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.rxrpc.interop.peers.Needs;
import io.rxrpc.interop.peers.Needs.Peer;
import io.rxrpc.interop.peers.Programs;
import io.rxrpc.interop.peers.Realms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The system's Kerberos and the JDK's: the same words and exit codes for the same fault. */
@Tag("peers")
@Needs(Peer.REALMS)
class KerberosKindsIT {
  private static final String CELL = "local.example";

  @TempDir Path dir;

  private KerberosCommands commands(Realms realms, String conf) throws IOException {
    return new KerberosCommands(realms, dir, conf, "FILE:" + dir.resolve("cc"));
  }

  /** A fault, and what is said about it. */
  enum Fault {
    WRONG_PASSWORD("user", "wrong", CELL, 6, "wrong password for user; try again"),
    WRONG_PASSWORD_PROVED_FIRST("strict", "wrong", CELL, 6, "wrong password for strict; try again"),
    UNKNOWN("nobody", "x", CELL, 6, "nobody is not known to its KDC; check the name and the realm"),
    LOCKED("locked", "lockedpw", CELL, 6, "locked is locked; ask the administrator of the realm"),
    EXPIRED("expired", "expiredpw", CELL, 6, "expired has ended; ask the administrator of the"),
    NO_KDC("user@NO.REALM", "x", CELL, 6, "no KDC is known for user@NO.REALM; name one in krb5"),
    MISTYPED("user", "userpw", "locla.example", 6, "the KDC knows no service afs/locla.example@U"),
    MISTYPED_WITH_AFS_ALONE(
        "user@OLD.EXAMPLE",
        "userpw",
        "odl.example",
        6,
        "the KDC knows no service afs/odl.example@"),
    ;

    private final String principal;
    private final String password;
    private final String cell;
    private final int exit;
    private final String words;

    Fault(String principal, String password, String cell, int exit, String words) {
      this.principal = principal;
      this.password = password;
      this.cell = cell;
      this.exit = exit;
      this.words = words;
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void aFaultHasTheSameWordsAndExitCode(Fault fault, Realms realms) throws IOException {
    KerberosCommands commands = commands(realms, new KerberosConf(realms).plain());
    List<String> said = new ArrayList<>();
    for (String kind : List.of("system", "jdk")) {
      Programs.Result result =
          commands.klog(
              fault.password + "\n",
              fault.principal,
              "--cell",
              fault.cell,
              "--password-fd",
              "0",
              "--kerberos",
              kind);
      assertThat(result.exit()).as(result.toString()).isEqualTo(fault.exit);
      assertThat(result.err())
          .hasLineCount(1)
          .startsWith("rxrpc: " + fault.words)
          .doesNotContain("null");
      said.add(result.err());
    }
    assertThat(said.get(0)).isEqualTo(said.get(1));
    assertThat(dir.resolve("tokens")).as("no token was kept").doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"system", "jdk"})
  void aReferralOfTheUsersKdcGivesTheRightTicket(String kind, Realms realms) throws IOException {
    KerberosCommands commands = commands(realms, new KerberosConf(realms).plain());
    JsonObject json =
        KerberosCommands.json(
            commands
                .klog(
                    "userpw\n",
                    "user",
                    "--cell",
                    "referred.example",
                    "--password-fd",
                    "0",
                    "--json",
                    "--kerberos",
                    kind)
                .ok());
    assertThat(json.get("service").getAsString()).isEqualTo("afs/referred.example@CELL.EXAMPLE");
    assertThat(json.get("kerberos").getAsString()).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({"3,1", "2,", "twice,", "behind,"})
  void theJdksGetsThereToo(String first, String second, Realms realms) throws IOException {
    KerberosConf conf = new KerberosConf(realms);
    String text =
        switch (first) {
          case "twice" -> conf.twice(dir);
          case "behind" -> conf.behind(dir);
          case "3" -> conf.withKdcs(conf.kdc(3), conf.kdc(Integer.parseInt(second)));
          default -> conf.withKdcs(conf.kdc(Integer.parseInt(first)));
        };
    JsonObject json =
        KerberosCommands.json(
            commands(realms, text)
                .klog(
                    "",
                    "user",
                    "--cell",
                    CELL,
                    "--keytab",
                    "FILE:" + realms.directory().resolve("user.keytab"),
                    "--kerberos",
                    "jdk",
                    "--json")
                .ok());
    assertThat(json.get("service").getAsString()).isEqualTo("afs/local.example@USERS.EXAMPLE");
  }

  @Test
  void aKeytabWithAnRc4KeyServesWhereTheLibraryAllowsIt(Realms realms) throws IOException {
    KerberosCommands commands = commands(realms, new KerberosConf(realms).plain());
    String keytab = realms.directory().resolve("weak.keytab").toString();
    boolean kinit = commands.run("", List.of("kinit", "-k", "-t", keytab, "weak")).exit() == 0;
    Programs.Result system =
        commands.klog("", "weak", "--cell", CELL, "--keytab", keytab, "--kerberos", "system");
    assertThat(system.exit()).as(system.toString()).isEqualTo(kinit ? 0 : 6);
    Programs.Result jdk =
        commands.klog("", "weak", "--cell", CELL, "--keytab", keytab, "--kerberos", "jdk");
    assertThat(jdk.exit()).as(jdk.toString()).isEqualTo(6);
    assertThat(jdk.err())
        .startsWith(
            "rxrpc: "
                + keytab
                + " has keys of weak only of types that may not be used here (arcfour-hmac)")
        .hasLineCount(1);
  }

  @Test
  void cachesThatCannotBeUsed(Realms realms) throws IOException {
    String conf = new KerberosConf(realms).plain();
    String nowhere = conf.replaceAll("kcm_socket = .*", "kcm_socket = " + dir.resolve("none"));
    Path junk = Files.writeString(dir.resolve("junk"), "no cache");
    for (String cache : List.of("NONSENSE:x", "KCM:", "FILE:" + junk)) {
      Programs.Result result =
          new KerberosCommands(realms, dir, nowhere, cache).klog("", "--kerberos", "system");
      assertThat(result.exit()).as(result.toString()).isEqualTo(2);
      assertThat(result.err())
          .hasLineCount(1)
          .contains("cache")
          .doesNotContain("Kerberos refused")
          .doesNotContain("null");
    }
  }
}
