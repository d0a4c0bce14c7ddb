// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.java;

import io.rxrpc.rxgen.model.Bound;
import io.rxrpc.rxgen.model.Type;

/** Types as the description declares them, for documentation. */
final class Declared {
  private Declared() {}

  /** For example {@code string name<NAMELEN>}. */
  static String field(Type type, String name) {
    return switch (type) {
      case Type.Scalar scalar -> scalar + " " + name;
      case Type.Named named -> named.name() + " " + name;
      case Type.Text text -> "string " + name + "<" + bound(text.max()) + ">";
      case Type.FixedOpaque opaque -> "opaque " + name + "[" + bound(opaque.size()) + "]";
      case Type.Opaque opaque -> "opaque " + name + "<" + bound(opaque.max()) + ">";
      case Type.Array array -> field(array.element(), name + "[" + bound(array.size()) + "]");
      case Type.Sequence sequence ->
          field(sequence.element(), name + "<" + bound(sequence.max()) + ">");
      case Type.Optional optional -> field(optional.target(), "*" + name);
    };
  }

  private static String bound(Bound bound) {
    String name = bound.name();
    return name == null ? bound.toString() : name;
  }
}
