// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.value;

import io.rxrpc.rxgen.model.Definition;
import io.rxrpc.rxgen.model.Description;
import io.rxrpc.rxgen.model.Field;
import io.rxrpc.rxgen.model.Type;
import io.rxrpc.xdr.XdrReader;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads values. */
final class ValueReader {
  private final Shapes shapes;

  ValueReader(Description description) {
    this.shapes = new Shapes(description);
  }

  @Nullable Object read(Type type, String field, XdrReader in) throws IOException {
    return switch (shapes.resolved(type)) {
      case Type.Scalar scalar -> scalar(scalar, field, in);
      case Type.Text text -> in.string(field, Shapes.bound(text.max()));
      case Type.FixedOpaque opaque -> in.opaque(field, Shapes.bound(opaque.size())).toHex();
      case Type.Opaque opaque -> in.opaqueUpTo(field, Shapes.bound(opaque.max())).toHex();
      case Type.Array array -> array(array, field, in);
      case Type.Sequence sequence -> sequence(sequence, field, in);
      case Type.Optional optional -> optional(optional, field, in);
      case Type.Named named -> named(named, field, in);
    };
  }

  private static Object scalar(Type.Scalar scalar, String field, XdrReader in) throws IOException {
    return switch (scalar) {
      case INT -> Long.valueOf(in.int32(field));
      case UNSIGNED_INT -> Integer.toUnsignedLong(in.int32(field));
      case SHORT -> Long.valueOf(in.int16(field));
      case UNSIGNED_SHORT -> Long.valueOf(in.uint16(field));
      case CHAR -> Long.valueOf(in.int8(field));
      case UNSIGNED_CHAR -> Long.valueOf(in.uint8(field));
      case HYPER -> in.int64(field);
      case UNSIGNED_HYPER -> Numbers.unsigned(in.int64(field));
      case BOOL -> in.bool(field);
      case FLOAT -> (double) in.float32(field);
      case DOUBLE -> in.float64(field);
      case UUID -> in.uuid(field).toString();
    };
  }

  private Object array(Type.Array array, String field, XdrReader in) throws IOException {
    int size = Shapes.bound(array.size());
    return switch (shapes.resolved(array.element())) {
      case Type.Scalar.CHAR -> in.chars(field, size);
      case Type.Scalar.UNSIGNED_CHAR -> in.uint8s(field, size).toHex();
      case Type.Scalar.INT -> Numbers.list(in.ints(field, size), false);
      case Type.Scalar.UNSIGNED_INT -> Numbers.list(in.ints(field, size), true);
      case Type.Scalar.HYPER -> Numbers.list(in.longs(field, size), false);
      case Type.Scalar.UNSIGNED_HYPER -> Numbers.list(in.longs(field, size), true);
      default -> in.list(field, size, e -> element(array.element(), e));
    };
  }

  private Object sequence(Type.Sequence sequence, String field, XdrReader in) throws IOException {
    int max = Shapes.bound(sequence.max());
    return switch (shapes.resolved(sequence.element())) {
      case Type.Scalar.CHAR -> in.charsUpTo(field, max);
      case Type.Scalar.UNSIGNED_CHAR -> in.uint8sUpTo(field, max).toHex();
      case Type.Scalar.INT -> Numbers.list(in.intsUpTo(field, max), false);
      case Type.Scalar.UNSIGNED_INT -> Numbers.list(in.intsUpTo(field, max), true);
      case Type.Scalar.HYPER -> Numbers.list(in.longsUpTo(field, max), false);
      case Type.Scalar.UNSIGNED_HYPER -> Numbers.list(in.longsUpTo(field, max), true);
      default -> in.listUpTo(field, max, e -> element(sequence.element(), e));
    };
  }

  /** The reader's lists hold no nulls. */
  private Object element(Type type, XdrReader in) throws IOException {
    Object value = read(type, "", in);
    return value == null ? Absent.VALUE : value;
  }

  private @Nullable Object optional(Type.Optional optional, String field, XdrReader in)
      throws IOException {
    Definition.StructType node = shapes.node(optional.target());
    if (node != null) {
      return in.chain(field, e -> fields(Shapes.values(node), e));
    }
    return in.optional(field, e -> element(optional.target(), e)).orElse(null);
  }

  private @Nullable Object named(Type.Named named, String field, XdrReader in) throws IOException {
    return switch (shapes.definition(named)) {
      case Definition.EnumType type -> enumeration(type, in.int32(field));
      case Definition.StructType struct -> {
        Definition.StructType node = shapes.node(named);
        yield node == null
            ? in.struct(field, e -> fields(struct.fields(), e))
            : in.chainFrom(field, e -> fields(Shapes.values(node), e));
      }
      case Definition.UnionType union -> in.struct(field, e -> union(union, e));
      case Definition.Alias alias -> read(alias.type(), field, in);
    };
  }

  private static Object enumeration(Definition.EnumType type, int value) {
    for (Map.Entry<String, Integer> known : type.values().entrySet()) {
      if (known.getValue() == value) {
        return known.getKey();
      }
    }
    return Long.valueOf(value);
  }

  private Map<String, @Nullable Object> fields(List<Field> fields, XdrReader in)
      throws IOException {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (Field field : fields) {
      values.put(field.name(), read(field.type(), field.name(), in));
    }
    return values;
  }

  private Map<String, @Nullable Object> union(Definition.UnionType union, XdrReader in)
      throws IOException {
    Field discriminator = union.discriminator();
    boolean bool = shapes.resolved(discriminator.type()) == Type.Scalar.BOOL;
    int number;
    if (bool) {
      number = in.bool(discriminator.name()) ? 1 : 0;
    } else {
      number = in.int32(discriminator.name());
    }
    Definition.Arm arm = Shapes.arm(union, number);
    if (arm == null) {
      throw in.noSuchArm(discriminator.name(), number);
    }
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put(discriminator.name(), discriminant(discriminator, number));
    Field field = arm.field();
    if (field != null) {
      values.put(field.name(), read(field.type(), field.name(), in));
    }
    return values;
  }

  private Object discriminant(Field discriminator, int number) {
    return switch (shapes.resolved(discriminator.type())) {
      case Type.Scalar.BOOL -> number != 0;
      case Type.Scalar.UNSIGNED_INT -> Integer.toUnsignedLong(number);
      case Type.Named named when shapes.definition(named) instanceof Definition.EnumType type ->
          enumeration(type, number);
      default -> Long.valueOf(number);
    };
  }
}
