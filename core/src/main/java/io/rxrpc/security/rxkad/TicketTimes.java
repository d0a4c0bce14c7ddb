// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxkad;

import io.rxrpc.security.SecurityFailure;

/** When a ticket is valid (rxkad.md 4 and 8). Seconds since 1970 of wall time, unsigned 32 bits. */
final class TicketTimes {
  /** The end of a ticket that never ends. */
  static final long NEVER = 0xffffffffL;

  /** The lifetime byte of a ticket that never ends. */
  static final int NEVER_BYTE = 0xff;

  /** Seconds of a unit of the lifetime byte, up to {@link #LINEAR_MAX}. */
  static final int UNIT = 300;

  /** The last lifetime byte that Linux and OpenAFS read alike. */
  static final int LINEAR_MAX = 0x7f;

  /** Seconds by which clocks may differ. */
  static final long SKEW = 15 * 60;

  private static final long DAY = 24 * 60 * 60;

  /** Seconds that a ticket may be valid at most. */
  static final long MAX_LIFETIME = 30 * DAY;

  private static final int[] TABLE = {
    38400, 41055, 43894, 46929, 50174, 53643, 57352, 61318, 65558, 70091, 74937, 80119, 85658,
    91581, 97914, 104684, 111922, 119661, 127935, 136781, 146239, 156350, 167161, 178720, 191077,
    204289, 218415, 233517, 249664, 266926, 285383, 305116, 326213, 348769, 372885, 398668, 426234,
    455705, 487215, 520904, 556921, 595430, 636601, 680618, 727680, 777995, 831789, 889303, 950794,
    1016537, 1086825, 1161973, 1242318, 1328218, 1420057, 1518247, 1623226, 1735464, 1855462,
    1983758, 2120925, 2267576, 2424367, 2592000
  };

  private TicketTimes() {}

  /** The end that a lifetime byte gives, as OpenAFS reads it. */
  static long end(long start, int lifetime) {
    if (lifetime == NEVER_BYTE) {
      return NEVER;
    }
    if (lifetime <= LINEAR_MAX) {
      return start + (long) lifetime * UNIT;
    }
    int i = lifetime - LINEAR_MAX - 1;
    return start + (i < TABLE.length ? TABLE[i] : MAX_LIFETIME);
  }

  /** Refuses a ticket that is not valid now; R-56, with OpenAFS's codes. */
  static void check(long start, long end, long now) throws SecurityFailure {
    if (start >= end) {
      throw RxkadFailures.badTicket("it ends before it starts");
    }
    if (start > now + SKEW + MAX_LIFETIME) {
      throw RxkadFailures.badTicket("it starts in a far future");
    }
    boolean ends = end != NEVER;
    if (start != 0 && ends && end - start > MAX_LIFETIME) {
      throw RxkadFailures.badTicket("it is valid for more than 30 days");
    }
    if (ends && end + SKEW < now) {
      if (start != 0 && now - start > MAX_LIFETIME + DAY) {
        throw RxkadFailures.badTicket("it ended long ago");
      }
      throw RxkadFailures.expired("the ticket");
    }
    if (start > now + SKEW) {
      throw RxkadFailures.noAuth("the ticket is not valid yet");
    }
  }
}
