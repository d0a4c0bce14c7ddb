// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

/**
 * How a directory lies in its pages: 64 blobs of 32 octets each, offsets in octets, numbers
 * big-endian. Blob {@code 64 * page + index} has a number that other blobs know it by.
 */
final class DirectoryLayout {
  static final int PAGE = 2048;
  static final int BLOB = 32;
  static final int BLOBS = PAGE / BLOB;

  /** Of a page. */
  static final int PAGE_COUNT = 0;

  static final int TAG = 2;
  static final int FREE_COUNT = 4;
  static final int BITMAP = 5;

  /** What {@link #TAG} has. */
  static final int MAGIC = 1234;

  /** Of the first page. */
  static final int FREE_MAP = 32;

  static final int FREE_MAP_SIZE = 128;
  static final int HASH_TABLE = 160;
  static final int CHAINS = 128;

  /** In the map of free blobs: there is no such page. */
  static final int NO_PAGE = 64;

  /** The first blob for entries, of the first page and of later ones. */
  static final int FIRST_OF_ALL = 13;

  static final int FIRST = 1;

  /** Of an entry. */
  static final int FLAG = 0;

  static final int NEXT = 2;
  static final int VNODE = 4;
  static final int UNIQUE = 8;
  static final int NAME = 12;

  /** What {@link #FLAG} has. */
  static final int USED = 1;

  /** The most pages. */
  static final int MOST_PAGES = 1023;

  private DirectoryLayout() {}

  /** How many blobs an entry with a name of so many octets takes. */
  static int blobs(int nameLength) {
    return 1 + (nameLength + 16) / BLOB;
  }

  /** The first blob of a page that an entry may have. */
  static int first(int page) {
    return page == 0 ? FIRST_OF_ALL : FIRST;
  }

  /** The chain that a name belongs to. */
  static int chain(byte[] in, int offset, int length) {
    int hash = 0;
    for (int i = offset; i < offset + length; i++) {
      hash = 173 * hash + (in[i] & 0xff);
    }
    int chain = hash & CHAINS - 1;
    return chain != 0 && hash < 0 ? CHAINS - chain : chain;
  }

  static int u16(byte[] in, int offset) {
    return (in[offset] & 0xff) << 8 | (in[offset + 1] & 0xff);
  }

  static int i32(byte[] in, int offset) {
    return u16(in, offset) << 16 | u16(in, offset + 2);
  }

  static void putU16(byte[] out, int offset, int number) {
    out[offset] = (byte) (number >>> 8);
    out[offset + 1] = (byte) number;
  }

  static void putI32(byte[] out, int offset, int number) {
    putU16(out, offset, number >>> 16);
    putU16(out, offset + 2, number);
  }

  /** Whether a page's bitmap says that a blob is used. */
  static boolean used(byte[] in, int page, int blob) {
    return (in[page * PAGE + BITMAP + blob / 8] & 1 << blob % 8) != 0;
  }

  static void use(byte[] out, int page, int blob) {
    out[page * PAGE + BITMAP + blob / 8] |= (byte) (1 << blob % 8);
  }
}
