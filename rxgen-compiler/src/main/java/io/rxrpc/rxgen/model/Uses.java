// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.model;

import java.util.ArrayList;
import java.util.List;

/** Which types a type is made of. */
final class Uses {
  private Uses() {}

  /** The types of the fields, arms or whatever else the definition has. */
  static List<Type> of(Definition definition) {
    return switch (definition) {
      case Definition.EnumType _ -> List.of();
      case Definition.Alias alias -> List.of(alias.type());
      case Definition.StructType struct -> struct.fields().stream().map(Field::type).toList();
      case Definition.UnionType union -> {
        List<Type> types = new ArrayList<>();
        types.add(union.discriminator().type());
        for (Definition.Arm arm : union.arms()) {
          Field field = arm.field();
          if (field != null) {
            types.add(field.type());
          }
        }
        yield types;
      }
    };
  }

  /** What arrays and optional values are made of, at last. */
  static Type innermost(Type type) {
    return switch (type) {
      case Type.Array array -> innermost(array.element());
      case Type.Sequence sequence -> innermost(sequence.element());
      case Type.Optional optional -> innermost(optional.target());
      case Type.Scalar _, Type.Text _, Type.FixedOpaque _, Type.Opaque _, Type.Named _ -> type;
    };
  }
}
