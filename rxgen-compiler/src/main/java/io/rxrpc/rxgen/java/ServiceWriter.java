// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.java;

import io.rxrpc.rxgen.model.DeclaredProcedure;
import io.rxrpc.rxgen.model.RpcPackage;
import java.util.List;
import java.util.Map;

/** The service of a package: an interface with a dispatcher. */
final class ServiceWriter {
  private final Unit unit;
  private final TypeMap types;
  private final NameTable names;
  private final RpcPackage p;
  private final Signatures signatures;
  private final Map<String, String> constants;
  private final Map<String, String> methods;

  ServiceWriter(Unit unit, TypeMap types, NameTable names, RpcPackage p) {
    this.unit = unit;
    this.types = types;
    this.names = names;
    this.p = p;
    this.signatures = new Signatures(p, types, names);
    this.constants = NameTable.procedureConstants(p);
    this.methods = NameTable.methods(p);
  }

  void write() {
    String dispatcher = unit.use("io.rxrpc.rpc.Dispatcher");
    unit.doc(
        "Serves {@code " + p.name() + "}.",
        List.of(
            "<p>A procedure that is not overridden answers as an unknown opcode does. One fails by"
                + " throwing",
            "{@link io.rxrpc.CallAbort}. They run at once for many calls, each in a thread of its"
                + " own."));
    unit.open("public interface " + names.family(p) + "Service");
    for (DeclaredProcedure procedure : p.procedures()) {
      method(procedure);
      unit.line();
    }
    unit.doc("{@return a handler of calls that asks this for each of them}");
    unit.open("default " + dispatcher + " dispatcher()");
    unit.line("return Dispatcher.of(\"" + p.name() + "\")");
    unit.in();
    unit.in();
    p.procedures().forEach(this::entry);
    unit.line(".build();");
    unit.out();
    unit.out();
    unit.close();
    unit.close();
  }

  private void method(DeclaredProcedure procedure) {
    boolean split = procedure.mode() == DeclaredProcedure.Mode.SPLIT;
    String caller =
        split
            ? unit.use("io.rxrpc.rpc.ServedSplit") + " call"
            : unit.use("io.rxrpc.rpc.Caller") + " caller";
    String parameters = signatures.parameters(procedure);
    String all = parameters.isEmpty() ? caller : caller + ", " + parameters;
    String more = split ? "; data goes between its parameters and its results" : "";
    unit.doc(signatures.title(procedure) + more + ".", documented(procedure, split));
    unit.open(
        "default "
            + signatures.result(procedure)
            + " "
            + methods.get(procedure.name())
            + "("
            + all
            + ") throws Exception");
    unit.line("throw Dispatcher.notServed();");
    unit.close();
  }

  private static List<String> documented(DeclaredProcedure procedure, boolean split) {
    String caller = split ? "@param call who calls, and the data" : "@param caller who calls";
    String fails = "@throws Exception for an abort, see {@link io.rxrpc.CallAbort}";
    return Signatures.documented(
        procedure,
        List.of(caller),
        procedure.out().isEmpty() ? List.of(fails) : List.of("@return the results", fails));
  }

  private void entry(DeclaredProcedure procedure) {
    boolean split = procedure.mode() == DeclaredProcedure.Mode.SPLIT;
    unit.line(split ? ".split(" : ".plain(");
    unit.in();
    unit.in();
    unit.line(names.family(p) + "." + constants.get(procedure.name()) + ",");
    unit.open("in ->");
    Map<String, String> java = NameTable.parameters(procedure.in());
    for (DeclaredProcedure.Parameter parameter : procedure.in()) {
      unit.line(
          types.name(parameter.type())
              + " "
              + java.get(parameter.name())
              + " = "
              + types.read(parameter.type(), parameter.name())
              + ";");
    }
    run(procedure, split ? "call" : "caller");
    unit.close(")");
    unit.out();
    unit.out();
  }

  private void run(DeclaredProcedure procedure, String caller) {
    String arguments = signatures.arguments(procedure);
    String call =
        methods.get(procedure.name())
            + "("
            + caller
            + (arguments.isEmpty() ? "" : ", " + arguments)
            + ");";
    List<DeclaredProcedure.Parameter> out = procedure.out();
    unit.open("return " + caller + " ->");
    if (out.isEmpty()) {
      unit.line(call);
      unit.line("return " + unit.use("io.rxrpc.rpc.Parameters") + ".NONE;");
    } else {
      unit.line(signatures.result(procedure) + " result = " + call);
      DeclaredProcedure.Parameter only = out.getFirst();
      unit.line(
          out.size() > 1
              ? "return result::encode;"
              : "return out -> " + types.write(only.type(), only.name(), "result") + ";");
    }
    unit.close(";");
  }
}
