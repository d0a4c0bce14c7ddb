// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.rpc.catalog;

import io.rxrpc.rxgen.model.Bound;
import io.rxrpc.rxgen.model.Definition;
import io.rxrpc.rxgen.model.Description;
import io.rxrpc.rxgen.model.Field;
import io.rxrpc.rxgen.model.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Types for programs: what is allowed, with stable names, down to the last field. */
final class TypeTree {
  private final Description description;
  private final TypeWords words;

  TypeTree(Description description) {
    this.description = description;
    this.words = new TypeWords(description);
  }

  /** Adds what is known of a type to the object of a parameter, field or element. */
  void describe(Type type, Map<String, Object> into) {
    into.put("type", type.toString());
    into.put("says", words.of(type));
    Definition.StructType node = Chains.node(description, type);
    if (node != null) {
      into.put("kind", "list");
      into.put("element", Map.of("type", node.name(), "kind", "struct", "fields", fields(node)));
      return;
    }
    switch (description.resolved(type)) {
      case Type.Scalar scalar -> scalar(scalar, into);
      case Type.Text text -> text(text.max(), into);
      case Type.FixedOpaque opaque -> octets(opaque.size(), true, into);
      case Type.Opaque opaque -> octets(opaque.max(), false, into);
      case Type.Array array -> list(array.element(), array.size(), true, into);
      case Type.Sequence sequence -> list(sequence.element(), sequence.max(), false, into);
      case Type.Optional optional -> {
        describe(optional.target(), into);
        into.put("type", type.toString());
        into.put("nullable", true);
      }
      case Type.Named named -> named(description.definition(named), into);
    }
  }

  private static void scalar(Type.Scalar scalar, Map<String, Object> into) {
    switch (scalar) {
      case BOOL -> into.put("kind", "boolean");
      case UUID -> into.put("kind", "uuid");
      case FLOAT, DOUBLE -> into.put("kind", "real");
      default -> {
        into.put("kind", "integer");
        into.put("min", Ranges.least(scalar));
        into.put("max", Ranges.most(scalar));
      }
    }
  }

  private static void text(Bound max, Map<String, Object> into) {
    into.put("kind", "string");
    most("max_octets", max, into);
  }

  private static void octets(Bound bound, boolean exact, Map<String, Object> into) {
    into.put("kind", "octets");
    most(exact ? "octets" : "max_octets", bound, into);
  }

  private void list(Type element, Bound bound, boolean exact, Map<String, Object> into) {
    Type resolved = description.resolved(element);
    if (resolved == Type.Scalar.CHAR) {
      text(bound, into);
    } else if (resolved == Type.Scalar.UNSIGNED_CHAR) {
      octets(bound, exact, into);
    } else {
      into.put("kind", "list");
      most(exact ? "elements" : "max_elements", bound, into);
      Map<String, Object> each = new LinkedHashMap<>();
      describe(element, each);
      into.put("element", each);
    }
  }

  private static void most(String name, Bound bound, Map<String, Object> into) {
    if (!bound.isOpen()) {
      into.put(name, bound.value());
    }
  }

  private void named(Definition definition, Map<String, Object> into) {
    switch (definition) {
      case Definition.EnumType e -> {
        into.put("kind", "enum");
        into.put("values", e.values());
      }
      case Definition.StructType struct -> {
        into.put("kind", "struct");
        into.put("fields", fields(struct));
      }
      case Definition.UnionType union -> {
        into.put("kind", "union");
        into.put("discriminator", field(union.discriminator()));
        List<Object> arms = new ArrayList<>();
        for (Definition.Arm arm : union.arms()) {
          Map<String, Object> row = new LinkedHashMap<>();
          row.put("values", arm.labels().stream().map(Definition.Label::value).toList());
          Field held = arm.field();
          if (held != null) {
            row.put("field", field(held));
          }
          arms.add(row);
        }
        into.put("arms", arms);
      }
      case Definition.Alias alias -> describe(alias.type(), into);
    }
  }

  private List<Object> fields(Definition.StructType struct) {
    List<Object> rows = new ArrayList<>();
    for (Field field : Chains.values(description, struct)) {
      rows.add(field(field));
    }
    return rows;
  }

  private Map<String, Object> field(Field field) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", field.name());
    describe(field.type(), row);
    return row;
  }
}
