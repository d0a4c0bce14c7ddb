// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.typed;

import io.rxrpc.rxgen.model.DeclaredProcedure;
import io.rxrpc.rxgen.model.Description;
import io.rxrpc.rxgen.model.RpcPackage;
import io.rxrpc.rxgen.value.DynamicCodec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** All procedures of some descriptions. Immutable. */
public final class Interfaces {
  /** A message is one line: of more procedures not all are named. */
  private static final int NAMED = 12;

  private final String files;
  private final List<DescribedProcedure> procedures;
  private final Hints hints;

  private Interfaces(String files, List<DescribedProcedure> procedures, Hints hints) {
    this.files = files;
    this.procedures = procedures;
    this.hints = hints;
  }

  /**
   * The procedures of these. One that several of them include counts once.
   *
   * @throws RefusedException if a name has several opcodes, or there is no procedure at all
   */
  public static Interfaces of(List<Description> descriptions, Hints hints) throws RefusedException {
    Map<String, DescribedProcedure> procedures = new LinkedHashMap<>();
    for (Description description : descriptions) {
      DynamicCodec codec = DynamicCodec.of(description);
      for (RpcPackage owner : description.packages()) {
        for (DeclaredProcedure model : owner.procedures()) {
          var procedure = new DescribedProcedure(description, owner, model, codec);
          DescribedProcedure had = procedures.putIfAbsent(procedure.name(), procedure);
          if (had != null && had.opcode() != procedure.opcode()) {
            throw new RefusedException(
                had + " of " + had.file() + " is " + procedure + " in " + procedure.file());
          }
        }
      }
    }
    String files = descriptions.stream().map(Description::file).collect(Collectors.joining(", "));
    if (procedures.isEmpty()) {
      throw new RefusedException(files + ": there is no procedure in it");
    }
    return new Interfaces(files, List.copyOf(procedures.values()), hints);
  }

  /** All of them, in the order of the descriptions. */
  List<DescribedProcedure> procedures() {
    return procedures;
  }

  Hints hints() {
    return hints;
  }

  /**
   * The procedure of that name, with its package's or without.
   *
   * @throws RefusedException if there is none, or the name does not say which of several
   */
  public DescribedProcedure find(String name) throws RefusedException {
    List<DescribedProcedure> found = new ArrayList<>();
    for (DescribedProcedure procedure : procedures) {
      if (procedure.name().equals(name)) {
        return procedure;
      }
      if (procedure.plainName().equals(name)) {
        found.add(procedure);
      }
    }
    if (found.size() == 1) {
      return found.getFirst();
    }
    if (found.isEmpty()) {
      throw new RefusedException(
          "no procedure is called '" + name + "' in " + files + hints.of(name, names()));
    }
    throw new RefusedException(
        "'"
            + name
            + "' is the name of several procedures: write "
            + found.stream().map(DescribedProcedure::name).collect(Collectors.joining(" or ")));
  }

  /** What there is, for somebody who named none. */
  public String listing() {
    String names =
        procedures.stream()
            .limit(NAMED)
            .map(DescribedProcedure::name)
            .collect(Collectors.joining(", "));
    int more = procedures.size() - NAMED;
    return files + " has " + names + (more > 0 ? " and " + more + " more" : "");
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    procedures.forEach(procedure -> names.add(procedure.plainName()));
    procedures.forEach(procedure -> names.add(procedure.name()));
    return names;
  }
}
