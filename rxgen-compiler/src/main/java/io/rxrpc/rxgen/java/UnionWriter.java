// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.java;

import io.rxrpc.rxgen.model.Definition;
import io.rxrpc.rxgen.model.Description;
import io.rxrpc.rxgen.model.Field;
import io.rxrpc.rxgen.model.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A union becomes a sealed interface, with a record for each arm. */
final class UnionWriter {
  private final Unit unit;
  private final TypeMap types;
  private final Description description;
  private final NameTable names;

  UnionWriter(Unit unit, TypeMap types, Description description, NameTable names) {
    this.unit = unit;
    this.types = types;
    this.description = description;
    this.names = names;
  }

  /** An arm with its Java names. */
  private record Named(Definition.Arm arm, String record, @Nullable String field) {
    boolean holdsDiscriminant() {
      return arm.labels().size() != 1;
    }
  }

  void write(Definition.UnionType union, String name) {
    Discriminant discriminant = discriminant(union);
    List<Named> arms = arms(union, discriminant.name());
    unit.doc("{@code " + union.name() + "}.");
    unit.open("public sealed interface " + name);
    unit.doc("For values on their own.");
    unit.line(
        unit.use("io.rxrpc.xdr.XdrType") + "<" + name + "> XDR =",
        "new XdrType<>(\"" + union.name() + "\", " + name + "::decode, " + name + "::encode);");
    unit.line();
    unit.doc("{@return the discriminant}");
    unit.line(discriminant.type() + " " + discriminant.name() + "();");
    unit.line();
    for (Named arm : arms) {
      record(union, name, arm, discriminant);
      unit.line();
    }
    decode(name, arms, discriminant);
    unit.line();
    encode(arms, discriminant);
    unit.close();
  }

  /**
   * What tells the arms apart.
   *
   * @param number an expression for the number of the accessor's value, {@code %s}
   * @param value an expression for the value of a number, {@code %s}
   */
  private record Discriminant(
      String field, String name, String type, String read, String number, String value) {
    String number(String expression) {
      return number.replace("%s", expression);
    }

    String value(String expression) {
      return value.replace("%s", expression);
    }
  }

  private Discriminant discriminant(Definition.UnionType union) {
    Field field = union.discriminator();
    String name = NameTable.discriminant(field);
    String type = types.name(field.type());
    String word = "in.int32(\"" + field.name() + "\")";
    return switch (description.resolved(field.type())) {
      case Type.Scalar.BOOL ->
          new Discriminant(
              field.name(),
              name,
              type,
              "in.bool(\"" + field.name() + "\") ? 1 : 0",
              "%s ? 1 : 0",
              "%s != 0");
      case Type.Named _ ->
          new Discriminant(field.name(), name, type, word, "%s.value()", type + ".of(%s)");
      default -> new Discriminant(field.name(), name, type, word, "%s", "%s");
    };
  }

  private List<Named> arms(Definition.UnionType union, String discriminant) {
    List<Named> arms = new ArrayList<>();
    TreeSet<String> used = new TreeSet<>();
    for (Definition.Arm arm : union.arms()) {
      Field field = arm.field();
      String record = names.arm(recordName(arm, field), used);
      String member = null;
      if (field != null) {
        member = NameTable.fields(List.of(field)).get(field.name());
        if (discriminant.equals(member)) {
          member += "Value";
        }
      }
      arms.add(new Named(arm, record, member));
    }
    return arms;
  }

  private static String recordName(Definition.Arm arm, @Nullable Field field) {
    if (field != null) {
      return Spelling.type(field.name());
    }
    if (arm.isDefault()) {
      return "Other";
    }
    Definition.Label label = arm.labels().getFirst();
    String constant = label.name();
    if (constant != null) {
      return Spelling.type(constant);
    }
    return label.value() < 0 ? "Minus" + -(long) label.value() : "Case" + label.value();
  }

  private void record(
      Definition.UnionType union, String name, Named named, Discriminant discriminant) {
    Definition.Arm arm = named.arm();
    Field field = arm.field();
    List<String> components = new ArrayList<>();
    List<String> parameters = new ArrayList<>();
    if (named.holdsDiscriminant()) {
      components.add(discriminant.type() + " " + discriminant.name());
      parameters.add("@param " + discriminant.name() + " the discriminant");
    }
    if (field != null) {
      components.add(types.name(field.type()) + " " + named.field());
      String declared = Declared.field(field.type(), field.name());
      parameters.add("@param " + named.field() + " {@code " + declared + "}");
    }
    unit.doc(title(arm), parameters);
    unit.open(
        "record " + named.record() + "(" + String.join(", ", components) + ") implements " + name);
    constructor(union, named, discriminant);
    if (!named.holdsDiscriminant()) {
      String label = Integer.toString(arm.labels().getFirst().value());
      unit.line("@Override");
      unit.open("public " + discriminant.type() + " " + discriminant.name() + "()");
      unit.line("return " + constant(discriminant, label) + ";");
      unit.close();
    }
    unit.close();
  }

