// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop.kernel;

import java.time.Duration;
import java.util.Locale;

/**
 * A number of calls, each of which sends so many octets and gets the same back.
 *
 * @param calls in all
 */
record Trial(int octets, Protection level, int atOnce, int calls) {
  /** After this a call without an end counts as hung: longer than any dead time. */
  static final Duration PATIENCE = Duration.ofSeconds(40);

  /** How a call is secured. */
  enum Protection {
    NONE,
    CLEAR,
    AUTH,
    ENCRYPT;

    String label() {
      return this == NONE ? "none" : name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,9d octets, %-7s, %3d at once, %3d calls",
        octets,
        level.label(),
        atOnce,
        calls);
  }
}
