// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.memory;

import io.rxrpc.testkit.Datagram;
import io.rxrpc.testkit.SimNode;
import io.rxrpc.udp.DatagramPort;
import io.rxrpc.udp.PortError;
import io.rxrpc.udp.PortKind;
import io.rxrpc.udp.ReceiveBatch;
import io.rxrpc.udp.SendBatch;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A port of a host in memory. */
final class MemoryPort implements DatagramPort, SimNode {
  /** Told by real ports, and nothing here is bounded by them. */
  private static final int BUFFER = 4 << 20;

  private final MemoryHost host;
  private final InetSocketAddress address;
  private final PortKind kind;
  private final ArrayDeque<Datagram> arrived = new ArrayDeque<>();
  private final ArrayDeque<PortError> errors = new ArrayDeque<>();
  private @Nullable Thread reader;
  private boolean woken;
  private boolean closed;

  /**
   * @param kind what it behaves as
   */
  MemoryPort(MemoryHost host, InetSocketAddress address, PortKind kind) {
    this.host = host;
    this.address = address;
    this.kind = kind;
  }

  @Override
  public int receive(ReceiveBatch batch, long timeoutNanos) throws IOException {
    batch.clear();
    long now = host.time().nanoTime();
    long until = timeoutNanos < 0 ? Long.MAX_VALUE : now + timeoutNanos;
    while (!closed) {
      if (!arrived.isEmpty()) {
        return fill(batch);
      }
      if (woken || host.time().nanoTime() >= until) {
        woken = false;
        return 0;
      }
      reader = Thread.currentThread();
      host.time().parkNanos(this, until - host.time().nanoTime());
      reader = null;
      woken |= Thread.interrupted();
    }
    throw new ClosedChannelException();
  }

  private int fill(ReceiveBatch batch) {
    woken = false;
    while (!arrived.isEmpty() && batch.count() < batch.capacity()) {
      Datagram d = arrived.remove();
      batch.add(d.from(), address.getAddress(), d.memory(), 0, d.length(), d.length());
    }
    return batch.count();
  }

  @Override
  public void wakeup() {
    woken = true;
    host.time().unpark(reader);
  }

  @Override
  public int send(SendBatch batch, int from) throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    }
    for (int i = from; i < batch.size(); i++) {
      MemorySegment memory = batch.memory(i);
      int size = Math.max(1, batch.segmentSize(i));
      for (int at = 0; at < batch.length(i) || at == 0; at += size) {
        int n = Math.min(size, batch.length(i) - at);
        byte[] bytes = memory.asSlice(batch.offset(i) + at, n).toArray(ValueLayout.JAVA_BYTE);
        host.send(new Datagram(address, batch.to(i), bytes, batch.dontFragment(i)));
      }
    }
    return batch.size();
  }

  @Override
  public int errors(Consumer<PortError> sink) {
    int n = errors.size();
    for (int i = 0; i < n; i++) {
      sink.accept(errors.remove());
    }
    return n;
  }

  @Override
  public InetSocketAddress localAddress() {
    return address;
  }

  @Override
  public PortKind kind() {
    return kind;
  }

  @Override
  public boolean segments() {
    return kind == PortKind.LINUX;
  }

  @Override
  public boolean forbidsFragmentation() {
    return true;
  }

  @Override
  public int receiveBufferSize() {
    return BUFFER;
  }

  @Override
  public int sendBufferSize() {
    return BUFFER;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      host.closed(this);
      host.time().unpark(reader);
    }
  }

  // as a node of the network

  @Override
  public InetSocketAddress address() {
    return address;
  }

  @Override
  public void datagram(long now, Datagram datagram) {
    arrived.add(datagram);
    host.time().unpark(reader);
  }

  @Override
  public void error(long now, InetSocketAddress destination, int errno, int mtu) {
    if (kind == PortKind.LINUX) { // the other kind does not hear of ICMP
      errors.add(new PortError(destination, errno, PortError.Kind.ICMP, mtu));
      wakeup();
    }
  }

  @Override
  public void act(long now) {}

  @Override
  public long wakeAt() {
    return Long.MAX_VALUE;
  }
}
