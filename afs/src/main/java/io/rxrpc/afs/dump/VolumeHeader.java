// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import java.time.Instant;

/**
 * The second section: the volume's header. What has no accessor is found by its {@link VolumeTag}.
 *
 * @param fields its fields; the accessors give 0 or nothing for those that are not there
 */
public record VolumeHeader(DumpFields fields) implements DumpEvent {
  static final int SECTION = 2;

  /** {@return the volume's id, unsigned} */
  public int id() {
    return (int) fields.numberOrZero(VolumeTag.ID);
  }

  /** {@return the volume's name} */
  public String name() {
    return fields.text(VolumeTag.NAME);
  }

  /** {@return 0 read-write, 1 read-only, 2 backup} */
  public int type() {
    return (int) fields.numberOrZero(VolumeTag.TYPE);
  }

  /** {@return the id of the read-write volume, unsigned} */
  public int parent() {
    return (int) fields.numberOrZero(VolumeTag.PARENT);
  }

  /** {@return how many vnodes it says it has} */
  public long fileCount() {
    return fields.numberOrZero(VolumeTag.FILE_COUNT);
  }

  /** {@return how many blocks of 1024 octets it says they take} */
  public long diskUsed() {
    return fields.numberOrZero(VolumeTag.DISK_USED);
  }

  /** {@return the most blocks of 1024 octets, 0 is no bound} */
  public long maxQuota() {
    return fields.numberOrZero(VolumeTag.MAX_QUOTA);
  }

  /** {@return when this copy was made} */
  public Instant created() {
    return date(VolumeTag.CREATED);
  }

  /** {@return when it was last changed} */
  public Instant updated() {
    return date(VolumeTag.UPDATED);
  }

  private Instant date(VolumeTag tag) {
    return Instant.ofEpochSecond(fields.numberOrZero(tag));
  }
}
