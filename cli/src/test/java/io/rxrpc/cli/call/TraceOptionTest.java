// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.cli.CommandRun;
import io.rxrpc.cli.RunningCommand;
import io.rxrpc.wire.PacketText;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --trace}: a line for each packet, in the words of {@link PacketText}. */
class TraceOptionTest {
  @TempDir private Path folder;

  @Test
  void aCallPrintsItsPacketsOnStderrAndItsReplyOnStdout() throws Exception {
    Path pcap = folder.resolve("x.pcap");
    try (RunningCommand server = RunningCommand.start("serve", "127.0.0.1:0/100", "--echo")) {
      CommandRun run =
          CommandRun.of(
              "call", server.target(), "--text", "hello", "--trace", "--pcap", pcap.toString());
      assertThat(run.code()).isZero();
      assertThat(run.out()).isEqualTo("hello");
      assertThat(run.err().lines())
          .hasSizeGreaterThanOrEqualTo(2)
          .allMatch(line -> line.matches("\\d+\\.\\d{6} \\S+ > \\S+: [A-Z]+ cid .*"));
      assertThat(run.err()).contains("DATA cid").contains("[client,last").contains("svc 100 len 5");
    }
    assertThat(Files.size(pcap)).isGreaterThan(100);
  }

  @Test
  void aQuestionOfRxdebugIsTracedToo() throws Exception {
    try (RunningCommand server = RunningCommand.start("serve", "127.0.0.1:0/100", "--echo")) {
      String place = server.target().replaceFirst("/.*", "");
      CommandRun run = CommandRun.of("debug", place, "version", "--trace");
      assertThat(run.code()).isZero();
      assertThat(run.err()).contains(": VERSION cid").contains(" request");
    }
  }
}
