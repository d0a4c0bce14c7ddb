// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.wire;

import java.lang.foreign.MemorySegment;

/**
 * The DEBUG request (wire.md 8), and what all its replies have in common. The payload is two words,
 * not XDR; {@code at} is the start of the packet. Only OpenAFS answers.
 */
public final class DebugRequest {
  /** int32, from the start of the payload: one of the types below. */
  public static final int DEBUG_TYPE = 0;

  /** int32, from the start of the payload: index of a connection or peer, from 0. */
  public static final int INDEX = 4;

  /** Length of the whole packet. */
  public static final int LENGTH = Header.LENGTH + 8;

  /** Asks for {@link DebugStats}. */
  public static final int GETSTATS = 1;

  /** Asks for a {@link DebugConnection} that something is going on with. */
  public static final int GETCONN = 2;

  /** Asks for a {@link DebugConnection}. */
  public static final int GETALLCONN = 3;

  /** Asks for {@link RxStatistics}. */
  public static final int RXSTATS = 4;

  /** Asks for a {@link DebugPeer}. */
  public static final int GETPEER = 5;

  /** Both words of the reply to any other type. */
  public static final int BAD_TYPE = -8;

  private DebugRequest() {}

  public static int debugType(MemorySegment p, long at) {
    return Layouts.int32(p, at + Header.LENGTH + DEBUG_TYPE);
  }

  public static int index(MemorySegment p, long at) {
    return Layouts.int32(p, at + Header.LENGTH + INDEX);
  }

  /** Whether this DEBUG packet asks, CLIENT_INITIATED, and is whole. */
  public static boolean isRequest(MemorySegment p, long at, int length) {
    return length >= LENGTH && Header.isClientInitiated(p, at);
  }

  /**
   * Writes a request as OpenAFS's tools do; {@code id} comes back as the callNumber. Returns the
   * whole length.
   */
  public static int write(MemorySegment p, long at, int id, int debugType, int index) {
    int flags = Flags.CLIENT_INITIATED | Flags.LAST_PACKET;
    Header.write(p, at, Version.TOOL_EPOCH, 0, id, 0, 0, PacketType.DEBUG, flags, 0, 0, 0, 0);
    Layouts.setInt32(p, at + Header.LENGTH + DEBUG_TYPE, debugType);
    Layouts.setInt32(p, at + Header.LENGTH + INDEX, index);
    return LENGTH;
  }

  /**
   * Writes the header of a reply: the request's, CLIENT_INITIATED cleared and no unknown
   * flag echoed.
   */
  public static void writeReplyHeader(
      MemorySegment p, long at, MemorySegment request, long requestAt) {
    MemorySegment.copy(request, requestAt, p, at, Header.LENGTH);
    Header.setFlags(p, at, Header.flags(request, requestAt) & ~Flags.CLIENT_INITIATED);
  }

  /** Writes the payload of the reply to an unknown type; returns the whole length. */
  public static int writeBadType(MemorySegment p, long at) {
    Layouts.setInt32(p, at + Header.LENGTH + DEBUG_TYPE, BAD_TYPE);
    Layouts.setInt32(p, at + Header.LENGTH + INDEX, BAD_TYPE);
    return LENGTH;
  }

  /** Whether a reply of this length says that the type is unknown. */
  public static boolean isBadType(MemorySegment p, long at, int length) {
    return length == LENGTH && debugType(p, at) == BAD_TYPE && index(p, at) == BAD_TYPE;
  }
}
