// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who a peer is, in each of its forms. */
class PeerIdentityTest {
  private static final String KERBEROS5 = "0401000b06092a864886f712010202";

  private static AuthName name(int kind, String hex, String display) {
    return new AuthName(kind, HexFormat.of().parseHex(hex), display);
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  /** What a server does with whom it knows: the compiler says when a form is forgotten. */
  private static String form(PeerIdentity identity) {
    return switch (identity) {
      case PeerIdentity.Kerberos4 k -> k.name() + "/" + k.instance() + "/" + k.cell();
      case PeerIdentity.Gss g -> g.names().size() + " names";
      case PeerIdentity.Printed _ -> "has the key of the cell";
    };
  }

  @ParameterizedTest
  @CsvSource({
    "alice, '', '', alice",
    "alice, admin, '', alice.admin",
    "alice, '', CELL, alice@CELL",
    "alice, admin, CELL, alice.admin@CELL"
  })
  void aNameOfKerberos4(String name, String instance, String cell, String principal) {
    PeerIdentity peer =
        new PeerIdentity.Kerberos4("rxkad", name, instance, cell, null, SecurityLevel.AUTH);
    assertThat(peer.principal()).isEqualTo(principal);
    assertThat(peer.mechanism()).isEqualTo("rxkad");
    assertThat(form(peer)).isEqualTo(name + "/" + instance + "/" + cell);
  }

  @Test
  void oneNameOfGssIsThePrincipal() {
    PeerIdentity peer =
        new PeerIdentity.Gss(
            "rxgk", List.of(AuthName.kerberos5("alice@EXAMPLE.COM")), null, SecurityLevel.ENCRYPT);
    assertThat(peer.principal()).isEqualTo("alice@EXAMPLE.COM");
    assertThat(peer.mechanism()).isEqualTo("rxgk");
    assertThat(form(peer)).isEqualTo("1 names");
  }

  @Test
  void severalNamesAreNotOneOfThem() {
    List<AuthName> names = new ArrayList<>();
    names.add(AuthName.kerberos5("alice@EXAMPLE.COM"));
    names.add(AuthName.kerberos5("host/client.example.com@EXAMPLE.COM"));
    PeerIdentity.Gss peer = new PeerIdentity.Gss("yfs-rxgk", names, null, SecurityLevel.ENCRYPT);
    names.clear();
    assertThat(peer.names()).hasSize(2);
    assertThat(peer.principal())
        .isEqualTo("alice@EXAMPLE.COM + host/client.example.com@EXAMPLE.COM");
    assertThatThrownBy(() -> new PeerIdentity.Gss("rxgk", List.of(), null, SecurityLevel.CLEAR))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPrintedTokenNamesNobody() {
    PeerIdentity peer = new PeerIdentity.Printed("rxgk", null, SecurityLevel.CLEAR);
    assertThat(peer.principal()).isEqualTo("<printed token>").doesNotContain("@");
    assertThat(form(peer)).isEqualTo("has the key of the cell");
  }

  @Test
  void theOctetsSayWhoAndNotTheText() {
    String admin = hex("admin");
    AuthName liar = name(AuthName.KERBEROS4, hex("user"), "admin");
    assertThat(liar.principal()).isEqualTo("user");
    assertThat(liar.display()).isEqualTo("admin");
    assertThat(name(AuthName.KERBEROS4, admin, "x"))
        .isEqualTo(name(AuthName.KERBEROS4, admin, "y"))
        .hasSameHashCodeAs(name(AuthName.KERBEROS4, admin, "y"))
        .isNotEqualTo(name(AuthName.GSS, admin, "x"))
        .isNotEqualTo(liar);
  }

  @Test
  void anExportedNameOfKerberos5IsRead() {
    String alice = KERBEROS5 + "00000005" + hex("a@R.X");
    assertThat(name(AuthName.GSS, alice, "").principal()).isEqualTo("a@R.X");
    assertThat(AuthName.kerberos5("a@R.X")).isEqualTo(name(AuthName.GSS, alice, ""));
    assertThat(HexFormat.of().formatHex(AuthName.kerberos5("a@R.X").data())).isEqualTo(alice);
  }

  /** A principal that somebody is permitted by is never made of octets that are not its own. */
  @Test
  void whatIsNoNameIsShownAsDigits() {
    String alice = hex("a@R.X");
    List<String> odd =
        List.of(
            KERBEROS5 + "00000006" + alice,
            KERBEROS5 + "00000004" + alice,
            KERBEROS5 + "ffffffff" + alice,
            KERBEROS5 + "00000000",
            KERBEROS5,
            "",
            "0401000b06092a864886f712010203" + "00000005" + alice,
            KERBEROS5 + "00000002" + "c328",
            KERBEROS5 + "00000002" + "410a");
    for (String exported : odd) {
      assertThat(name(AuthName.GSS, exported, "a@R.X").principal()).isEqualTo("#2:" + exported);
    }
    assertThat(name(0, "00ff", "").principal()).isEqualTo("#0:00ff");
    assertThat(name(AuthName.KERBEROS4, hex("#0:00ff"), "").principal())
        .as("a name that looks like digits of another kind")
        .isEqualTo("#1:" + hex("#0:00ff"));
  }
}
