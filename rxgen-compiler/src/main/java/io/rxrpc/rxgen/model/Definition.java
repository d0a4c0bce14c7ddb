// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.model;

import io.rxrpc.rxgen.source.Place;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A type with a name. */
public sealed interface Definition {
  /** {@return as the description has it} */
  String name();

  /** {@return where the name stands} */
  Place place();

  /**
   * Names for numbers; a value may have several names.
   *
   * @param name the name
   * @param values in the order of the description
   * @param place where it stands
   */
  record EnumType(String name, Map<String, Integer> values, Place place) implements Definition {}

  /**
   * Fields in their order.
   *
   * @param name the name
   * @param fields the fields
   * @param place where it stands
   */
  record StructType(String name, List<Field> fields, Place place) implements Definition {}

  /**
   * One arm of a union.
   *
   * @param labels the values of the discriminator; empty for the default
   * @param field what it holds; null for nothing
   * @param place where it stands
   */
  record Arm(List<Label> labels, @Nullable Field field, Place place) {
    /** {@return whether it is taken for values that no other arm names} */
    public boolean isDefault() {
      return labels.isEmpty();
    }
  }

  /**
   * A value of a discriminator.
   *
   * @param value the value
   * @param name the constant that the description gives it by; null where it is a number
   */
  record Label(int value, @Nullable String name) {}

  /**
   * A discriminator, and one of several fields.
   *
   * @param name the name
   * @param discriminator what tells the arms apart: of type int, unsigned int, bool or an enum, or
   *     a name for one of these
   * @param arms in the order of the description, the default last
   * @param place where it stands
   */
  record UnionType(String name, Field discriminator, List<Arm> arms, Place place)
      implements Definition {}

  /**
   * Another name for a type.
   *
   * @param name the name
   * @param type the type
   * @param place where it stands
   */
  record Alias(String name, Type type, Place place) implements Definition {}
}
