// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.error;

import io.rxrpc.rpc.ErrorCode;
import io.rxrpc.rpc.ErrorTables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the numbers mean that calls of AFS fail with: one lookup for the tables of all services, of
 * Rx and its security classes, and of a server's system. Immutable and safe for all threads.
 *
 * <pre>{@code
 * AfsErrors.describe(363524)     // VL_NOENT (363524): no such volume in the location database
 * AfsErrors.named("vbusy")       // VBUSY (110): ...
 * AfsErrors.meanings(110)        // VBUSY, and errno 110 of a Linux server: ETIMEDOUT
 * }</pre>
 */
public final class AfsErrors {
  private static final List<ErrorFamily> FAMILIES = Families.all();
  private static final Map<Integer, List<ErrorMeaning>> MEANINGS = meanings();
  private static final Map<String, ErrorMeaning> NAMES = names();

  /** For clients: {@code RpcClient.of(endpoint, server).errors(AfsErrors.TABLES)}. */
  public static final ErrorTables TABLES = ErrorTables.RX.with(first());

  private AfsErrors() {}

  /** {@return all families; where a number is in several, the earlier one is the more likely} */
  public static List<ErrorFamily> families() {
    return FAMILIES;
  }

  /**
   * {@return the family of that name in any case of letters, or null}
   *
   * @param name the name
   */
  public static @Nullable ErrorFamily family(String name) {
    for (ErrorFamily family : FAMILIES) {
      if (family.name().equalsIgnoreCase(name)) {
        return family;
      }
    }
    return null;
  }

  /**
   * {@return everything that a number can mean, the most likely first; empty where nothing is
   * known}
   *
   * @param value anything
   */
  public static List<ErrorMeaning> meanings(int value) {
    return MEANINGS.getOrDefault(value, List.of());
  }

  /**
   * What a number means, most likely.
   *
   * @param value anything but 0
   * @return with an empty name and text where nothing is known
   */
  public static ErrorCode describe(int value) {
    List<ErrorMeaning> all = meanings(value);
    return all.isEmpty() ? new ErrorCode(value, "", "") : all.getFirst().code();
  }

  /**
   * {@return the error of that name in any case of letters, or null: {@code VL_NOENT}, {@code
   * EACCES}}
   *
   * @param name the name
   */
  public static @Nullable ErrorMeaning named(String name) {
    return NAMES.get(name.strip().toUpperCase(Locale.ROOT));
  }

  /** {@return all names, in the order of the families} */
  public static List<String> allNames() {
    return FAMILIES.stream()
        .flatMap(f -> f.codes().stream())
        .map(ErrorCode::name)
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /**
   * {@return the name of the table that a number would be of, as com_err has it: {@code VL} for
   * every number from 363520 to 363775, whether or not there is such an error} Empty for numbers
   * below 256 and for those that no name gives.
   *
   * @param value the value
   */
  public static String tableOf(int value) {
    return TableName.of(value);
  }

  /** What means one thing only, whichever service and system it comes from. */
  static List<ErrorCode> certain() {
    List<ErrorCode> certain = new ArrayList<>();
    for (ErrorFamily family : FAMILIES) {
      if (!family.name().equals(Families.ERRNO) && !family.name().equals(Families.RXGK_YFS)) {
        family.codes().stream().filter(code -> !code.name().isEmpty()).forEach(certain::add);
      }
    }
    return certain;
  }

  /** One name for each number. */
  private static List<ErrorCode> first() {
    Map<Integer, ErrorCode> first = new LinkedHashMap<>();
    certain().forEach(code -> first.putIfAbsent(code.value(), code));
    return List.copyOf(first.values());
  }

  private static Map<Integer, List<ErrorMeaning>> meanings() {
    Map<Integer, List<ErrorMeaning>> meanings = new HashMap<>();
    for (ErrorFamily family : FAMILIES) {
      for (ErrorCode code : family.codes()) {
        meanings
            .computeIfAbsent(code.value(), _ -> new ArrayList<>())
            .add(new ErrorMeaning(family, code));
      }
    }
    meanings.replaceAll((_, list) -> List.copyOf(list));
    return Map.copyOf(meanings);
  }

  private static Map<String, ErrorMeaning> names() {
    Map<String, ErrorMeaning> names = new HashMap<>();
    for (ErrorFamily family : FAMILIES) {
      for (ErrorCode code : family.codes()) {
        if (code.name().isEmpty()) {
          continue; // a number that nobody has named
        }
        names.putIfAbsent(code.name().toUpperCase(Locale.ROOT), new ErrorMeaning(family, code));
      }
    }
    return Map.copyOf(names);
  }
}
