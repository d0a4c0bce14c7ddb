// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import io.rxrpc.wire.AbortCodes;
import org.jspecify.annotations.Nullable;

/**
 * The number that an ABORT carries.
 *
 * @param value anything but 0, which would look like success
 */
public record AbortCode(int value) {
  /** The peer is gone. */
  public static final AbortCode CALL_DEAD = new AbortCode(AbortCodes.RX_CALL_DEAD);

  /** No such service, or not allowed. */
  public static final AbortCode INVALID_OPERATION = new AbortCode(AbortCodes.RX_INVALID_OPERATION);

  /** The call took too long. */
  public static final AbortCode CALL_TIMEOUT = new AbortCode(AbortCodes.RX_CALL_TIMEOUT);

  /** A packet that cannot be. */
  public static final AbortCode PROTOCOL_ERROR = new AbortCode(AbortCodes.RX_PROTOCOL_ERROR);

  /** The application ended the call. */
  public static final AbortCode USER_ABORT = new AbortCode(AbortCodes.RX_USER_ABORT);

  /** No such procedure. */
  public static final AbortCode OPCODE = new AbortCode(AbortCodes.RXGEN_OPCODE);

  /** The server could not decode the arguments. */
  public static final AbortCode SS_UNMARSHAL = new AbortCode(AbortCodes.RXGEN_SS_UNMARSHAL);

  /** Checks the value. */
  public AbortCode {
    if (value == 0) {
      throw new IllegalArgumentException("abort code 0 looks like success");
    }
  }

  /**
   * {@return the code that a person means: {@code "RXGEN_OPCODE"} or {@code "-455"}}
   *
   * @param text the text
   * @throws IllegalArgumentException when it is neither a known name nor a number other than 0
   */
  public static AbortCode parse(String text) {
    return new AbortCode(AbortNames.parse(text));
  }

  /**
   * {@return the name by the protocol's tables and those of modules ({@link AbortCodeTable}), or
   * null for a number that belongs to the application}
   */
  public @Nullable String name() {
    return AbortNames.name(value);
  }

  /**
   * Whether it says that a key, a ticket, a level or a seal was refused: RXKAD..., RXGK....
   *
   * @return whether it does
   */
  public boolean isSecurity() {
    return AbortCodes.isSecurity(value);
  }

  /** For example {@code RXGEN_OPCODE (-455)}, or {@code 4711} for one without a name. */
  @Override
  public String toString() {
    String name = name();
    return name == null ? Integer.toString(value) : name + " (" + value + ")";
  }
}
