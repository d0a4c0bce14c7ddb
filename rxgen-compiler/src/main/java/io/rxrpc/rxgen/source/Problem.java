// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.source;

/**
 * Something wrong with a description.
 *
 * @param severity whether code can be generated nevertheless
 * @param place where
 * @param message one line, without the place
 */
public record Problem(Severity severity, Place place, String message) {
  /** How bad it is. */
  public enum Severity {
    /** Nothing is generated. */
    ERROR,
    /** Something is left out or taken otherwise than a reader may think. */
    WARNING
  }

  /** {@code vldb.xg:41:17: opcode 504 again; first on line 12}. */
  @Override
  public String toString() {
    String text = severity == Severity.WARNING ? "warning: " + message : message;
    String where = place.toString();
    return where.isEmpty() ? text : where + ": " + text;
  }
}
