// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit;

import java.util.Locale;

/** An invariant does not hold. */
public final class SimFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Says what does not hold.
   *
   * @param message what happened
   */
  public SimFailure(String message) {
    super(message);
  }

  /**
   * Throws unless the condition holds.
   *
   * @param condition what has to hold
   * @param format for String.format
   * @param arguments what the format names
   */
  @SuppressWarnings("AnnotateFormatMethod") // the annotation is no dependency of ours
  public static void unless(boolean condition, String format, Object... arguments) {
    if (!condition) {
      throw new SimFailure(String.format(Locale.ROOT, format, arguments));
    }
  }
}
