// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.key;

import io.rxrpc.udp.Errno;

/** What the key facility refuses, with the error number that Linux gives. */
public final class KeyException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What the request for the key failed with. */
  private final Errno errno;

  /**
   * Made by the library.
   *
   * @param errno the error number
   * @param message what was wrong, without any secret in it
   */
  public KeyException(Errno errno, String message) {
    super(message + " (" + errno + ")");
    this.errno = errno;
  }

  /** {@return the error number} */
  public Errno errno() {
    return errno;
  }
}
