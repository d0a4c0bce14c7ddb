// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import io.rxrpc.udp.DatagramPort;
import io.rxrpc.udp.DatagramPorts;
import io.rxrpc.udp.PortError;
import io.rxrpc.udp.PortKind;
import io.rxrpc.udp.PortOptions;
import io.rxrpc.udp.ReceiveBatch;
import io.rxrpc.udp.SendBatch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A real port on loopback whose host is in trouble: what a healthy one does not show. */
final class FaultyPort implements DatagramPort {
  private final DatagramPort port;
  private final ConcurrentLinkedQueue<PortError> errors = new ConcurrentLinkedQueue<>();

  /** How many of the next sends find the buffer full. */
  final AtomicInteger full = new AtomicInteger();

  /** The errno that every datagram to the port below is refused with; 0 for none. */
  volatile int errno;

  /** The UDP port whose datagrams are refused; 0 for all. */
  volatile int refused;

  /** Longer datagrams are too big for the way, and the host does not say what would not be. */
  volatile int mtu = Integer.MAX_VALUE;

  /** Open when nothing was there in five receives in a row that did not wait. */
  final CountDownLatch looked = new CountDownLatch(1);

  private int looks;

  /** What the next receive throws. */
  volatile @Nullable IOException failure;

  FaultyPort() throws IOException {
    this(DatagramPorts.open(PortOptions.of(loopback())));
  }

  private FaultyPort(DatagramPort port) {
    this.port = port;
  }

  static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
  }

  @Override
  public int receive(ReceiveBatch batch, long timeoutNanos) throws IOException {
    IOException planted = failure;
    if (planted != null) {
      throw planted;
    }
    int count = port.receive(batch, timeoutNanos);
    looks = timeoutNanos == 0 && count == 0 ? looks + 1 : 0;
    if (looks == 5) {
      looked.countDown();
    }
    return count;
  }

  @Override
  public int send(SendBatch batch, int from) throws IOException {
    if (full.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      port.wakeup(); // as if there were room again
      return from;
    }
    int done = from;
    while (done < batch.size()) {
      int why = trouble(batch, done);
      if (why != 0) {
        errors.add(new PortError(batch.to(done), why, PortError.Kind.LOCAL, 0));
        port.wakeup();
      } else {
        SendBatch one = new SendBatch(1);
        one.add(
            batch.to(done),
            batch.from(done),
            batch.memory(done),
            batch.offset(done),
            batch.length(done),
            batch.segmentSize(done),
            batch.dontFragment(done));
        port.send(one, 0);
      }
      done++;
    }
    return done;
  }

  private int trouble(SendBatch batch, int i) {
    if (errno != 0 && (refused == 0 || refused == batch.to(i).getPort())) {
      return errno;
    }
    boolean tooBig = batch.dontFragment(i) && batch.segmentSize(i) > mtu;
    return tooBig ? io.rxrpc.udp.Errno.EMSGSIZE.number() : 0;
  }

  @Override
  public int errors(Consumer<PortError> sink) {
    int count = port.errors(sink);
    for (PortError e = errors.poll(); e != null; e = errors.poll()) {
      sink.accept(e);
      count++;
    }
    return count;
  }

  @Override
  public void wakeup() {
    port.wakeup();
  }

  @Override
  public InetSocketAddress localAddress() {
    return port.localAddress();
  }

  @Override
  public PortKind kind() {
    return port.kind();
  }

  @Override
  public boolean segments() {
    return port.segments();
  }

  @Override
  public boolean forbidsFragmentation() {
    return port.forbidsFragmentation();
  }

  @Override
  public int receiveBufferSize() {
    return port.receiveBufferSize();
  }

  @Override
  public int sendBufferSize() {
    return port.sendBufferSize();
  }

  @Override
  public void close() {
    port.close();
  }
}
