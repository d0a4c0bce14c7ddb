// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

/** What a check has to know of every vnode when all were read, in few octets each. */
final class VnodeTable {
  /** Eight columns and the index. */
  static final int OCTETS_EACH = 48;

  private final IntColumn vnode = new IntColumn();
  private final IntColumn unique = new IntColumn();
  private final IntColumn kind = new IntColumn();
  private final IntColumn links = new IntColumn();
  private final IntColumn parent = new IntColumn();
  private final IntColumn dotDot = new IntColumn();
  private final IntColumn offsetHigh = new IntColumn();
  private final IntColumn offsetLow = new IntColumn();
  private final RowIndex byVnode = new RowIndex(vnode);

  /**
   * Adds one.
   *
   * @param upward where ".." of a directory leads, else 0
   */
  void add(DumpVnode added, int upward) {
    VnodeHeader head = added.head();
    vnode.add(head.vnode());
    unique.add(head.unique());
    kind.add(head.kind().ordinal());
    links.add(head.links());
    parent.add(head.parent());
    dotDot.add(upward);
    offsetHigh.add((int) (added.offset() >>> 32));
    offsetLow.add((int) added.offset());
    byVnode.added();
  }

  int size() {
    return vnode.size();
  }

  /** The row of a vnode, -1 if there is none. */
  int find(int number) {
    return byVnode.first(number);
  }

  int vnode(int row) {
    return vnode.get(row);
  }

  int unique(int row) {
    return unique.get(row);
  }

  VnodeKind kind(int row) {
    return VnodeKind.values()[kind.get(row)];
  }

  int links(int row) {
    return links.get(row);
  }

  int parent(int row) {
    return parent.get(row);
  }

  int dotDot(int row) {
    return dotDot.get(row);
  }

  long offset(int row) {
    return (long) offsetHigh.get(row) << 32 | Integer.toUnsignedLong(offsetLow.get(row));
  }

  String subject(int row) {
    return "vnode " + Integer.toUnsignedString(vnode(row));
  }
}
