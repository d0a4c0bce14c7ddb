// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.cli.CommandRun;
import io.rxrpc.cli.RunningCommand;
import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.key.ClientTokens;
import io.rxrpc.key.RxkadToken;
import io.rxrpc.tokens.keyfile.LocalAuth;
import io.rxrpc.tokens.store.TokenStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --level}, {@code --cell}, {@code --localauth}, {@code --keys}, and what refusals say. */
class SecurityOptionsTest {
  @TempDir private Path folder;
  private Path keys;

  @BeforeEach
  void writeKeys() throws IOException {
    keys = keyFile("KeyFile", 3, "0102040810204080");
  }

  private Path keyFile(String name, int kvno, String hex) throws IOException {
    byte[] file =
        ByteBuffer.allocate(16).putInt(1).putInt(kvno).put(HexFormat.of().parseHex(hex)).array();
    return Files.write(folder.resolve(name), file);
  }

  private RunningCommand serve(String... more) {
    String[] command = {"serve", "0/52", "--echo", "--keys", keys.toString()};
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
  @ValueSource(strings = {"clear", "auth", "encrypt"})
  void localAuthNeedsNoToken(String level) throws InterruptedException {
    try (RunningCommand server = serve("--min-level", level)) {
      CommandRun run = call(server, "--localauth", keys.toString(), "--level", level);
      assertThat(run.err()).isEmpty();
      assertThat(run.out()).isEqualTo("hello");
      assertThat(run.code()).isZero();
    }
  }

  @Test
  @Tag("R-66")
  void theLevelIsEncryptUnlessSaid() throws InterruptedException {
    try (RunningCommand server = serve("--min-level", "encrypt")) {
      assertThat(call(server, "--localauth", keys.toString()).code()).isZero();
    }
  }

  @Test
  @Tag("R-64")
  void tooLowALevelIsRefusedHere() throws InterruptedException {
    try (RunningCommand server = serve("--min-level", "encrypt")) {
      CommandRun run = call(server, "--localauth", keys.toString(), "--level", "auth");
      assertThat(run.code()).isEqualTo(ExitCode.REFUSED);
      assertThat(run.err())
          .contains("RXKADLEVELFAIL (19270402)")
          .contains("--level encrypt")
          .hasLineCount(1);
    }
  }

  @Test
  void anotherKeyIsRefusedThereAndTheLineSaysWhatToDo() throws IOException, InterruptedException {
    Path other = keyFile("other", 3, "1916fee6ba762ffd");
    Path newer = keyFile("newer", 4, "0102040810204080");
    try (RunningCommand server = serve("--set", "response-refusal-delay=1ms")) {
      CommandRun run = call(server, "--localauth", other.toString());
      assertThat(run.code()).isEqualTo(ExitCode.ABORTED);
      assertThat(run.err())
          .contains("RXKADBADTICKET (19270407)")
          .contains("another key")
          .hasLineCount(1);
      assertThat(call(server, "--localauth", newer.toString()).err())
          .contains("RXKADUNKNOWNKEY (19270408)")
          .contains("kvno");
      assertThat(call(server).code()).isEqualTo(ExitCode.ABORTED); // no security at all
    }
  }

  @Test
  void withoutATokenNothingIsSent() throws IOException, InterruptedException {
    Path store = folder.resolve("tokens");
    String[] cell = {"--cell", "example.com", "--token-file", store.toString()};
    try (RunningCommand server = serve()) {
      CommandRun run = call(server, cell);
      assertThat(run.code()).isEqualTo(ExitCode.REFUSED);
      assertThat(run.err()).contains("example.com").contains("rxrpc klog").hasLineCount(1);
      CommandRun alone = call(server, "--level", "auth");
      assertThat(alone.code()).isEqualTo(ExitCode.REFUSED);
      assertThat(alone.err()).contains("rxrpc klog").contains("--localauth").hasLineCount(1);

      put(store, LocalAuth.token(keys, Instant.now()));
      assertThat(call(server, cell).out()).isEqualTo("hello");
      String[] key = {"--key", "afs@example.com", "--token-file", store.toString()};
      assertThat(call(server, key).out()).isEqualTo("hello");

      put(store, LocalAuth.token(keys, Instant.now().minus(Duration.ofHours(12))));
      CommandRun late = call(server, cell);
      assertThat(late.code()).isEqualTo(ExitCode.REFUSED);
      assertThat(late.err()).contains("rxrpc klog").hasLineCount(1);
      String counters = server.terminate();
      assertThat(counters).containsPattern("calls-served +2\\b");
    }
  }

  private static void put(Path store, RxkadToken token) throws IOException {
    TokenStore.open(store).put("afs@example.com", new ClientTokens("example.com", List.of(token)));
  }

  @Test
  void aCommandOfServeLearnsWhoCalls() throws InterruptedException {
    try (RunningCommand server =
        RunningCommand.start(
            "serve",
            "0/52",
            "--exec",
            "echo $RXRPC_USER $RXRPC_LEVEL",
            "--keys",
            keys.toString())) {
      assertThat(call(server, "--localauth", keys.toString(), "--level", "auth").out())
          .isEqualTo("afs auth\n");
    }
  }

  @Test
  void whatCannotBeIsAUsageError() {
    assertThat(CommandRun.of("serve", "0/52", "--echo", "--min-level", "auth"))
        .satisfies(
            run -> {
              assertThat(run.code()).isEqualTo(ExitCode.USAGE);
              assertThat(run.err()).contains("--min-level needs --keys");
            });
    assertThat(CommandRun.of("serve", "0/52", "--echo", "--keys", "/no/such/file").err())
        .contains("cannot read keys: /no/such/file: no such file");
    assertThat(CommandRun.of("call", "localhost:1/2", "--level", "high").err())
        .contains("'high' is none of clear, auth, encrypt");
  }
}
