// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.model;

import io.rxrpc.rxgen.cpp.Expression;
import io.rxrpc.rxgen.source.Place;
import io.rxrpc.rxgen.source.Problems;
import io.rxrpc.rxgen.syntax.Declaration;
import io.rxrpc.rxgen.syntax.Item;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The types that a description defines. A special structure has its octets written by C made by
 * hand; by convention a length and as many octets, which is what an opaque has.
 */
final class Definitions {
  private final Types types;
  private final Constants constants;
  private final Problems problems;
  private final Map<String, Definition> complete = new LinkedHashMap<>();
  private final Map<String, Item> items = new HashMap<>();

  /** The fields that hold counted octets, by struct. */
  private final Map<String, List<String>> special = new HashMap<>();

  Definitions(Types types, Constants constants, Problems problems) {
    this.types = types;
    this.constants = constants;
    this.problems = problems;
  }

  /** All that are complete. */
  Map<String, Definition> read(List<Item> all) {
    List<Item> wanted = new ArrayList<>();
    for (Item item : all) {
      if (item instanceof Item.Special counted) {
        special.computeIfAbsent(counted.name(), _ -> new ArrayList<>()).addAll(counted.fields());
      }
      String name = name(item);
      if (name != null && isNew(name, item)) {
        types.announce(name);
        wanted.add(item);
      }
    }
    special.forEach(types::announceCounted);
    wanted.forEach(item -> define(String.valueOf(name(item)), item));
    borrow();
    return complete;
  }

  /** Defines what parameters have borrowed from {@code %} lines since. */
  void borrow() {
    for (var entry = types.takeBorrowed(); entry != null; entry = types.takeBorrowed()) {
      define(entry.getKey(), entry.getValue());
    }
  }

  private static @Nullable String name(Item item) {
    return switch (item) {
      case Item.Enumeration enumeration -> enumeration.name();
      case Item.Struct struct -> struct.name();
      case Item.Union union -> union.name();
      case Item.Typedef typedef -> {
        Declaration declaration = typedef.declaration();
        // typedef struct x x; says nothing new, as every struct's name is a type.
        boolean same =
            declaration.name().equals(declaration.type())
                && declaration.shape() == Declaration.Shape.SINGLE
                && !declaration.pointer();
        yield same ? null : declaration.name();
      }
      case Item.Const _,
          Item.Special _,
          Item.PackageName _,
          Item.Prefix _,
          Item.StatIndex _,
          Item.StartingOpcode _,
          Item.SplitPrefix _,
          Item.Procedure _ ->
          null;
    };
  }

  private boolean isNew(String name, Item item) {
    Item first = items.putIfAbsent(name, item);
    if (first == null) {
      return true;
    }
    if (!first.place().equals(item.place())) {
      problems.error(
          item.place(),
          "type '" + name + "' again; first on " + first.place().seenFrom(item.place()));
    }
    return false;
  }

  private void define(String name, Item item) {
    try {
      Definition definition =
          switch (item) {
            case Item.Enumeration enumeration ->
                new Definition.EnumType(
                    name, constants.enumeration(enumeration), enumeration.place());
            case Item.Struct struct -> struct(struct);
            case Item.Union union -> union(union);
            case Item.Typedef typedef ->
                new Definition.Alias(name, types.ofField(typedef.declaration()), typedef.place());
            case Item.Const _,
                Item.Special _,
                Item.PackageName _,
                Item.Prefix _,
                Item.StatIndex _,
                Item.StartingOpcode _,
                Item.SplitPrefix _,
                Item.Procedure _ ->
                throw new IllegalStateException("no type: " + item);
          };
      complete.put(name, definition);
    } catch (Types.Unknown e) {
      types.leftOut(item.place(), "'" + name + "' needs " + e.getMessage());
    }
  }

  private Definition struct(Item.Struct struct) throws Types.Unknown {
    Map<String, Place> names = new HashMap<>();
    List<Field> fields = new ArrayList<>();
    List<Declaration> declarations = struct.fields();
    for (int i = 0; i < declarations.size(); i++) {
      Declaration declaration = declarations.get(i);
      unique(declaration, names, "field");
      if (i + 1 < declarations.size() && isCounted(struct, declarations.get(i + 1))) {
        // What the hand-made C does: the length before the octets is that of an opaque.
        Declaration octets = declarations.get(i + 1);
        unique(octets, names, "field");
        fields.add(new Field(octets.name(), new Type.Opaque(Bound.NONE), octets.place()));
        i++;
      } else {
        fields.add(new Field(declaration.name(), types.ofField(declaration), declaration.place()));
      }
    }
    return new Definition.StructType(struct.name(), fields, struct.place());
  }

  private boolean isCounted(Item.Struct struct, Declaration field) {
    boolean characters =
        field.pointer() && field.type().equals("char") && field.shape() == Declaration.Shape.SINGLE;
    List<String> counted = special.getOrDefault(struct.name(), List.of());
    return characters && (struct.customized() || counted.contains(field.name()));
  }

  private void unique(Declaration declaration, Map<String, Place> names, String what) {
    Place first = names.putIfAbsent(declaration.name(), declaration.place());
    if (first != null) {
      problems.error(
          declaration.place(),
          what
              + " '"
              + declaration.name()
              + "' again; first on "
              + first.seenFrom(declaration.place()));
    }
  }

  private Definition union(Item.Union union) throws Types.Unknown {
    Declaration discriminator = union.discriminator();
    Field field =
        new Field(discriminator.name(), types.ofField(discriminator), discriminator.place());
    Map<Integer, Place> labels = new HashMap<>();
    Map<String, Place> names = new HashMap<>();
    List<Definition.Arm> arms = new ArrayList<>();
    Definition.Arm otherwise = null;
    for (Item.Arm arm : union.arms()) {
      Declaration declaration = arm.declaration();
      Field held = null;
      if (declaration != null) {
        unique(declaration, names, "arm");
        held = new Field(declaration.name(), types.ofField(declaration), declaration.place());
      }
      Definition.Arm made = new Definition.Arm(labels(arm, labels), held, arm.place());
      if (!arm.labels().isEmpty()) {
        arms.add(made);
      } else if (otherwise == null) {
        otherwise = made;
      } else {
        problems.error(
            arm.place(), "'default' again; first on " + otherwise.place().seenFrom(arm.place()));
      }
    }
    if (otherwise != null) {
      arms.add(otherwise);
    }
    if (arms.isEmpty()) {
      problems.error(union.place(), "union '" + union.name() + "' has no arms");
    }
    return new Definition.UnionType(union.name(), field, arms, union.place());
  }

  private List<Definition.Label> labels(Item.Arm arm, Map<Integer, Place> seen) {
    List<Definition.Label> labels = new ArrayList<>();
    for (Expression expression : arm.labels()) {
      Long value = label(expression);
      if (value == null) {
        continue;
      }
      if (value < Integer.MIN_VALUE || value > Bound.MOST) {
        problems.error(expression.place(), "label " + value + " has more than 32 bits");
        continue;
      }
      Place first = seen.putIfAbsent(value.intValue(), expression.place());
      if (first != null) {
        problems.error(
            expression.place(),
            "label " + value + " again; first on " + first.seenFrom(expression.place()));
      }
      labels.add(new Definition.Label(value.intValue(), Constants.name(expression)));
    }
    return labels;
  }

  /** C knows TRUE and FALSE from its headers. */
  private @Nullable Long label(Expression expression) {
    String name = Constants.name(expression);
    if ("TRUE".equals(name)) {
      return 1L;
    }
    return "FALSE".equals(name) ? Long.valueOf(0) : constants.value(expression);
  }
}
