// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A guest that runs, by the script {@code guest}. */
final class Guest implements AutoCloseable {
  private static final Duration BOOT = Duration.ofSeconds(90);

  private final Path script;
  private final String name;
  private final int number;

  private Guest(Path script, String name, int number) {
    this.script = script;
    this.name = name;
    this.number = number;
  }

  /** Boots one: uml1, uml2 or qemu1. */
  static Guest boot(Path scripts, String name) throws IOException {
    int number = List.of("uml1", "uml2", "qemu1").indexOf(name) + 2;
    Guest guest = new Guest(scripts.resolve("guest"), name, number);
    Outcome outcome = guest.script(BOOT, "start");
    if (outcome.status() != 0) {
      throw new IOException("guest " + name + ": " + outcome.text());
    }
    return guest;
  }

  String name() {
    return name;
  }

  InetAddress address() {
    return InetAddress.ofLiteral("10.88.78." + number);
  }

  InetAddress address6() {
    return InetAddress.ofLiteral("fd00:88:78::" + number);
  }

  /** This side's address as guests see it. */
  static InetAddress host() {
    return InetAddress.ofLiteral("10.88.78.1");
  }

  static InetAddress host6() {
    return InetAddress.ofLiteral("fd00:88:78::1");
  }

  /** How a command in a guest ended; status -1: it did not. */
  record Outcome(int status, String text) {}

  /** Runs a command of the guest's shell to its end. */
  Outcome exec(Duration patience, String command) throws IOException {
    return script(patience, "exec", command);
  }

  private Process start(String... command) throws IOException {
    List<String> words = new ArrayList<>(List.of(script.toString(), name));
    words.addAll(List.of(command));
    return new ProcessBuilder(words).redirectErrorStream(true).start();
  }

  private Outcome script(Duration patience, String... command) throws IOException {
    Process process = start(command);
    StringBuilder text = new StringBuilder();
    Thread reader =
        Thread.ofVirtual()
            .start(() -> process.inputReader().lines().forEach(l -> text.append(l).append('\n')));
    try {
      boolean ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
      reader.join();
      return new Outcome(ended ? process.exitValue() : -1, text.toString().strip());
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw (IOException) new InterruptedIOException("interrupted").initCause(e);
    }
  }

  /** Starts a program that goes on, and returns when it has said that it is ready. */
  Program spawn(String command) throws IOException {
    Process process = start("exec", "exec " + command);
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String first = lines.readLine();
    if (first == null || !first.startsWith("ready")) {
      process.destroyForcibly();
      throw new IOException(name + ": " + command + ": " + first);
    }
    Thread.ofVirtual().start(() -> drain(lines)); // or its pipe fills
    return new Program(process);
  }

  private static void drain(BufferedReader lines) {
    try (lines) {
      lines.transferTo(Writer.nullWriter());
    } catch (IOException ignored) {
      // it was killed while this was reading: that is how all of them end
    }
  }

  /** A program in the guest. */
  record Program(Process process) implements AutoCloseable {
    /** Kills it: its agent sees to that when nobody listens to it any more. */
    @Override
    public void close() {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      process.onExit().join();
    }
  }

  @Override
  public void close() throws IOException {
    script(Duration.ofSeconds(20), "stop");
  }
}
