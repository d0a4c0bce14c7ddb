// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rpc;

import io.rxrpc.AbortCode;
import io.rxrpc.CallAbort;
import java.util.Objects;

/**
 * A code that a call failed with.
 *
 * @param value anything but 0
 * @param name {@code VL_NOENT}, or empty when no table knows it
 * @param text {@code no such entry}, or empty
 */
public record ErrorCode(int value, String name, String text) {
  /** Checks that it is a failure. */
  public ErrorCode {
    if (value == 0) {
      throw new IllegalArgumentException("error code 0 looks like success");
    }
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(text, "text");
  }

  /**
   * {@return thrown by a procedure that fails with this code: nothing but the code is sent }
   */
  public CallAbort abort() {
    return new CallAbort(value);
  }

  /** {@return as the transport knows it} */
  public AbortCode abortCode() {
    return new AbortCode(value);
  }

  /** For example {@code VL_NOENT (363524): no such entry}, or {@code 4711}. */
  @Override
  public String toString() {
    return (name.isEmpty() ? Integer.toString(value) : name + " (" + value + ")")
        + (text.isEmpty() ? "" : ": " + text);
  }
}
