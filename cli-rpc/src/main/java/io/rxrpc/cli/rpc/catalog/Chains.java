// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.rpc.catalog;

import io.rxrpc.rxgen.model.Definition;
import io.rxrpc.rxgen.model.Description;
import io.rxrpc.rxgen.model.Field;
import io.rxrpc.rxgen.model.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Structures that form linked lists: their values are lists, without the pointer to the next. */
final class Chains {
  private Chains() {}

  /** The structure of an element, if the type is a linked list; else null. */
  static Definition.@Nullable StructType node(Description description, Type type) {
    Type resolved = description.resolved(type);
    Type target = resolved instanceof Type.Optional pointer ? pointer.target() : resolved;
    return description.resolved(target) instanceof Type.Named named
            && description.definition(named) instanceof Definition.StructType struct
            && isNode(description, struct)
        ? struct
        : null;
  }

  /** The fields that its values have. */
  static List<Field> values(Description description, Definition.StructType struct) {
    List<Field> fields = struct.fields();
    return isNode(description, struct) ? fields.subList(0, fields.size() - 1) : fields;
  }

  private static boolean isNode(Description description, Definition.StructType struct) {
    return description.resolved(struct.fields().getLast().type()) instanceof Type.Optional next
        && description.resolved(next.target()) instanceof Type.Named named
        && named.name().equals(struct.name());
  }
}
