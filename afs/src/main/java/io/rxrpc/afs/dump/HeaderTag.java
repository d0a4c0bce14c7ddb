// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The fields of the dump's own header, the first section. */
public enum HeaderTag implements DumpTag {
  /** The volume's id. */
  VOLUME('v', FieldLayout.U32),
  /** The volume's name. */
  NAME('n', FieldLayout.TEXT),
  /** What the dump spans: from and to, in seconds since 1970; from 0 is a full dump. */
  DATES('t', FieldLayout.WORDS);

  private static final @Nullable HeaderTag[] BY_TAG = new HeaderTag[128];

  static {
    Arrays.stream(values()).forEach(known -> BY_TAG[known.tag] = known);
  }

  private final int tag;
  private final FieldLayout layout;

  HeaderTag(char tag, FieldLayout layout) {
    this.tag = tag;
    this.layout = layout;
  }

  static @Nullable HeaderTag byTag(int tag) {
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
