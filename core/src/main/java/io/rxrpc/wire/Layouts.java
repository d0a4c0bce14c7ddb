// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.wire;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** The one place that says how a field is read: big-endian, at any alignment. */
final class Layouts {
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private Layouts() {}

  static int int32(MemorySegment p, long offset) {
    return p.get(INT, offset);
  }

  static void setInt32(MemorySegment p, long offset, int value) {
    p.set(INT, offset, value);
  }

  static long int64(MemorySegment p, long offset) {
    return p.get(LONG, offset);
  }

  static void setInt64(MemorySegment p, long offset, long value) {
    p.set(LONG, offset, value);
  }

  /** An unsigned 16-bit field, 0..65535. */
  static int uint16(MemorySegment p, long offset) {
    return Short.toUnsignedInt(p.get(SHORT, offset));
  }

  static void setUint16(MemorySegment p, long offset, int value) {
    p.set(SHORT, offset, (short) value);
  }

  /** An unsigned 8-bit field, 0..255. */
  static int uint8(MemorySegment p, long offset) {
    return Byte.toUnsignedInt(p.get(ValueLayout.JAVA_BYTE, offset));
  }

  static void setUint8(MemorySegment p, long offset, int value) {
    p.set(ValueLayout.JAVA_BYTE, offset, (byte) value);
  }

  /** Zeroes octets [from, to) without making a slice. */
  static void zero(MemorySegment p, long from, long to) {
    for (long i = from; i < to; i++) {
      p.set(ValueLayout.JAVA_BYTE, i, (byte) 0);
    }
  }
}
