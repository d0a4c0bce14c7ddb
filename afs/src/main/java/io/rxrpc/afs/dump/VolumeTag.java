// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The fields of the volume's header, the second section. Dates are seconds since 1970. */
public enum VolumeTag implements DumpTag {
  /** The volume's id. */
  ID('i', FieldLayout.U32),
  /** The version of the header's format on the server's disk. */
  STAMP('v', FieldLayout.U32),
  /** The volume's name. */
  NAME('n', FieldLayout.TEXT),
  /** 1 when it is in service. */
  IN_SERVICE('s', FieldLayout.U8),
  /** 1 when its administrators let it go on line. */
  BLESSED('b', FieldLayout.U8),
  /** The next uniquifier that a vnode gets. */
  UNIQUIFIER('u', FieldLayout.U32),
  /** 0 read-write, 1 read-only, 2 backup. */
  TYPE('t', FieldLayout.U8),
  /** The id of the read-write volume. */
  PARENT('p', FieldLayout.U32),
  /** The id of the last clone, or 0. */
  CLONE('c', FieldLayout.U32),
  /** The most blocks of 1024 octets, 0 is no bound. */
  MAX_QUOTA('q', FieldLayout.U32),
  /** Not used. */
  MIN_QUOTA('m', FieldLayout.U32),
  /** How many blocks of 1024 octets its vnodes have. */
  DISK_USED('d', FieldLayout.U32),
  /** How many vnodes it has. */
  FILE_COUNT('f', FieldLayout.U32),
  /** Not used. */
  ACCOUNT('a', FieldLayout.U32),
  /** Not used. */
  OWNER('o', FieldLayout.U32),
  /** When this copy was made. */
  CREATED('C', FieldLayout.U32),
  /** When it was last used. */
  ACCESSED('A', FieldLayout.U32),
  /** When it was last changed. */
  UPDATED('U', FieldLayout.U32),
  /** Not used. */
  EXPIRES('E', FieldLayout.U32),
  /** When its backup volume was last made. */
  BACKED_UP('B', FieldLayout.U32),
  /** Why it is off line. */
  OFFLINE_MESSAGE('O', FieldLayout.TEXT),
  /** The message of the day. */
  MOTD('M', FieldLayout.TEXT),
  /** How often it was used on each of the seven days before. */
  WEEK_USE('W', FieldLayout.WORDS),
  /** The day that its day use is of. */
  DAY_USE_DATE('D', FieldLayout.U32),
  /** How often it was used that day. */
  DAY_USE('Z', FieldLayout.U32),
  /** How often it was changed. */
  UPDATE_COUNTER('V', FieldLayout.U32);

  private static final @Nullable VolumeTag[] BY_TAG = new VolumeTag[128];

  static {
    Arrays.stream(values()).forEach(known -> BY_TAG[known.tag] = known);
  }

  private final int tag;
  private final FieldLayout layout;

  VolumeTag(char tag, FieldLayout layout) {
    this.tag = tag;
    this.layout = layout;
  }

  static @Nullable VolumeTag byTag(int tag) {
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
