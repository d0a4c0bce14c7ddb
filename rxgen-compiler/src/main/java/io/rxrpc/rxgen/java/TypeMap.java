// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.java;

import io.rxrpc.rxgen.model.Bound;
import io.rxrpc.rxgen.model.Constant;
import io.rxrpc.rxgen.model.Definition;
import io.rxrpc.rxgen.model.Description;
import io.rxrpc.rxgen.model.Field;
import io.rxrpc.rxgen.model.Type;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How each type is called in Java, read and written; for one file. */
final class TypeMap {
  private final Description description;
  private final NameTable names;
  private final Unit unit;

  TypeMap(Description description, NameTable names, Unit unit) {
    this.description = description;
    this.names = names;
    this.unit = unit;
  }

  /**
   * Whether values of a structure form a list: its last field points to the next one, which becomes
   * an element of a Java list and is no field in Java.
   */
  boolean isNode(Definition definition) {
    if (!(definition instanceof Definition.StructType struct)) {
      return false;
    }
    Field last = struct.fields().getLast();
    return description.resolved(last.type()) instanceof Type.Optional optional
        && description.resolved(optional.target()) instanceof Type.Named named
        && named.name().equals(struct.name());
  }

  private @Nullable Definition definition(Type type) {
    return description.resolved(type) instanceof Type.Named named
        ? description.definition(named)
        : null;
  }

  /** What holds a value. */
  String name(Type type) {
    return switch (description.resolved(type)) {
      case Type.Scalar scalar ->
          switch (scalar) {
            case INT, UNSIGNED_INT, UNSIGNED_SHORT, UNSIGNED_CHAR -> "int";
            case SHORT -> "short";
            case CHAR -> "byte";
            case HYPER, UNSIGNED_HYPER -> "long";
            case BOOL -> "boolean";
            case FLOAT -> "float";
            case DOUBLE -> "double";
            case UUID -> unit.use("java.util.UUID");
          };
      case Type.Text _ -> "String";
      case Type.FixedOpaque _, Type.Opaque _ -> unit.use("io.rxrpc.xdr.Octets");
      case Type.Array array -> elements(array.element());
      case Type.Sequence sequence -> elements(sequence.element());
      case Type.Optional optional ->
          isChain(optional)
              ? list(names.type(target(optional), unit))
              : unit.use("java.util.Optional") + "<" + boxed(optional.target()) + ">";
      case Type.Named named ->
          isNode(description.definition(named))
              ? list(names.type(named.name(), unit))
              : names.type(named.name(), unit);
    };
  }

  private String list(String element) {
    return unit.use("java.util.List") + "<" + element + ">";
  }

  private boolean isChain(Type.Optional optional) {
    Definition target = definition(optional.target());
    return target != null && isNode(target);
  }

  private String target(Type.Optional optional) {
    Definition target = definition(optional.target());
    return target == null ? "" : target.name();
  }

  private String elements(Type element) {
    return switch (packed(element)) {
      case TEXT -> "String";
      case OCTETS -> unit.use("io.rxrpc.xdr.Octets");
      case INTS -> unit.use("io.rxrpc.xdr.Ints");
      case LONGS -> unit.use("io.rxrpc.xdr.Longs");
      case LIST -> list(boxed(element));
    };
  }

  /** What an array of a type becomes. */
  private enum Packed {
    TEXT("chars"),
    OCTETS("uint8s"),
    INTS("ints"),
    LONGS("longs"),
    LIST("list");

    final String method;

    Packed(String method) {
      this.method = method;
    }
  }

  private Packed packed(Type element) {
    if (description.resolved(element) instanceof Type.Scalar scalar) {
      return switch (scalar) {
        case CHAR -> Packed.TEXT;
        case UNSIGNED_CHAR -> Packed.OCTETS;
        case INT, UNSIGNED_INT -> Packed.INTS;
        case HYPER, UNSIGNED_HYPER -> Packed.LONGS;
        case SHORT, UNSIGNED_SHORT, BOOL, FLOAT, DOUBLE, UUID -> Packed.LIST;
      };
    }
    return Packed.LIST;
  }

  /** What holds a value as an element of something. */
  String boxed(Type type) {
    String name = name(type);
    return switch (name) {
      case "int" -> "Integer";
      case "short" -> "Short";
      case "byte" -> "Byte";
      case "long" -> "Long";
      case "boolean" -> "Boolean";
      case "float" -> "Float";
      case "double" -> "Double";
      default -> name;
    };
  }

  /** Whether it is a list, of which a record keeps a copy. */
  boolean isList(Type type) {
    return name(type).startsWith("List<");
  }

  private String bound(Bound bound) {
    if (bound.value() >= Integer.MAX_VALUE) {
      return unit.use("io.rxrpc.xdr.XdrLimits") + ".UNBOUNDED";
    }
    String name = bound.name();
    Constant constant = name == null ? null : names.constant(name);
    if (name == null || constant == null || constant.number() != bound.value()) {
      return Long.toString(bound.value());
    }
    String type = names.constantClass(constant);
    String java = NameTable.constantName(name);
    // Fields are spelled in small letters and could hide one that is, too.
    return name.equals(name.toUpperCase(Locale.ROOT))
        ? unit.useConstant(type, java)
        : type + "." + java;
  }

  /** An expression that reads a value. */
  String read(Type type, String field) {
    return read(type, '"' + field + '"', "in", 1);
  }

