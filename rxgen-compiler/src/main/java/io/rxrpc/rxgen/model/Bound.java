// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.model;

import org.jspecify.annotations.Nullable;

/**
 * A size or largest size, in elements, characters or octets.
 *
 * @param value from 0 to 2<sup>32</sup> - 1, which also stands for no bound at all
 * @param name the constant that the description gives it by; null where it is a number
 */
public record Bound(long value, @Nullable String name) {
  /** The largest one that the encoding can have. */
  public static final long MOST = 0xffff_ffffL;

  /** No bound but what the encoding allows. */
  public static final Bound NONE = new Bound(MOST, null);

  /** {@return whether the description leaves it open} */
  public boolean isOpen() {
    return value == MOST;
  }

  /** As the description has it: the number, or nothing where it is open. */
  @Override
  public String toString() {
    return isOpen() ? "" : Long.toString(value);
  }
}
