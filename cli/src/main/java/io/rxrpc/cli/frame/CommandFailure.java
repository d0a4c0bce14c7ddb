// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.frame;

/** A failure with the exit code and the one line that the user gets. */
public final class CommandFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  /** A failure that nothing else caused; the message is the line. */
  public CommandFailure(int exitCode, String message) {
    this(exitCode, message, null);
  }

  /** A failure with its cause, which only RXRPC_DEBUG shows. */
  @SuppressWarnings("NullAway") // Throwable takes a null cause
  public CommandFailure(
      int exitCode, String message, @org.jspecify.annotations.Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** The command line, or a file that it names, cannot be used. */
  public static CommandFailure usage(String message) {
    return new CommandFailure(ExitCode.USAGE, message);
  }

  int exitCode() {
    return exitCode;
  }

  /** The line for the user. */
  public String line() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
