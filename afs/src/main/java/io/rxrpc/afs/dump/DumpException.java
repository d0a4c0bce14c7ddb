// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import java.io.IOException;

/**
 * Octets that are no volume dump, or one that is above the limits. Says where: the offset in octets
 * from the beginning of the stream, of the value that is wrong.
 *
 * <p>It carries no stack trace: it is a statement about the input.
 */
public final class DumpException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What is wrong. */
  public enum Reason {
    /** The stream ends before the dump does. */
    END,
    /** It does not begin, or does not end, as a dump must. */
    MAGIC,
    /** A version of the format that nobody knows. */
    VERSION,
    /** A section where another one, or a field, has to be. */
    SECTION,
    /** A tag whose length nobody knows, or one marked as critical whose meaning nobody knows. */
    TAG,
    /** A value that has no meaning here. */
    VALUE,
    /** More octets than the limits allow. */
    LIMIT
  }

  /** What is wrong. */
  private final Reason reason;

  /** Where in the dump, in octets from its beginning. */
  private final long offset;

  DumpException(Reason reason, long offset, String problem) {
    super("octet " + offset + ": " + problem);
    this.reason = reason;
    this.offset = offset;
  }

  /** Called by the superclass's constructor: see the class comment. */
  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized")
  public Throwable fillInStackTrace() {
    return this;
  }

  /** {@return what is wrong} */
  public Reason reason() {
    return reason;
  }

  /** {@return where, in octets from the beginning of what was read} */
  public long offset() {
    return offset;
  }
}
