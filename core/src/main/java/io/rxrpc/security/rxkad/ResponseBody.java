// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxkad;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The payloads of CHALLENGE and RESPONSE, version 2 (rxkad.md 2 and 3). Offsets in bytes, fields
 * big-endian.
 */
final class ResponseBody {
  static final int VERSION_2 = 2;

  // CHALLENGE
  static final int CHALLENGE_VERSION = 0;
  static final int CHALLENGE_NONCE = 4;
  static final int CHALLENGE_LEVEL = 8;
  static final int CHALLENGE_LENGTH = 16;

  // CHALLENGE of the old version
  static final int OLD_NONCE = 0;
  static final int OLD_LEVEL = 4;
  static final int OLD_CHALLENGE_LENGTH = 8;

  // RESPONSE
  static final int VERSION = 0;
  static final int EPOCH = 8;
  static final int CID = 12;
  static final int CHECKSUM = 16;
  static final int SECURITY_INDEX = 20;
  static final int CALL_NUMBERS = 24;
  static final int NONCE = 40;
  static final int LEVEL = 44;
  static final int KVNO = 48;
  static final int TICKET_LENGTH = 52;
  static final int LENGTH = 56;

  /** What is sealed with the session key: bytes 8 to 47, exactly. */
  static final int SEALED = EPOCH;

  static final int SEALED_LENGTH = KVNO - SEALED;

  // RESPONSE of the old version
  static final int OLD_SEALED_LENGTH = 8;
  static final int OLD_KVNO = 8;
  static final int OLD_TICKET_LENGTH = 12;
  static final int OLD_LENGTH = 16;

  static final int CHANNELS = 4;

  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private ResponseBody() {}

  static int get(MemorySegment p, int offset) {
    return p.get(INT, offset);
  }

  static void set(MemorySegment p, int offset, int value) {
    p.set(INT, offset, value);
  }

  /** Over the whole fixed part, open, with 0 in the place of the checksum. */
  static int checksum(MemorySegment p) {
    int c = 1000003;
    for (int i = 0; i < LENGTH; i++) {
      boolean own = i >= CHECKSUM && i < CHECKSUM + 4;
      int b = own ? 0 : p.get(ValueLayout.JAVA_BYTE, i) & 0xff;
      c = c * 0x10204081 + b;
    }
    return c;
  }
}
