// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import io.rxrpc.engine.Endpoint;
import io.rxrpc.engine.JumboJoiner;
import io.rxrpc.engine.Transmission;
import io.rxrpc.udp.DatagramPort;
import io.rxrpc.udp.SendBatch;
import java.io.IOException;
import java.lang.foreign.SegmentAllocator;

/** Moves what the engine wants to send into the port, in batches. Used under the lock. */
final class Transmitter {
  /** Tries while the send buffer is full, before the rest is left to retransmission. */
  private static final int TRIES = 8;

  private final Endpoint engine;
  private final DatagramPort port;
  private final Tap tap;
  private final SendBatch batch = new SendBatch();
  private final Transmission next = new Transmission();
  private final JumboJoiner joiner;
  private long dropped;

  Transmitter(Endpoint engine, DatagramPort port, Tap tap, SegmentAllocator memory) {
    this.engine = engine;
    this.port = port;
    this.tap = tap;
    joiner = new JumboJoiner(memory);
  }

  /** Entries that did not leave because the send buffer stayed full. */
  long dropped() {
    return dropped;
  }

  void run(long now) throws IOException {
    while (engine.wantsTransmit()) {
      while (batch.size() < batch.capacity() && joiner.hasRoom() && engine.transmit(now, next)) {
        joiner.join(next);
        batch.add(
            next.to(),
            next.from(),
            next.memory(),
            next.offset(),
            next.length(),
            next.segmentSize(),
            next.dontFragment());
        if (next.apart()) {
          batch.apart();
        }
      }
      try {
        if (batch.size() > 0) {
          tap.sent(batch);
          send();
        }
      } finally {
        batch.clear();
        joiner.clear();
        engine.transmitted();
      }
    }
  }

  private void send() throws IOException {
    int from = 0;
    for (int tries = 0; tries < TRIES && from < batch.size(); tries++) {
      from = port.send(batch, from);
    }
    dropped += batch.size() - from; // it is UDP: retransmission sees to it
  }
}
