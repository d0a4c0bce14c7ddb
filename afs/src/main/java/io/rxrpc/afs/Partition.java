// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs;

import java.util.Locale;

/**
 * A partition of a file server: {@code /vicepa} is 0, {@code /vicepz} 25, {@code /vicepaa} 26.
 *
 * @param id 0..255
 */
public record Partition(int id) implements Comparable<Partition> {
  private static final int LETTERS = 26;
  private static final int MOST = 255;
  private static final String PREFIX = "/vicep";

  /** Checks the range. */
  public Partition {
    if (id < 0 || id > MOST) {
      throw new IllegalArgumentException("partition " + id + " is outside 0.." + MOST);
    }
  }

  /**
   * {@return the partition that a person means: {@code /vicepa}, {@code vicepa}, {@code a} or
   * {@code 0}}
   *
   * @param text the text
   * @throws IllegalArgumentException when it is none of these
   */
  public static Partition parse(String text) {
    String name = text.strip().toLowerCase(Locale.ROOT);
    String letters =
        name.startsWith(PREFIX)
            ? name.substring(PREFIX.length())
            : name.startsWith(PREFIX.substring(1)) ? name.substring(PREFIX.length() - 1) : name;
    if (letters.matches("[0-9]{1,3}") && letters.equals(name)) {
      return new Partition(Integer.parseInt(letters));
    }
    if (letters.matches("[a-z]")) {
      return new Partition(letters.charAt(0) - 'a');
    }
    if (letters.matches("[a-z]{2}")) {
      int id = (letters.charAt(0) - 'a' + 1) * LETTERS + letters.charAt(1) - 'a';
      if (id <= MOST) {
        return new Partition(id);
      }
    }
    throw new IllegalArgumentException(
        "'" + text + "' is no partition: write /vicepa, a or 0, up to /vicepiv or 255");
  }

  /** {@return {@code a}, {@code aa}} */
  public String letters() {
    char last = (char) ('a' + id % LETTERS);
    return id < LETTERS ? String.valueOf(last) : (char) ('a' + id / LETTERS - 1) + "" + last;
  }

  @Override
  public int compareTo(Partition other) {
    return Integer.compare(id, other.id);
  }

  /** {@code /vicepa}. */
  @Override
  public String toString() {
    return PREFIX + letters();
  }
}
