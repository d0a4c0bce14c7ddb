// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.wire;

import java.lang.foreign.MemorySegment;

/**
 * The ABORT packet: one int32 behind the header (wire.md 2, 10). {@code at} is the start of the
 * packet.
 */
public final class Abort {
  /** int32, from the start of the payload: see {@link AbortCodes}. */
  public static final int CODE = 0;

  /** Length of the whole packet; shorter ones are dropped, longer ones are read. */
  public static final int LENGTH = Header.LENGTH + 4;

  private Abort() {}

  /** The code as sent. The caller takes 0 for {@link AbortCodes#RX_PROTOCOL_ERROR}. */
  public static int code(MemorySegment p, long at) {
    return Layouts.int32(p, at + Header.LENGTH + CODE);
  }

  /** Writes the payload; returns the length of the whole packet. */
  public static int write(MemorySegment p, long at, int code) {
    Layouts.setInt32(p, at + Header.LENGTH + CODE, code);
    return LENGTH;
  }
}
