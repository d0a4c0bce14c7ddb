package io.rxrpc.cli;

import java.io.InputStream;
import java.io.PrintStream;

/**
 * Where the command reads and writes.
 *
 * @param out replies and reports
 * @param err errors and progress
 * @param in a request from {@code -}
 * @param outIsTerminal whether a person looks at {@code out}
 * @param errIsTerminal whether a person looks at {@code err}
 */
record Streams(
    PrintStream out,
    PrintStream err,
    InputStream in,
    boolean outIsTerminal,
    boolean errIsTerminal) {

  /** The streams of the process. */
  static Streams standard() {
    return new Streams(
        System.out, System.err, System.in, Terminal.is(Terminal.OUT), Terminal.is(Terminal.ERR));
  }
}
