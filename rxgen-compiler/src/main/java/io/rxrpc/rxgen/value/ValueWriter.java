// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.value;

import io.rxrpc.rxgen.model.Definition;
import io.rxrpc.rxgen.model.Description;
import io.rxrpc.rxgen.model.Field;
import io.rxrpc.rxgen.model.Type;
import io.rxrpc.xdr.Octets;
import io.rxrpc.xdr.XdrException;
import io.rxrpc.xdr.XdrWriter;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes values. */
final class ValueWriter {
  private static final int MAX_DEPTH = 500;

  private final Shapes shapes;

  ValueWriter(Description description) {
    this.shapes = new Shapes(description);
  }

  void write(Type type, @Nullable Object value, XdrWriter out) throws ValueException, IOException {
    try {
      write(type, value == Absent.VALUE ? null : value, out, 0);
    } catch (XdrException e) {
      // Bounds and text are checked where they are written, with the value's name still to come.
      throw new ValueException("", reason(e));
    }
  }

  private static String reason(XdrException e) {
    // The path and the offset in front of it are those of a value on its own: of no use here.
    return String.valueOf(e.getMessage()).replaceFirst("^octet \\d+: ", "");
  }

  private void write(Type type, @Nullable Object value, XdrWriter out, int depth)
      throws ValueException, IOException {
    if (depth > MAX_DEPTH) {
      throw new ValueException("", "nested deeper than " + MAX_DEPTH + " levels");
    }
    switch (shapes.resolved(type)) {
      case Type.Scalar scalar -> scalar(scalar, value, out);
      case Type.Text text -> out.string("", Shapes.bound(text.max()), text(value));
      case Type.FixedOpaque opaque -> out.opaque("", Shapes.bound(opaque.size()), octets(value));
      case Type.Opaque opaque -> out.opaqueUpTo("", Shapes.bound(opaque.max()), octets(value));
      case Type.Array array -> array(array, value, out, depth);
      case Type.Sequence sequence -> sequence(sequence, value, out, depth);
      case Type.Optional optional -> optional(optional, value, out, depth);
      case Type.Named named -> named(named, value, out, depth);
    }
  }

  private static void scalar(Type.Scalar scalar, @Nullable Object value, XdrWriter out)
      throws ValueException, IOException {
    switch (scalar) {
      case INT -> out.int32(whole(value, true, 32).intValue());
      case UNSIGNED_INT -> out.int32(whole(value, false, 32).intValue());
      case SHORT -> out.int16(whole(value, true, 16).shortValue());
      case UNSIGNED_SHORT -> out.uint16("", whole(value, false, 16).intValue());
      case CHAR -> out.int8(whole(value, true, 8).byteValue());
      case UNSIGNED_CHAR -> out.uint8("", whole(value, false, 8).intValue());
      case HYPER -> out.int64(whole(value, true, 64).longValue());
      case UNSIGNED_HYPER -> out.int64(whole(value, false, 64).longValue());
      case BOOL -> out.bool(bool(value));
      case FLOAT -> out.float32(Numbers.real32(value));
      case DOUBLE -> out.float64(Numbers.real(value));
      case UUID -> out.uuid(uuid(value));
    }
  }

  private static BigInteger whole(@Nullable Object value, boolean signed, int bits)
      throws ValueException {
    BigInteger half = BigInteger.ONE.shiftLeft(signed ? bits - 1 : bits);
    BigInteger least = signed ? half.negate() : BigInteger.ZERO;
    return Numbers.integer(value, least, half.subtract(BigInteger.ONE));
  }

