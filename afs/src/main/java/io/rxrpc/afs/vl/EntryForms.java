// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.vl;

import static io.rxrpc.afs.vl.VlConstants.VLSF_UUID;
import static io.rxrpc.afs.vl.VlConstants.VL_SERVERS;

import io.rxrpc.afs.Partition;
import io.rxrpc.afs.form.Inet4;
import io.rxrpc.xdr.Ints;
import io.rxrpc.xdr.XdrText;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Entries in the forms that the service has for them. */
final class EntryForms {
  private static final int HIGHEST_PARTITION = 255;

  private EntryForms() {}

  static VolumeEntry of(Nvldbentry entry) {
    List<VolumeSite> sites = new ArrayList<>();
    for (int i = 0; i < count(entry.nServers()); i++) {
      sites.add(
          new VolumeSite(
              Inet4.of(entry.serverNumber().get(i)),
              null,
              0,
              partition(entry.serverPartition().get(i)),
              entry.serverFlags().get(i)));
    }
    return entry(entry.name(), entry.volumeId(), entry.cloneId(), entry.flags(), sites);
  }

  static VolumeEntry of(Uvldbentry entry) {
    List<VolumeSite> sites = new ArrayList<>();
    for (int i = 0; i < count(entry.nServers()); i++) {
      UUID uuid = entry.serverNumber().get(i);
      int flags = entry.serverFlags().get(i);
      boolean known = (flags & VLSF_UUID) != 0;
      // A server that never registered has its address in the first word.
      InetAddress address =
          known ? null : Inet4.of((int) (uuid.getMostSignificantBits() >>> Integer.SIZE));
      sites.add(
          new VolumeSite(
              address,
              known ? uuid : null,
              entry.serverUnique().get(i),
              partition(entry.serverPartition().get(i)),
              flags));
    }
    return entry(entry.name(), entry.volumeId(), entry.cloneId(), entry.flags(), sites);
  }

  private static VolumeEntry entry(
      String name, Ints ids, int cloneId, int flags, List<VolumeSite> sites) {
    return new VolumeEntry(
        XdrText.untilNul(name), ids.get(0), ids.get(1), ids.get(2), cloneId, flags, sites);
  }

  /** What is behind them may be rubbish. */
  private static int count(int nServers) {
    return Math.clamp(nServers, 0, VL_SERVERS);
  }

  private static Partition partition(int id) {
    return new Partition(Math.clamp(id, 0, HIGHEST_PARTITION));
  }

  /**
   * For a call.
   *
   * @throws IllegalArgumentException if a site has no address: entries are written with addresses
   */
  static Nvldbentry wire(VolumeEntry entry) {
    int[] servers = new int[VL_SERVERS];
    int[] partitions = new int[VL_SERVERS];
    int[] flags = new int[VL_SERVERS];
    List<VolumeSite> sites = entry.sites();
    for (int i = 0; i < sites.size(); i++) {
      VolumeSite site = sites.get(i);
      InetAddress address = site.address();
      if (address == null) {
        throw new IllegalArgumentException(
            "site " + site + " has no address: entries are written with addresses");
      }
      servers[i] = Inet4.number(address);
      partitions[i] = site.partition().id();
      flags[i] = site.flags();
    }
    return new Nvldbentry(
        entry.name(),
        sites.size(),
        Ints.of(servers),
        Ints.of(partitions),
        Ints.of(flags),
        Ints.of(entry.readWriteId(), entry.readOnlyId(), entry.backupId()),
        entry.cloneId(),
        entry.flags(),
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0);
  }
}
