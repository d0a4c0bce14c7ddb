// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import io.rxrpc.machine.Time;
import io.rxrpc.udp.DatagramPort;
import io.rxrpc.udp.ReceiveBatch;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedChannelException;

/**
 * Waits for datagrams and deadlines, and does what they ask for. The one thread that blocks in the
 * port.
 */
final class Loop implements Runnable {
  private static final System.Logger LOG = System.getLogger("io.rxrpc.endpoint");

  private final EngineLock lock;
  private final Ending ending;
  private final DatagramPort port;
  private final Spin spin;
  private final Time time;
  private final ReceiveBatch batch = new ReceiveBatch();

  Loop(EngineLock lock, Ending ending, DatagramPort port, Spin spin, Time time) {
    this.lock = lock;
    this.ending = ending;
    this.port = port;
    this.spin = spin;
    this.time = time;
  }

  @Override
  @SuppressWarnings("CatchingUnchecked") // whatever it is: an endpoint must not fall silent
  public void run() {
    try {
      long timeout = 0;
      while (!ending.isOver()) {
        if (timeout != 0 && lock.expectsAnswers() && spin.begins()) {
          look(timeout < 0 ? spin.most() : Math.min(timeout, spin.most()));
        } else {
          port.receive(batch, timeout);
        }
        timeout = lock.turn(batch);
      }
    } catch (ClosedChannelException e) {
      closed(e);
    } catch (Throwable t) {
      fail(t);
    } finally {
      port.close();
      lock.settle(); // what others left while this thread had the lock for the last time
    }
  }

  /**
   * Looks for a packet again and again; whoever else wants the processor may have it meanwhile. A
   * wake-up is noticed at the end.
   */
  @SuppressWarnings(
      "ThreadPriorityCheck") // it relies on nothing: a yield that does nothing is fine
  private void look(long nanos) throws IOException {
    long start = time.nanoTime();
    long took;
    int count;
    do {
      Thread.yield();
      count = port.receive(batch, 0);
      took = time.nanoTime() - start;
    } while (count == 0 && took < nanos && !ending.isOver());
    if (count > 0 || nanos == spin.most()) { // else a deadline cut it short: that says nothing
      spin.ended(count > 0, took);
    }
  }

  /** Somebody has closed the port: whoever gave it to the endpoint ends it so. */
  private void closed(ClosedChannelException why) {
    if (!ending.isOver()) {
      LOG.log(Level.DEBUG, "the port was closed, and its endpoint with it", why);
      lock.close();
    }
  }

  private void fail(Throwable why) {
    try {
      lock.fail(why);
    } catch (OutOfMemoryError e) {
      lock.fail(why); // those who were told have given memory back
    }
  }
}
