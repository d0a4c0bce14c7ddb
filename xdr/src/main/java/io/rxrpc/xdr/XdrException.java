// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.xdr;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Octets that are no value of their type, or a value that is out of its type's bounds. Says where:
 * the path from the outermost value that was read or written, and the offset in octets from where
 * the reader or writer began.
 *
 * <p>When reading it carries no stack trace: it is a statement about the input.
 */
public final class XdrException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Of a path with more parts the middle is left out. */
  private static final int SHOWN = 24;

  /** What is wrong. */
  public enum Reason {
    /** The input ends within the value. */
    END,
    /** A length or a count is above its bound, or not the one that is fixed. */
    LENGTH,
    /**
     * A number has no meaning here: a boolean that is neither 0 nor 1, an arm that no union has.
     */
    VALUE,
    /** Text that its type cannot carry: a NUL in a string, a lone surrogate. */
    TEXT,
    /** Structures nest deeper than the limit. */
    DEPTH,
    /** More octets, or empty elements, than the limits allow in all. */
    BUDGET,
    /** Padding that is not zero, where it must be. */
    PADDING,
    /** Octets after the last value, where there must be none. */
    TRAILING
  }

  /** What is wrong. */
  private final Reason reason;

  /** Where, in octets from the beginning of the input or output. */
  private final long offset;

  /** What is wrong, in words, without the place. */
  private final String problem;

  /** The parts of the path, innermost first. */
  private final ArrayList<String> inner = new ArrayList<>(4);

  XdrException(Reason reason, String field, long offset, String problem, boolean writing) {
    super(problem);
    this.reason = reason;
    this.offset = offset;
    this.problem = problem;
    inner.add(field);
    if (writing) {
      super.fillInStackTrace();
    }
  }

  /** Called by the superclass's constructor: see the class comment. */
  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized")
  public Throwable fillInStackTrace() {
    return this;
  }

  /**
   * Adds what surrounds the path so far.
   *
   * @param part the name of a field, parameter or type, or {@code [index]}, or nothing
   * @return this
   */
  public XdrException within(String part) {
    inner.add(part);
    return this;
  }

  /** {@return what is wrong} */
  public Reason reason() {
    return reason;
  }

  /** {@return where, in octets from the beginning: of the value that is wrong, or of its length} */
  public long offset() {
    return offset;
  }

  /** {@return the field: {@code uvldbentry.serverNumber[3]}} */
  public String path() {
    List<String> parts = inner.stream().filter(part -> !part.isEmpty()).toList().reversed();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      if (parts.size() > SHOWN && i == SHOWN / 2) {
        text.append("...");
        i = parts.size() - SHOWN / 2;
      }
      String part = parts.get(i);
      if (!text.isEmpty() && !part.startsWith("[")) {
        text.append('.');
      }
      text.append(part);
    }
    return text.toString();
  }

  /** For example {@code uvldbentry.serverNumber[3], octet 268: the input ends}. */
  @Override
  public String getMessage() {
    String path = path();
    return (path.isEmpty() ? "" : path + ", ") + "octet " + offset + ": " + problem;
  }
}
