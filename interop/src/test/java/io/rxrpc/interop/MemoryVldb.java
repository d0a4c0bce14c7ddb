// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import static io.rxrpc.afs.vl.VlConstants.VLLIST_PARTITION;
import static io.rxrpc.afs.vl.VlConstants.VLLIST_SERVER;

import io.rxrpc.CallAbort;
import io.rxrpc.afs.error.AfsErrors;
import io.rxrpc.afs.vl.Nvldbentry;
import io.rxrpc.afs.vl.Vl;
import io.rxrpc.afs.vl.VlService;
import io.rxrpc.afs.vl.VldbListByAttributes;
import io.rxrpc.rpc.Caller;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A location database that is a map. */
final class MemoryVldb implements VlService {
  private static final int OPERATIONS = 0x1f0;
  private static final int FIRST = 536870912;

  private final Map<Integer, Nvldbentry> entries = new TreeMap<>();
  private int next = FIRST;

  /** An abort by the name of its code. */
  static CallAbort abort(String name) {
    return AfsErrors.named(name).code().abort();
  }

  @Override
  public void probeServer(Caller caller) {}

  @Override
  public synchronized int getNewVolumeId(Caller caller, int count) {
    int first = next;
    next += count;
    return first;
  }

  @Override
  public synchronized Nvldbentry getEntryByNameN(Caller caller, String name) {
    if (name.matches("[0-9]+")) {
      return byId(Integer.parseUnsignedInt(name));
    }
    String base = name.replaceFirst("\\.(readonly|backup)$", "");
    return entries.values().stream()
        .filter(e -> e.name().equals(base))
        .findFirst()
        .orElseThrow(() -> abort("VL_NOENT"));
  }

  @Override
  public synchronized Nvldbentry getEntryByIDN(Caller caller, int id, int type) {
    return byId(id);
  }

  private Nvldbentry byId(int id) {
    return entries.values().stream()
        .filter(e -> e.volumeId().stream().anyMatch(v -> v == id))
        .findFirst()
        .orElseThrow(() -> abort("VL_NOENT"));
  }

  @Override
  public synchronized void createEntryN(Caller caller, Nvldbentry entry) {
    if (entries.containsKey(entry.volumeId().get(0))) {
      throw abort("VL_IDEXIST");
    }
    if (entries.values().stream().anyMatch(e -> e.name().equals(entry.name()))) {
      throw abort("VL_NAMEEXIST");
    }
    entries.put(entry.volumeId().get(0), entry);
  }

  @Override
  public synchronized void replaceEntryN(
      Caller caller, int id, int type, Nvldbentry entry, int release) {
    Nvldbentry had = byId(id);
    int flags = release == 0 ? entry.flags() : entry.flags() & ~OPERATIONS;
    entries.put(had.volumeId().get(0), flagged(entry, flags));
  }

  @Override
  public synchronized void deleteEntry(Caller caller, int id, int type) {
    entries.remove(byId(id).volumeId().get(0));
  }

  @Override
  public synchronized void setLock(Caller caller, int id, int type, int operation) {
    Nvldbentry entry = byId(id);
    if ((entry.flags() & OPERATIONS) != 0) {
      throw abort("VL_ENTRYLOCKED");
    }
    entries.put(entry.volumeId().get(0), flagged(entry, entry.flags() | operation));
  }

  @Override
  public synchronized void releaseLock(Caller caller, int id, int type, int release) {
    Nvldbentry entry = byId(id);
    entries.put(entry.volumeId().get(0), flagged(entry, entry.flags() & ~OPERATIONS));
  }

  private static Nvldbentry flagged(Nvldbentry e, int flags) {
    return new Nvldbentry(
        e.name(),
        e.nServers(),
        e.serverNumber(),
        e.serverPartition(),
        e.serverFlags(),
        e.volumeId(),
        e.cloneId(),
        flags,
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

  @Override
  public synchronized Vl.ListAttributesN2Result listAttributesN2(
      Caller caller, VldbListByAttributes wanted, String name, int start) {
    List<Nvldbentry> found = entries.values().stream().filter(e -> matches(e, wanted)).toList();
    return new Vl.ListAttributesN2Result(found.size(), found, -1);
  }

  private static boolean matches(Nvldbentry entry, VldbListByAttributes wanted) {
    for (int i = 0; i < entry.nServers(); i++) {
      boolean server =
          (wanted.mask() & VLLIST_SERVER) == 0 || entry.serverNumber().get(i) == wanted.server();
      boolean partition =
          (wanted.mask() & VLLIST_PARTITION) == 0
              || entry.serverPartition().get(i) == wanted.partition();
      if (server && partition) {
        return true;
      }
    }
    return false;
  }
}
