// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A server verb running in a thread of the test. An interrupt stands for SIGTERM. */
public final class RunningCommand implements AutoCloseable {
  private final AtomicInteger code = new AtomicInteger(-1);
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final PrintedLines out = new PrintedLines();
  private final Thread thread;
  private final String listening;

  private RunningCommand(String... args) throws InterruptedException {
    PrintStream writer = new PrintStream(out, true, StandardCharsets.UTF_8);
    thread =
        new Thread(
            () -> {
              try (writer) {
                code.set(
                    Rxrpc.run(
                        writer,
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        InputStream.nullInputStream(),
                        args));
              }
            },
            "rxrpc " + String.join(" ", args));
    thread.start();
    String line = out.first();
    if (line == null) {
      throw new IllegalStateException(String.join(" ", args) + " did not start: " + err());
    }
    listening = line;
  }

  public static RunningCommand start(String... args) {
    try {
      return new RunningCommand(args);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while it starts", e);
    }
  }

  /** The line that says that it is ready. */
  public String listening() {
    return listening;
  }

  /** Where it listens: {@code 127.0.0.1:12345/52}. */
  public String target() {
    return listening.replaceFirst("^listening ", "");
  }

  /** Ends it as a signal does; returns what else it printed. */
  public String terminate() throws InterruptedException {
    thread.interrupt();
    return awaitEnd();
  }

  /** Waits until it ends by itself; returns what else it printed. */
  public String awaitEnd() throws InterruptedException {
    String rest = out.rest();
    thread.join();
    return rest;
  }

  public int code() {
    return code.get();
  }

  public String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws InterruptedException {
    terminate();
  }
}
