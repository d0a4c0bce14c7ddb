// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rpc;

import java.util.Objects;

/**
 * A remote procedure of a package.
 *
 * @param name with its package's prefix: {@code SAMPLE_Add}
 * @param opcode the number it is called by, all 32 bits
 */
public record Procedure(String name, int opcode) {
  /** Checks that the name is there. */
  public Procedure {
    Objects.requireNonNull(name, "name");
  }

  /** For example {@code SAMPLE_Add (501)}; the opcode without a sign. */
  @Override
  public String toString() {
    return name + " (" + Integer.toUnsignedString(opcode) + ")";
  }
}
