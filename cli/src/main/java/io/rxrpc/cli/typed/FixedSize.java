// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.typed;

import io.rxrpc.rxgen.model.Bound;
import io.rxrpc.rxgen.model.Definition;
import io.rxrpc.rxgen.model.Description;
import io.rxrpc.rxgen.model.Field;
import io.rxrpc.rxgen.model.Type;
import java.util.List;
import java.util.OptionalInt;

/** How many octets a type takes, where that does not depend on the value. */
final class FixedSize {
  /** What has more counts as open: it is kept in memory while a reply comes in. */
  private static final int MOST = 1 << 20;

  private static final int OPEN = -1;

  private final Description description;

  private FixedSize(Description description) {
    this.description = description;
  }

  /** The octets of these, one behind the other; empty where one of them is of open length. */
  static OptionalInt of(Description description, List<Type> types) {
    FixedSize size = new FixedSize(description);
    int sum = 0;
    for (Type type : types) {
      sum = plus(sum, size.of(type));
    }
    return sum == OPEN ? OptionalInt.empty() : OptionalInt.of(sum);
  }

  private int of(Type type) {
    return switch (description.resolved(type)) {
      case Type.Scalar scalar -> scalar(scalar);
      case Type.FixedOpaque opaque -> times(4, (opaque.size().value() + 3) / 4);
      case Type.Array array -> array(array.element(), array.size());
      case Type.Text _, Type.Opaque _, Type.Sequence _, Type.Optional _ -> OPEN;
      case Type.Named named ->
          switch (description.definition(named)) {
            case Definition.EnumType _ -> 4;
            case Definition.StructType struct -> fields(struct.fields());
            case Definition.UnionType _ -> OPEN;
            case Definition.Alias alias -> of(alias.type());
          };
    };
  }

  private static int scalar(Type.Scalar scalar) {
    return switch (scalar) {
      case HYPER, UNSIGNED_HYPER, DOUBLE -> 8;
      case UUID -> 44;
      default -> 4;
    };
  }

  private int array(Type element, Bound size) {
    int each = of(element);
    return each == OPEN ? OPEN : times(each, size.value());
  }

  private int fields(List<Field> fields) {
    int sum = 0;
    for (Field field : fields) {
      sum = plus(sum, of(field.type()));
      if (sum == OPEN) {
        return OPEN; // also keeps structures of structures of structures from being walked for long
      }
    }
    return sum;
  }

  private static int times(int each, long count) {
    return count > MOST || each * count > MOST ? OPEN : (int) (each * count);
  }

  private static int plus(int sum, int more) {
    return sum == OPEN || more == OPEN || sum + more > MOST ? OPEN : sum + more;
  }
}