  private String read(Type type, String field, String in, int depth) {
    return switch (description.resolved(type)) {
      case Type.Scalar scalar -> in + "." + method(scalar) + "(" + field + ")";
      case Type.Text text -> in + ".string(" + field + ", " + bound(text.max()) + ")";
      case Type.FixedOpaque opaque -> in + ".opaque(" + field + ", " + bound(opaque.size()) + ")";
      case Type.Opaque opaque -> in + ".opaqueUpTo(" + field + ", " + bound(opaque.max()) + ")";
      case Type.Array array ->
          readMany(array.element(), "", field + ", " + bound(array.size()), in, depth);
      case Type.Sequence sequence ->
          readMany(sequence.element(), "UpTo", field + ", " + bound(sequence.max()), in, depth);
      case Type.Optional optional -> {
        String method = isChain(optional) ? ".chain(" : ".optional(";
        yield in + method + field + ", " + decoder(optional.target(), depth, true) + ")";
      }
      case Type.Named named -> {
        String name = names.type(named.name(), unit);
        Definition definition = description.definition(named);
        if (definition instanceof Definition.EnumType) {
          yield name + ".of(" + in + ".int32(" + field + "))";
        }
        String method = isNode(definition) ? ".chainFrom(" : ".struct(";
        yield in + method + field + ", " + name + "::decode)";
      }
    };
  }

  private String readMany(Type element, String suffix, String arguments, String in, int depth) {
    Packed packed = packed(element);
    String decoder = packed == Packed.LIST ? ", " + decoder(element, depth, false) : "";
    return in + "." + packed.method + suffix + "(" + arguments + decoder + ")";
  }

  private static String method(Type.Scalar scalar) {
    return switch (scalar) {
      case INT, UNSIGNED_INT -> "int32";
      case SHORT -> "int16";
      case UNSIGNED_SHORT -> "uint16";
      case CHAR -> "int8";
      case UNSIGNED_CHAR -> "uint8";
      case HYPER, UNSIGNED_HYPER -> "int64";
      case BOOL -> "bool";
      case FLOAT -> "float32";
      case DOUBLE -> "float64";
      case UUID -> "uuid";
    };
  }

  /** What reads an element; of a linked list, a node of it. */
  private String decoder(Type type, int depth, boolean node) {
    Definition definition = definition(type);
    if (definition != null
        && !(definition instanceof Definition.EnumType)
        && (node || !isNode(definition))) {
      return names.type(definition.name(), unit) + "::decode";
    }
    String e = variable("e", depth);
    return e + " -> " + read(type, "\"\"", e, depth + 1);
  }

  private static String variable(String name, int depth) {
    return depth == 1 ? name : name + depth;
  }

  /** A statement, without its semicolon, that writes a value. */
  String write(Type type, String field, String value) {
    return write(type, '"' + field + '"', value, "out", 1);
  }

  private String write(Type type, String field, String value, String out, int depth) {
    return switch (description.resolved(type)) {
      case Type.Scalar scalar -> {
        boolean checked =
            scalar == Type.Scalar.UNSIGNED_SHORT || scalar == Type.Scalar.UNSIGNED_CHAR;
        yield out + "." + method(scalar) + "(" + (checked ? field + ", " : "") + value + ")";
      }
      case Type.Text text ->
          out + ".string(" + field + ", " + bound(text.max()) + ", " + value + ")";
      case Type.FixedOpaque opaque ->
          out + ".opaque(" + field + ", " + bound(opaque.size()) + ", " + value + ")";
      case Type.Opaque opaque ->
          out + ".opaqueUpTo(" + field + ", " + bound(opaque.max()) + ", " + value + ")";
      case Type.Array array ->
          writeMany(array.element(), "", field + ", " + bound(array.size()), value, out, depth);
      case Type.Sequence sequence ->
          writeMany(
              sequence.element(), "UpTo", field + ", " + bound(sequence.max()), value, out, depth);
      case Type.Optional optional -> {
        String method = isChain(optional) ? ".chain(" : ".optional(";
        String encoder = encoder(optional.target(), depth, true);
        yield out + method + field + ", " + value + ", " + encoder + ")";
      }
      case Type.Named named -> {
        Definition definition = description.definition(named);
        if (definition instanceof Definition.EnumType) {
          yield out + ".int32(" + value + ".value())";
        }
        String method = isNode(definition) ? ".chainFrom(" : ".struct(";
        yield out
            + method
            + field
            + ", "
            + value
            + ", "
            + names.type(named.name(), unit)
            + "::encode)";
      }
    };
  }

  private String writeMany(
      Type element, String suffix, String arguments, String value, String out, int depth) {
    Packed packed = packed(element);
    String encoder = packed == Packed.LIST ? ", " + encoder(element, depth, false) : "";
    return out + "." + packed.method + suffix + "(" + arguments + ", " + value + encoder + ")";
  }

  private String encoder(Type type, int depth, boolean node) {
    Definition definition = definition(type);
    if (definition != null
        && !(definition instanceof Definition.EnumType)
        && (node || !isNode(definition))) {
      return names.type(definition.name(), unit) + "::encode";
    }
    String e = variable("e", depth);
    String to = variable("to", depth);
    return "(" + e + ", " + to + ") -> " + write(type, "\"\"", e, to, depth + 1);
  }
}
