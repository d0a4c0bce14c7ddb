// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.java;

import io.rxrpc.rxgen.model.DeclaredProcedure;
import io.rxrpc.rxgen.model.Field;
import io.rxrpc.rxgen.model.RpcPackage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What both sides of a package know: its procedures and their results. */
final class PackageWriter {
  private final Unit unit;
  private final TypeMap types;
  private final NameTable names;

  PackageWriter(Unit unit, TypeMap types, NameTable names) {
    this.unit = unit;
    this.types = types;
    this.names = names;
  }

  void write(RpcPackage p) {
    Signatures signatures = new Signatures(p, types, names);
    Map<String, String> constants = NameTable.procedureConstants(p);
    String type = names.family(p);
    unit.doc("The package {@code " + p.name() + "}: its procedures and their results.");
    unit.open("public final class " + type);
    for (DeclaredProcedure procedure : p.procedures()) {
      unit.doc(signatures.title(procedure) + ".");
      String procedureType = unit.use("io.rxrpc.rpc.Procedure");
      String constant = procedureType + " " + constants.get(procedure.name());
      unit.line(
          "public static final " + constant + " =",
          "new Procedure(\""
              + signatures.wireName(procedure)
              + "\", "
              + opcode(procedure.opcode())
              + ");");
      unit.line();
    }
    if (p.statIndex() >= 0) {
      unit.doc("The number that its statistics are kept under.");
      unit.line("public static final int STATISTICS = " + p.statIndex() + ";");
      unit.line();
    }
    unit.line("private " + type + "() {}");
    for (DeclaredProcedure procedure : p.procedures()) {
      if (procedure.out().size() > 1) {
        unit.line();
        results(p, procedure, String.valueOf(constants.get(procedure.name())));
      }
    }
    unit.close();
  }

  private static String opcode(int opcode) {
    return opcode < 0 ? "0x" + Integer.toHexString(opcode) : Integer.toString(opcode);
  }

  private void results(RpcPackage p, DeclaredProcedure procedure, String constant) {
    List<Field> fields = new ArrayList<>(Signatures.fields(procedure.out()));
    String name = names.resultRecord(p, procedure);
    unit.doc(
        "The results of {@link #" + constant + "}.",
        StructWriter.documented(fields, NameTable.fields(fields)));
    RecordWriter record = new RecordWriter(unit, types);
    record.open("public record", name, "", fields);
    record.body(name, fields);
    unit.close();
  }
}
