// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.vol;

import io.rxrpc.afs.form.Times;
import io.rxrpc.xdr.XdrText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A volume at a server. Ids have 32 bits without a sign; 0 is none.
 *
 * @param id its id
 * @param name its name
 * @param type VOLUME_ of {@link VolConstants}
 * @param readWriteId id of the read-write volume that it is, or comes from
 * @param cloneId id of its newest clone
 * @param backupId id of its backup volume
 * @param status VOK of {@link VolConstants} if it is well; 110 while it is in a transaction, 0 if
 *     it cannot be brought up, and then little else is known
 * @param isOnline whether file servers serve it
 * @param needsSalvage whether it is damaged
 * @param created when it was created
 * @param accessed when it was last read; null if never
 * @param updated when it was last changed; null if never
 * @param backedUp when its backup volume was made; null if never
 * @param copied when this copy of it was made; null if unknown
 * @param accessesToday how often it was accessed today
 * @param files how many files it has
 * @param quota in blocks of 1024 octets; 0 for none
 * @param size in blocks of 1024 octets
 */
public record VolumeState(
    int id,
    String name,
    int type,
    int readWriteId,
    int cloneId,
    int backupId,
    int status,
    boolean isOnline,
    boolean needsSalvage,
    Instant created,
    @Nullable Instant accessed,
    @Nullable Instant updated,
    @Nullable Instant backedUp,
    @Nullable Instant copied,
    int accessesToday,
    int files,
    int quota,
    int size) {
  static VolumeState of(VolintInfo info) {
    return new VolumeState(
        info.volid(),
        XdrText.untilNul(info.name()),
        info.type(),
        info.parentID(),
        info.cloneID(),
        info.backupID(),
        info.status(),
        info.inUse() != 0,
        info.needsSalvaged() != 0,
        Times.of(info.creationDate()),
        Times.orNull(info.accessDate()),
        Times.orNull(info.updateDate()),
        Times.orNull(info.backupDate()),
        Times.orNull(info.copyDate()),
        info.dayUse(),
        info.filecount(),
        info.maxquota(),
        info.size());
  }

  /** {@return whether it is well and not in a transaction: all of its fields are known} */
  public boolean isKnown() {
    return status == VolConstants.VOK;
  }
}
