// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.krb5;

import org.jspecify.annotations.Nullable;

/** A context of GSS-API could not be established or used. */
public final class GssException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The status of GSS-API, as C has it. */
  private final int major;

  /** The mechanism's own number. */
  private final int minor;

  /**
   * @param major the status of GSS-API, as C has it: the routine's error in bits 16 to 23
   * @param minor the mechanism's own number
   * @param detail in the library's words
   */
  @SuppressWarnings("NullAway") // Throwable takes a null cause
  GssException(int major, int minor, String detail, @Nullable Throwable cause) {
    super(detail.strip().replaceAll("\\s*\\R\\s*", "; "), cause);
    this.major = major;
    this.minor = minor;
  }

  /** {@return the status of GSS-API, as C has it: the routine's error in bits 16 to 23} */
  public int major() {
    return major;
  }

  /** {@return the mechanism's own number} */
  public int minor() {
    return minor;
  }

  /** {@return what the library says, in one line} */
  public String detail() {
    return String.valueOf(getMessage());
  }
}
