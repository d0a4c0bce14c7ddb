// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.rxrpc.interop.peers.Needs;
import io.rxrpc.interop.peers.Needs.Peer;
import io.rxrpc.interop.peers.Programs;
import io.rxrpc.interop.peers.Realms;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code kinit && rxrpc klog} beside {@code kinit && aklog}: who is asked, for what, and what
 * comes.
 */
@Needs(Peer.REALMS)
class KerberosSideBySideIT {
  private static final String AES_256 = "aes256-cts-hmac-sha1-96";
  private static final String OF_LOCAL = "afs/local.example@USERS.EXAMPLE";
  private static final String OF_CELL = "afs/cell.example@CELL.EXAMPLE";

  @TempDir Path dir;

  private static DatagramSocket silentUdp;
  private static DatagramSocket silentUdpBesideTcp;
  private static ServerSocket silentTcp;

  @BeforeAll
  static void saysNothing(Realms realms) throws IOException {
    InetAddress nobody = InetAddress.ofLiteral(realms.address(3));
    silentUdp = new DatagramSocket(new InetSocketAddress(nobody, Realms.PORT));
    silentTcp = new ServerSocket(Realms.PORT, 50, nobody);
    InetAddress tcpOnly = InetAddress.ofLiteral(realms.address(2));
    silentUdpBesideTcp = new DatagramSocket(new InetSocketAddress(tcpOnly, Realms.PORT));
  }

  @AfterAll
  static void close() throws IOException {
    silentUdp.close();
    silentTcp.close();
    silentUdpBesideTcp.close();
  }

  /** A krb5.conf, a cache and a cell. */
  enum Row {
    THE_USERS_OWN_REALM("local.example", OF_LOCAL),
    THE_CELL_OF_THE_MACHINE(null, OF_LOCAL),
    TRUST_TO_THE_CELLS_REALM("cell.example", OF_CELL),
    THE_REALM_BY_THE_SERVERS_DOMAIN("cell.example", OF_CELL),
    AFS_ALONE_WHERE_CELL_EQUALS_REALM("old.example", "afs@OLD.EXAMPLE"),
    A_SILENT_FIRST_KDC("local.example", OF_LOCAL),
    A_KDC_OF_TCP_ONLY("local.example", OF_LOCAL),
    A_NAME_WITH_TWO_ADDRESSES("local.example", OF_LOCAL),
    A_CLOCK_TWO_HOURS_FAST("cell.example", OF_CELL),
    A_FOLDER_INCLUDED_TWICE("cell.example", OF_CELL),
    A_FOLDER_BEHIND_A_SECTION("cell.example", OF_CELL),
    ANOTHER_TYPE_OF_KEY("cell.example", OF_CELL),
    CACHE_DIR("cell.example", OF_CELL),
    CACHE_KEYRING("cell.example", OF_CELL),
    CACHE_KEYRING_PERSISTENT("cell.example", OF_CELL),
    CACHE_KCM("cell.example", OF_CELL),
    CACHE_OF_THE_CONFIGURATION("cell.example", OF_CELL);

    private final @Nullable String cell;
    private final String service;

    Row(@Nullable String cell, String service) {
      this.cell = cell;
      this.service = service;
    }

    String conf(KerberosConf conf, Path dir) throws IOException {
      return switch (this) {
        case THE_REALM_BY_THE_SERVERS_DOMAIN -> conf.defaults() + KerberosConf.realms(conf.kdc(1));
        case A_SILENT_FIRST_KDC -> conf.withKdcs(conf.kdc(3), conf.kdc(1));
        case A_KDC_OF_TCP_ONLY -> conf.withKdcs(conf.kdc(2));
        case A_NAME_WITH_TWO_ADDRESSES -> conf.withKdcs("kdc.two.example:" + Realms.PORT);
        case A_CLOCK_TWO_HOURS_FAST -> conf.withKdcs(conf.kdc(5));
        case A_FOLDER_INCLUDED_TWICE -> conf.twice(dir);
        case A_FOLDER_BEHIND_A_SECTION -> conf.behind(dir);
        case ANOTHER_TYPE_OF_KEY ->
            conf.defaults("permitted_enctypes = aes128-cts-hmac-sha1-96 aes256-cts-hmac-sha1-96")
                + KerberosConf.realms(conf.kdc(1))
                + KerberosConf.DOMAINS;
        case CACHE_OF_THE_CONFIGURATION ->
            conf.defaults("default_ccache_name = KEYRING:persistent:%{uid}:rxrpc-conf")
                + KerberosConf.realms(conf.kdc(1))
                + KerberosConf.DOMAINS;
        default -> conf.plain();
      };
    }

    @Nullable String cache(Path dir) {
      return switch (this) {
        case CACHE_DIR -> "DIR:" + dir.resolve("caches");
        case CACHE_KEYRING -> "KEYRING:session:rxrpc-test";
        case CACHE_KEYRING_PERSISTENT -> "KEYRING:persistent:0:rxrpc-test";
        case CACHE_KCM -> "KCM:";
        case CACHE_OF_THE_CONFIGURATION -> null;
        default -> "FILE:" + dir.resolve("cc");
      };
    }

    String sessionKey() {
      return this == ANOTHER_TYPE_OF_KEY ? "aes128-cts-hmac-sha1-96" : AES_256;
    }
  }

  @ParameterizedTest
  @EnumSource(Row.class)
  void klogDoesWhatAklogDoes(Row row, Realms realms) throws IOException {
    KerberosCommands commands =
        new KerberosCommands(realms, dir, row.conf(new KerberosConf(realms), dir), row.cache(dir));
    try {
      commands.kinit("user", "userpw").ok();
      List<String> asked = commands.aklog(row.cell);
      String ticket = commands.afsTicket();
      assertThat(ticket).as("aklog").isEqualTo(row.service + " " + row.sessionKey());

      commands.kinit("user", "userpw").ok(); // a new cache
      assertThat(commands.afsTicket()).isNull();
      Programs.Result klog =
          row.cell == null
              ? commands.klog("", "-v", "--json")
              : commands.klog("", "-v", "--json", "--cell", row.cell);
      JsonObject json = KerberosCommands.json(klog.ok());
      assertThat(KerberosCommands.after(klog.err(), "asking for a ticket for ")).isEqualTo(asked);
      assertThat(commands.afsTicket()).as("klog").isEqualTo(ticket);
      assertThat(json.get("kerberos").getAsString()).isEqualTo("system");
      assertThat(json.get("principal").getAsString()).isEqualTo("user@USERS.EXAMPLE");
      assertThat(json.get("cell").getAsString())
          .isEqualTo(row.cell == null ? "local.example" : row.cell);
      assertThat(json.get("service").getAsString() + " " + json.get("session_key").getAsString())
          .isEqualTo(ticket);
    } finally {
      commands.kdestroy();
    }
  }
}
