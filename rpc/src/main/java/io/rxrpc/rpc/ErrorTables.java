// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rpc;

import io.rxrpc.AbortCode;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The error tables that a client knows. Tables of the same base are one; the codes of Rx and of its
 * security classes are always known. Immutable.
 */
public final class ErrorTables {
  /** None but Rx's own. */
  public static final ErrorTables RX = new ErrorTables(Map.of());

  private final Map<Integer, ErrorCode> codes;

  private ErrorTables(Map<Integer, ErrorCode> codes) {
    this.codes = codes;
  }

  /**
   * {@return these tables}
   *
   * @param tables the tables, the first with a name wins
   */
  public static ErrorTables of(ErrorTable... tables) {
    ErrorTables all = RX;
    for (ErrorTable table : tables) {
      all = all.with(table);
    }
    return all;
  }

  /**
   * {@return these and one more}
   *
   * @param table the table
   * @throws IllegalArgumentException if a code has another name in it than here
   */
  public ErrorTables with(ErrorTable table) {
    return merged(table.codes());
  }

  /**
   * {@return these and those}
   *
   * @param others the others
   * @throws IllegalArgumentException if a code has another name in them than here
   */
  public ErrorTables with(ErrorTables others) {
    return merged(others.codes.values());
  }

  /**
   * {@return these and codes that are of no table of com_err}
   *
   * @param more what comes in addition
   * @throws IllegalArgumentException if a code has another name in them than here
   */
  public ErrorTables with(Collection<ErrorCode> more) {
    return merged(more);
  }

  private ErrorTables merged(Iterable<ErrorCode> more) {
    Map<Integer, ErrorCode> merged = new HashMap<>(codes);
    for (ErrorCode code : more) {
      ErrorCode had = merged.putIfAbsent(code.value(), code);
      if (had != null && !had.name().equals(code.name())) {
        throw new IllegalArgumentException(
            code.value()
                + " is "
                + had.name()
                + " in one table and "
                + code.name()
                + " in another");
      }
    }
    return new ErrorTables(Map.copyOf(merged));
  }

  /**
   * {@return what is known of a code}
   *
   * @param value anything but 0
   */
  public ErrorCode describe(int value) {
    ErrorCode code = codes.get(value);
    if (code != null) {
      return code;
    }
    String name = new AbortCode(value).name();
    return new ErrorCode(value, Objects.requireNonNullElse(name, ""), "");
  }

  /**
   * {@return the code of this name, or null}
   *
   * @param name the name
   */
  public @Nullable ErrorCode named(String name) {
    for (ErrorCode code : codes.values()) {
      if (code.name().equals(name)) {
        return code;
      }
    }
    return null;
  }
}
