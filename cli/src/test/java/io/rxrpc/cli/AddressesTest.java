// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.cli.frame.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names with several addresses, and names with none, on the command line. */
class AddressesTest {
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "[::1]"})
  void localhostWithAServerOnOneFamilyOnly(String host) throws Exception {
    try (RunningCommand server = RunningCommand.start("serve", host + ":0/52", "--echo")) {
      String target = server.target();
      String port = target.substring(target.lastIndexOf(':') + 1);
      CommandRun run = CommandRun.of("call", "localhost:" + port, "--text", "hello");
      assertThat(run.err()).isEmpty();
      assertThat(run.out()).isEqualTo("hello");
      CommandRun json = CommandRun.of("call", "localhost:" + port, "--text", "hello", "--json");
      assertThat(json.out()).as("the address that was called").contains(target);
      CommandRun version = CommandRun.of("debug", "localhost:" + port, "version");
      assertThat(version.err()).isEmpty();
      assertThat(version.out()).contains("RxRPC for Java");
    }
  }

  @Test
  void anUnknownHostIsOneLine() {
    CommandRun run = CommandRun.of("call", "no such host:7003/52", "--text", "x");
    assertThat(run.code()).isEqualTo(ExitCode.NETWORK);
    assertThat(run.err())
        .isEqualToIgnoringNewLines(
            "rxrpc: no address is known for the host 'no such host': check the name");
  }
}
