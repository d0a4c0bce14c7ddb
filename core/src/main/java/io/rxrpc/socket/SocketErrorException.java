// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import io.rxrpc.udp.Errno;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A socket operation failed as C's would have: with an errno. */
public final class SocketErrorException extends IOException {
  private static final long serialVersionUID = 1L;

  /** The error as a number of Linux. */
  private final int number;

  SocketErrorException(Errno errno, String what) {
    this(errno.number(), what, null);
  }

  SocketErrorException(int number, String what, @Nullable Throwable cause) {
    super(Errno.name(number) + ": " + what, cause);
    this.number = number;
  }

  /** {@return the Linux errno by name, or null if it is not one that is listed} */
  public @Nullable Errno errno() {
    return Errno.of(number);
  }

  /** {@return the Linux errno} */
  public int number() {
    return number;
  }
}
