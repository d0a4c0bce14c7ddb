// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.model;

import io.rxrpc.rxgen.source.Place;

/**
 * A field of a struct, or what an arm of a union holds.
 *
 * @param name as the description has it
 * @param type what it is
 * @param place where the name stands
 */
public record Field(String name, Type type, Place place) {
  /** As the description has it. */
  @Override
  public String toString() {
    return type + " " + name;
  }
}
