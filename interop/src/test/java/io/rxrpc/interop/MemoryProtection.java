// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import static io.rxrpc.afs.pt.PtConstants.ANONYMOUSID;
import static io.rxrpc.afs.pt.PtConstants.ANYUSERID;
import static io.rxrpc.afs.pt.PtConstants.AUTHUSERID;
import static io.rxrpc.afs.pt.PtConstants.PRGRP;
import static io.rxrpc.afs.pt.PtConstants.SYSADMINID;

import io.rxrpc.afs.pt.Pr;
import io.rxrpc.afs.pt.PrService;
import io.rxrpc.afs.pt.Prcheckentry;
import io.rxrpc.rpc.Caller;
import io.rxrpc.xdr.Ints;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A protection database that is two maps. */
final class MemoryProtection implements PrService {
  private static final int GROUP = 0x90;
  private static final int USER = 0x80;
  private static final int QUOTA = 20;

  private record Entry(String name, int owner, int creator) {}

  private final Map<Integer, Entry> entries = new TreeMap<>();
  private final Map<Integer, Set<Integer>> members = new TreeMap<>();
  private int users;
  private int groups = -205;

  MemoryProtection() {
    entries.put(SYSADMINID, new Entry("system:administrators", SYSADMINID, SYSADMINID));
    entries.put(ANYUSERID, new Entry("system:anyuser", SYSADMINID, SYSADMINID));
    entries.put(AUTHUSERID, new Entry("system:authuser", SYSADMINID, SYSADMINID));
    entries.put(ANONYMOUSID, new Entry("anonymous", SYSADMINID, SYSADMINID));
  }

  private Entry entry(int id) {
    Entry entry = entries.get(id);
    if (entry == null) {
      throw MemoryVldb.abort("PRNOENT");
    }
    return entry;
  }

  private int id(String name) {
    return entries.entrySet().stream()
        .filter(e -> e.getValue().name().equals(name))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(ANONYMOUSID);
  }

  @Override
  public synchronized int newEntry(Caller caller, String name, int flag, int owner) {
    if (id(name) != ANONYMOUSID) {
      throw MemoryVldb.abort("PREXIST");
    }
    int id = flag == PRGRP ? --groups : ++users;
    int owned = id > 0 ? SYSADMINID : owner == 0 ? ANONYMOUSID : owner;
    entries.put(id, new Entry(name, owned, ANONYMOUSID));
    return id;
  }

  @Override
  public synchronized Ints nameToID(Caller caller, List<String> names) {
    return Ints.of(names.stream().mapToInt(this::id).toArray());
  }

  @Override
  public synchronized List<String> idToName(Caller caller, Ints ids) {
    return ids.stream()
        .mapToObj(id -> entries.containsKey(id) ? entries.get(id).name() : String.valueOf(id))
        .toList();
  }

  @Override
  public synchronized Prcheckentry listEntry(Caller caller, int id) {
    Entry entry = entry(id);
    return new Prcheckentry(
        id < 0 ? GROUP : USER,
        id,
        entry.owner(),
        entry.creator(),
        id < 0 ? 0 : QUOTA,
        id < 0 ? 0 : QUOTA,
        listElements(caller, id).elist().size(),
        Ints.of(new int[5]),
        entry.name());
  }

  @Override
  public synchronized void addToGroup(Caller caller, int user, int group) {
    entry(user);
    entry(group);
    if (!members.computeIfAbsent(group, _ -> new TreeSet<>()).add(user)) {
      throw MemoryVldb.abort("PRIDEXIST");
    }
  }

  @Override
  public synchronized void removeFromGroup(Caller caller, int user, int group) {
    if (!members.getOrDefault(group, Set.of()).remove(user)) {
      throw MemoryVldb.abort("PRNOENT");
    }
  }

  @Override
  public synchronized Pr.ListElementsResult listElements(Caller caller, int id) {
    entry(id);
    int[] found =
        id < 0
            ? members.getOrDefault(id, Set.of()).stream().mapToInt(i -> i).toArray()
            : members.entrySet().stream()
                .filter(e -> e.getValue().contains(id))
                .mapToInt(Map.Entry::getKey)
                .toArray();
    return new Pr.ListElementsResult(Ints.of(found), 0);
  }

  @Override
  public synchronized int isAMemberOf(Caller caller, int user, int group) {
    return members.getOrDefault(group, Set.of()).contains(user) ? 1 : 0;
  }

  @Override
  public synchronized void delete(Caller caller, int id) {
    entry(id);
    entries.remove(id);
    members.remove(id);
    members.values().forEach(group -> group.remove(id));
  }

  @Override
  public synchronized Pr.ListMaxResult listMax(Caller caller) {
    return new Pr.ListMaxResult(users, groups);
  }
}
