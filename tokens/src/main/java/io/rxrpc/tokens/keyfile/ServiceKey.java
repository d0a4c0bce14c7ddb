// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.keyfile;

import io.rxrpc.security.rxkad.ServerKeys;
import java.security.MessageDigest;
import java.util.Arrays;

/** One key of a service. Safe for all threads. */
public final class ServiceKey {
  private final int kvno;
  private final int enctype;
  private final String owner;
  private final byte[] secret;
  private final boolean narrow;
  private final boolean rxgk;
  private volatile boolean destroyed;

  /** A key of rxkad. The secret is taken over, not copied. */
  ServiceKey(int kvno, int enctype, String owner, byte[] secret) {
    this(kvno, enctype, owner, secret, false, false);
  }

  /**
   * @param narrow whether only the low byte of the version is known, as old keytabs have it
   * @param rxgk whether it is for tokens of rxgk, and not for tickets of rxkad
   */
  ServiceKey(int kvno, int enctype, String owner, byte[] secret, boolean narrow, boolean rxgk) {
    this.narrow = narrow;
    this.rxgk = rxgk;
    this.kvno = kvno;
    this.enctype = enctype;
    this.owner = owner;
    this.secret = secret;
  }

  /** {@return its version, unsigned} */
  public int kvno() {
    return kvno;
  }

  /**
   * {@return {@link ServerKeys#DES} for the key of classic tickets, or a Kerberos encryption type}
   */
  public int enctype() {
    return enctype;
  }

  /** {@return whether it is for tokens of rxgk, and not for tickets of rxkad} */
  public boolean rxgk() {
    return rxgk;
  }

  /** {@return its principal if it comes out of a keytab; otherwise empty} */
  public String owner() {
    return owner;
  }

  /**
   * {@return a copy of the secret, which the caller erases}
   *
   * @throws IllegalStateException if it was cleared
   */
  public byte[] secret() {
    byte[] copy = secret.clone();
    if (destroyed) { // asked afterwards: a copy made before is whole
      Arrays.fill(copy, (byte) 0);
      throw new IllegalStateException("the key was cleared");
    }
    return copy;
  }

  /** Whether it is the same key once more. */
  boolean repeats(ServiceKey other) {
    return kvno == other.kvno
        && enctype == other.enctype
        && narrow == other.narrow
        && rxgk == other.rxgk
        && MessageDigest.isEqual(secret, other.secret);
  }

  /** Whether a ticket of this version may be sealed with it although its own is another. */
  boolean mayBe(int version) {
    return narrow && kvno != version && kvno == (version & 0xff);
  }

  /** Bytes of the secret. */
  int length() {
    return secret.length;
  }

  void destroy() {
    destroyed = true;
    Arrays.fill(secret, (byte) 0);
  }

  @Override
  public String toString() {
    return "kvno "
        + Integer.toUnsignedString(kvno)
        + " "
        + Enctypes.name(enctype)
        + (rxgk ? " for rxgk" : "")
        + (owner.isEmpty() ? "" : " " + owner);
  }
}
