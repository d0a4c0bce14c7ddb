// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import io.rxrpc.afs.dump.DumpException.Reason;
import io.rxrpc.xdr.XdrText;
import java.util.ArrayList;
import java.util.List;

/** All names of a volume's directories but "." and "..", in few octets each. */
final class VolumeNames {
  /** Five columns, the heads of the index and the length of the name. */
  private static final int OCTETS_EACH = 32;

  private static final int CHUNK = 1 << 16;

  private final long limit;
  private long spent;
  private final IntColumn directory = new IntColumn();
  private final IntColumn child = new IntColumn();
  private final IntColumn unique = new IntColumn();
  private final IntColumn nameAt = new IntColumn();
  private final RowIndex byChild = new RowIndex(child);

  /** The names, each behind an octet with its length; none crosses a chunk. */
  private final List<byte[]> names = new ArrayList<>();

  private int free;

  VolumeNames(long limit) {
    this.limit = limit;
  }

  /** Counts memory that somebody needs for a name or a vnode, before it is used. */
  void spend(long octets, long offset) throws DumpException {
    spent += octets;
    if (spent > limit) {
      throw new DumpException(
          Reason.LIMIT,
          offset,
          "the volume's names and vnodes need more than the limit of " + limit + " octets");
    }
  }

  void add(int in, DirectoryEntry entry, long offset) throws DumpException {
    byte[] name = XdrText.encode(entry.name());
    int length = Math.min(name.length, 255); // a longer one is a fault of its directory
    spend(OCTETS_EACH + length, offset);
    if (names.isEmpty() || free + 1 + length > CHUNK) {
      if (names.size() == Integer.MAX_VALUE / CHUNK) {
        throw new DumpException(Reason.LIMIT, offset, "more names than can be kept");
      }
      names.add(new byte[CHUNK]);
      free = 0;
    }
    byte[] chunk = names.getLast();
    chunk[free] = (byte) length;
    System.arraycopy(name, 0, chunk, free + 1, length);
    nameAt.add((names.size() - 1) * CHUNK + free);
    free += 1 + length;
    directory.add(in);
    child.add(entry.vnode());
    unique.add(entry.unique());
    byChild.added();
  }

  int size() {
    return child.size();
  }

  int directory(int row) {
    return directory.get(row);
  }

  int child(int row) {
    return child.get(row);
  }

  int unique(int row) {
    return unique.get(row);
  }

  String name(int row) {
    int at = nameAt.get(row);
    byte[] chunk = names.get(at / CHUNK);
    return XdrText.decode(chunk, at % CHUNK + 1, chunk[at % CHUNK] & 0xff);
  }

  /** A row that names a vnode, whatever its unique; -1 if there is none. */
  int first(int vnode) {
    return byChild.first(vnode);
  }

  /** Another row that names the same. */
  int next(int row) {
    return byChild.next(row);
  }

  /**
   * The row that a name in a directory has, -1 if there is none. For few look-ups: it looks at all.
   */
  int find(int in, String name) {
    for (int row = 0; row < size(); row++) {
      if (directory.get(row) == in && name(row).equals(name)) {
        return row;
      }
    }
    return -1;
  }
}
