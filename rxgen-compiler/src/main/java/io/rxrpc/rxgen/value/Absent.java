// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.value;

/** Stands for null in lists, which hold none. Written like null. */
public enum Absent {
  /** Nothing. */
  VALUE;

  @Override
  public String toString() {
    return "null";
  }
}
