package io.rxrpc.cli;

/** The exit codes of the command; {@code rxrpc --help} documents them. */
final class ExitCode {
  /** A reply came, or the verb did its work. */
  static final int OK = 0;

  /** A defect of this program. */
  static final int BUG = 1;

  /** The command line, or a file that it names, cannot be used. */
  static final int USAGE = 2;

  /** The peer aborted the call. */
  static final int ABORTED = 3;

  /** The network or the peer's host told that it cannot be, or the peer broke the protocol. */
  static final int NETWORK = 4;

  /** No answer in time. */
  static final int TIMEOUT = 5;

  /** Refused on this side: no credentials, security level too low. */
  static final int REFUSED = 6;

  private ExitCode() {}
}
