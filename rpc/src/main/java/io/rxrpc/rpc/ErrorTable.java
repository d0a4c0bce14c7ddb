// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rpc;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The errors of a service: a table as com_err has it. Immutable.
 *
 * @param name up to four letters, digits and underlines: {@code VL}
 * @param codes in any order, each within 256 of the base
 */
public record ErrorTable(String name, List<ErrorCode> codes) {
  private static final String DIGITS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";
  private static final int MOST = 256;

  /** Checks that the codes are of this table. */
  public ErrorTable {
    codes = List.copyOf(codes);
    int base = base(name);
    for (ErrorCode code : codes) {
      int index = code.value() - base;
      if (index < 0 || index >= MOST) {
        throw new IllegalArgumentException(
            code + " is not of table " + name + ", which begins at " + base);
      }
    }
  }

  /**
   * {@return the first code of a table: the name's characters are digits of base 64, and the number
   * is multiplied by 256}
   *
   * @param name the name
   * @throws IllegalArgumentException when it is no name of a table
   */
  public static int base(String name) {
    if (name.isEmpty() || name.length() > 4) {
      throw new IllegalArgumentException("'" + name + "' is no name of 1 to 4 characters");
    }
    int number = 0;
    for (int i = 0; i < name.length(); i++) {
      int digit = DIGITS.indexOf(name.charAt(i));
      if (digit < 0) {
        throw new IllegalArgumentException(
            "'" + name + "' is no name of a table: " + name.charAt(i) + " cannot be in one");
      }
      number = number << 6 | digit + 1;
    }
    return number << 8;
  }

  /** {@return the first code} */
  public int base() {
    return base(name);
  }

  /**
   * {@return a table whose codes are numbered from its base in their order}
   *
   * @param name the name
   */
  public static Builder named(String name) {
    return new Builder(name);
  }

  /**
   * Reads the source of a table, as {@code compile_et} takes it: {@code error_table}, {@code ec},
   * {@code index}, {@code prefix}, {@code end}.
   *
   * @param source where it comes from
   * @return the error table
   * @throws IllegalArgumentException with the line, when it is none
   */
  public static ErrorTable parse(String source) {
    return new ErrorTableSource(source).parse();
  }

  /** Collects the codes of a table. */
  public static final class Builder {
    private final String name;
    private final List<ErrorCode> codes = new ArrayList<>();
    private int next;

    private Builder(String name) {
      this.name = Objects.requireNonNull(name, "name");
      next = base(name);
    }

    /**
     * {@return the next code}
     *
     * @param code the name of the code
     * @param text the text
     */
    public Builder code(String code, String text) {
      codes.add(new ErrorCode(next++, code, text));
      return this;
    }

    /**
     * Leaves codes out: the next one is this far from the base, 0..255.
     *
     * @param index which one, from 0
     * @return this
     */
    public Builder index(int index) {
      next = base(name) + index;
      return this;
    }

    /** {@return the table} */
    public ErrorTable build() {
      return new ErrorTable(name, codes);
    }
  }
}
