// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security;

import io.rxrpc.udp.Errno;

/** A packet, challenge, response or key that a security class refuses. */
public final class SecurityFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /** What the peer is told. */
  private final int abortCode;

  /** What the call fails with on this side. */
  private final Errno errno;

  /**
   * A failure that is locally EKEYREJECTED.
   *
   * @param abortCode what the peer is told, never 0
   * @param message what was wrong, without any secret in it
   */
  public SecurityFailure(int abortCode, String message) {
    this(abortCode, Errno.EKEYREJECTED, message);
  }

  /**
   * Made by the library.
   *
   * @param abortCode what the peer is told, never 0
   * @param errno what the local application is told
   * @param message what was wrong, without any secret in it
   */
  public SecurityFailure(int abortCode, Errno errno, String message) {
    super(message);
    if (abortCode == 0) {
      throw new IllegalArgumentException("abort code 0 looks like success");
    }
    this.abortCode = abortCode;
    this.errno = errno;
  }

  /** {@return the abort code that names the failure} */
  public int abortCode() {
    return abortCode;
  }

  /** {@return the error number for the application whose key failed} */
  public Errno errno() {
    return errno;
  }
}
