// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.rpc.error;

import io.rxrpc.afs.error.AfsErrors;
import io.rxrpc.afs.error.ErrorFamily;
import io.rxrpc.afs.error.ErrorMeaning;
import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.text.Similar;
import io.rxrpc.rpc.ErrorCode;
import io.rxrpc.rpc.ErrorTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Everything that is known of an error.
 *
 * @param asked what was asked for
 * @param value its number
 * @param meanings what the number can mean: the name that was asked for first, then the more likely
 *     ones
 * @param alike errors of other numbers that have the same name, or mean the same
 */
record ErrorSheet(String asked, int value, List<ErrorMeaning> meanings, List<ErrorMeaning> alike) {
  private static final Pattern NUMBER = Pattern.compile("[-+]?(0[xX][0-9a-fA-F]+|[0-9]+)");
  private static final int TABLE_SIZE = 256;

  /** The names of com_err's errno for all systems are those of the system with this in front. */
  private static final String EVERYWHERE = "UA";

  /**
   * Looks it up.
   *
   * @param text a number or a name
   * @throws CommandFailure if it is neither
   */
  static ErrorSheet of(String text) throws CommandFailure {
    if (NUMBER.matcher(text).matches()) {
      int value = number(text);
      return new ErrorSheet(text, value, AfsErrors.meanings(value), alike(value));
    }
    ErrorMeaning named = AfsErrors.named(text);
    if (named == null) {
      throw CommandFailure.usage(
          "no error is called '" + text + "'" + Similar.hint(text, AfsErrors.allNames()));
    }
    int value = named.code().value();
    List<ErrorMeaning> meanings = new ArrayList<>(List.of(named));
    AfsErrors.meanings(value).stream().filter(m -> !m.equals(named)).forEach(meanings::add);
    return new ErrorSheet(text, value, meanings, alike(value));
  }

  private static int number(String text) throws CommandFailure {
    String digits = text.startsWith("+") ? text.substring(1) : text;
    long number;
    try {
      number = Long.decode(isDecimal(digits) ? digits.replaceFirst("^(-?)0+(?=.)", "$1") : digits);
    } catch (NumberFormatException e) {
      throw tooLarge(text);
    }
    if (number < Integer.MIN_VALUE || number > 0xffff_ffffL) {
      throw tooLarge(text);
    }
    return (int) number; // 4294966841 is -455, as those print it who know no signs
  }

  private static boolean isDecimal(String digits) {
    return digits.indexOf('x') < 0 && digits.indexOf('X') < 0;
  }

  private static CommandFailure tooLarge(String text) {
    return CommandFailure.usage(text + " is no error: they have 32 bits");
  }

  private static List<ErrorMeaning> alike(int value) {
    Set<String> names = new LinkedHashSet<>();
    for (ErrorMeaning meaning : AfsErrors.meanings(value)) {
      String name = meaning.code().name();
      if (!name.isEmpty()) {
        names.add(name);
        names.add(name.startsWith(EVERYWHERE + "E") ? name.substring(2) : EVERYWHERE + name);
      }
    }
    List<ErrorMeaning> alike = new ArrayList<>();
    for (ErrorFamily family : AfsErrors.families()) {
      for (ErrorCode code : family.codes()) {
        if (code.value() != value && names.contains(code.name())) {
          alike.add(new ErrorMeaning(family, code));
        }
      }
    }
    return alike;
  }

  /** For a person. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    boolean first = true;
    for (ErrorMeaning meaning : meanings) {
      ErrorCode code = meaning.code();
      lines.add((first ? "" : "or ") + text(code));
      lines.add(
          "  of "
              + meaning.family().name()
              + ": "
              + meaning.family().about()
              + table(meaning.family()));
      first = false;
    }
    if (meanings.isEmpty()) {
      lines.add(value + ": nothing is known of it");
      if (value == 0) {
        lines.add("  0 is success");
      } else if (isLikely(AfsErrors.tableOf(value))) {
        lines.add("  it would be of a table called " + AfsErrors.tableOf(value));
      }
    }
    for (ErrorMeaning meaning : alike) {
      lines.add("see also " + text(meaning.code()) + ", of " + meaning.family().name());
    }
    return lines;
  }

  private static String text(ErrorCode code) {
    String text = code.text().isEmpty() ? "" : ": " + code.text();
    return (code.name().isEmpty() ? "" + code.value() : code.name() + " (" + code.value() + ")")
        + text;
  }

  /** Every number from 256 on has a name in com_err's way, but nobody calls a table by a letter. */
  private static boolean isLikely(String table) {
    return table.length() > 1;
  }

  /** The numbers of the table, where the family is one of com_err's. */
  private String table(ErrorFamily family) {
    String name = AfsErrors.tableOf(value);
    if (name.isEmpty()) {
      return "";
    }
    int base = ErrorTable.base(name);
    return family.codes().stream().anyMatch(code -> code.value() == base)
        ? ", " + base + ".." + (base + TABLE_SIZE - 1)
        : "";
  }

  /** For a program. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("asked", asked);
    json.put("value", value);
    String table = AfsErrors.tableOf(value);
    boolean known = meanings.stream().anyMatch(m -> !table(m.family()).isEmpty());
    if (known || (meanings.isEmpty() && isLikely(table))) {
      json.put("table", table);
      json.put("table_base", ErrorTable.base(table));
    }
    json.put("meanings", rows(meanings));
    json.put("see_also", rows(alike));
    return json;
  }

  private static List<Object> rows(List<ErrorMeaning> meanings) {
    List<Object> rows = new ArrayList<>();
    for (ErrorMeaning meaning : meanings) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("value", meaning.code().value());
      row.put("name", meaning.code().name());
      row.put("text", meaning.code().text());
      row.put("family", meaning.family().name());
      row.put("about", meaning.family().about());
      rows.add(row);
    }
    return rows;
  }
}
