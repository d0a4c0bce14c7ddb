// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.rpc.catalog;

import io.rxrpc.afs.BuiltInService;
import io.rxrpc.afs.WellKnownService;
import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.cli.frame.RootCommand;
import io.rxrpc.cli.frame.Without;
import io.rxrpc.cli.frame.Without.Part;
import io.rxrpc.cli.rpc.builtin.BuiltInProcedure;
import io.rxrpc.cli.rpc.builtin.Catalog;
import io.rxrpc.cli.text.Json;
import io.rxrpc.rxgen.model.DeclaredProcedure.Mode;
import io.rxrpc.rxgen.model.DeclaredProcedure.Parameter;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code rxrpc rpc list}: the procedures of all services, or of some. */
@Command(
    name = "list",
    customSynopsis = "rxrpc rpc list [SERVICE...] [options]",
    description = {
      "List the procedures of all services, or of those that are named, by their opcodes.",
      "Services: vl pt vol fs cb bos vote disk stats."
    },
    footer = {"", "Examples:", "  rxrpc rpc list", "  rxrpc rpc list pt --json"})
@Without({Part.PACKETS, Part.TUNABLES, Part.REMARKS})
final class RpcListCommand implements Callable<Integer> {
  private static final int NAME_WIDTH = 30;

  private final RootCommand root;

  @Parameters(
      paramLabel = "SERVICE",
      completionCandidates = ServiceNames.class,
      description = "A service, as vl or VL_.")
  private List<String> names = new ArrayList<>();

  RpcListCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() throws CommandFailure {
    List<BuiltInService> services = new ArrayList<>();
    for (String name : names) {
      services.add(Catalog.service(name));
    }
    if (services.isEmpty()) {
      services.addAll(List.of(BuiltInService.values()));
    }
    PrintStream out = root.streams().out();
    if (root.json()) {
      List<Object> rows = new ArrayList<>();
      services.forEach(service -> Catalog.of(service).forEach(p -> rows.add(row(p))));
      Json.print(out, rows);
      return ExitCode.OK;
    }
    boolean first = true;
    for (BuiltInService service : services) {
      out.print(first ? "" : "\n");
      print(out, service);
      first = false;
    }
    return ExitCode.OK;
  }

  private static void print(PrintStream out, BuiltInService service) {
    WellKnownService known = service.service();
    out.printf(
        Locale.ROOT,
        "%s (service %d%s): %s%n",
        known.label(),
        known.id(),
        known.port() == 0 ? "" : ", port " + known.port(),
        known.meaning());
    for (BuiltInProcedure procedure : Catalog.of(service)) {
      String begin =
          String.format(
              Locale.ROOT,
              "%7d  %-" + NAME_WIDTH + "s ",
              procedure.model().opcode(),
              procedure.name());
      out.println((begin + Paragraphs.cut(procedure.summary(), begin.length())).stripTrailing());
    }
  }

  private static Map<String, Object> row(BuiltInProcedure procedure) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("procedure", procedure.name());
    row.put("label", procedure.label());
    row.put("service", procedure.service().label());
    row.put("opcode", procedure.model().opcode());
    row.put("split", procedure.model().mode() == Mode.SPLIT);
    row.put("permitted", procedure.permitted());
    row.put("in", procedure.model().in().stream().map(Parameter::name).toList());
    row.put("out", procedure.model().out().stream().map(Parameter::name).toList());
    row.put("text", procedure.summary());
    return row;
  }
}
