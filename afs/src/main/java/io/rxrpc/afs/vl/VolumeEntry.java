// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.vl;

import java.util.List;

/**
 * What the location database says of a volume. Ids have 32 bits without a sign ({@link
 * Integer#toUnsignedString(int)}); 0 is none.
 *
 * @param name of the read-write volume
 * @param readWriteId id of the read-write volume
 * @param readOnlyId id of the read-only volume
 * @param backupId id of the backup volume
 * @param cloneId id of the read-only volume that a release makes, while it is not finished
 * @param flags VLF_ and VLOP_ of {@link VlConstants}
 * @param sites where the volumes are, at most 13
 */
public record VolumeEntry(
    String name,
    int readWriteId,
    int readOnlyId,
    int backupId,
    int cloneId,
    int flags,
    List<VolumeSite> sites) {
  private static final int OPERATIONS =
      VlConstants.VLOP_MOVE
          | VlConstants.VLOP_RELEASE
          | VlConstants.VLOP_BACKUP
          | VlConstants.VLOP_DELETE
          | VlConstants.VLOP_DUMP;

  /** Keeps a copy, and checks that it fits into an entry. */
  public VolumeEntry {
    sites = List.copyOf(sites);
    if (sites.size() > VlConstants.VL_SERVERS) {
      throw new IllegalArgumentException(
          sites.size() + " sites, where an entry has place for " + VlConstants.VL_SERVERS);
    }
  }

  /**
   * {@return the entry of a volume that has no read-only and no backup volume yet}
   *
   * @param name the name
   * @param readWriteId the id of the read-write volume
   * @param readOnlyId the id of the read-only volume, or 0
   * @param backupId the id of the backup volume, or 0
   * @param site where it is
   */
  public static VolumeEntry ofNew(
      String name, int readWriteId, int readOnlyId, int backupId, VolumeSite site) {
    return new VolumeEntry(
        name, readWriteId, readOnlyId, backupId, 0, VlConstants.VLF_RWEXISTS, List.of(site));
  }

  /** {@return whether there is a read-write volume} */
  public boolean hasReadWrite() {
    return (flags & VlConstants.VLF_RWEXISTS) != 0;
  }

  /** {@return whether there is a read-only volume} */
  public boolean hasReadOnly() {
    return (flags & VlConstants.VLF_ROEXISTS) != 0;
  }

  /** {@return whether there is a backup volume} */
  public boolean hasBackup() {
    return (flags & VlConstants.VLF_BACKEXISTS) != 0;
  }

  /**
   * {@return the operation that it is locked for, VLOP_ of {@link VlConstants}; 0 if it is not
   * locked}
   */
  public int operation() {
    return flags & OPERATIONS;
  }

  /** {@return where clients find the read-write volume} */
  public List<VolumeSite> readWriteSites() {
    return hasReadWrite() ? sites(VlConstants.VLSF_RWVOL) : List.of();
  }

  /** {@return where clients find a read-only volume} */
  public List<VolumeSite> readOnlySites() {
    return hasReadOnly() ? sites(VlConstants.VLSF_ROVOL) : List.of();
  }

  /** {@return where clients find the backup volume: beside the read-write one} */
  public List<VolumeSite> backupSites() {
    return hasBackup() ? sites(VlConstants.VLSF_RWVOL) : List.of();
  }

  private List<VolumeSite> sites(int flag) {
    return sites.stream().filter(s -> (s.flags() & flag) != 0 && s.isUsable()).toList();
  }
}
