// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security;

import org.jspecify.annotations.Nullable;

/** How far a connection's packets are protected; the stronger one is the greater one. */
public enum SecurityLevel {
  /** Only call number, sequence number and channel are protected against alteration. */
  CLEAR,
  /** The data's length too, and its first few bytes; the rest can be read and altered. */
  AUTH,
  /** All data is encrypted. */
  ENCRYPT;

  private static final SecurityLevel[] VALUES = values();

  /** {@return the number on the wire and in RXRPC_MIN_SECURITY_LEVEL: 0, 1 or 2} */
  public int number() {
    return ordinal();
  }

  /** {@return {@code clear}, {@code auth} or {@code encrypt}} */
  public String label() {
    return switch (this) {
      case CLEAR -> "clear";
      case AUTH -> "auth";
      case ENCRYPT -> "encrypt";
    };
  }

  /**
   * {@return the level with this number, or null}
   *
   * @param number the number
   */
  public static @Nullable SecurityLevel of(int number) {
    return number >= 0 && number < VALUES.length ? VALUES[number] : null;
  }

  /**
   * {@return the level with this label, or null}
   *
   * @param label the label
   */
  public static @Nullable SecurityLevel of(String label) {
    for (SecurityLevel level : VALUES) {
      if (level.label().equals(label)) {
        return level;
      }
    }
    return null;
  }

  @Override
  public String toString() {
    return label();
  }
}
