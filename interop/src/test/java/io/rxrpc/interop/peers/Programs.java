// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop.peers;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs programs to their end; one that takes too long is killed, with all it started. */
public final class Programs {
  /** What a program printed and how it ended. */
  public record Result(List<String> command, int exit, String out, String err) {
    public List<String> lines() {
      return out.lines().toList();
    }

    /** The result, if the program ended well. */
    public Result ok() {
      if (exit != 0) {
        throw new AssertionError(this.toString());
      }
      return this;
    }

    @Override
    public String toString() {
      return String.join(" ", command) + "\nexit status " + exit + "\n" + out + err;
    }
  }

  private static final List<Path> PLACES = places();

  private Programs() {}

  /** Runs a program; its standard input is empty. */
  public static Result run(Duration limit, List<String> command) {
    try {
      return start(limit, command);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted: " + String.join(" ", command), e);
    }
  }

  /** Runs a program for at most a minute. */
  public static Result run(String... command) {
    return run(Duration.ofMinutes(1), List.of(command));
  }

  private static Result start(Duration limit, List<String> command)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectInput(new File("/dev/null")).start();
    Thread onExit = new Thread(() -> kill(process));
    Runtime.getRuntime().addShutdownHook(onExit);
    try {
      CompletableFuture<String> out = text(process.getInputStream());
      CompletableFuture<String> err = text(process.getErrorStream());
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        kill(process);
        throw new AssertionError(
            String.join(" ", command) + " takes longer than " + limit + "\n" + out.join());
      }
      return new Result(command, process.exitValue(), out.join(), err.join());
    } finally {
      kill(process);
      forget(onExit);
    }
  }

  static void forget(Thread onExit) {
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException e) {
      // the shutdown is under way and runs it
      assert onExit != null;
    }
  }

  static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static CompletableFuture<String> text(InputStream in) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (in) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
          } catch (IOException e) {
            return "(" + e.getMessage() + ")";
          }
        },
        Thread::startVirtualThread);
  }

  /** Whether a program can be found by its name. */
  static boolean exists(String name) {
    return PLACES.stream().anyMatch(place -> Files.isExecutable(place.resolve(name)));
  }

  private static List<Path> places() {
    String path = System.getenv().getOrDefault("PATH", "");
    List<Path> places = new ArrayList<>();
    Stream.concat(
            Arrays.stream(path.split(File.pathSeparator, -1)),
            Stream.of("/usr/sbin", "/sbin", "/usr/lib/openafs"))
        .filter(s -> !s.isEmpty())
        .map(Path::of)
        .forEach(places::add);
    return places;
  }
}
