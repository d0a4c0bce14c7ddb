// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.rpc.builtin;

import io.rxrpc.afs.BuiltInService;
import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.text.Similar;
import io.rxrpc.rxgen.model.DeclaredProcedure;
import io.rxrpc.rxgen.model.Description;
import io.rxrpc.rxgen.model.RpcPackage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All procedures of the built-in services, and how people name them. */
public final class Catalog {
  private Catalog() {}

  /** The procedures of a service, in the order of their opcodes. */
  public static List<BuiltInProcedure> of(BuiltInService service) {
    Description description = BuiltInDescriptions.of(service);
    List<BuiltInProcedure> procedures = new ArrayList<>();
    for (RpcPackage owner : description.packages()) {
      for (DeclaredProcedure model : owner.procedures()) {
        procedures.add(new BuiltInProcedure(service, description, owner, model));
      }
    }
    procedures.sort((a, b) -> Integer.compare(a.model().opcode(), b.model().opcode()));
    return List.copyOf(procedures);
  }

  /** The procedures of all services. */
  public static List<BuiltInProcedure> all() {
    return Arrays.stream(BuiltInService.values()).flatMap(s -> of(s).stream()).toList();
  }

  /**
   * The service of that name.
   *
   * @throws CommandFailure if there is none, with what may have been meant
   */
  public static BuiltInService service(String name) throws CommandFailure {
    BuiltInService service = BuiltInService.find(name);
    if (service != null) {
      return service;
    }
    List<String> labels = labels();
    throw CommandFailure.usage(
        "no built-in service is called '"
            + name
            + "'"
            + Similar.hint(name, labels)
            + "; there are "
            + String.join(", ", labels));
  }

  /** The names of the services on a command line. */
  public static List<String> labels() {
    return Arrays.stream(BuiltInService.values()).map(BuiltInService::label).toList();
  }

  /**
   * The procedure of that name: {@code vl.GetEntryByNameU}, {@code vl/GetEntryByNameU}, {@code
   * VL_GetEntryByNameU}, or {@code GetEntryByNameU} where no other service has one of that name.
   *
   * @throws CommandFailure if there is none, or there are several
   */
  public static BuiltInProcedure procedure(String name) throws CommandFailure {
    int dot = Math.max(name.indexOf('.'), name.indexOf('/'));
    if (dot > 0) {
      BuiltInService service = service(name.substring(0, dot));
      return inService(service, name, name.substring(dot + 1));
    }
    List<BuiltInProcedure> all = all();
    List<BuiltInProcedure> found = all.stream().filter(p -> isCalled(p, name)).toList();
    if (found.size() == 1) {
      return found.getFirst();
    }
    if (found.size() > 1) {
      throw CommandFailure.usage(
          "'"
              + name
              + "' is the name of several procedures: "
              + found.stream().map(BuiltInProcedure::label).collect(Collectors.joining(", ")));
    }
    BuiltInService service = BuiltInService.find(name);
    if (service != null) {
      throw CommandFailure.usage(
          "'" + name + "' is a service: 'rxrpc rpc list " + name + "' lists its procedures");
    }
    throw CommandFailure.usage(
        "no built-in procedure is called '"
            + name
            + "'"
            + hint(name, all, null)
            + "; 'rxrpc rpc list' lists them");
  }

  private static BuiltInProcedure inService(BuiltInService service, String whole, String name)
      throws CommandFailure {
    List<BuiltInProcedure> all = of(service);
    for (BuiltInProcedure procedure : all) {
      if (isCalled(procedure, name)) {
        return procedure;
      }
    }
    throw CommandFailure.usage(
        "no procedure is called '"
            + whole
            + "'"
            + hint(name, all, service)
            + "; 'rxrpc rpc list "
            + service.label()
            + "' lists them");
  }

  /** Names of C are told apart by the case of letters; people who write them down do not care. */
  private static boolean isCalled(BuiltInProcedure procedure, String name) {
    return procedure.model().name().equalsIgnoreCase(name)
        || procedure.name().equalsIgnoreCase(name);
  }

  private static String hint(
      String name, List<BuiltInProcedure> all, @Nullable BuiltInService service) {
    List<String> names =
        Stream.concat(
                all.stream().map(p -> service == null ? p.model().name() : p.label()),
                all.stream().map(BuiltInProcedure::name))
            .distinct()
            .toList();
    String wanted = service == null ? name : service.label() + "." + name;
    return Similar.hint(wanted, names);
  }
}
