// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads a dump once, takes its directories together into a tree, and shows all to a visitor. */
final class TreePass {
  /** The type of a directory. */
  private static final int DIRECTORY = 2;

  private final DumpReader in;
  private final Tree tree;
  private final TreeVisitor visitor;
  private boolean directoriesShown;

  /** What is known of the vnode that is being read. */
  private @Nullable VnodeHeader head;

  private long begin;
  private long length;
  private @Nullable DumpDirectory directory;
  private @Nullable String target;

  TreePass(DumpReader in, Tree tree, TreeVisitor visitor) {
    this.in = in;
    this.tree = tree;
    this.visitor = visitor;
  }

  /** Reads up to the dump's end, or until the visitor is done. */
  void run() throws IOException {
    DumpHeader header = null;
    while (!visitor.done()) {
      DumpEvent event = in.next();
      switch (event) {
        case DumpHeader first -> {
          critical(Section.HEADER, first.fields());
          header = first;
        }
        case VolumeHeader volume -> {
          critical(Section.VOLUME, volume.fields());
          visitor.volume(java.util.Objects.requireNonNull(header), volume);
        }
        case VnodeHeader vnode -> {
          finish();
          begin(vnode);
        }
        case VnodeData data -> data(data);
        case VnodeTail tail -> {
          critical(Section.VNODE, tail.fields());
          head = java.util.Objects.requireNonNull(head).and(tail);
        }
        case DumpEnd end -> {
          finish();
          showDirectories();
          return;
        }
      }
    }
  }

  private void critical(Section section, DumpFields fields) throws DumpException {
    boolean critical = false;
    for (DumpField field : fields.all()) {
      if (critical && section.known(field.tag()) == null) {
        visitor.critical(field.tag(), section.what(), in.offset());
      }
      critical = field.tag() == FieldLayout.CRITICAL;
    }
  }

  private void begin(VnodeHeader vnode) throws IOException {
    critical(Section.VNODE, vnode.fields());
    head = vnode;
    begin = in.offset();
    length = -1;
    directory = null;
    target = null;
    if (vnode.type() != DIRECTORY && (vnode.vnode() & 1) == 0) {
      showDirectories();
    }
  }

  private void showDirectories() throws IOException {
    if (!directoriesShown) {
      directoriesShown = true;
      visitor.directories(tree);
    }
  }

  private void data(VnodeData data) throws IOException {
    VnodeHeader vnode = java.util.Objects.requireNonNull(head);
    length = data.length();
    switch (vnode.kind()) {
      case DIRECTORY -> directory = DumpDirectory.parse(first(DumpLimits.DIRECTORY));
      case SYMLINK, MOUNT_POINT -> target = io.rxrpc.xdr.XdrText.decode(first(DumpLimits.TARGET));
      case FILE, UNCHANGED, UNKNOWN -> visitor.data(vnode, begin, in.data(), tree);
    }
  }

  private byte[] first(int most) throws IOException {
    return in.data().readNBytes(most);
  }

  private void finish() throws IOException {
    if (head == null) {
      return;
    }
    DumpVnode vnode = new DumpVnode(head, length, begin, directory, target);
    head = null;
    if (vnode.directory() != null) {
      tree.add(vnode.head(), vnode.directory(), begin);
    }
    visitor.vnode(vnode, tree);
  }
}
