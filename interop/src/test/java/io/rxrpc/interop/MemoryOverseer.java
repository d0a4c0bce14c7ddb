// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import static io.rxrpc.afs.bos.BosConstants.BSTAT_NORMAL;
import static io.rxrpc.afs.bos.BosConstants.BSTAT_SHUTDOWN;

import io.rxrpc.afs.bos.Bozo;
import io.rxrpc.afs.bos.BozoService;
import io.rxrpc.afs.bos.BozoStatus;
import io.rxrpc.rpc.Caller;
import io.rxrpc.xdr.Ints;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An overseer of nothing. */
final class MemoryOverseer implements BozoService {
  private static final int STARTED = 1_700_000_000;

  private record Instance(String type, List<String> commands, int goal) {}

  private final Map<String, Instance> instances = new LinkedHashMap<>();
  private final List<String> hosts;

  MemoryOverseer(String... hosts) {
    this.hosts = List.of(hosts);
  }

  private static String nth(List<String> list, int n) {
    if (n < 0 || n >= list.size()) {
      throw MemoryVldb.abort("BZDOM");
    }
    return list.get(n);
  }

  private Instance instance(String name) {
    Instance instance = instances.get(name);
    if (instance == null) {
      throw MemoryVldb.abort("BZNOENT");
    }
    return instance;
  }

  @Override
  public synchronized void createBnode(
      Caller caller,
      String type,
      String name,
      String p1,
      String p2,
      String p3,
      String p4,
      String p5,
      String notifier) {
    List<String> commands = new ArrayList<>(List.of(p1, p2, p3, p4, p5));
    commands.removeIf(String::isEmpty);
    if (instances.putIfAbsent(name, new Instance(type, commands, BSTAT_NORMAL)) != null) {
      throw MemoryVldb.abort("BZEXISTS");
    }
  }

  @Override
  public synchronized void setStatus(Caller caller, String name, int goal) {
    Instance had = instance(name);
    instances.put(name, new Instance(had.type(), had.commands(), goal));
  }

  @Override
  public synchronized void deleteBnode(Caller caller, String name) {
    if (instance(name).goal() != BSTAT_SHUTDOWN) {
      throw MemoryVldb.abort("BZBUSY");
    }
    instances.remove(name);
  }

  @Override
  public synchronized String enumerateInstance(Caller caller, int n) {
    return nth(List.copyOf(instances.keySet()), n);
  }

  @Override
  public synchronized Bozo.GetInstanceInfoResult getInstanceInfo(Caller caller, String name) {
    Instance instance = instance(name);
    return new Bozo.GetInstanceInfoResult(
        instance.type(),
        new BozoStatus(
            instance.goal(), instance.goal(), STARTED, 1, 0, 0, 0, 0, 0, Ints.of(new int[8])));
  }

  @Override
  public synchronized Bozo.GetStatusResult getStatus(Caller caller, String name) {
    return new Bozo.GetStatusResult(instance(name).goal(), "");
  }

  @Override
  public synchronized String getInstanceParm(Caller caller, String name, int n) {
    if (n == 999) {
      throw MemoryVldb.abort("BZNOENT");
    }
    return nth(instance(name).commands(), n);
  }

  @Override
  public synchronized Bozo.GetInstanceStringsResult getInstanceStrings(Caller caller, String name) {
    instance(name);
    return new Bozo.GetInstanceStringsResult("", "", "", "");
  }

  @Override
  public String getCellName(Caller caller) {
    return "test.example";
  }

  @Override
  public String getCellHost(Caller caller, int n) {
    return nth(hosts, n);
  }

  @Override
  public int getRestrictedMode(Caller caller) {
    return 0;
  }
}
