// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The KDCs of the realms USERS.EXAMPLE, CELL.EXAMPLE and OLD.EXAMPLE, of which the last two trust
 * the first; the script says what is in them. They live until the pipe to it is closed, and so no
 * longer than this JVM.
 */
public final class Realms implements AutoCloseable {
  /** The port of all KDCs. */
  public static final int PORT = 10188;

  private static final Duration STOP = Duration.ofSeconds(20);

  private final Process process;
  private final Path script;
  private final Path directory;
  private final String net;

  private Realms(Process process, Path script, Path directory, String net) {
    this.process = process;
    this.script = script;
    this.directory = directory;
    this.net = net;
  }

  static Realms start(Path script, Path directory) throws Unavailable {
    try {
      Process process =
          new ProcessBuilder(script.toString(), "run", directory.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String last = "";
      BufferedReader out = process.inputReader();
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith("ready ")) {
          return new Realms(process, script, directory, line.substring("ready ".length()));
        }
        last = line;
      }
      int exit = process.onExit().join().exitValue();
      if (exit == 3) {
        throw new Unavailable(last);
      }
      throw new IOException("the realms did not start, exit status " + exit + ": " + last);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where keytabs and the socket for caches of type KCM are. */
  public Path directory() {
    return directory;
  }

  /** An address of a KDC, or of nobody, without its port. */
  public String address(int last) {
    return net + "." + last;
  }

  /**
   * Runs a client where the realms' names of hosts and the files of an AFS client are.
   *
   * @param input a file for descriptor 0
   */
  public Programs.Result run(Map<String, String> environment, Path input, List<String> command) {
    List<String> all = new ArrayList<>();
    all.addAll(List.of(script.toString(), "exec", directory.toString()));
    all.addAll(List.of("sh", "-c", "f=$1; shift; exec \"$@\" <\"$f\"", "sh", input.toString()));
    all.add("env");
    environment.forEach((name, value) -> all.add(name + "=" + value));
    all.addAll(command);
    return Programs.run(Duration.ofMinutes(1), all);
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
