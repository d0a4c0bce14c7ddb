// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.frame;

/** The exit codes of the command; {@code rxrpc --help} documents them. */
public final class ExitCode {
  /** A reply came, or the verb did its work. */
  public static final int OK = 0;

  /** A defect of this program. */
  public static final int BUG = 1;

  /** The command line, or a file that it names, cannot be used. */
  public static final int USAGE = 2;

  /** The peer aborted the call. */
  public static final int ABORTED = 3;

  /** The network or the peer's host told that it cannot be, or the peer broke the protocol. */
  public static final int NETWORK = 4;

  /** No answer in time. */
  public static final int TIMEOUT = 5;

  /** Refused on this side: no credentials, security level too low. */
  public static final int REFUSED = 6;

  private ExitCode() {}
}
