// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.CallOptions;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.afs.WellKnownService;
import io.rxrpc.interop.peers.Needs;
import io.rxrpc.interop.peers.Needs.Peer;
import io.rxrpc.interop.peers.Programs;
import io.rxrpc.interop.peers.SecureCell;
import io.rxrpc.key.RxkadToken;
import io.rxrpc.key.Token;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.tokens.store.NoTokenException;
import io.rxrpc.tokens.store.TokenStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tokens from a real KDC (MIT Kerberos), and real servers that take them. */
@Needs(Peer.SECURE_CELL)
class KlogIT {
  /** Bytes of a capture without packets. */
  private static final long PCAP_HEADER = 24;

  private static final String USER = "user@" + SecureCell.REALM;

  @TempDir Path dir;

  /** Runs the command as a person would, with a token file of the test's own. */
  private Programs.Result rxrpc(SecureCell cell, Object... arguments) {
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command = new ArrayList<>();
    // what the test gives in the file stands at descriptor 3
    command.addAll(List.of("sh", "-c", "f=$1; shift; exec \"$@\" 3<\"$f\"", "sh"));
    command.add(dir.resolve("input").toString());
    command.addAll(List.of("env", "KRB5_CONFIG=" + cell.krb5Conf()));
    command.add(TokenStore.VARIABLE + "=" + dir.resolve("tokens"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", classes, "io.rxrpc.cli.Rxrpc"));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    try {
      if (Files.notExists(dir.resolve("input"))) {
        Files.writeString(dir.resolve("input"), "");
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return Programs.run(Duration.ofMinutes(1), command);
  }

  private Programs.Result byPassword(SecureCell cell, String principal, String password)
      throws IOException {
    Files.writeString(dir.resolve("input"), password + "\n");
    return rxrpc(cell, "klog", principal, "--cell", SecureCell.NAME, "--password-fd", "3");
  }

  private Token token() throws IOException {
    return TokenStore.open(dir.resolve("tokens")).find(SecureCell.NAME, Instant.now());
  }

  private static void probe(SecureCell cell, Token token, SecurityLevel level) throws IOException {
    RxrpcAddress vl = new RxrpcAddress(cell.server(7003), WellKnownService.VL.id());
    try (RxrpcEndpoint endpoint = RxrpcEndpoint.open()) {
      byte[] request = HexFormat.of().parseHex("00000202");
      CallOptions options = CallOptions.DEFAULT.token(token, level);
      assertThat(endpoint.call(vl, request, options.timeout(Duration.ofSeconds(20)))).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(SecurityLevel.class)
  void aRealServerTakesATokenByKeytab(SecurityLevel level, SecureCell cell) throws IOException {
    Programs.Result klog =
        rxrpc(cell, "klog", USER, "--cell", SecureCell.NAME, "--keytab", cell.keytab("user"));
    assertThat(klog.ok().out())
        .startsWith("a token of " + USER + " for the cell test.example until ")
        .hasLineCount(1);
    Token token = token();
    assertThat(token)
        .isInstanceOfSatisfying(RxkadToken.class, t -> assertThat(t.kvno()).isEqualTo(256));
    probe(cell, token, level);
  }

  @Test
  void aCallTakesTheTokenAndIsRefusedWithoutIt(SecureCell cell) throws IOException {
    String vl = cell.server(7003).getAddress().getHostAddress() + ":7003/vl";
    Object[] call = {
      "call", vl, "--cell", SecureCell.NAME, "--level", "encrypt", "--hex", "00000202"
    };
    rxrpc(cell, "klog", USER, "--cell", SecureCell.NAME, "--keytab", cell.keytab("user")).ok();
    rxrpc(cell, call).ok();
    rxrpc(cell, "unlog").ok();
    Programs.Result refused = rxrpc(cell, call);
    assertThat(refused.exit()).as(refused.toString()).isEqualTo(6);
    assertThat(refused.err()).contains("rxrpc klog --cell test.example").hasLineCount(1);
  }

  @Test
  void byPassword(SecureCell cell) throws IOException {
    byPassword(cell, USER, "userpw").ok();
    probe(cell, token(), SecurityLevel.ENCRYPT);
    Programs.Result tokens = rxrpc(cell, "tokens").ok();
    assertThat(tokens.out()).contains(SecureCell.NAME).contains("rxkad, Kerberos 5");
  }

  @Test
  void byACacheOfKinit(SecureCell cell) throws IOException {
    String cache = dir.resolve("cc").toString();
    Programs.run(
            "env",
            "KRB5_CONFIG=" + cell.krb5Conf(),
            "kinit",
            "-c",
            "FILE:" + cache,
            "-k",
            "-t",
            cell.keytab("user").toString(),
            "user")
        .ok();
    Programs.Result klog =
        rxrpc(cell, "klog", "--cell", SecureCell.NAME, "--ccache", "FILE:" + cache);
    assertThat(klog.ok().out()).startsWith("a token of " + USER);
    probe(cell, token(), SecurityLevel.ENCRYPT);
  }

  @Test
  void refusalsOfTheKdcAreOneLine(SecureCell cell) throws IOException {
    Programs.Result wrong = byPassword(cell, USER, "wrong");
    assertThat(wrong.exit()).as(wrong.toString()).isEqualTo(6);
    assertThat(wrong.err()).contains("wrong password for " + USER).hasLineCount(1);
    Programs.Result unknown = byPassword(cell, "nobody@" + SecureCell.REALM, "x");
    assertThat(unknown.exit()).as(unknown.toString()).isEqualTo(6);
    assertThat(unknown.err()).contains("is not known to its KDC").hasLineCount(1);
    Programs.Result service =
        rxrpc(cell, "klog", USER, "--cell", "other.example", "--keytab", cell.keytab("user"));
    assertThat(service.exit()).as(service.toString()).isEqualTo(6);
    assertThat(service.err())
        .contains("the KDC knows no service afs/other.example@TEST.EXAMPLE or afs/other.example@")
        .doesNotContain("afs@TEST.EXAMPLE")
        .hasLineCount(1);
    Programs.Result keytab =
        rxrpc(cell, "klog", USER, "--cell", SecureCell.NAME, "--keytab", cell.keytab("admin"));
    assertThat(keytab.exit()).as(keytab.toString()).isEqualTo(6);
    assertThat(keytab.err()).contains("has no key of " + USER).hasLineCount(1);
  }

  @Test
  void fromTheFirstTokenToTheLast(SecureCell cell) throws IOException {
    String vl = cell.address().getHostAddress() + ":7003/vl";
    String pcap = dir.resolve("packets").toString();
    Object[] call = {
      "call", vl, "--cell", SecureCell.NAME, "--level", "encrypt", "--hex", "00000202"
    };
    rxrpc(cell, "klog", USER, "--cell", SecureCell.NAME, "--keytab", cell.keytab("user")).ok();
    assertThat(rxrpc(cell, "tokens").ok().out()).contains(SecureCell.NAME);
    rxrpc(cell, call).ok();
    rxrpc(cell, "unlog").ok();
    List<Object> again = new ArrayList<>(List.of(call));
    again.addAll(List.of("--pcap", pcap));
    Programs.Result refused = rxrpc(cell, again.toArray());
    assertThat(refused.exit()).as(refused.toString()).isEqualTo(6);
    assertThat(refused.err()).contains("rxrpc klog --cell test.example").hasLineCount(1);
    Path packets = Path.of(pcap);
    assertThat(Files.notExists(packets) || Files.size(packets) <= PCAP_HEADER)
        .as("no packet was sent")
        .isTrue();
  }

  @Test
  void unlogLeavesNothing(SecureCell cell) throws IOException {
    byPassword(cell, USER, "userpw").ok();
    assertThat(rxrpc(cell, "unlog").ok().out()).contains("removed the token for test.example");
    assertThatThrownBy(this::token)
        .isInstanceOf(NoTokenException.class)
        .hasMessageContaining("rxrpc klog --cell test.example");
  }
}
