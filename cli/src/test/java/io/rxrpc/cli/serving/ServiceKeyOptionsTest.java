// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.cli.CommandRun;
import io.rxrpc.cli.RunningCommand;
import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.key.ClientTokens;
import io.rxrpc.key.RxkadToken;
import io.rxrpc.tokens.keyfile.LocalAuth;
import io.rxrpc.tokens.store.TokenStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code serve --keys}: which keys and names it takes, and what it says about files of keys. */
@Tag("long")
class ServiceKeyOptionsTest {
  private static final String KEY = "000102030405060708090a0b0c0d0e0f";

  @TempDir private Path folder;

  /** A KeyFileExt with one key of version 5. */
  private Path keys(int enctype, String key) throws IOException {
    String hex =
        "000000010000001000000002%08x%08x%08x%s".formatted(5, enctype, key.length() / 2, key);
    return Files.write(folder.resolve("KeyFileExt"), HexFormat.of().parseHex(hex));
  }

  private static RunningCommand serve(String keys, String... more) {
    String[] command = {"serve", "0/52", "--echo", "--keys", keys};
    String[] all = Arrays.copyOf(command, command.length + more.length);
    System.arraycopy(more, 0, all, command.length, more.length);
    return RunningCommand.start(all);
  }

  private static CommandRun call(RunningCommand server, String... more) {
    String[] command = {"call", server.target(), "--text", "hello"};
    String[] all = Arrays.copyOf(command, command.length + more.length);
    System.arraycopy(more, 0, all, command.length, more.length);
    return CommandRun.of(all);
  }

  @ParameterizedTest
  @CsvSource({"23, rc4", "16, des3", "17, aes128-sha1"})
  void keysOfOldRealmsServeUnlessTheAdministratorRefusesThem(int enctype, String name)
      throws Exception {
    Path file = keys(enctype, enctype == 16 ? KEY + "0102040810204080" : KEY);
    String localAuth = "--localauth=FILE:" + file;
    try (RunningCommand server = serve("FILE:" + file)) {
      CommandRun run = call(server, localAuth);
      assertThat(run.err()).isEmpty();
      assertThat(run.out()).isEqualTo("hello");
    }
    try (RunningCommand server = serve(file.toString(), "--refuse-keys", "des," + name)) {
      CommandRun run = call(server, localAuth);
      assertThat(run.code()).isEqualTo(ExitCode.ABORTED);
      assertThat(run.err()).contains("RXKADUNKNOWNKEY").contains("uses none of that type");
    }
  }

  /** A KeyFileExt with a key of rxgk and one of rxkad. */
  private Path both() throws IOException {
    String hex =
        "00000002"
            + "%08x%08x%08x%08x%08x%s".formatted(16, 1, 4, 18, 32, KEY + KEY)
            + "%08x%08x%08x%08x%08x%s".formatted(16, 2, 5, 17, 16, KEY);
    return Files.write(folder.resolve("KeyFileExt"), HexFormat.of().parseHex(hex));
  }

  @ParameterizedTest
  @CsvSource({"'',rxgk", "rxgk,rxgk", "yfs-rxgk,yfs-rxgk", "rxkad,rxkad"})
  void rxgkIsServedAndPreferredWhereThereAreKeys(String choice, String mechanism) throws Exception {
    Path file = both();
    try (RunningCommand server = serve(file.toString())) {
      String[] plain = {"--localauth", file.toString()};
      String[] chosen = {"--localauth", file.toString(), "--security", choice};
      CommandRun run = call(server, choice.isEmpty() ? plain : chosen);
      assertThat(run.err()).as(mechanism).isEmpty();
      assertThat(run.out()).isEqualTo("hello");
    }
  }

  @Test
  void aServerThatOffersOneClassHasNoOther() throws Exception {
    Path file = both();
    try (RunningCommand server = serve(file.toString(), "--security", "rxgk")) {
      assertThat(call(server, "--localauth", file.toString()).out()).isEqualTo("hello");
      CommandRun weak = call(server, "--localauth", file.toString(), "--security", "rxkad");
      assertThat(weak.code()).isEqualTo(ExitCode.ABORTED);
      assertThat(weak.out()).isEmpty();
      CommandRun low = call(server, "--localauth", file.toString(), "--level", "auth");
      assertThat(low.code()).isEqualTo(ExitCode.ABORTED);
      assertThat(low.err()).contains("RXGK_BADLEVEL").contains("--level").hasLineCount(1);
    }
    Path rxkad = keys(17, KEY);
    CommandRun none =
        CommandRun.of("serve", "0/52", "--echo", "--keys", rxkad.toString(), "--security", "rxgk");
    assertThat(none.code()).isEqualTo(ExitCode.USAGE);
    assertThat(none.err()).contains("no key of rxgk in it: nobody could call").hasLineCount(1);
    CommandRun local =
        CommandRun.of(
            "call", "127.0.0.1:7/52", "--localauth", rxkad.toString(), "--security", "rxgk");
    assertThat(local.code()).isEqualTo(ExitCode.USAGE);
    assertThat(local.err()).contains("asetkey add rxgk").hasLineCount(1);
  }

