// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.model;

import io.rxrpc.rxgen.cpp.Expression;
import io.rxrpc.rxgen.source.Place;
import io.rxrpc.rxgen.source.Problems;
import io.rxrpc.rxgen.syntax.Declaration;
import io.rxrpc.rxgen.syntax.Item;
import io.rxrpc.rxgen.syntax.PassedLines;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What declarations mean. */
final class Types {
  private static final Map<String, Type.Scalar> BUILT_IN = new HashMap<>();

  static {
    name(Type.Scalar.INT, "int", "long", "int32", "afs_int32");
    name(Type.Scalar.UNSIGNED_INT, "u_int", "u_long", "uint32", "afs_uint32", "unsigned int");
    name(Type.Scalar.UNSIGNED_INT, "unsigned long", "unsigned int32", "unsigned afs_int32");
    name(Type.Scalar.SHORT, "short");
    name(Type.Scalar.UNSIGNED_SHORT, "u_short", "unsigned short");
    name(Type.Scalar.CHAR, "char");
    name(Type.Scalar.UNSIGNED_CHAR, "u_char", "unsigned char");
    name(Type.Scalar.HYPER, "hyper", "int64", "afs_int64");
    name(Type.Scalar.UNSIGNED_HYPER, "uint64", "afs_uint64", "unsigned hyper");
    name(Type.Scalar.UNSIGNED_HYPER, "unsigned int64", "unsigned afs_int64");
    name(Type.Scalar.BOOL, "bool", "bool_t");
    name(Type.Scalar.FLOAT, "float");
    name(Type.Scalar.DOUBLE, "double");
    name(Type.Scalar.UUID, "afsUUID");
  }

  private final Constants constants;
  private final PassedLines passed;
  private final Problems problems;

  /** Whether {@code %} lines include headers, where types may be defined that are not seen here. */
  private final boolean headersUnseen;

  /** Names that are defined, whether or not their definition is complete. */
  private final Set<String> named = new HashSet<>();

  /** The fields of structures whose octets are counted. */
  private final Map<String, List<String>> counted = new HashMap<>();

  /** Definitions from {@code %} lines, asked for while others were read. */
  private final LinkedHashMap<String, Item> borrowed = new LinkedHashMap<>();

  Types(Constants constants, PassedLines passed, boolean headersUnseen, Problems problems) {
    this.constants = constants;
    this.passed = passed;
    this.headersUnseen = headersUnseen;
    this.problems = problems;
  }

  private static void name(Type.Scalar type, String... names) {
    for (String name : names) {
      BUILT_IN.put(name, type);
    }
  }

  /** Something whose octets are not known. */
  static final class Unknown extends Exception {
    private static final long serialVersionUID = 1;

    Unknown(String message) {
      super(message, null, false, false);
    }
  }

  /** Takes note of the name of a type. */
  void announce(String name) {
    named.add(name);
  }

  /** Takes note of a structure of counted octets, which C may define where it is not seen. */
  void announceCounted(String name, List<String> fields) {
    counted.put(name, fields);
  }

  /** BBS and CBS are the manual's: a bounded and a counted string of octets. */
  private @Nullable Item counted(String name, Place place) {
    List<String> fields = counted.get(name);
    if (fields == null) {
      return null;
    }
    List<Declaration> all = new ArrayList<>();
    if (name.endsWith("BBS")) {
      all.add(plain("afs_int32", false, "MaxSeqLen", place));
    }
    for (String field : fields) {
      all.add(plain("afs_int32", false, field + "Len", place));
      all.add(plain("char", true, field, place));
    }
    return new Item.Struct(name, all, false, place);
  }

  private static Declaration plain(String type, boolean pointer, String name, Place place) {
    return new Declaration(type, place, null, pointer, name, place, Declaration.Shape.SINGLE, null);
  }

  /** A definition from {@code %} lines that something needs; null where there is no more. */
  Map.@Nullable Entry<String, Item> takeBorrowed() {
    return borrowed.pollFirstEntry();
  }

