// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.rxrpc.cli.CommandRun;
import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.key.ClientTokens;
import io.rxrpc.key.RxgkTime;
import io.rxrpc.key.RxgkToken;
import io.rxrpc.key.RxkadToken;
import io.rxrpc.key.TokenWriter;
import io.rxrpc.tokens.store.StoredKey;
import io.rxrpc.tokens.store.TokenStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The verbs about tokens and keys, with a file as the store. */
class TokenCommandsTest {
  private static final byte[] SECRET = HexFormat.of().parseHex("c0ffee00c0ffee01");

  @TempDir Path dir;

  private CommandRun run(String... args) {
    return run(new byte[0], args);
  }

  private CommandRun run(byte[] stdin, String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--token-file", dir.resolve("tokens").toString()));
    CommandRun run = CommandRun.withInput(stdin, all.toArray(String[]::new));
    assertThat(run.out() + run.err())
        .as("no output has a secret in it")
        .doesNotContainIgnoringCase("c0ffee");
    return run;
  }

  private static ClientTokens tokens(String cell, Instant end) {
    return new ClientTokens(
        cell,
        List.of(new RxkadToken(0, 256, SECRET, 1, end.getEpochSecond(), false, new byte[60])));
  }

  private void keep(String cell, Instant end) throws IOException {
    TokenStore.open(dir.resolve("tokens")).put(StoredKey.description(cell), tokens(cell, end));
  }

  @Test
  void noTokens() {
    assertThat(run("tokens").out())
        .isEqualTo("no tokens in " + dir.resolve("tokens") + System.lineSeparator());
    assertThat(run("tokens", "--json").out().strip()).isEqualTo("[]");
    assertThat(run("unlog").code()).isZero();
  }

  @Test
  void tokensAreListedWithTheirEnds() throws IOException {
    keep("a.example", Instant.now().plusSeconds(36_030));
    keep("b.example", Instant.now().minusSeconds(5));
    String out = run("tokens").out();
    assertThat(out).contains("a.example").contains("(10 h 0 min left)").contains("Kerberos 5");
    assertThat(out).contains("b.example").contains("(expired)");
    JsonObject first = run("tokens", "--json").json().getAsJsonArray().get(0).getAsJsonObject();
    assertThat(first.get("cell").getAsString()).isEqualTo("a.example");
    assertThat(first.get("kvno").getAsInt()).isEqualTo(256);
    assertThat(first.get("expired").getAsBoolean()).isFalse();
  }

