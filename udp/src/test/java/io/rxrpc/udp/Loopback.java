// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.udp;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What the tests of ports share: opening on loopback, sending text, collecting what arrives. */
final class Loopback {
  static final String IPV4 = "127.0.0.1";
  static final String IPV6 = "::1";
  static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

  private static final boolean HAS_IPV6 = hasIpv6();

  private Loopback() {}

  private static boolean hasIpv6() {
    try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET6)) {
      channel.bind(at(IPV6, 0));
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /** One datagram, after a train was cut. */
  record Datagram(InetSocketAddress source, InetAddress local, byte[] bytes) {
    String text() {
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  static InetSocketAddress at(String address, int port) {
    try {
      return new InetSocketAddress(InetAddress.getByName(address), port);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(address, e);
    }
  }

  static InetAddress address(String text) {
    return at(text, 0).getAddress();
  }

  /** Opens a port; a test that needs IPv6 is skipped on a host without. */
  static DatagramPort open(PortKind kind, String address) throws IOException {
    assumeTrue(HAS_IPV6 || !address.contains(":"), "this host has no IPv6");
    assumeTrue(
        kind == PortKind.NIO || LinuxSupport.missing() == null,
        () -> "LinuxPort: " + LinuxSupport.missing());
    return DatagramPorts.open(
        PortOptions.of(at(address, 0)).withForced(kind).withBuffers(1 << 20, 1 << 20));
  }

  static MemorySegment text(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  static MemorySegment bytes(byte[] bytes) {
    MemorySegment memory = Arena.ofAuto().allocate(Math.max(1, bytes.length));
    return memory.copyFrom(MemorySegment.ofArray(bytes)).asSlice(0, bytes.length);
  }

  /** Bytes that differ from datagram to datagram. */
  static byte[] pattern(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31 + (i >>> 8) * 7);
    }
    return bytes;
  }

  static void add(SendBatch batch, InetSocketAddress to, String text) {
    MemorySegment memory = text(text);
    int length = (int) memory.byteSize();
    if (!batch.add(to, null, memory, 0, length, length, false)) {
      throw new IllegalStateException("batch is full");
    }
  }

  /** Sends the text; what does not leave is a failure. */
  static void send(DatagramPort port, InetSocketAddress to, String text) throws IOException {
    SendBatch batch = new SendBatch(1);
    add(batch, to, text);
    if (port.send(batch, 0) != 1) {
      throw new IOException("the send buffer is full");
    }
  }

  /** Waits until this many datagrams have arrived. */
  static List<Datagram> collect(DatagramPort port, int wanted) throws IOException {
    List<Datagram> datagrams = new ArrayList<>();
    ReceiveBatch batch = new ReceiveBatch();
    long start = System.nanoTime();
    while (datagrams.size() < wanted) {
      long left = PATIENCE - (System.nanoTime() - start);
      if (left <= 0) {
        throw new IOException("only " + datagrams.size() + " of " + wanted + " datagrams came");
      }
      port.receive(batch, left);
      for (int i = 0; i < batch.count(); i++) {
        cut(batch, i, datagrams);
      }
    }
    return datagrams;
  }

  private static void cut(ReceiveBatch batch, int i, List<Datagram> datagrams) {
    int at = 0;
    do {
      int size = Math.min(batch.segmentSize(i), batch.length(i) - at);
      byte[] bytes =
          batch.memory(i).asSlice(batch.offset(i) + at, size).toArray(ValueLayout.JAVA_BYTE);
      datagrams.add(new Datagram(batch.source(i), batch.local(i), bytes));
      at += size;
    } while (at < batch.length(i));
  }

  static List<String> texts(List<Datagram> datagrams) {
    return datagrams.stream().map(Datagram::text).toList();
  }

  /** Waits until this many errors have come. */
  static List<PortError> errors(DatagramPort port, int wanted) throws IOException {
    List<PortError> errors = new ArrayList<>();
    ReceiveBatch batch = new ReceiveBatch();
    long start = System.nanoTime();
    while (errors.size() < wanted) {
      long left = PATIENCE - (System.nanoTime() - start);
      if (left <= 0) {
        throw new IOException("only " + errors + " came");
      }
      if (port.errors(errors::add) == 0) {
        port.receive(batch, left);
      }
    }
    return errors;
  }

  /**
   * Sends to a closed port until the kernel has answered, and returns the errors. More than once,
   * because it limits how many such answers it gives.
   */
  static List<PortError> refusals(DatagramPort port, InetSocketAddress closed) throws IOException {
    List<PortError> errors = new ArrayList<>();
    ReceiveBatch batch = new ReceiveBatch();
    for (int attempt = 0; attempt < 100 && errors.isEmpty(); attempt++) {
      send(port, closed, "nobody there");
      port.receive(batch, PATIENCE / 100);
      port.errors(errors::add);
    }
    return errors;
  }

  /** An address of this family where nobody listens. */
  static InetSocketAddress closedPort(String address) throws IOException {
    try (DatagramPort port = open(PortKind.NIO, address)) {
      return port.localAddress();
    }
  }
}
