// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.krb5;

import org.jspecify.annotations.Nullable;

/** Kerberos refused, or could not be asked. */
public final class KerberosException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The kind of the failure. */
  private final KerberosFault fault;

  /** The KDC's or the library's error code, or 0. */
  private final int code;

  KerberosException(KerberosFault fault, String detail) {
    this(fault, 0, detail, null);
  }

  /**
   * @param code of RFC 4120 section 7.5.9 or of the library, 0 for none
   */
  @SuppressWarnings("NullAway") // Throwable takes a null cause
  KerberosException(KerberosFault fault, int code, String detail, @Nullable Throwable cause) {
    super(
        detail.isBlank() ? fault.toString() : detail.strip().replaceAll("\\s*\\R\\s*", "; "),
        cause);
    this.fault = fault;
    this.code = code;
  }

  /** {@return what it is about} */
  public KerberosFault fault() {
    return fault;
  }

  /** {@return the error number of RFC 4120 section 7.5.9 or of the library; 0 if there is none} */
  public int code() {
    return code;
  }

  /** {@return what Kerberos says in its own words, in one line} */
  public String detail() {
    return String.valueOf(getMessage());
  }
}
