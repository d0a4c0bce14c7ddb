// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.java;

import io.rxrpc.rxgen.model.DeclaredProcedure;
import io.rxrpc.rxgen.model.RpcPackage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The client of a package that waits, and the one that does not. */
final class ClientWriter {
  private static final String FAILS =
      "@throws RpcException if it fails, or the results are not what they should be";

  private final Unit unit;
  private final NameTable names;
  private final RpcPackage p;
  private final Signatures signatures;
  private final Map<String, String> constants;
  private final Map<String, String> methods;

  ClientWriter(Unit unit, TypeMap types, NameTable names, RpcPackage p) {
    this.unit = unit;
    this.names = names;
    this.p = p;
    this.signatures = new Signatures(p, types, names);
    this.constants = NameTable.procedureConstants(p);
    this.methods = NameTable.methods(p);
  }

  void writeBlocking() {
    String type = names.family(p) + "Client";
    String async = names.family(p) + "AsyncClient";
    Map<String, String> multi = NameTable.multiMethods(p);
    unit.doc("Calls {@code " + p.name() + "}, and waits. Immutable and safe for all threads.");
    unit.open("public final class " + type);
    head(type);
    unit.line();
    unit.doc("{@return the same without waiting}");
    unit.open("public " + async + " async()");
    unit.line("return new " + async + "(rpc);");
    unit.close();
    for (DeclaredProcedure procedure : p.procedures()) {
      String method = String.valueOf(methods.get(procedure.name()));
      if (procedure.mode() == DeclaredProcedure.Mode.SPLIT) {
        split(procedure, method);
      } else {
        plain(procedure, method);
      }
      if (procedure.mode() == DeclaredProcedure.Mode.MULTI) {
        multi(procedure, String.valueOf(multi.get(procedure.name())));
      }
    }
    unit.close();
  }

  void writeAsync() {
    String type = names.family(p) + "AsyncClient";
    unit.doc("Calls {@code " + p.name() + "} without waiting. Immutable and safe for all threads.");
    unit.open("public final class " + type);
    head(type);
    for (DeclaredProcedure procedure : p.procedures()) {
      if (procedure.mode() != DeclaredProcedure.Mode.SPLIT) {
        async(procedure, String.valueOf(methods.get(procedure.name())));
      }
    }
    unit.close();
  }

  private void head(String type) {
    String client = unit.use("io.rxrpc.rpc.RpcClient");
    String endpoint = unit.use("io.rxrpc.RxrpcEndpoint");
    String address = unit.use("io.rxrpc.RxrpcAddress");
    unit.line("private final " + client + " rpc;");
    unit.line();
    unit.doc(
        "Calls a server with the default options.",
        List.of("@param endpoint makes the calls", "@param server whom to call"));
    unit.open("public " + type + "(" + endpoint + " endpoint, " + address + " server)");
    unit.line("this(RpcClient.of(endpoint, server));");
    unit.close();
    unit.line();
    unit.doc("Calls as this does.", List.of("@param rpc what to call through"));
    unit.open("public " + type + "(RpcClient rpc)");
    unit.line("this.rpc = rpc;");
    unit.close();
    unit.line();
    unit.doc(
        "{@return the same with other options}", List.of("@param options those of every call"));
    unit.open("public " + type + " with(" + unit.use("io.rxrpc.CallOptions") + " options)");
    unit.line("return new " + type + "(rpc.with(options));");
    unit.close();
    unit.line();
    unit.doc("{@return what it calls through: error tables, limits, other servers}");
    unit.open("public RpcClient rpc()");
    unit.line("return rpc;");
    unit.close();
  }

  private void plain(DeclaredProcedure procedure, String method) {
    String result = signatures.result(procedure);
    List<String> told = new ArrayList<>();
    if (!result.equals("void")) {
      told.add("@return the results");
    }
    told.add(FAILS);
    String signature = result + " " + method + "(" + signatures.parameters(procedure) + ")";
    begin(procedure, "", signature, told);
    call(result.equals("void") ? "rpc.call(" : "return rpc.call(", "", procedure);
    unit.close();
  }

  private void async(DeclaredProcedure procedure, String method) {
    String future = unit.use("java.util.concurrent.CompletableFuture");
    String result = future + "<" + signatures.boxedResult(procedure) + ">";
    String signature = result + " " + method + "(" + signatures.parameters(procedure) + ")";
    begin(
        procedure,
        "",
        signature,
        List.of("@return completes with the results, or fails as the call does"));
    call("return rpc.callAsync(", "", procedure);
    unit.close();
  }

  private void split(DeclaredProcedure procedure, String method) {
    String call = unit.use("io.rxrpc.rpc.SplitCall");
    String result = call + "<" + signatures.boxedResult(procedure) + ">";
    begin(
        procedure,
        "; data of any length goes between its parameters and its results",
        result + " " + method + "(" + signatures.parameters(procedure) + ")",
        List.of("@return the call, which takes and gives the data, and then the results", FAILS));
    call("return rpc.begin(", "", procedure);
    unit.close();
  }

  private void multi(DeclaredProcedure procedure, String method) {
    String call = unit.use("io.rxrpc.rpc.MultiCall");
    String address = unit.use("io.rxrpc.RxrpcAddress");
    List<String> parameters = new ArrayList<>();
    parameters.add(unit.use("java.util.Collection") + "<" + address + "> servers");
    if (!procedure.in().isEmpty()) {
      parameters.add(signatures.parameters(procedure));
    }
    String result = call + "<" + signatures.boxedResult(procedure) + ">";
    String signature = result + " " + method + "(" + String.join(", ", parameters) + ")";
    unit.line();
    List<String> documented = new ArrayList<>();
    documented.add("@param servers whom to call");
    documented =
        Signatures.documented(
            procedure, documented, List.of("@return the answers in the order in which they come"));
    unit.doc(signatures.title(procedure) + " at many servers at once.", documented);
    unit.open("public " + signature);
    call("return rpc.callAll(", "servers", procedure);
    unit.close();
  }

  private void begin(
      DeclaredProcedure procedure, String more, String signature, List<String> told) {
    unit.line();
    unit.doc(signatures.title(procedure) + more + ".", Signatures.documented(procedure, told));
    String failure = told.contains(FAILS) ? " throws " + unit.use("io.rxrpc.rpc.RpcException") : "";
    unit.open("public " + signature + failure);
  }

  private void call(String head, String first, DeclaredProcedure procedure) {
    List<String> encoder = signatures.encoder(procedure);
    String decoder = signatures.decoder(procedure);
    if (procedure.in().isEmpty()) {
      unit.use("io.rxrpc.rpc.Parameters");
    }
    String constant = names.family(p) + "." + constants.get(procedure.name());
    String last = decoder.isEmpty() ? ");" : ", " + decoder + ");";
    String before = first.isEmpty() ? constant : first + ", " + constant;
    if (encoder.size() == 1) {
      unit.line(head + before + ", " + encoder.getFirst() + last);
      return;
    }
    unit.line(head);
    unit.in();
    unit.in();
    if (!first.isEmpty()) {
      unit.line(first + ",");
    }
    unit.line(constant + ",");
    unit.line(encoder.getFirst());
    for (String line : encoder.subList(1, encoder.size() - 1)) {
      unit.in();
      unit.line(line.strip());
      unit.out();
    }
    unit.line(decoder.isEmpty() ? "});" : "},");
    if (!decoder.isEmpty()) {
      unit.line(decoder + ");");
    }
    unit.out();
    unit.out();
  }
}
