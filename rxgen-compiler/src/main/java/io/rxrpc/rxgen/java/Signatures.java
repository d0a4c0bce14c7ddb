// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.java;

import io.rxrpc.rxgen.model.DeclaredProcedure;
import io.rxrpc.rxgen.model.Field;
import io.rxrpc.rxgen.model.RpcPackage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the methods for procedures look like, and the code in them that reads and writes. */
final class Signatures {
  private final RpcPackage rpcPackage;
  private final TypeMap types;
  private final NameTable names;

  Signatures(RpcPackage rpcPackage, TypeMap types, NameTable names) {
    this.rpcPackage = rpcPackage;
    this.types = types;
    this.names = names;
  }

  static List<Field> fields(List<DeclaredProcedure.Parameter> parameters) {
    return parameters.stream().map(p -> new Field(p.name(), p.type(), p.place())).toList();
  }

  /** For example {@code int a, int b}. */
  String parameters(DeclaredProcedure procedure) {
    Map<String, String> java = NameTable.parameters(procedure.in());
    List<String> list = new ArrayList<>();
    for (DeclaredProcedure.Parameter parameter : procedure.in()) {
      list.add(types.name(parameter.type()) + " " + java.get(parameter.name()));
    }
    return String.join(", ", list);
  }

  String arguments(DeclaredProcedure procedure) {
    return String.join(", ", NameTable.parameters(procedure.in()).values());
  }

  String result(DeclaredProcedure procedure) {
    List<DeclaredProcedure.Parameter> out = procedure.out();
    return switch (out.size()) {
      case 0 -> "void";
      case 1 -> types.name(out.getFirst().type());
      default -> names.result(rpcPackage, procedure);
    };
  }

  String boxedResult(DeclaredProcedure procedure) {
    List<DeclaredProcedure.Parameter> out = procedure.out();
    return switch (out.size()) {
      case 0 -> "Void";
      case 1 -> types.boxed(out.getFirst().type());
      default -> names.result(rpcPackage, procedure);
    };
  }

  /** What writes the parameters, in lines. */
  List<String> encoder(DeclaredProcedure procedure) {
    List<DeclaredProcedure.Parameter> in = procedure.in();
    Map<String, String> java = NameTable.parameters(in);
    if (in.isEmpty()) {
      return List.of("Parameters.NONE");
    }
    List<String> statements = new ArrayList<>();
    for (DeclaredProcedure.Parameter parameter : in) {
      String value = String.valueOf(java.get(parameter.name()));
      statements.add(types.write(parameter.type(), parameter.name(), value));
    }
    if (statements.size() == 1) {
      return List.of("out -> " + statements.getFirst());
    }
    List<String> lines = new ArrayList<>();
    lines.add("out -> {");
    statements.forEach(statement -> lines.add("  " + statement + ";"));
    lines.add("}");
    return lines;
  }

  /** What reads the results; empty where there are none. */
  String decoder(DeclaredProcedure procedure) {
    List<DeclaredProcedure.Parameter> out = procedure.out();
    return switch (out.size()) {
      case 0 -> "";
      case 1 -> "in -> " + types.read(out.getFirst().type(), out.getFirst().name());
      default -> names.result(rpcPackage, procedure) + "::decode";
    };
  }

  /** What the description says of a procedure, and of the parameters that go in. */
  static List<String> documented(DeclaredProcedure procedure, List<String> after) {
    return documented(procedure, List.of(), after);
  }

  /**
   * The same with the documentation of further parameters before those of the description, and of
   * what is returned and thrown after them.
   */
  static List<String> documented(
      DeclaredProcedure procedure, List<String> before, List<String> after) {
    List<String> lines = new ArrayList<>(ProcedureText.sentences(procedure.documentation()));
    List<Field> fields = fields(procedure.in());
    List<String> parameters = new ArrayList<>(before);
    parameters.addAll(StructWriter.documented(fields, NameTable.parameters(procedure.in())));
    for (int i = 0; i < fields.size(); i++) {
      int at = before.size() + i;
      parameters.set(at, parameters.get(at) + ProcedureText.of(procedure, fields.get(i).name()));
    }
    parameters.addAll(after);
    if (!lines.isEmpty() && !parameters.isEmpty()) {
      lines.add("");
    }
    lines.addAll(parameters);
    return lines;
  }

  /** For example {@code {@code SAMPLE_Add} (501).}. */
  String title(DeclaredProcedure procedure) {
    String opcode = Integer.toUnsignedString(procedure.opcode());
    return "{@code " + wireName(procedure) + "} (" + opcode + ")";
  }

  /** The name that statistics and messages show. */
  String wireName(DeclaredProcedure procedure) {
    return procedure.name().equals(rpcPackage.name())
        ? procedure.name()
        : rpcPackage.name() + procedure.name();
  }
}