  @Test
  void tokensOfRxgkAreListedWithTypeLevelAndEnd() throws IOException {
    Instant end = Instant.now().plusSeconds(36_030);
    keep("a.example", end);
    byte[] k0 = HexFormat.of().parseHex("c0ffee00c0ffee01c0ffee00c0ffee01");
    RxgkToken token = new RxgkToken(4, 17, k0, 1, 0, 36000, 30, RxgkTime.of(end), new byte[120]);
    TokenStore.open(dir.resolve("tokens"))
        .add("afs@a.example", new ClientTokens("a.example", List.of(token)), Instant.now());
    assertThat(run("tokens").out())
        .containsSubsequence(
            "a.example",
            "left)",
            "rxgk, aes128-cts-hmac-sha1-96, level auth",
            "a.example",
            "left)",
            "rxkad, Kerberos 5");
    JsonObject row = run("tokens", "--json").json().getAsJsonArray().get(0).getAsJsonObject();
    assertThat(row.get("security").getAsString()).isEqualTo("rxgk");
    assertThat(row.get("enctype").getAsString()).isEqualTo("aes128-cts-hmac-sha1-96");
    assertThat(row.get("level").getAsString()).isEqualTo("auth");
    assertThat(row.get("key_seconds").getAsInt()).isEqualTo(36000);
    assertThat(row.getAsJsonArray("tokens")).hasSize(2);
    assertThat(run("key", "show", "afs@a.example").out()).contains("security: rxgk");
    CommandRun call =
        run("call", "127.0.0.1:9/52", "--cell", "a.example", "--level", "encrypt", "--text", "x");
    assertThat(call.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(call.err())
        .contains("the token of rxgk is for the level auth and no other")
        .contains("rxrpc klog --rxgk --level encrypt")
        .hasLineCount(1);
    CommandRun other =
        run("call", "127.0.0.1:9/52", "--cell", "a.example", "--security", "yfs-rxgk");
    assertThat(other.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(other.err()).contains("are of another security class").hasLineCount(1);
  }

  @Test
  void whatKlogNeedsForRxgk() {
    for (String option : List.of("--server=h", "--acceptor=a/b", "--level=auth", "--enctype=rc4")) {
      CommandRun run = run("klog", "user@A.EXAMPLE", option);
      assertThat(run.code()).isEqualTo(ExitCode.USAGE);
      assertThat(run.err()).contains("needs --rxgk").hasLineCount(1);
    }
    CommandRun nobody =
        run("klog", "u@A.EXAMPLE", "--rxgk", "--cell", "none.example", "--ccache", dir + "/no");
    assertThat(nobody.code()).isEqualTo(ExitCode.USAGE);
    assertThat(nobody.err()).contains("name one by --server HOST[:PORT]").hasLineCount(1);
    CommandRun kaserver = run("klog", "u", "--rxgk", "--cell", "c", "--kaserver", "h");
    assertThat(kaserver.code()).isEqualTo(ExitCode.USAGE);
    assertThat(kaserver.err()).contains("leave --rxgk out").hasLineCount(1);
  }

  @Test
  void unlogRemovesTheTokenOfACellOrAll() throws IOException {
    for (String cell : List.of("a", "b", "c")) {
      keep(cell, Instant.now().plusSeconds(100));
    }
    assertThat(run("unlog", "--cell", "b").out()).startsWith("removed the token for b");
    assertThat(run("tokens").out()).contains("a ").doesNotContain("b ").contains("c ");
    assertThat(run("unlog").out()).startsWith("removed the token for a, c");
    assertThat(run("tokens").out()).startsWith("no tokens");
  }

  @Test
  void aKeyFromAFileInAnyForm() throws IOException {
    byte[] xdr = TokenWriter.xdr("a.example", tokens("a.example", Instant.now().plusSeconds(99)));
    Path binary = Files.write(dir.resolve("key.bin"), xdr);
    Path hex = Files.writeString(dir.resolve("key.hex"), HexFormat.of().formatHex(xdr) + "\n");
    assertThat(run("key", "add", "one", "--file", binary.toString()).code()).isZero();
    assertThat(run("key", "add", "two", "--file", hex.toString()).code()).isZero();
    byte[] v1 = TokenWriter.versionOne(tokens("", Instant.now().plusSeconds(99)).rxkad());
    assertThat(run(v1, "key", "add", "three", "--secret-fd", "0").code()).isZero();
    assertThat(run("key", "list").out()).contains("one ").contains("two ").contains("three ");
    assertThat(run("key", "show", "two").out()).contains("security: rxkad").contains("kvno: 256");
    assertThat(run("key", "show", "three", "--json").json().getAsJsonObject().get("expired"))
        .hasToString("false");
    assertThat(run("key", "revoke", "two").code()).isZero();
    assertThat(run("key", "list").out()).doesNotContain("two");
  }

  @Test
  void aKeyThatIsNotThere() {
    for (String verb : List.of("show", "revoke")) {
      CommandRun run = run("key", verb, "none");
      assertThat(run.code()).isEqualTo(ExitCode.REFUSED);
      assertThat(run.err()).contains("no key none in").contains("'rxrpc key list'").hasLineCount(1);
    }
  }

  @Test
  void whatIsNoKey() throws IOException {
    CommandRun run =
        run("junk?".getBytes(StandardCharsets.UTF_8), "key", "add", "x", "--secret-fd", "0");
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("the payload is no key of type rxrpc").hasLineCount(1);
    CommandRun nobody = run("key", "add", "x");
    assertThat(nobody.code()).isEqualTo(ExitCode.USAGE);
    assertThat(nobody.err()).contains("give --file or --secret-fd").hasLineCount(1);
    assertThat(run("key").code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void klogSaysWhatIsMissing() {
    CommandRun noCell = run("klog", "user");
    assertThat(noCell.code()).isEqualTo(ExitCode.USAGE);
    assertThat(noCell.err()).contains("give --cell CELL").hasLineCount(1);
    CommandRun noKeytab = run("klog", "user@A.EXAMPLE", "--keytab", dir.resolve("no").toString());
    assertThat(noKeytab.code()).as("a local file").isEqualTo(ExitCode.USAGE);
    assertThat(noKeytab.err()).contains("cannot read the keytab").hasLineCount(1);
    CommandRun noPassword = run("klog", "user@A.EXAMPLE", "--password-fd", "0");
    assertThat(noPassword.code()).isEqualTo(ExitCode.USAGE);
    assertThat(noPassword.err()).contains("descriptor 0 gives no password").hasLineCount(1);
    CommandRun noTerminal = run("klog", "user@A.EXAMPLE");
    assertThat(noTerminal.code()).isEqualTo(ExitCode.USAGE);
    assertThat(noTerminal.err()).contains("--password-fd").hasLineCount(1);
    CommandRun closed = run("klog", "user@A.EXAMPLE", "--password-fd", "987");
    assertThat(closed.code()).isEqualTo(ExitCode.USAGE);
    assertThat(closed.err()).contains("cannot read descriptor 987").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "jdk"})
  void whicheverKerberosAFileIsJudgedAlike(String kind) throws IOException {
    Path file = Files.writeString(dir.resolve("file"), "neither");
    String[] start = {"klog", "u@A.EXAMPLE", "--kerberos", kind, "--json"};
    for (String[] proof :
        new String[][] {
          {"--keytab", "FILE:" + file}, {"--ccache", "FILE:" + file}, {"--keytab", file.toString()}
        }) {
      List<String> all = new ArrayList<>(List.of(start));
      all.addAll(List.of(proof));
      CommandRun run = run(all.toArray(String[]::new));
      assertThat(run.code()).isEqualTo(ExitCode.USAGE);
      assertThat(run.err()).startsWith("rxrpc: " + file + " is no ").hasLineCount(1);
    }
  }

  @Test
  void whichKerberosCanBeChosen() {
    CommandRun wrong = run("klog", "u@A.EXAMPLE", "--kerberos", "heimdal");
    assertThat(wrong.code()).isEqualTo(ExitCode.USAGE);
    assertThat(wrong.err()).contains("'heimdal' is none of auto, system, jdk").hasLineCount(1);
    CommandRun told =
        run("klog", "u@A.EXAMPLE", "-v", "--kerberos", "jdk", "--keytab", dir + "/no");
    assertThat(told.err()).contains("using the JDK's Kerberos (asked for)").hasLineCount(2);
  }

  @Test
  void aStoreThatOthersCanReadIsRefused() throws IOException {
    Path file = dir.resolve("tokens");
    Files.createFile(file);
    Files.setPosixFilePermissions(
        file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-rw-rw-"));
    CommandRun run = run("tokens");
    assertThat(run.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(run.err()).contains("chmod 600").hasLineCount(1);
  }
}
