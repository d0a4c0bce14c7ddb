// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.value;

/** A value that does not fit its type; the message says where, and what would. */
public final class ValueException extends Exception {
  private static final long serialVersionUID = 1;

  /** Where in the value, as in {@code entry.sites[2]}. */
  private final String path;

  /** What is wrong there. */
  private final String problem;

  ValueException(String path, String problem) {
    super(problem, null, false, false);
    this.path = path;
    this.problem = problem;
  }

  /** The same, seen from what the value is part of. */
  ValueException within(String part) {
    boolean joined = path.isEmpty() || path.startsWith("[") || part.isEmpty();
    return new ValueException(joined ? part + path : part + "." + path, problem);
  }

  /** {@return which value: {@code entry.serverNumber[3]}} */
  public String path() {
    return path;
  }

  /** For example {@code entry.name: 70 octets, where 65 is the most}. */
  @Override
  public String getMessage() {
    return path.isEmpty() ? problem : path + ": " + problem;
  }
}
