// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Two hosts on a link of a given MTU: two network namespaces, each of one thread, whose sockets and
 * whose threads' sockets are in it. Needs root and ip(8).
 */
final class TwoHosts implements AutoCloseable {
  private static final int CLONE_NEWNET = 0x4000_0000;
  private static final int PREFIX = 24;

  /** One of them, with its address. */
  record Host(ExecutorService thread, int id, String address) {
    InetSocketAddress at(int port) throws IOException {
      return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }

    <T> T call(Callable<T> work) throws Exception {
      return thread.submit(work).get(60, TimeUnit.SECONDS);
    }

    /** Datagrams that were sent in pieces, and pieces that came. */
    long fragments() throws Exception {
      return call(
          () -> {
            List<String> ip =
                Files.readAllLines(Path.of("/proc/thread-self/net/snmp")).stream()
                    .filter(line -> line.startsWith("Ip:"))
                    .toList();
            List<String> names = List.of(ip.get(0).split(" ", -1));
            List<String> values = List.of(ip.get(1).split(" ", -1));
            long sum = 0;
            for (String name : List.of("FragOKs", "FragCreates", "ReasmReqds")) {
              sum += Long.parseLong(values.get(names.indexOf(name)));
            }
            return sum;
          });
    }
  }

  final Host client;
  final Host server;

  private TwoHosts(Host client, Host server) {
    this.client = client;
    this.server = server;
  }

  /** Makes them. */
  static TwoHosts linked(int mtu) throws Exception {
    Host client = host("10.77.0.1");
    Host server = host("10.77.0.2");
    TwoHosts hosts = new TwoHosts(client, server);
    try {
      client.call(() -> ip("link add c type veth peer name s"));
      client.call(() -> ip("link set s netns " + server.id));
      up(client, "c", mtu);
      up(server, "s", mtu);
      return hosts;
    } catch (Exception e) {
      hosts.close();
      throw e;
    }
  }

  private static void up(Host host, String link, int mtu) throws Exception {
    host.call(() -> ip("addr add " + host.address + "/" + PREFIX + " dev " + link));
    host.call(() -> ip("link set " + link + " mtu " + mtu + " up"));
    host.call(() -> ip("link set lo up"));
  }

  private static Host host(String address) throws Exception {
    ExecutorService thread =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
    Host host = new Host(thread, 0, address);
    boolean allowed = host.call(() -> run("unshare", CLONE_NEWNET)) == 0;
    if (!allowed) {
      thread.shutdown();
    }
    assumeTrue(allowed, "a network namespace needs root");
    return new Host(thread, host.call(() -> run("gettid")), address);
  }

  /** Calls a function of the C library with numbers. */
  private static int run(String function, Integer... arguments) {
    Linker linker = Linker.nativeLinker();
    MemoryLayout[] types = new MemoryLayout[arguments.length];
    Arrays.fill(types, ValueLayout.JAVA_INT);
    try {
      return (int)
          linker
              .downcallHandle(
                  linker.defaultLookup().find(function).orElseThrow(),
                  FunctionDescriptor.of(ValueLayout.JAVA_INT, types))
              .invokeWithArguments((Object[]) arguments);
    } catch (Throwable e) {
      throw new AssertionError(function, e);
    }
  }

  private static String ip(String arguments) throws Exception {
    Process p =
        new ProcessBuilder(List.of(("ip " + arguments).split(" ", -1)))
            .redirectErrorStream(true)
            .start();
    String out = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (p.waitFor() != 0) {
      throw new AssertionError("ip " + arguments + ": " + out);
    }
    return out;
  }

  @Override
  public void close() {
    client.thread.shutdown(); // the namespaces end with their threads and sockets
    server.thread.shutdown();
  }
}
