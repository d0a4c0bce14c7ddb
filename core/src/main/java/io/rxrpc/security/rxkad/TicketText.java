// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxkad;

import io.rxrpc.security.SecurityFailure;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Names inside tickets. Two different byte strings never become the same name. */
final class TicketText {
  /** Bytes of a name at most. */
  static final int MAX = 63;

  private TicketText() {}

  /** A name of 1 or 0 to 63 bytes without control characters. */
  static String name(byte[] bytes, int from, int to, boolean mayBeEmpty, String what)
      throws SecurityFailure {
    int length = to - from;
    if (length > MAX || (length == 0 && !mayBeEmpty)) {
      throw RxkadFailures.badTicket(what + " of " + length + " bytes");
    }
    for (int i = from; i < to; i++) {
      int b = bytes[i] & 0xff;
      if (b < 0x20 || b == 0x7f) {
        throw RxkadFailures.badTicket("a control character in its " + what);
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, from, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw RxkadFailures.badTicket("its " + what + " is not UTF-8");
    }
  }
}
