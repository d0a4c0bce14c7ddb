// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

/** How the value behind a tag lies in the stream. Numbers are big-endian and unsigned. */
public enum FieldLayout {
  /** One octet. */
  U8,
  /** Two octets. */
  U16,
  /** Four octets. */
  U32,
  /** Octets up to and with a NUL. */
  TEXT,
  /** A 16-bit count, and so many 32-bit words. */
  WORDS,
  /** The 192 octets of an access list. */
  ACL,
  /** A 32-bit length, and so many octets of a vnode's data. */
  DATA,
  /** The high and the low half of a 64-bit length, and so many octets of a vnode's data. */
  LONG_DATA,
  /**
   * A length octet below 128, or 128 + n and n octets of a length, and so many octets: unknown tags
   * 0x15 to 0x60.
   */
  COUNTED,
  /** Nothing: unknown tags 0x7b to 0x7f. */
  EMPTY;

  /** A tag up to this begins a section. */
  static final int LAST_SECTION = 0x14;

  /** Before a tag that must be understood. */
  static final int CRITICAL = 0x7e;

  private static final int LAST_COUNTED = 0x60;
  private static final int LAST_NUMBER = 0x7a;
  private static final int LAST_TAG = 0x7f;

  /** Whether a field may have the tag. */
  static boolean isField(int tag) {
    return tag > LAST_SECTION && tag <= LAST_TAG;
  }

  /** What a tag without a meaning of its own has behind it, so that it can be kept. */
  static FieldLayout ofUnknown(int tag) {
    if (!isField(tag)) {
      throw new IllegalArgumentException("no field has the tag " + tag);
    }
    return tag <= LAST_COUNTED ? COUNTED : tag <= LAST_NUMBER ? U32 : EMPTY;
  }

  /** Of a value with a fixed number of octets that number, else -1. */
  int octets() {
    return switch (this) {
      case U8 -> 1;
      case U16 -> 2;
      case U32 -> 4;
      case ACL -> DumpAcl.OCTETS;
      case EMPTY -> 0;
      case TEXT, WORDS, DATA, LONG_DATA, COUNTED -> -1;
    };
  }
}
