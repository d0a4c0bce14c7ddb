// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.vl;

import io.rxrpc.afs.Partition;
import java.net.InetAddress;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A place where a volume is: a partition of a server.
 *
 * @param address the server's address; null where the entry has its UUID instead
 * @param uuid the server's UUID; null where the entry has its address instead
 * @param generation how often the server's addresses have changed, for who keeps them; 0 with an
 *     address
 * @param partition the partition
 * @param flags VLSF_ of {@link VlConstants}
 */
public record VolumeSite(
    @Nullable InetAddress address,
    @Nullable UUID uuid,
    int generation,
    Partition partition,
    int flags) {
  /** Checks that there is a server. */
  public VolumeSite {
    if (address == null && uuid == null) {
      throw new IllegalArgumentException("a site needs the address or the UUID of its server");
    }
  }

  /**
   * {@return the site of a read-write volume, where its backup volume is, too}
   *
   * @param address the address
   * @param partition the partition
   */
  public static VolumeSite readWrite(InetAddress address, Partition partition) {
    return new VolumeSite(address, null, 0, partition, VlConstants.VLSF_RWVOL);
  }

  /**
   * {@return the site of a read-only volume}
   *
   * @param address the address
   * @param partition the partition
   */
  public static VolumeSite readOnly(InetAddress address, Partition partition) {
    return new VolumeSite(address, null, 0, partition, VlConstants.VLSF_ROVOL);
  }

  /** {@return whether the read-write volume is there, and the backup volume if there is one} */
  public boolean isReadWrite() {
    return (flags & VlConstants.VLSF_RWVOL) != 0;
  }

  /** {@return whether a read-only volume is there} */
  public boolean isReadOnly() {
    return (flags & VlConstants.VLSF_ROVOL) != 0;
  }

  /** {@return whether clients may use it: nothing was released to one that they may not} */
  public boolean isUsable() {
    return (flags & VlConstants.VLSF_DONTUSE) == 0;
  }

  /** {@return whether it has the new release already, while a release is under way} */
  public boolean isNewRelease() {
    return (flags & VlConstants.VLSF_NEWREPSITE) != 0;
  }

  /** For example {@code 127.1.0.1 /vicepa}. */
  @Override
  public String toString() {
    return (address == null ? String.valueOf(uuid) : address.getHostAddress()) + " " + partition;
  }
}
