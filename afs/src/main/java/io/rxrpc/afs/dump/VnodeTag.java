package io.rxrpc.afs.dump;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The fields of a vnode. Dates are seconds since 1970. */
public enum VnodeTag implements DumpTag {
  /** 1 file, 2 directory, 3 symlink or mount point. */
  TYPE('t', Layout.U8),
  /** How many names it has; of a directory also those within it and its children. */
  LINKS('l', Layout.U16),
  /** How often its data was changed. */
  DATA_VERSION('v', Layout.U32),
  /** When it was changed, as its clients say. */
  MODIFIED('m', Layout.U32),
  /** Who wrote last. */
  AUTHOR('a', Layout.U32),
  /** Whose it is. */
  OWNER('o', Layout.U32),
  /** Its Unix group. */
  GROUP('g', Layout.U32),
  /** Its Unix mode bits. */
  MODE('b', Layout.U16),
  /** The vnode of its directory; of a volume's root 0. */
  PARENT('p', Layout.U32),
  /** When it was changed, as the server saw it. */
  SERVER_MODIFIED('s', Layout.U32),
  /** A directory's access list. */
  ACL('A', Layout.ACL),
  /** Its data, with a length of 32 bits. */
  DATA('f', Layout.DATA),
  /** Its data, with a length of 64 bits. */
  LONG_DATA('h', Layout.LONG_DATA);

  private static final @Nullable VnodeTag[] BY_TAG = new VnodeTag[128];

  static {
    Arrays.stream(values()).forEach(known -> BY_TAG[known.tag] = known);
  }

  private final int tag;
  private final Layout layout;

  VnodeTag(char tag, Layout layout) {
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
  public Layout layout() {
    return layout;
  }
}
