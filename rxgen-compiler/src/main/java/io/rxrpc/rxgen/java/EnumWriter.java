// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.java;

import io.rxrpc.rxgen.model.Definition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** An enum becomes a sealed interface: the values that are known, and any other. */
final class EnumWriter {
  private final Unit unit;

  EnumWriter(Unit unit) {
    this.unit = unit;
  }

  void write(Definition.EnumType type, String name) {
    Map<Integer, String> known = new HashMap<>();
    Map<String, String> constants = constants(type);
    unit.doc(
        "{@code "
            + type.name()
            + "}. A value that the description does not have survives as {@link Unknown}.");
    unit.open("public sealed interface " + name);
    type.values()
        .forEach(
            (value, number) -> {
              String first = known.putIfAbsent(number, constants.get(value));
              unit.doc(documented(value, number));
              String constant = first == null ? constants.get(value) : first;
              unit.line(name + " " + constants.get(value) + " = Known." + constant + ";");
              unit.line();
            });
    unit.doc("{@return the number on the wire}");
    unit.line("int value();");
    unit.line();
    known(type, name, known, constants);
    unit.line();
    unit.doc("Any other value.", List.of("@param value the number on the wire"));
    unit.line("record Unknown(int value) implements " + name + " {}");
    unit.line();
    unit.doc("{@return the one with that number}", List.of("@param value the number on the wire"));
    unit.open("static " + name + " of(int value)");
    unit.line("return switch (value) {");
    unit.in();
    type.values()
        .forEach(
            (value, number) -> {
              String constant = constants.get(value);
              if (constant != null && constant.equals(known.get(number))) {
                unit.line("case " + number + " -> Known." + constant + ";");
              }
            });
    unit.line("default -> new Unknown(value);");
    unit.out();
    unit.line("};");
    unit.close();
    unit.close();
  }

  private void known(
      Definition.EnumType type,
      String name,
      Map<Integer, String> known,
      Map<String, String> constants) {
    unit.doc("The values that the description has.");
    unit.open("enum Known implements " + name);
    int left = known.size();
    for (Map.Entry<String, Integer> entry : type.values().entrySet()) {
      String constant = constants.get(entry.getKey());
      if (constant != null && constant.equals(known.get(entry.getValue()))) {
        unit.doc(documented(entry.getKey(), entry.getValue()));
        unit.line(constant + "(" + entry.getValue() + ")" + (--left > 0 ? "," : ";"));
      }
    }
    unit.line();
    unit.line("private final int value;");
    unit.line();
    unit.open("Known(int value)");
    unit.line("this.value = value;");
    unit.close();
    unit.line();
    unit.line("@Override");
    unit.open("public int value()");
    unit.line("return value;");
    unit.close();
    unit.close();
  }

  private static String documented(String value, int number) {
    return "{@code " + value + "}, " + number + ".";
  }

  private static Map<String, String> constants(Definition.EnumType type) {
    // A constant of these names would hide the type.
    Set<String> used = new TreeSet<>(Set.of("Known", "Unknown"));
    Map<String, String> constants = new HashMap<>();
    for (String value : type.values().keySet()) {
      String constant = NameTable.constantName(value);
      while (!used.add(constant)) {
        constant += "_";
      }
      constants.put(value, constant);
    }
    return constants;
  }
}
