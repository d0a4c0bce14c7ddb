// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.cli.CommandRun;
import io.rxrpc.cli.RunningCommand;
import io.rxrpc.cli.Rxrpc;
import io.rxrpc.cli.frame.Streams;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/**
 * {@code rxrpc call} without a word about its request, and what a person sees of an empty reply.
 */
class CallInputTest {
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void whatIsPipedInIsTheRequest() throws InterruptedException {
    try (RunningCommand echo = RunningCommand.start("serve", "0/52", "--echo")) {
      CommandRun run = CommandRun.withInput(bytes("x\n"), "call", echo.target());
      assertThat(run.err()).isEmpty();
      assertThat(run.out()).isEqualTo("x\n");
    }
  }

  @Test
  void whatIsPipedInStaysWhereItIsWhenARequestIsGiven() throws InterruptedException {
    try (RunningCommand echo = RunningCommand.start("serve", "0/52", "--echo")) {
      CommandRun run = CommandRun.withInput(bytes("x\n"), "call", echo.target(), "--text", "y");
      assertThat(run.out()).isEqualTo("y");
    }
  }

  @Test
  void nobodyHasToTypeARequest() throws InterruptedException {
    InputStream person =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("a person was made to type");
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            return read();
          }
        };
    try (RunningCommand echo = RunningCommand.start("serve", "0/52", "--echo")) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
      Streams terminal = new Streams(stream, stream, person, true, true, true, () -> null);
      assertThat(Rxrpc.run(terminal, "call", echo.target())).isZero();
      assertThat(out.toString(StandardCharsets.UTF_8)).contains("answered: an empty reply");
    }
  }

  @Test
  void aProbeThatSucceedsSaysSoOnATerminal() throws InterruptedException {
    try (RunningCommand server = RunningCommand.start("serve", "0/52", "--discard")) {
      String said = onATerminal("call", server.target(), "--hex", "00000202");
      assertThat(said).startsWith("rxrpc: " + server.target() + " answered: an empty reply, in ");
      assertThat(onATerminal("call", server.target(), "--hex", "00000202", "-q")).isEmpty();
      CommandRun piped = CommandRun.of("call", server.target(), "--hex", "00000202");
      assertThat(piped.out() + piped.err()).isEmpty();
    }
  }

  private static String onATerminal(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    InputStream nothing = new ByteArrayInputStream(new byte[] {0});
    assertThat(Rxrpc.run(new Streams(stream, stream, nothing, true, true), args)).isZero();
    return out.toString(StandardCharsets.UTF_8);
  }
}
