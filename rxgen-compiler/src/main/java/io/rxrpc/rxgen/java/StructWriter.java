// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.java;

import io.rxrpc.rxgen.model.Definition;
import io.rxrpc.rxgen.model.Field;
import java.util.List;
import java.util.Map;

/** A structure becomes a record. */
final class StructWriter {
  private final Unit unit;
  private final TypeMap types;

  StructWriter(Unit unit, TypeMap types) {
    this.unit = unit;
    this.types = types;
  }

  void write(Definition.StructType struct, String name) {
    boolean node = types.isNode(struct);
    List<Field> fields =
        node ? struct.fields().subList(0, struct.fields().size() - 1) : struct.fields();
    String first = "{@code " + struct.name() + "}";
    unit.doc(
        node ? first + ", an element of a linked list." : first + ".",
        documented(fields, NameTable.fields(fields)));
    new RecordWriter(unit, types).open("public record", name, "", fields);
    if (!node) {
      String type = unit.use("io.rxrpc.xdr.XdrType") + "<" + name + ">";
      unit.doc("For values on their own.");
      unit.line(
          "public static final " + type + " XDR =",
          "new XdrType<>(\"" + struct.name() + "\", " + name + "::decode, " + name + "::encode);");
      unit.line();
    }
    new RecordWriter(unit, types).body(name, fields);
    unit.close();
  }

  static List<String> documented(List<Field> fields, Map<String, String> names) {
    return fields.stream()
        .map(
            field ->
                "@param "
                    + names.get(field.name())
                    + " {@code "
                    + Declared.field(field.type(), field.name())
                    + "}")
        .toList();
  }
}