  private static String constant(Discriminant discriminant, String label) {
    return discriminant.type().equals("boolean")
        ? String.valueOf(!label.equals("0"))
        : discriminant.value(label);
  }

  private static String title(Definition.Arm arm) {
    if (arm.isDefault()) {
      return "Any other arm.";
    }
    String labels =
        arm.labels().stream()
            .map(
                label -> {
                  String constant = label.name();
                  return "{@code " + (constant == null ? label.value() : constant) + "}";
                })
            .collect(Collectors.joining(", "));
    return (arm.labels().size() == 1 ? "Arm " : "Arms ") + labels + ".";
  }

  /** An arm with the discriminant of another one could not be read again. */
  private void constructor(Definition.UnionType union, Named named, Discriminant discriminant) {
    Field field = named.arm().field();
    boolean copies = field != null && types.isList(field.type());
    boolean only = named.arm().isDefault() && union.arms().size() == 1;
    boolean checks = named.holdsDiscriminant() && !only;
    if (!copies && !checks) {
      return;
    }
    unit.doc(checks ? "Checks that the discriminant is of this arm." : "Keeps a copy of the list.");
    unit.open("public " + named.record());
    if (checks) {
      check(union, named.arm(), discriminant);
    }
    if (copies) {
      unit.line(named.field() + " = List.copyOf(" + named.field() + ");");
    }
    unit.close();
    if (!named.holdsDiscriminant()) {
      unit.line();
    }
  }

  private void check(Definition.UnionType union, Definition.Arm arm, Discriminant discriminant) {
    List<Definition.Label> labels =
        arm.isDefault()
            ? union.arms().stream().flatMap(other -> other.labels().stream()).toList()
            : arm.labels();
    if (labels.isEmpty()) {
      return;
    }
    unit.line("switch (" + discriminant.number(discriminant.name()) + ") {");
    unit.in();
    String listed = cases(labels);
    String failure =
        "throw new IllegalArgumentException(\""
            + discriminant.name()
            + " \" + "
            + discriminant.name()
            + " + \" is of another arm\");";
    if (arm.isDefault()) {
      unit.line("case " + listed + " ->", failure);
      unit.line("default -> {}");
    } else {
      unit.line("case " + listed + " -> {}");
      unit.line("default ->", failure);
    }
    unit.out();
    unit.line("}");
  }

  private static String cases(List<Definition.Label> labels) {
    return labels.stream()
        .map(label -> Integer.toString(label.value()))
        .collect(Collectors.joining(", "));
  }

  private void decode(String name, List<Named> arms, Discriminant discriminant) {
    String failure = unit.use("java.io.IOException");
    unit.doc("Reads it.", RecordWriter.READS);
    unit.open(
        "static "
            + name
            + " decode("
            + unit.use("io.rxrpc.xdr.XdrReader")
            + " in) throws "
            + failure);
    String variable = discriminant.name();
    unit.line("int " + variable + " = " + discriminant.read() + ";");
    unit.line("return switch (" + variable + ") {");
    unit.in();
    boolean total = false;
    for (Named named : arms) {
      Definition.Arm arm = named.arm();
      total |= arm.isDefault();
      List<String> arguments = new ArrayList<>();
      if (named.holdsDiscriminant()) {
        arguments.add(discriminant.value(variable));
      }
      Field field = arm.field();
      if (field != null) {
        arguments.add(types.read(field.type(), field.name()));
      }
      String label = arm.isDefault() ? "default" : "case " + cases(arm.labels());
      unit.line(label + " -> new " + named.record() + "(" + String.join(", ", arguments) + ");");
    }
    if (!total) {
      unit.line(
          "default -> throw in.noSuchArm(\"" + discriminant.field() + "\", " + variable + ");");
    }
    unit.out();
    unit.line("};");
    unit.close();
  }

  private void encode(List<Named> arms, Discriminant discriminant) {
    String writer = unit.use("io.rxrpc.xdr.XdrWriter");
    unit.doc("Writes it.", RecordWriter.WRITES);
    unit.open("default void encode(" + writer + " out) throws IOException");
    boolean bool = discriminant.type().equals("boolean");
    String number = discriminant.number(discriminant.name() + "()");
    unit.line(bool ? "out.bool(" + discriminant.name() + "());" : "out.int32(" + number + ");");
    unit.line("switch (this) {");
    unit.in();
    for (Named named : arms) {
      Field field = named.arm().field();
      if (field == null) {
        unit.line("case " + named.record() + " _ -> {}");
      } else {
        String value = "arm." + named.field() + "()";
        String statement = types.write(field.type(), field.name(), value);
        unit.line("case " + named.record() + " arm -> " + statement + ";");
      }
    }
    unit.out();
    unit.line("}");
    unit.close();
  }
}
