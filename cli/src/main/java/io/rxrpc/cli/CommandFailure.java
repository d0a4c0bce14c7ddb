package io.rxrpc.cli;

/** A failure with the exit code and the one line that the user gets. */
final class CommandFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  CommandFailure(int exitCode, String message) {
    this(exitCode, message, null);
  }

  @SuppressWarnings("NullAway") // Throwable takes a null cause
  CommandFailure(int exitCode, String message, @org.jspecify.annotations.Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  static CommandFailure usage(String message) {
    return new CommandFailure(ExitCode.USAGE, message);
  }

  int exitCode() {
    return exitCode;
  }

  /** The line for the user. */
  String line() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
