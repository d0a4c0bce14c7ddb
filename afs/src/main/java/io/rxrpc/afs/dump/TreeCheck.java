// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

/** Checks what can be known when all vnodes were read: who names whom. */
final class TreeCheck {
  private final Tree tree;
  private final VolumeNames names;
  private final VnodeTable vnodes;
  private final Findings findings;
  private final boolean incremental;

  /** How many names lead to each vnode, and how many directories each has in it. */
  private final int[] named;

  private final int[] subdirectories;

  TreeCheck(Tree tree, VnodeTable vnodes, Findings findings, boolean incremental) {
    this.tree = tree;
    this.vnodes = vnodes;
    this.findings = findings;
    this.incremental = incremental;
    names = tree.names();
    named = new int[vnodes.size()];
    subdirectories = new int[vnodes.size()];
  }

  void run() {
    if (vnodes.find(Tree.ROOT) < 0 && !incremental) {
      findings.error(0, "volume", "has no root: vnode 1 is missing");
    }
    for (int row = 0; row < names.size(); row++) {
      name(row);
    }
    byte[] reach = new byte[vnodes.size()];
    for (int row = 0; row < vnodes.size(); row++) {
      vnode(row);
      if (vnodes.kind(row) == VnodeKind.DIRECTORY && named[row] > 0 && !reachable(row, reach)) {
        findings.error(vnodes.offset(row), vnodes.subject(row), "no way leads from the root to it");
      }
    }
  }

  private void name(int row) {
    int holder = vnodes.find(names.directory(row));
    int child = vnodes.find(names.child(row));
    if ((names.child(row) & 1) != 0) {
      subdirectories[holder]++; // an unchanged one may not be in the dump
    }
    if (child < 0) {
      if (!incremental) {
        findings.error(vnodes.offset(holder), vnodes.subject(holder), dangling(row));
      }
      return;
    }
    if (vnodes.unique(child) != names.unique(row)) {
      findings.error(vnodes.offset(holder), vnodes.subject(holder), dangling(row));
      return;
    }
    named[child]++;
    if (vnodes.kind(child) != VnodeKind.UNCHANGED && vnodes.parent(child) != names.directory(row)) {
      findings.warning(
          vnodes.offset(child),
          vnodes.subject(child),
          "says it is in vnode %s, but '%s' is in vnode %s"
              .formatted(
                  Integer.toUnsignedString(vnodes.parent(child)),
                  DumpEntry.printable(names.name(row)),
                  Integer.toUnsignedString(names.directory(row))));
    }
  }

  private String dangling(int row) {
    return "'%s' leads to vnode %s with uniquifier %s, which the dump does not have"
        .formatted(
            DumpEntry.printable(names.name(row)),
            Integer.toUnsignedString(names.child(row)),
            Integer.toUnsignedString(names.unique(row)));
  }

  private void vnode(int row) {
    VnodeKind kind = vnodes.kind(row);
    int vnode = vnodes.vnode(row);
    if (kind == VnodeKind.DIRECTORY) {
      int upward = vnode == Tree.ROOT ? Tree.ROOT : vnodes.parent(row);
      if (vnodes.dotDot(row) != 0 && vnodes.dotDot(row) != upward) {
        error(row, "its '..' leads to vnode " + Integer.toUnsignedString(vnodes.dotDot(row)));
      }
      if (named[row] > 1) {
        error(row, "is a directory with " + named[row] + " names");
      }
      // its own name and ".", and ".." of those within
      links(row, 2 + subdirectories[row]);
    } else if (kind != VnodeKind.UNCHANGED && (!incremental || tree.has(vnodes.parent(row)))) {
      links(row, named[row]);
    }
    if (named[row] == 0 && vnode != Tree.ROOT && !incremental) {
      error(row, "no name leads to it");
    }
  }

  private void links(int row, int expected) {
    boolean hasName = named[row] > 0 || vnodes.vnode(row) == Tree.ROOT;
    if (hasName && vnodes.links(row) != expected) {
      findings.warning(
          vnodes.offset(row),
          vnodes.subject(row),
          "has a link count of %d, not %d".formatted(vnodes.links(row), expected));
    }
  }

  private static final byte UNDER_WAY = 1;
  private static final byte REACHED = 2;
  private static final byte LOST = 3;

  /** Climbs until something known, then marks the whole way. */
  private boolean reachable(int from, byte[] reach) {
    byte end = 0;
    int at = from;
    while (end == 0) {
      if (vnodes.vnode(at) == Tree.ROOT) {
        end = REACHED;
      } else if (reach[at] != 0) {
        end = reach[at] == UNDER_WAY ? LOST : reach[at];
      } else {
        reach[at] = UNDER_WAY;
        int up = above(at);
        if (up < 0) {
          end = incremental ? REACHED : LOST;
        } else {
          at = up;
        }
      }
    }
    for (int on = from; on >= 0 && reach[on] == UNDER_WAY; on = above(on)) {
      reach[on] = end;
    }
    return end == REACHED;
  }

  private int above(int row) {
    int name = tree.rowOf(vnodes.vnode(row));
    return name < 0 ? -1 : vnodes.find(names.directory(name));
  }

  private void error(int row, String problem) {
    findings.error(vnodes.offset(row), vnodes.subject(row), problem);
  }
}
