// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.source;

/**
 * A place in a file, for messages.
 *
 * @param file the file as it was named
 * @param line from 1; 0 for the file as a whole
 * @param column in characters, from 1; 0 for the line as a whole
 */
public record Place(String file, int line, int column) {
  /** What has no place in a file: predefined macros and what is built in. */
  public static final Place NOWHERE = new Place("", 0, 0);

  /** {@code FILE:LINE:COLUMN}, without the parts that are 0. */
  @Override
  public String toString() {
    if (line == 0) {
      return file;
    }
    return column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
  }

  /**
   * {@return how a message at {@code from} names this place: without the file where it is the same}
   *
   * @param from another place
   */
  public String seenFrom(Place from) {
    if (line == 0) {
      return file.isEmpty() ? "the command line" : file;
    }
    return file.equals(from.file) ? "line " + line : file + ":" + line;
  }
}
