// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The fields of a vnode. Dates are seconds since 1970. */
public enum VnodeTag implements DumpTag {
  /** 1 file, 2 directory, 3 symlink or mount point. */
  TYPE('t', FieldLayout.U8),
  /** How many names it has; of a directory also those within it and its children. */
  LINKS('l', FieldLayout.U16),
  /** How often its data was changed. */
  DATA_VERSION('v', FieldLayout.U32),
  /** When it was changed, as its clients say. */
  MODIFIED('m', FieldLayout.U32),
  /** Who wrote last. */
  AUTHOR('a', FieldLayout.U32),
  /** Whose it is. */
  OWNER('o', FieldLayout.U32),
  /** Its Unix group. */
  GROUP('g', FieldLayout.U32),
  /** Its Unix mode bits. */
  MODE('b', FieldLayout.U16),
  /** The vnode of its directory; of a volume's root 0. */
  PARENT('p', FieldLayout.U32),
  /** When it was changed, as the server saw it. */
  SERVER_MODIFIED('s', FieldLayout.U32),
  /** A directory's access list. */
  ACL('A', FieldLayout.ACL),
  /** Its data, with a length of 32 bits. */
  DATA('f', FieldLayout.DATA),
  /** Its data, with a length of 64 bits. */
  LONG_DATA('h', FieldLayout.LONG_DATA);

  private static final @Nullable VnodeTag[] BY_TAG = new VnodeTag[128];

  static {
    Arrays.stream(values()).forEach(known -> BY_TAG[known.tag] = known);
  }

  private final int tag;
  private final FieldLayout layout;

  VnodeTag(char tag, FieldLayout layout) {
    this.tag = tag;
    this.layout = layout;
  }

  static @Nullable VnodeTag byTag(int tag) {
    return tag < BY_TAG.length ? BY_TAG[tag] : null;
  }

  @Override
  public int tag() {
    return tag;
  }

  @Override
  public FieldLayout layout() {
    return layout;
  }
}