  private static boolean bool(@Nullable Object value) throws ValueException {
    if (value instanceof Boolean bool) {
      return bool;
    }
    return switch (String.valueOf(value)) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw new ValueException("", "expected true or false, found " + Shown.of(value));
    };
  }

  private static UUID uuid(@Nullable Object value) throws ValueException {
    if (value instanceof UUID uuid) {
      return uuid;
    }
    if (value instanceof String text
        && text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
      return UUID.fromString(text);
    }
    throw new ValueException("", "expected a UUID, found " + Shown.of(value));
  }

  private static String text(@Nullable Object value) throws ValueException {
    if (value instanceof String text) {
      return text;
    }
    throw new ValueException("", "expected a string, found " + Shown.of(value));
  }

  private static Octets octets(@Nullable Object value) throws ValueException {
    if (value instanceof String text
        && text.length() % 2 == 0
        && text.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128)) {
      return Octets.ofHex(text);
    }
    throw new ValueException(
        "", "expected octets as pairs of hexadecimal digits, found " + Shown.of(value));
  }

  private void array(Type.Array array, @Nullable Object value, XdrWriter out, int depth)
      throws ValueException, IOException {
    int size = Shapes.bound(array.size());
    Type element = shapes.resolved(array.element());
    if (element == Type.Scalar.CHAR) {
      out.chars("", size, text(value));
    } else if (element == Type.Scalar.UNSIGNED_CHAR) {
      out.uint8s("", size, octets(value));
    } else {
      List<?> list = list(value);
      if (list.size() != size) {
        throw new ValueException("", list.size() + " elements, where there must be " + size);
      }
      elements(array.element(), list, out, depth);
    }
  }

  private void sequence(Type.Sequence sequence, @Nullable Object value, XdrWriter out, int depth)
      throws ValueException, IOException {
    int max = Shapes.bound(sequence.max());
    Type element = shapes.resolved(sequence.element());
    if (element == Type.Scalar.CHAR) {
      out.charsUpTo("", max, text(value));
    } else if (element == Type.Scalar.UNSIGNED_CHAR) {
      out.uint8sUpTo("", max, octets(value));
    } else {
      List<?> list = list(value);
      if (list.size() > max) {
        throw new ValueException("", list.size() + " elements, where " + max + " is the most");
      }
      out.int32(list.size());
      elements(sequence.element(), list, out, depth);
    }
  }

  private static List<?> list(@Nullable Object value) throws ValueException {
    if (value instanceof List<?> list) {
      return list;
    }
    throw new ValueException("", "expected a list, found " + Shown.of(value));
  }

  private void elements(Type type, List<?> list, XdrWriter out, int depth)
      throws ValueException, IOException {
    int i = 0;
    for (Object value : list) {
      part(type, value, "[" + i + "]", out, depth);
      i++;
    }
  }

  /** A value that is part of another one: what is wrong with it is told with its name. */
  private void part(Type type, @Nullable Object value, String name, XdrWriter out, int depth)
      throws ValueException, IOException {
    try {
      write(type, value == Absent.VALUE ? null : value, out, depth + 1);
    } catch (XdrException e) {
      throw new ValueException(name, reason(e));
    } catch (ValueException e) {
      throw e.within(name);
    }
  }

  private void optional(Type.Optional optional, @Nullable Object value, XdrWriter out, int depth)
      throws ValueException, IOException {
    Definition.StructType node = shapes.node(optional.target());
    if (node != null) {
      List<?> list = value == null ? List.of() : list(value);
      out.bool(!list.isEmpty());
      nodes(node, list, out, depth);
    } else {
      out.bool(value != null);
      if (value != null) {
        write(optional.target(), value, out, depth + 1);
      }
    }
  }

  private void nodes(Definition.StructType node, List<?> list, XdrWriter out, int depth)
      throws ValueException, IOException {
    int i = 0;
    for (Object value : list) {
      try {
        fields(node.name(), Shapes.values(node), value, out, depth);
      } catch (ValueException e) {
        throw e.within("[" + i + "]");
      }
      i++;
      out.bool(i < list.size());
    }
  }

  private void named(Type.Named named, @Nullable Object value, XdrWriter out, int depth)
      throws ValueException, IOException {
    switch (shapes.definition(named)) {
      case Definition.EnumType type -> out.int32(enumeration(type, value));
      case Definition.Alias alias -> write(alias.type(), value, out, depth + 1);
      case Definition.UnionType union -> union(union, value, out, depth);
      case Definition.StructType struct -> {
        Definition.StructType node = shapes.node(named);
        if (node == null) {
          fields(struct.name(), struct.fields(), value, out, depth);
        } else {
          List<?> list = list(value);
          if (list.isEmpty()) {
            throw new ValueException("", "no element, where one is the least");
          }
          nodes(node, list, out, depth);
        }
      }
    }
  }

  private static int enumeration(Definition.EnumType type, @Nullable Object value)
      throws ValueException {
    if (value instanceof String text) {
      Integer number = type.values().get(text);
      if (number != null) {
        return number;
      }
      if (!text.matches("[-+]?[0-9].*")) {
        throw new ValueException(
            "", "'" + text + "' is none of " + String.join(", ", type.values().keySet()));
      }
    }
    return whole(value, true, 32).intValue();
  }

  private void fields(
      String type, List<Field> fields, @Nullable Object value, XdrWriter out, int depth)
      throws ValueException, IOException {
    Map<?, ?> map = map(value, type);
    for (Object key : map.keySet()) {
      if (fields.stream().noneMatch(field -> field.name().equals(key))) {
        throw new ValueException(String.valueOf(key), type + " has no such field");
      }
    }
    for (Field field : fields) {
      if (!map.containsKey(field.name())) {
        throw new ValueException(field.name(), "this field of " + type + " is missing");
      }
      part(field.type(), map.get(field.name()), field.name(), out, depth);
    }
  }

  private static Map<?, ?> map(@Nullable Object value, String type) throws ValueException {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new ValueException(
        "", "expected an object with the fields of " + type + ", found " + Shown.of(value));
  }

  private void union(Definition.UnionType union, @Nullable Object value, XdrWriter out, int depth)
      throws ValueException, IOException {
    Map<?, ?> map = map(value, union.name());
    Field discriminator = union.discriminator();
    String name = discriminator.name();
    if (!map.containsKey(name)) {
      throw new ValueException(name, "the discriminator of " + union.name() + " is missing");
    }
    XdrWriter word = new XdrWriter();
    part(discriminator.type(), map.get(name), name, word, depth);
    byte[] octets = word.toByteArray();
    int number =
        (octets[0] << 24) | (octets[1] & 0xff) << 16 | (octets[2] & 0xff) << 8 | (octets[3] & 0xff);
    Definition.Arm arm = Shapes.arm(union, number);
    if (arm == null) {
      throw new ValueException(name, union.name() + " has no arm for " + Shown.of(map.get(name)));
    }
    out.int32(number);
    Field field = arm.field();
    for (Object key : map.keySet()) {
      if (!name.equals(key) && (field == null || !field.name().equals(key))) {
        throw new ValueException(
            String.valueOf(key), "this arm of " + union.name() + " has no such field");
      }
    }
    if (field != null) {
      if (!map.containsKey(field.name())) {
        throw new ValueException(field.name(), "this arm of " + union.name() + " is missing");
      }
      part(field.type(), map.get(field.name()), field.name(), out, depth);
    }
  }
}
