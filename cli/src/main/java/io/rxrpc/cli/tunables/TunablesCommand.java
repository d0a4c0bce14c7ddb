// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.tunables;

import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.cli.frame.RootCommand;
import io.rxrpc.cli.frame.Without;
import io.rxrpc.cli.frame.Without.Part;
import io.rxrpc.cli.text.Json;
import io.rxrpc.cli.text.Similar;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code rxrpc tunables}: the table of what can be tuned, with the values in force. */
@Command(
    name = "tunables",
    customSynopsis = "rxrpc tunables [WORD...] [options]",
    description = {
      "List what can be tuned, and the values in force; with WORDs only those with each",
      "of them in the name, or at the beginning of a word of the meaning.",
      "Each is set by --set NAME=VALUE, or by a system property or environment variable:",
      "tx-window by RXRPC_TX_WINDOW."
    },
    footer = {"", "Examples:", "  rxrpc tunables --set rto-min=50ms", "  rxrpc tunables ack delay"})
@Without({Part.PACKETS, Part.REMARKS})
final class TunablesCommand implements Callable<Integer> {
  private final RootCommand root;

  @Parameters(paramLabel = "WORD", description = "A part of the name, or of the meaning.")
  private List<String> words = new ArrayList<>();

  TunablesCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() throws CommandFailure {
    Tunables values = root.tunables();
    List<Tunable> shown = Arrays.stream(Tunable.values()).filter(this::isMeant).toList();
    if (shown.isEmpty()) {
      String all = String.join(" ", words);
      throw CommandFailure.usage(
          "no tunable has '"
              + all
              + "' in its name or meaning"
              + Similar.hint(all, RootCommand.tunableNames()));
    }
    if (root.json()) {
      List<Object> rows = new ArrayList<>();
      for (Tunable t : shown) {
        rows.add(row(t, values));
      }
      Json.print(root.streams().out(), rows);
    } else {
      table(root.streams().out(), shown, values);
    }
    return ExitCode.OK;
  }

  private boolean isMeant(Tunable t) {
    String[] meaning = t.meaning().toLowerCase(Locale.ROOT).split("[^a-z0-9-]+", -1);
    return words.stream()
        .map(word -> word.toLowerCase(Locale.ROOT))
        .allMatch(
            word ->
                t.optionName().contains(word)
                    || t.propertyName().equalsIgnoreCase(word)
                    // not anywhere: every "packet" has an "ack"
                    || Arrays.stream(meaning).anyMatch(m -> m.startsWith(word)));
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

  /** Two lines each, so that it fits a terminal. */
  private static void table(PrintStream out, List<Tunable> shown, Tunables values) {
    String format = "%-26s %-12s %-12s %s%n";
    out.printf(Locale.ROOT, format, "NAME", "VALUE", "DEFAULT", "RANGE");
    for (Tunable t : shown) {
      out.printf(
          Locale.ROOT,
          format,
          t.optionName(),
          t.format(values.get(t)),
          t.format(t.defaultValue()),
          t.format(t.min()) + ".." + t.format(t.max()));
      out.println("    " + t.meaning());
    }
  }

  /** The unit of the numbers in JSON. */
  private static String unit(Tunable t) {
    return t.unit() == Tunable.Unit.NANOS ? "ns" : t.unit().name().toLowerCase(Locale.ROOT);
  }
}
