// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench.figures;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A server of rxperf on loopback, OpenAFS's or ours, which lives through the pairs of a contest.
 */
final class RxperfServer {
  private static final Pattern LISTENING = Pattern.compile("listening .*:([0-9]+)/[0-9]+.*");
  private static final int GRACE_SECONDS = 5;

  private final @Nullable OpenAfsProgram openAfs;
  private @Nullable Process process;
  private int port;

  /**
   * @param openAfs whose server it is, or null for {@code ./rxrpc perf server}
   */
  RxperfServer(@Nullable OpenAfsProgram openAfs) {
    this.openAfs = openAfs;
  }

  /** Its port, when it has been started. */
  int port() {
    return port;
  }

  /** Starts it once. */
  void start() throws IOException, InterruptedException {
    if (process != null) {
      return;
    }
    List<String> command;
    if (openAfs != null) {
      port = freePort();
      command = List.of(openAfs.path().toString(), "server", Integer.toString(port));
    } else {
      command = List.of("./rxrpc", "perf", "server", "127.0.0.1:0");
    }
    Process started =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    process = started;
    BufferedReader out = started.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    if (line == null) {
      throw new IOException(String.join(" ", command) + " does not start");
    }
    Matcher listening = LISTENING.matcher(line);
    if (listening.matches()) {
      port = Integer.parseInt(listening.group(1));
    } else if (!line.equals("ready")) {
      throw new IOException(String.join(" ", command) + " says: " + line);
    }
  }

  /** OpenAFS's library wants a number and does not tell which one it got. */
  private static int freePort() throws IOException {
    try (DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0))) {
      return socket.getLocalPort();
    }
  }

  void stop() throws InterruptedException {
    Process running = process;
    process = null;
    if (running == null) {
      return;
    }
    running.destroy();
    if (!running.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
      running.destroyForcibly();
    }
  }
}
