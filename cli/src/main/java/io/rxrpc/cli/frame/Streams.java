// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.frame;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the command reads and writes.
 *
 * @param out replies and reports
 * @param err errors and progress
 * @param in a request from {@code -}, or when none is given otherwise
 * @param outIsTerminal whether a person looks at {@code out}
 * @param errIsTerminal whether a person looks at {@code err}
 * @param inIsTerminal whether a person would have to type what is read from {@code in}
 * @param outFailure why {@code out} could not be written; null if it could, or nobody knows
 */
public record Streams(
    PrintStream out,
    PrintStream err,
    InputStream in,
    boolean outIsTerminal,
    boolean errIsTerminal,
    boolean inIsTerminal,
    Supplier<@Nullable IOException> outFailure) {

  /** Streams of which nobody knows why they fail, and whose input is read. */
  public Streams(
      PrintStream out,
      PrintStream err,
      InputStream in,
      boolean outIsTerminal,
      boolean errIsTerminal) {
    this(out, err, in, outIsTerminal, errIsTerminal, false, () -> null);
  }

  /** The streams of the process. */
  public static Streams standard() {
    WatchedOutput out = new WatchedOutput(new FileOutputStream(FileDescriptor.out));
    PrintStream printer =
        new PrintStream(new BufferedOutputStream(out), true, System.out.charset());
    System.setOut(printer); // one buffer for whoever prints
    return new Streams(
        printer,
        System.err,
        System.in,
        Terminal.is(Terminal.OUT),
        Terminal.is(Terminal.ERR),
        Terminal.is(Terminal.IN),
        out::failure);
  }

  /** What became of the output, for a person, or null when all of it was written. */
  public @Nullable String outTrouble() {
    if (!out.checkError()) { // flushes
      return null;
    }
    IOException failure = outFailure.get();
    String text = failure == null || failure.getMessage() == null ? "" : failure.getMessage();
    return switch (text) {
      case "", "Broken pipe", "Bad file descriptor", "Stream Closed" -> "stdout is closed";
      case "No space left on device" -> "no space left on the device that stdout goes to (ENOSPC)";
      default -> "stdout: " + text;
    };
  }
}
