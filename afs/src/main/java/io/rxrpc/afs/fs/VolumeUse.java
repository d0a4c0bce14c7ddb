// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.fs;

/**
 * A volume, as its file server sees it; sizes in blocks of 1024 octets.
 *
 * @param id its id
 * @param name its name
 * @param isReadWrite whether it is read-write
 * @param isOnline whether it is served
 * @param quota what it may use; 0 for all
 * @param used what it uses
 * @param partitionFree what is left on its partition
 * @param partitionSize the partition's size
 * @param offlineMessage why it is off-line; empty if nothing was said
 */
public record VolumeUse(
    int id,
    String name,
    boolean isReadWrite,
    boolean isOnline,
    int quota,
    int used,
    int partitionFree,
    int partitionSize,
    String offlineMessage) {
  static VolumeUse of(Rxafs.GetVolumeStatusResult result) {
    AFSFetchVolumeStatus status = result.volumestatus();
    return new VolumeUse(
        status.vid(),
        result.name(),
        status.type() != 0,
        status.online() != 0,
        status.maxQuota(),
        status.blocksInUse(),
        status.partBlocksAvail(),
        status.partMaxBlocks(),
        result.offlineMsg());
  }
}
