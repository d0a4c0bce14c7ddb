// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.model;

import io.rxrpc.rxgen.source.Place;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A type with a name. */
public sealed interface Definition {
  /** As the description has it. */
  String name();

  /** Where the name stands. */
  Place place();

  /**
   * Names for numbers; a value may have several names.
   *
   * @param values in the order of the description
   */
  record EnumType(String name, Map<String, Integer> values, Place place) implements Definition {}

  /** Fields in their order. */
  record StructType(String name, List<Field> fields, Place place) implements Definition {}

  /**
   * One arm of a union.
   *
   * @param labels the values of the discriminator; empty for the default
   * @param field what it holds; null for nothing
   */
  record Arm(List<Label> labels, @Nullable Field field, Place place) {
    /** Whether it is taken for values that no other arm names. */
    public boolean isDefault() {
      return labels.isEmpty();
    }
  }

  /**
   * A value of a discriminator.
   *
   * @param name the constant that the description gives it by; null where it is a number
   */
  record Label(int value, @Nullable String name) {}

  /**
   * A discriminator, and one of several fields.
   *
   * @param discriminator what tells the arms apart: of type int, unsigned int, bool or an enum, or
   *     a name for one of these
   * @param arms in the order of the description, the default last
   */
  record UnionType(String name, Field discriminator, List<Arm> arms, Place place)
      implements Definition {}

  /** Another name for a type. */
  record Alias(String name, Type type, Place place) implements Definition {}
}
