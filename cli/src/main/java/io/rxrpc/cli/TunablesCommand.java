package io.rxrpc.cli;

import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code rxrpc tunables}: the table of what can be tuned, with the values in force. */
@Command(
    name = "tunables",
    customSynopsis = "rxrpc tunables [options]",
    description = {
      "List what can be tuned, and the values in force.",
      "Each is set by --set NAME=VALUE, or by a system property or environment variable:",
      "tx-window by RXRPC_TX_WINDOW."
    },
    footer = {"", "Example: rxrpc tunables --set rto-min=50ms"})
final class TunablesCommand implements Callable<Integer> {
  private final RootCommand root;

  TunablesCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() throws CommandFailure {
    Tunables values = root.tunables();
    if (root.json()) {
      List<Object> rows = new ArrayList<>();
      for (Tunable t : Tunable.values()) {
        rows.add(row(t, values));
      }
      Json.print(root.streams().out(), rows);
    } else {
      table(root.streams().out(), values);
    }
    return ExitCode.OK;
  }

  private static Map<String, Object> row(Tunable t, Tunables values) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", t.optionName());
    row.put("property", t.propertyName());
    row.put("unit", unit(t));
    row.put("value", values.get(t));
    row.put("text", t.format(values.get(t)));
    row.put("default", t.defaultValue());
    row.put("min", t.min());
    row.put("max", t.max());
    row.put("meaning", t.meaning());
    return row;
  }

  private static void table(PrintStream out, Tunables values) {
    String format = "%-24s %-9s %-9s %-15s %-8s %s%n";
    out.printf(Locale.ROOT, format, "NAME", "VALUE", "DEFAULT", "RANGE", "UNIT", "MEANING");
    for (Tunable t : Tunable.values()) {
      out.printf(
          Locale.ROOT,
          format,
          t.optionName(),
          t.format(values.get(t)),
          t.format(t.defaultValue()),
          t.format(t.min()) + ".." + t.format(t.max()),
          unit(t),
          t.meaning());
    }
  }

  /** The unit of the numbers in JSON. */
  private static String unit(Tunable t) {
    return t.unit() == Tunable.Unit.NANOS ? "ns" : t.unit().name().toLowerCase(Locale.ROOT);
  }
}
