// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.krb;

/** Something that Kerberos's encryption or encoding does not take. */
public final class KrbException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What was at fault. */
  public enum Fault {
    /** The key is none for the cipher, or the cipher is not to be had. */
    KEY,
    /** What was sealed was altered, or sealed under another key. */
    SEAL,
    /** A length, a tag or a value. */
    FORM
  }

  private final Fault fault;

  private KrbException(Fault fault, String message) {
    super(message);
    this.fault = fault;
  }

  static KrbException key(String message) {
    return new KrbException(Fault.KEY, message);
  }

  static KrbException seal(String message) {
    return new KrbException(Fault.SEAL, message);
  }

  static KrbException form(String message) {
    return new KrbException(Fault.FORM, message);
  }

  /** What was at fault. */
  public Fault fault() {
    return fault;
  }
}