  /** With a key of afs-rxgk/_afs.example.org, version 3, aes256-cts-hmac-sha1-96. */
  private static final String KEYTAB =
      "0502"
          + "0000005c"
          + "0002"
          + "000b4558414d504c452e4f5247" // EXAMPLE.ORG
          + "00086166732d7278676b" // afs-rxgk
          + "00105f6166732e6578616d706c652e6f7267" // _afs.example.org
          + "000000016500000003"
          + "00120020"
          + KEY
          + KEY
          + "00000003";

  @Test
  void aKeytabWithAKeyOfRxgkIsEnoughForTheNegotiationToo() throws Exception {
    Path keytab = Files.write(folder.resolve("my.keytab"), HexFormat.of().parseHex(KEYTAB));
    String[][] ways = {{}, {"--principal", "afs-rxgk/_afs.example.org"}};
    for (String[] way : ways) {
      try (RunningCommand server = serve(keytab.toString(), way)) {
        assertThat(call(server, "--localauth", keytab.toString()).out()).isEqualTo("hello");
        String negotiation = server.target().replace("/52", "/34567");
        CommandRun run = CommandRun.of("call", negotiation, "--hex", "00000001");
        assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.ABORTED);
        assertThat(run.err()).contains("RXGEN_SS_UNMARSHAL");
      }
    }
    CommandRun none =
        CommandRun.of(
            "serve", "0/52", "--echo", "--keys", keytab.toString(), "--principal", "rx/other");
    assertThat(none.code()).isEqualTo(ExitCode.USAGE);
    assertThat(none.err()).contains("holds no key of rx/other, only of").hasLineCount(1);
  }

  @Test
  void dottedPrincipalsAreServedWhereTheyAreAllowed() throws Exception {
    Path file = keys(17, KEY);
    Path store = folder.resolve("tokens");
    RxkadToken token = LocalAuth.token(file, "first.last", "", Instant.now());
    TokenStore.open(store).put("afs@example.com", new ClientTokens("example.com", List.of(token)));
    String[] cell = {"--cell", "example.com", "--token-file", store.toString()};
    try (RunningCommand server = serve(file.toString())) {
      CommandRun run = call(server, cell);
      assertThat(run.code()).isEqualTo(ExitCode.ABORTED);
      assertThat(run.err()).contains("RXKADBADTICKET").contains("--allow-dotted-principals");
    }
    try (RunningCommand server = serve(file.toString(), "--allow-dotted-principals")) {
      CommandRun run = call(server, cell);
      assertThat(run.err()).isEmpty();
      assertThat(run.out()).isEqualTo("hello");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--allow-dotted-principals",
        "--refuse-keys=rc4",
        "--security=rxgk",
        "--principal=rx/java.example"
      })
  void optionsOfKeysNeedKeys(String option) {
    CommandRun run = CommandRun.of("serve", "0/52", "--echo", option);
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("needs --keys").hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource({
    "'', is empty",
    "05, it ends within the number of keys",
    "0502, no key in it",
    "0502000000, the keytab ends within the length of an entry",
    "050200000030, the keytab ends within an entry",
    "05020000000200ff, a principal has",
    "0503, a keytab of version 3",
    "00000001000000, it ends within",
    "7f454c4602010100, it says that it holds",
  })
  void aDamagedFileIsOneClearLine(String hex, String problem) throws IOException {
    Path file = Files.write(folder.resolve("my.keytab"), HexFormat.of().parseHex(hex));
    for (String keys : List.of(file.toString(), "WRFILE:" + file)) {
      CommandRun run = CommandRun.of("serve", "0/52", "--echo", "--keys", keys);
      assertThat(run.code()).isEqualTo(ExitCode.USAGE);
      assertThat(run.err())
          .contains("my.keytab")
          .contains(problem.replace("a principal has", "whose principal has"))
          .hasLineCount(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "MEMORY:x, not from MEMORY:",
    "FILE:, names no file",
    "FILE:/nowhere/k, no such file or directory"
  })
  void namesOfKeytabsThatAreNoFiles(String name, String problem) {
    for (String[] command :
        List.of(
            new String[] {"serve", "0/52", "--echo", "--keys", name},
            new String[] {"call", "127.0.0.1:7/52", "--localauth", name})) {
      CommandRun run = CommandRun.of(command);
      assertThat(run.code()).isEqualTo(ExitCode.USAGE);
      assertThat(run.err()).contains(problem).hasLineCount(1);
    }
  }
}
