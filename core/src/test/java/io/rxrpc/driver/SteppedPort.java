// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import io.rxrpc.udp.DatagramPort;
import io.rxrpc.udp.PortError;
import io.rxrpc.udp.PortKind;
import io.rxrpc.udp.ReceiveBatch;
import io.rxrpc.udp.SendBatch;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/** A port of a {@link SteppedNet}: what is sent goes there, and nobody waits in it. */
final class SteppedPort implements DatagramPort {
  private final SteppedNet net;
  private final InetSocketAddress address;
  private final boolean segments;

  /** The machine's socket is no more. */
  boolean broken;

  /** Somebody wants the loop's turn. */
  boolean woken = true;

  SteppedPort(SteppedNet net, InetSocketAddress address, boolean segments) {
    this.net = net;
    this.address = address;
    this.segments = segments;
  }

  @Override
  public int receive(ReceiveBatch batch, long timeoutNanos) {
    throw new IllegalStateException("a stepped driver has no loop");
  }

  @Override
  public void wakeup() {
    woken = true;
  }

  @Override
  public int send(SendBatch batch, int from) throws IOException {
    if (broken) {
      throw new IOException("planted");
    }
    for (int i = from; i < batch.size(); i++) {
      MemorySegment memory = batch.memory(i);
      int size = Math.max(1, batch.segmentSize(i));
      for (int at = 0; at < batch.length(i); at += size) {
        int n = Math.min(size, batch.length(i) - at);
        byte[] datagram = memory.asSlice(batch.offset(i) + at, n).toArray(ValueLayout.JAVA_BYTE);
        net.send(address, batch.to(i), datagram);
      }
    }
    return batch.size();
  }

  @Override
  public int errors(Consumer<PortError> sink) {
    return 0;
  }

  @Override
  public InetSocketAddress localAddress() {
    return address;
  }

  @Override
  public PortKind kind() {
    return PortKind.NIO;
  }

  @Override
  public boolean segments() {
    return segments;
  }

  @Override
  public boolean forbidsFragmentation() {
    return true;
  }

  @Override
  public int receiveBufferSize() {
    return 1 << 20;
  }

  @Override
  public int sendBufferSize() {
    return 1 << 20;
  }

  @Override
  public void close() {
    woken = false;
  }
}
