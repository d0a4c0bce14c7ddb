// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.value;

import io.rxrpc.rxgen.model.Bound;
import io.rxrpc.rxgen.model.Definition;
import io.rxrpc.rxgen.model.Description;
import io.rxrpc.rxgen.model.Field;
import io.rxrpc.rxgen.model.Type;
import io.rxrpc.xdr.XdrLimits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the reader and the writer of values both ask about types. */
final class Shapes {
  private final Description description;

  Shapes(Description description) {
    this.description = description;
  }

  Type resolved(Type type) {
    return description.resolved(type);
  }

  Definition definition(Type.Named type) {
    return description.definition(type);
  }

  /** The structure whose values form a linked list, if the type is one; else null. */
  Definition.@Nullable StructType node(Type type) {
    if (resolved(type) instanceof Type.Named named
        && definition(named) instanceof Definition.StructType struct
        && resolved(struct.fields().getLast().type()) instanceof Type.Optional optional
        && resolved(optional.target()) instanceof Type.Named next
        && next.name().equals(struct.name())) {
      return struct;
    }
    return null;
  }

  /** The fields of a node that are values: all but the pointer to the next one. */
  static List<Field> values(Definition.StructType node) {
    return node.fields().subList(0, node.fields().size() - 1);
  }

  static int bound(Bound bound) {
    return bound.value() >= Integer.MAX_VALUE ? XdrLimits.UNBOUNDED : (int) bound.value();
  }

  /** The arm for a discriminant; null where there is none. */
  static Definition.@Nullable Arm arm(Definition.UnionType union, int discriminant) {
    for (Definition.Arm arm : union.arms()) {
      if (arm.isDefault()
          || arm.labels().stream().anyMatch(label -> label.value() == discriminant)) {
        return arm;
      }
    }
    return null;
  }
}
