// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.wire;

import java.lang.foreign.MemorySegment;

/**
 * Whether octets are a packet, from its own content alone. After {@link Malformed#NONE} every
 * reader of this package stays inside the packet. What depends on state (windows, roles known,
 * security) or is survived on purpose (serviceId 0 in an ABORT, R-47; unknown flags, R-11; seq in
 * other types than DATA) is not refused here.
 */
public final class PacketCheck {
  private PacketCheck() {}

  /**
   * Checks the packet in {@code p} at [at, at + length), which must lie inside the segment. Never
   * throws for any content.
   *
   * @return {@link Malformed#NONE} or the first reason found
   */
  public static Malformed check(MemorySegment p, long at, int length) {
    if (length < Header.LENGTH) {
      return Malformed.SHORT_HEADER;
    }
    return switch (Header.type(p, at)) {
      case PacketType.DATA -> data(p, at, length);
      case PacketType.ACK -> ack(p, at, length);
      case PacketType.ACKALL -> callNumber(p, at);
      case PacketType.BUSY ->
          Header.isClientInitiated(p, at) ? Malformed.WRONG_DIRECTION : callNumber(p, at);
      // its call number is not looked at: no reason found here may lead to an ABORT
      case PacketType.ABORT -> length < Abort.LENGTH ? Malformed.ABORT_TOO_SHORT : Malformed.NONE;
      case PacketType.CHALLENGE ->
          Header.isClientInitiated(p, at) ? Malformed.WRONG_DIRECTION : connectionLevel(p, at);
      case PacketType.RESPONSE ->
          Header.isClientInitiated(p, at) ? connectionLevel(p, at) : Malformed.WRONG_DIRECTION;
      case PacketType.VERSION ->
          Header.isClientInitiated(p, at) && length < Version.REQUEST_LENGTH
              ? Malformed.VERSION_TOO_SHORT
              : Malformed.NONE;
      case PacketType.DEBUG ->
          length < DebugRequest.LENGTH ? Malformed.DEBUG_TOO_SHORT : Malformed.NONE;
      case PacketType.PARAMS, PacketType.RESERVED_10, PacketType.RESERVED_11 ->
          Malformed.RESERVED_TYPE;
      default -> Malformed.UNKNOWN_TYPE;
    };
  }

  private static Malformed callNumber(MemorySegment p, long at) {
    int callNumber = Header.callNumber(p, at);
    if (callNumber == 0) {
      return Malformed.CALL_NUMBER_ZERO;
    }
    return callNumber < 0 ? Malformed.CALL_NUMBER_TOO_LARGE : Malformed.NONE;
  }

  private static Malformed data(MemorySegment p, long at, int length) {
    Malformed call = callNumber(p, at);
    if (call != Malformed.NONE) {
      return call;
    }
    if (Header.seq(p, at) == 0) {
      return Malformed.SEQ_ZERO;
    }
    return Jumbo.check(p, at, length);
  }

  private static Malformed ack(MemorySegment p, long at, int length) {
    if (length < Ack.MIN_LENGTH) {
      return Malformed.ACK_TOO_SHORT; // R-2; before the call number: it is silent
    }
    Malformed call = callNumber(p, at);
    if (call != Malformed.NONE) {
      return call;
    }
    return length < Ack.MIN_LENGTH + Ack.count(p, at) ? Malformed.ACK_TRUNCATED : Malformed.NONE;
  }

  private static Malformed connectionLevel(MemorySegment p, long at) {
    return Header.callNumber(p, at) == 0 ? Malformed.NONE : Malformed.CALL_NUMBER_NOT_ZERO;
  }
}
