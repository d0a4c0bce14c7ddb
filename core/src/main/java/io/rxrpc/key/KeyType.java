// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.key;

/** The types of keys. */
public enum KeyType {
  /** A client's tokens. */
  RXRPC("rxrpc"),
  /** A server's secret, described {@code SERVICE:INDEX}. */
  RXRPC_S("rxrpc_s"),
  /** A set of links to keys. */
  KEYRING("keyring");

  private final String label;

  KeyType(String label) {
    this.label = label;
  }

  /** {@return the type's name in Linux} */
  public String label() {
    return label;
  }

  @Override
  public String toString() {
    return label;
  }
}