  /** What is missing is an error where no header can define it, and a warning otherwise. */
  void missing(Place place, String message) {
    if (headersUnseen) {
      problems.warning(place, message);
    } else {
      problems.error(place, message);
    }
  }

  /** The type of a field, arm or typedef: a star makes it optional. */
  Type ofField(Declaration declaration) throws Unknown {
    Type type = unstarred(declaration);
    return declaration.pointer() ? new Type.Optional(type) : type;
  }

  /** The type of a parameter: a star says only how C passes it. */
  Type ofParameter(Declaration declaration) throws Unknown {
    return unstarred(declaration);
  }

  /** What follows from something missing: of interest only where that is no error. */
  void leftOut(Place place, String message) {
    if (headersUnseen) {
      problems.warning(place, message + ", so it is left out");
    }
  }

  private Type unstarred(Declaration declaration) throws Unknown {
    boolean single = declaration.shape() == Declaration.Shape.SINGLE;
    if (declaration.pointer() && !single) {
      problems.error(declaration.place(), "an array of pointers needs a typedef of the pointer");
    }
    return switch (declaration.type()) {
      case "string" -> text(declaration);
      case "opaque" -> opaque(declaration);
      default -> {
        Type element = element(declaration);
        yield single ? element : several(declaration, element);
      }
    };
  }

  private Type text(Declaration declaration) throws Unknown {
    if (declaration.shape() != Declaration.Shape.VARIABLE) {
      problems.error(
          declaration.place(), "a string wants its bound in angle brackets, such as <256>");
      return new Type.Text(Bound.NONE);
    }
    return new Type.Text(bound(declaration));
  }

  private Type opaque(Declaration declaration) throws Unknown {
    return switch (declaration.shape()) {
      case FIXED -> new Type.FixedOpaque(size(declaration));
      case VARIABLE -> new Type.Opaque(bound(declaration));
      case SINGLE -> {
        problems.error(declaration.place(), "opaque wants its size as [16], or its bound as <256>");
        yield new Type.Opaque(Bound.NONE);
      }
    };
  }

  private Type several(Declaration declaration, Type element) throws Unknown {
    return declaration.shape() == Declaration.Shape.FIXED
        ? new Type.Array(element, size(declaration))
        : new Type.Sequence(element, bound(declaration));
  }

  private Bound size(Declaration declaration) throws Unknown {
    Bound size = bound(declaration);
    if (size.value() > Integer.MAX_VALUE) {
      problems.error(declaration.place(), "'" + declaration.name() + "' has 2^31 elements or more");
      return new Bound(0, null);
    }
    return size;
  }

  private Bound bound(Declaration declaration) throws Unknown {
    Expression expression = declaration.bound();
    if (expression == null) {
      return Bound.NONE;
    }
    String what = declaration.shape() == Declaration.Shape.FIXED ? "the size" : "the bound";
    try {
      return constants.bound(expression, what + " of '" + declaration.name() + "'");
    } catch (Constants.Missing e) {
      missing(expression.place(), String.valueOf(e.getMessage()));
      throw new Unknown(what + " of '" + declaration.name() + "'");
    }
  }

  private Type element(Declaration declaration) throws Unknown {
    String name = declaration.type();
    if (named.contains(name)) {
      return new Type.Named(name);
    }
    Type.Scalar scalar = BUILT_IN.get(name);
    if (scalar != null) {
      return scalar;
    }
    Item known = passed.type(name);
    Item elsewhere = known == null ? counted(name, declaration.typePlace()) : known;
    if (elsewhere != null) {
      named.add(name);
      borrowed.put(name, elsewhere);
      return new Type.Named(name);
    }
    missing(
        declaration.typePlace(),
        "no type '" + name + "' is defined: say -D " + name + "=TYPE for what it stands for");
    throw new Unknown("type '" + name + "'");
  }
}
