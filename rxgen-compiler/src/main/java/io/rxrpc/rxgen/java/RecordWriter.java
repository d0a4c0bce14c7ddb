// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.java;

import io.rxrpc.rxgen.model.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Records of several values: structures, and the results of procedures. */
final class RecordWriter {
  /** What is told of the method that reads. */
  static final List<String> READS =
      List.of(
          "@param in where it is read from",
          "@return what was read",
          "@throws IOException if something else is there, or too little");

  /** What is told of the method that writes. */
  static final List<String> WRITES =
      List.of(
          "@param out where it is written to",
          "@throws IOException if a value is out of its bounds, or the stream fails");

  private final Unit unit;
  private final TypeMap types;

  RecordWriter(Unit unit, TypeMap types) {
    this.unit = unit;
    this.types = types;
  }

  /** The head of the record. */
  void open(String modifiers, String name, String behind, List<Field> fields) {
    unit.open(modifiers + " " + name + "(" + components(fields) + ")" + behind);
  }

  private String components(List<Field> fields) {
    Map<String, String> names = NameTable.fields(fields);
    List<String> components = new ArrayList<>();
    for (Field field : fields) {
      components.add(types.name(field.type()) + " " + names.get(field.name()));
    }
    return String.join(", ", components);
  }

  /** Copies of lists, decode and encode. */
  void body(String name, List<Field> fields) {
    Map<String, String> names = NameTable.fields(fields);
    copies(name, fields, names);
    String reader = unit.use("io.rxrpc.xdr.XdrReader");
    String writer = unit.use("io.rxrpc.xdr.XdrWriter");
    String failure = unit.use("java.io.IOException");

    unit.doc("Reads it.", READS);
    unit.open("public static " + name + " decode(" + reader + " in) throws " + failure);
    if (fields.isEmpty()) {
      unit.line("return new " + name + "();");
    } else {
      unit.line("return new " + name + "(");
      unit.in();
      unit.in();
      for (int i = 0; i < fields.size(); i++) {
        Field field = fields.get(i);
        unit.line(types.read(field.type(), field.name()) + (i + 1 < fields.size() ? "," : ");"));
      }
      unit.out();
      unit.out();
    }
    unit.close();

    unit.line();
    unit.doc("Writes it.", WRITES);
    unit.open("public void encode(" + writer + " out) throws " + failure);
    for (Field field : fields) {
      String value = names.get(field.name());
      unit.line(types.write(field.type(), field.name(), String.valueOf(value)) + ";");
    }
    unit.close();
  }

  /** A compact constructor, where the record has lists. */
  private void copies(String name, List<Field> fields, Map<String, String> names) {
    List<Field> lists = fields.stream().filter(field -> types.isList(field.type())).toList();
    if (lists.isEmpty()) {
      return;
    }
    unit.doc("Keeps copies of the lists.");
    unit.open("public " + name);
    for (Field field : lists) {
      String component = names.get(field.name());
      unit.line(component + " = List.copyOf(" + component + ");");
    }
    unit.close();
    unit.line();
  }
}
