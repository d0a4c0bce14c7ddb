// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import io.rxrpc.xdr.Octets;
import java.nio.ByteBuffer;

/**
 * The length in front of the data of unknown tags: an octet, or the count of its octets and they.
 */
final class Counted {
  /** From here on the first octet says how many octets of the length follow. */
  static final int LONG_FORM = 0x80;

  /** More octets of a length than these would be no length. */
  static final int MOST_OCTETS = 8;

  private Counted() {}

  /** Data with its length in front, in as few octets as can be. */
  static Octets of(Octets data) {
    int size = data.size();
    ByteBuffer all = ByteBuffer.allocate(1 + 4 + size);
    if (size < LONG_FORM) {
      all.put((byte) size);
    } else {
      int octets = (Integer.SIZE - Integer.numberOfLeadingZeros(size) + 7) / 8;
      all.put((byte) (LONG_FORM + octets));
      for (int i = octets - 1; i >= 0; i--) {
        all.put((byte) (size >>> (8 * i)));
      }
    }
    all.put(data.asBuffer());
    return Octets.of(all.array(), 0, all.position());
  }

  /** How many octets the length takes; 0 when it is none. */
  static int prefix(Octets value) {
    if (value.size() == 0) {
      return 0;
    }
    int first = value.get(0) & 0xff;
    int octets = first < LONG_FORM ? 1 : 1 + first - LONG_FORM;
    return (octets == 1 && first >= LONG_FORM) || octets > 1 + MOST_OCTETS || octets > value.size()
        ? 0
        : octets;
  }

  /** The length that a value begins with; negative when it is none. */
  static long length(Octets value) {
    int prefix = prefix(value);
    if (prefix == 0) {
      return -1;
    }
    long length = prefix == 1 ? value.get(0) : 0;
    for (int i = 1; i < prefix; i++) {
      length = length << 8 | (value.get(i) & 0xff);
    }
    return length;
  }
}
