// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit;

import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * The UDP receive buffer of a node and the thread that empties it: datagrams that come while it is
 * full are lost. Sizes as Linux accounts them, with what the kernel adds to each datagram.
 */
final class ReceiveBuffer {
  /** What Linux charges for a datagram of Ethernet's size: a 2 KiB fragment and its description. */
  private static final int OVERHEAD = 832;

  private static final int BATCH = 64;

  private final SimNet net;
  private final long limit;
  private final long nanosPerDatagram;
  private final Consumer<ArrayDeque<Datagram>> reader;
  private final ArrayDeque<Datagram> waiting = new ArrayDeque<>();
  private final ArrayDeque<Datagram> batch = new ArrayDeque<>();
  private long used;
  private boolean reading;

  ReceiveBuffer(
      SimNet net, long limit, long nanosPerDatagram, Consumer<ArrayDeque<Datagram>> reader) {
    this.net = net;
    this.limit = limit;
    this.nanosPerDatagram = nanosPerDatagram;
    this.reader = reader;
  }

  private static int charge(Datagram d) {
    return d.length() + OVERHEAD;
  }

  void arrived(Datagram d) {
    if (used > limit) { // as Linux: what comes last may go beyond it
      net.count(Fault.BUFFER_FULL);
      return;
    }
    used += charge(d);
    waiting.add(d);
    if (!reading) {
      reading = true;
      read();
    }
  }

  private void read() {
    for (int n = Math.min(BATCH, waiting.size()); n > 0; n--) {
      Datagram d = waiting.remove();
      used -= charge(d);
      batch.add(d);
    }
    net.at(net.now() + batch.size() * nanosPerDatagram, this::done);
  }

  private void done() {
    reader.accept(batch);
    batch.clear();
    reading = !waiting.isEmpty();
    if (reading) {
      read();
    }
  }
}
