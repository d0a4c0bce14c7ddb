// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import io.rxrpc.CallAbort;
import io.rxrpc.afs.vol.AFSVol;
import io.rxrpc.afs.vol.AFSVolService;
import io.rxrpc.afs.vol.VolintInfo;
import io.rxrpc.afs.vol.VolserStatus;
import io.rxrpc.rpc.Caller;
import io.rxrpc.xdr.Ints;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A volume server whose volumes are empty. */
final class MemoryVolumes implements AFSVolService {
  private static final int LEAVE = -1;
  private static final int ONLINE = 2;
  private static final int NO_SUCH_DEVICE = 19;

  private record Volume(String name, int type, int parent, int quota, int created) {
    Volume withQuota(int blocks) {
      return new Volume(name, type, parent, blocks == LEAVE ? quota : blocks, created);
    }
  }

  private final Map<Integer, Volume> volumes = new TreeMap<>();
  private final Map<Integer, Integer> transactions = new HashMap<>();
  private int next = 1;

  private int begin(int volume) {
    if (transactions.containsValue(volume)) {
      throw MemoryVldb.abort("VOLSERVOLBUSY");
    }
    transactions.put(next, volume);
    return next++;
  }

  private int volumeOf(int transaction) {
    Integer volume = transactions.get(transaction);
    if (volume == null) {
      throw new CallAbort(2);
    }
    return volume;
  }

  @Override
  public Ints xListPartitions(Caller caller) {
    return Ints.of(0);
  }

  @Override
  public synchronized AFSVol.CreateVolumeResult createVolume(
      Caller caller, int partition, String name, int type, int parent, int id) {
    int now = (int) Instant.now().getEpochSecond();
    if (volumes.putIfAbsent(id, new Volume(name, type, parent == 0 ? id : parent, 5000, now))
        != null) {
      throw MemoryVldb.abort("VVOLEXISTS");
    }
    return new AFSVol.CreateVolumeResult(id, begin(id));
  }

  @Override
  public synchronized int transCreate(Caller caller, int volume, int partition, int flags) {
    if (!volumes.containsKey(volume)) {
      throw MemoryVldb.abort("VNOVOL");
    }
    return begin(volume);
  }

  @Override
  public synchronized int endTrans(Caller caller, int transaction) {
    volumeOf(transaction);
    transactions.remove(transaction);
    return 0;
  }

  @Override
  public synchronized void setInfo(Caller caller, int transaction, VolintInfo info) {
    volumes.computeIfPresent(
        volumeOf(transaction), (_, volume) -> volume.withQuota(info.maxquota()));
  }

  @Override
  public synchronized void setFlags(Caller caller, int transaction, int flags) {
    volumeOf(transaction);
  }

  @Override
  public synchronized VolserStatus getStatus(Caller caller, int transaction) {
    int id = volumeOf(transaction);
    Volume v = volumes.get(id);
    return new VolserStatus(
        id,
        1,
        v.type(),
        v.parent(),
        0,
        0,
        0,
        v.quota(),
        0,
        0,
        v.created(),
        v.created(),
        v.created(),
        0,
        0,
        v.created());
  }

  @Override
  public synchronized void deleteVolume(Caller caller, int transaction) {
    volumes.remove(volumeOf(transaction));
  }

  @Override
  public synchronized List<VolintInfo> listOneVolume(Caller caller, int partition, int id) {
    if (!volumes.containsKey(id)) {
      throw new CallAbort(NO_SUCH_DEVICE);
    }
    return List.of(info(id));
  }

  @Override
  public synchronized List<VolintInfo> listVolumes(Caller caller, int partition, int flags) {
    return volumes.keySet().stream().map(this::info).toList();
  }

  private VolintInfo info(int id) {
    Volume v = volumes.get(id);
    return new VolintInfo(
        v.name(),
        id,
        v.type(),
        0,
        v.parent(),
        0,
        ONLINE,
        v.created(),
        1,
        0,
        0,
        v.created(),
        0,
        v.created(),
        0,
        0,
        1,
        v.quota(),
        2,
        0,
        0,
        0,
        0,
        0);
  }
}
