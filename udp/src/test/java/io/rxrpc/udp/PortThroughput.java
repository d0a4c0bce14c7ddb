// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.udp;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How fast the ports are on this machine: {@code PortThroughput [SECONDS]} prints bulk rates
 * (trains with a bounded credit, so nothing is lost), small datagrams in runs, and ping-pong.
 */
final class PortThroughput {
  private static final int SEGMENT = 1440;
  private static final double NANOS = 1e9;

  private final PortKind kind;
  private final double seconds;

  private PortThroughput(PortKind kind, double seconds) {
    this.kind = kind;
    this.seconds = seconds;
  }

  public static void main(String[] arguments) throws Exception {
    double seconds = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 2;
    for (PortKind kind : PortKind.values()) {
      PortThroughput throughput = new PortThroughput(kind, seconds);
      for (int round = 0; round < 2; round++) {
        throughput.stream("bulk, trains of 44", 44 * SEGMENT, SEGMENT, 4);
        throughput.stream("bulk, trains of 16", 16 * SEGMENT, SEGMENT, 8);
        throughput.stream("bulk, single", SEGMENT, SEGMENT, 64);
        throughput.stream("runs of 60 bytes", 60, 60, 64);
        throughput.pingPong();
      }
    }
  }

  private DatagramPort open() throws IOException {
    InetSocketAddress local = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return DatagramPorts.open(PortOptions.of(local).withForced(kind).withBuffers(8 << 20, 8 << 20));
  }

  /** A sender and a receiver thread; at most 1 MiB or 512 datagrams are under way. */
  private void stream(String name, int length, int segment, int entries) throws Exception {
    int allowed = Math.max(1, Math.min((1 << 20) / length, 512));
    try (DatagramPort sender = open();
        DatagramPort receiver = open()) {
      Semaphore credit = new Semaphore(allowed);
      AtomicBoolean stop = new AtomicBoolean();
      long[] bytes = {0};
      long[] calls = {0};
      Thread thread =
          Thread.ofPlatform().start(() -> receive(receiver, credit, stop, bytes, calls, length));
      MemorySegment memory = Arena.ofAuto().allocate((long) length * entries);
      SendBatch batch = new SendBatch(entries);
      long cpu = cpu();
      long start = System.nanoTime();
      while (System.nanoTime() - start < seconds * NANOS) {
        int n = Math.min(entries, allowed);
        credit.acquire(n);
        batch.clear();
        for (int i = 0; i < n; i++) {
          batch.add(
              receiver.localAddress(), null, memory, (long) i * length, length, segment, true);
        }
        int from = 0;
        while (from < n) {
          from = sender.send(batch, from);
        }
      }
      double elapsed = (System.nanoTime() - start) / NANOS;
      stop.set(true);
      receiver.wakeup();
      thread.join();
      double datagrams = (double) bytes[0] / segment;
      System.out.printf(
          "%-5s %-18s %8.0f MB/s %10.0f datagrams/s %6.0f CPU ns each, %5.1f KB a receive%n",
          kind,
          name,
          bytes[0] / elapsed / 1e6,
          datagrams / elapsed,
          (cpu() - cpu) / datagrams,
          bytes[0] / 1e3 / calls[0]);
    }
  }

  private static void receive(
      DatagramPort port,
      Semaphore credit,
      AtomicBoolean stop,
      long[] bytes,
      long[] calls,
      int length) {
    ReceiveBatch batch = new ReceiveBatch();
    long owed = 0;
    try {
      while (!stop.get()) {
        int count = port.receive(batch, -1);
        for (int i = 0; i < count; i++) {
          bytes[0] += batch.length(i);
          owed += batch.length(i);
        }
        calls[0]++;
        int full = (int) (owed / length);
        owed -= (long) full * length;
        credit.release(full);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void pingPong() throws Exception {
    try (DatagramPort one = open();
        DatagramPort two = open()) {
      AtomicBoolean stop = new AtomicBoolean();
      Thread thread = Thread.ofPlatform().start(() -> echo(two, stop));
      MemorySegment memory = Arena.ofAuto().allocate(32);
      SendBatch batch = new SendBatch(1);
      ReceiveBatch received = new ReceiveBatch();
      long trips = 0;
      long cpu = cpu();
      long start = System.nanoTime();
      while (System.nanoTime() - start < seconds * NANOS) {
        batch.clear();
        batch.add(two.localAddress(), null, memory, 0, 32, 32, true);
        one.send(batch, 0);
        while (one.receive(received, -1) == 0) {
          Thread.onSpinWait();
        }
        trips++;
      }
      double elapsed = (System.nanoTime() - start) / NANOS;
      stop.set(true);
      two.wakeup();
      thread.join();
      System.out.printf(
          "%-5s %-18s %8.1f us a round trip, %.1f CPU us%n",
          kind, "ping-pong", elapsed / trips * 1e6, (cpu() - cpu) / 1e3 / trips);
    }
  }

  private static void echo(DatagramPort port, AtomicBoolean stop) {
    ReceiveBatch received = new ReceiveBatch();
    SendBatch batch = new SendBatch();
    MemorySegment memory = Arena.ofAuto().allocate(1 << 16);
    try {
      while (!stop.get()) {
        int count = port.receive(received, -1);
        batch.clear();
        for (int i = 0; i < count; i++) {
          int length = received.length(i);
          MemorySegment.copy(
              received.memory(i),
              ValueLayout.JAVA_BYTE,
              received.offset(i),
              memory,
              ValueLayout.JAVA_BYTE,
              0,
              length);
          batch.add(received.source(i), received.local(i), memory, 0, length, length, true);
        }
        port.send(batch, 0);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
