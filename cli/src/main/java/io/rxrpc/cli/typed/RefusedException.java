// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.typed;

/** What was asked for does not fit the description; nothing was sent. The message is one line. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  RefusedException(String message) {
    super(message, null, false, false);
  }

  /** The line for the user. */
  public String line() {
    return String.valueOf(getMessage());
  }

  /** The same, about a part of something: {@code entry.name: ...}. */
  RefusedException within(String part) {
    return new RefusedException(part + ": " + line());
  }
}
