// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The private cell of the test run: real OpenAFS servers on one loopback address. They live until
 * the pipe to the script that started them is closed, and so no longer than this JVM.
 */
public final class Cell implements AutoCloseable {
  private static final Duration STOP = Duration.ofSeconds(20);

  private final Process process;
  private final Path script;
  private final Path directory;
  private final InetAddress address;

  private Cell(Process process, Path script, Path directory, InetAddress address) {
    this.process = process;
    this.script = script;
    this.directory = directory;
    this.address = address;
  }

  /** Starts it and waits until all servers are ready. */
  static Cell start(Path script, Path directory, String auth) throws Unavailable {
    try {
      Process process =
          new ProcessBuilder(script.toString(), "run", directory.toString(), "--auth", auth)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      return ready(process, script, directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Cell ready(Process process, Path script, Path directory)
      throws IOException, Unavailable {
    String last = "";
    BufferedReader out = process.inputReader();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith("ready ")) {
        InetAddress address = InetAddress.ofLiteral(line.substring("ready ".length()));
        return new Cell(process, script, directory, address);
      }
      last = line;
    }
    int exit = process.onExit().join().exitValue();
    if (exit == 3) {
      throw new Unavailable(last);
    }
    throw new IOException("the cell did not start, exit status " + exit + ": " + last);
  }

  /** Where its configuration, keys and logs are. */
  Path directory() {
    return directory;
  }

  /** The address that all servers are bound to. */
  public InetAddress address() {
    return address;
  }

  /** A server's transport address. */
  public InetSocketAddress server(int port) {
    return new InetSocketAddress(address, port);
  }

  /** The folder with the servers' keys; empty files in a cell without security. */
  public Path keys() {
    return directory.resolve("etc/server");
  }

  /** A dump of the smallest volume in which everybody may write; {@code vos restore} takes it. */
  public Path smallDump() {
    return directory.resolve("root.cell.dump");
  }

  /** Runs vos or pts as anybody. */
  public Programs.Result run(String program, String... arguments) {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(arguments));
    command.addAll(List.of("-noauth", "-config", directory.resolve("etc").toString()));
    if (program.equals("vos")) {
      command.add("-noresolve"); // the DNS of a test machine may take seconds to know nothing
    }
    return Programs.run(Duration.ofMinutes(1), command);
  }

  /** Runs bos as anybody; it has no option for where the cell's configuration is. */
  public Programs.Result bos(String... arguments) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(script.toString(), "exec", directory.toString(), "bos"));
    command.addAll(List.of(arguments));
    command.add("-noauth");
    return Programs.run(Duration.ofMinutes(1), command);
  }

  /** Starts a client that finds this cell where cache managers look for theirs. */
  public Process start(String... client) throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(script.toString(), "exec", directory.toString()));
    command.addAll(List.of(client));
    return new ProcessBuilder(command).start();
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        Programs.kill(process);
      }
    } catch (InterruptedException e) {
      Programs.kill(process);
      Thread.currentThread().interrupt();
    }
  }
}
