package io.rxrpc.driver;

import io.rxrpc.udp.DatagramPort;
import io.rxrpc.udp.ReceiveBatch;

/**
 * Waits for datagrams and deadlines, and does what they ask for. The one thread that blocks in the
 * port.
 */
final class Loop implements Runnable {
  private final EngineLock lock;
  private final Ending ending;
  private final DatagramPort port;
  private final ReceiveBatch batch = new ReceiveBatch();

  Loop(EngineLock lock, Ending ending, DatagramPort port) {
    this.lock = lock;
    this.ending = ending;
    this.port = port;
  }

  @Override
  @SuppressWarnings("CatchingUnchecked") // whatever it is: an endpoint must not fall silent
  public void run() {
    try {
      long timeout = 0;
      while (!ending.isOver()) {
        port.receive(batch, timeout);
        timeout = lock.turn(batch);
      }
    } catch (Throwable t) {
      fail(t);
    } finally {
      port.close();
      lock.leave(lock.enter()); // what others left while this thread had the lock for the last time
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
