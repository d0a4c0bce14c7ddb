// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.syntax;

import io.rxrpc.rxgen.cpp.Expression;
import io.rxrpc.rxgen.source.Place;
import org.jspecify.annotations.Nullable;

/**
 * A name with its type.
 *
 * @param type the name of the type, such as {@code unsigned int}; structs, unions and enums without
 *     that word
 * @param typePlace where the type stands
 * @param macro the macro that stands for the type; null where none does
 * @param pointer whether there is a star before the name
 * @param name the name
 * @param place where the name stands
 * @param shape what follows the name
 * @param bound what stands in the brackets; null where there is nothing
 */
public record Declaration(
    String type,
    Place typePlace,
    @Nullable String macro,
    boolean pointer,
    String name,
    Place place,
    Shape shape,
    @Nullable Expression bound) {
  /** What follows the name. */
  public enum Shape {
    /** Nothing. */
    SINGLE,
    /** Square brackets. */
    FIXED,
    /** Angle brackets. */
    VARIABLE
  }
}
