// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.rpc.catalog;

import io.rxrpc.rxgen.model.Bound;
import io.rxrpc.rxgen.model.Definition;
import io.rxrpc.rxgen.model.Description;
import io.rxrpc.rxgen.model.Type;

/** Types in words: what a value of them may be. */
final class TypeWords {
  private final Description description;

  TypeWords(Description description) {
    this.description = description;
  }

  /** The type with its bounds: {@code string of at most 65 octets}. */
  String of(Type type) {
    Definition.StructType node = Chains.node(description, type);
    if (node != null) {
      return "list of any length: " + node.name();
    }
    return switch (description.resolved(type)) {
      case Type.Scalar scalar -> scalar(scalar);
      case Type.Text text -> "string" + most(text.max(), "octets");
      case Type.FixedOpaque opaque -> opaque.size().value() + " octets";
      case Type.Opaque opaque -> octets(opaque.max());
      case Type.Array array -> array(array);
      case Type.Sequence sequence -> sequence(sequence);
      case Type.Optional optional -> of(optional.target()) + ", or null";
      case Type.Named named ->
          description.definition(named) instanceof Definition.EnumType e
              ? String.join(" or ", e.values().keySet())
              : named.name();
    };
  }

  private String array(Type.Array array) {
    return switch (description.resolved(array.element())) {
      case Type.Scalar s when s == Type.Scalar.CHAR ->
          "text of at most " + array.size().value() + " octets";
      case Type.Scalar s when s == Type.Scalar.UNSIGNED_CHAR -> array.size().value() + " octets";
      default -> "list of exactly " + array.size().value() + ": " + of(array.element());
    };
  }

  private String sequence(Type.Sequence sequence) {
    return switch (description.resolved(sequence.element())) {
      case Type.Scalar s when s == Type.Scalar.CHAR -> "text" + most(sequence.max(), "octets");
      case Type.Scalar s when s == Type.Scalar.UNSIGNED_CHAR -> octets(sequence.max());
      default -> "list" + most(sequence.max(), "elements") + ": " + of(sequence.element());
    };
  }

  private static String scalar(Type.Scalar scalar) {
    return switch (scalar) {
      case BOOL -> "true or false";
      case FLOAT -> "number of 32 bits";
      case DOUBLE -> "number of 64 bits";
      case UUID -> "UUID";
      default -> Ranges.least(scalar) + ".." + Ranges.most(scalar);
    };
  }

  private static String octets(Bound max) {
    return max.isOpen() ? "octets of any number" : "at most " + max.value() + " octets";
  }

  private static String most(Bound bound, String of) {
    return bound.isOpen() ? " of any length" : " of at most " + bound.value() + " " + of;
  }
}
