// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import io.rxrpc.engine.Endpoint;
import io.rxrpc.engine.packet.Block;
import io.rxrpc.machine.Time;
import io.rxrpc.udp.DatagramPort;
import io.rxrpc.udp.PortError;
import io.rxrpc.udp.ReceiveBatch;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/** Gives the engine what a port has received: datagrams and errors. Used under the lock. */
final class Intake {
  private final Endpoint engine;
  private final DatagramPort port;
  private final Tap tap;
  private final Consumer<PortError> errors = this::refused;
  private final Lending lending;
  private EngineEvents events = EngineEvents.NOBODY;
  private long batchTime;
  private Wakeups wakeups;

  Intake(Endpoint engine, DatagramPort port, Lending lending, Tap tap, Time time) {
    this.lending = lending;
    this.engine = engine;
    this.port = port;
    this.tap = tap;
    wakeups = new Wakeups(time);
  }

  void feed(ReceiveBatch batch, long now, EngineEvents told, Wakeups todo) {
    batchTime = now;
    tap.received(batch);
    int datagrams = 0;
    for (int i = 0; i < batch.count(); i++) {
      InetSocketAddress from = batch.source(i);
      MemorySegment memory = batch.memory(i);
      long offset = batch.offset(i);
      int left = batch.length(i);
      int size = batch.segmentSize(i);
      Block lent = lending.block(batch, i);
      while (left > 0) {
        int n = Math.min(size, left);
        engine.datagram(now, from, batch.local(i), memory, offset, n, lent);
        offset += n;
        left -= n;
        datagrams++;
      }
    }
    lending.settle(batch, engine.liveCalls() > 0);
    engine.batch(datagrams, batch.count() == batch.capacity());
    events = told;
    wakeups = todo;
    port.errors(errors);
  }

  private void refused(PortError error) {
    boolean here = error.kind() == PortError.Kind.LOCAL;
    engine.peerError(batchTime, error.destination(), error.errno(), here, error.mtu());
    events.refused(error, wakeups);
  }
}
