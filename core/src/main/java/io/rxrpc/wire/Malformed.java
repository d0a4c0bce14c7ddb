// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.wire;

/**
 * Why a packet is malformed. What {@link #deservesAbort} says is what Linux does about it (wire.md
 * 9).
 */
public enum Malformed {
  /** It is not. */
  NONE(false),

  /** Less than the 28 octets of a header. */
  SHORT_HEADER(false),

  /** DATA, ACK, ACKALL or BUSY for no call. */
  CALL_NUMBER_ZERO(true),

  /** A call number above {@link Sequence#MAX_CALL_NUMBER}. */
  CALL_NUMBER_TOO_LARGE(true),

  /** CHALLENGE or RESPONSE with a call number: both are for the connection. */
  CALL_NUMBER_NOT_ZERO(false),

  /** DATA with seq 0. */
  SEQ_ZERO(true),

  /** A jumbo whose subpackets run over the end of the sequence space. */
  SEQ_OVERFLOW(true),

  /** JUMBO, but less than 1412 + 4 octets behind it. */
  JUMBO_TRUNCATED(true),

  /** JUMBO and LAST in one header or subheader. */
  JUMBO_LAST(true),

  /** ACK with less than 18 octets behind the header. */
  ACK_TOO_SHORT(false),

  /** ACK that ends inside acks[]. */
  ACK_TRUNCATED(true),

  /** ABORT without its 4 octets. */
  ABORT_TOO_SHORT(false),

  /** BUSY or CHALLENGE from a client, RESPONSE from a server. */
  WRONG_DIRECTION(false),

  /** VERSION request without its one octet. */
  VERSION_TOO_SHORT(false),

  /** DEBUG request or reply with less than 8 octets behind the header. */
  DEBUG_TOO_SHORT(false),

  /** PARAMS and types 10 and 11: to be ignored. */
  RESERVED_TYPE(false),

  /** Types 0, 12 and 14 to 255. No reply is the safe choice where no connection is known. */
  UNKNOWN_TYPE(true);

  private final boolean deservesAbort;

  Malformed(boolean deservesAbort) {
    this.deservesAbort = deservesAbort;
  }

  /**
   * True when Linux answers with {@link AbortCodes#RX_PROTOCOL_ERROR}; false when the packet is
   * silently dropped.
   */
  public boolean deservesAbort() {
    return deservesAbort;
  }
}
