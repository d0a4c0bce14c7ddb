// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import io.rxrpc.machine.Time;
import io.rxrpc.udp.DatagramPort;
import io.rxrpc.udp.ReceiveBatch;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * Waits for datagrams and deadlines, and does what they ask for. One thread of its {@link Crew} at
 * a time leads it, and that alone waits in the port; another may take over where code of others
 * does not come back.
 */
final class Loop implements Crew.Work {
  private static final System.Logger LOG = System.getLogger("io.rxrpc.endpoint");

  /** Nanoseconds that replies of handlers in the loop wait for those of the others. */
  private static final long GATHER = 100_000;

  private final EngineLock lock;
  private final Ending ending;
  private final DatagramPort port;
  private final Spin spin;
  private final Time time;
  private final ReceiveBatch batch = new ReceiveBatch();
  private final Errands errands = new Errands();

  Loop(EngineLock lock, Ending ending, DatagramPort port, Spin spin, Time time) {
    this.lock = lock;
    this.ending = ending;
    this.port = port;
    this.spin = spin;
    this.time = time;
  }

  @Override
  @SuppressWarnings("CatchingUnchecked") // whatever it is: an endpoint must not fall silent
  public boolean lead(Term term, boolean successor) {
    try {
      boolean leads = !successor || goOn(term);
      while (leads && !ending.isOver()) {
        await(lock.idle());
        Wakeups todo = lock.feed(batch);
        if (todo != null) {
          take(todo);
          leads = goOn(term);
        }
      }
      if (!leads) {
        return false;
      }
    } catch (ClosedChannelException e) {
      closed(e);
    } catch (Throwable t) {
      fail(t);
    }
    port.close();
    lock.settle(); // what others left while this thread had the lock for the last time
    return true;
  }

  /** What the loop does with one batch, for whoever stands in for it. */
  void turn(ReceiveBatch others) throws IOException {
    Wakeups todo = lock.feed(others);
    if (todo != null) {
      take(todo);
      do {
        for (Errand e = errands.take(); e != null; e = errands.take()) {
          run(e);
        }
      } while (take(lock.rest(errands.takeDone())));
    }
  }

  /** Wakes who waits, and keeps the rest; whether there is some. */
  private boolean take(@Nullable Wakeups todo) {
    if (todo != null) {
      todo.moveTo(errands);
      lock.done(todo);
    }
    return !errands.isEmpty();
  }

  /** Does what is left of a batch, to its end; false if another thread has taken over. */
  private boolean goOn(Term term) throws IOException {
    long since = time.nanoTime();
    do {
      for (Errand e = errands.take(); e != null; e = errands.take()) {
        if (!run(e, term)) {
          return false;
        }
        if (!errands.isEmpty() && time.nanoTime() - since > GATHER) {
          take(lock.relay()); // those that are done need not wait for all others
          since = time.nanoTime();
        }
      }
    } while (take(lock.rest(errands.takeDone())));
    return true;
  }

  private boolean run(Errand errand, Term term) {
    if (!errand.mayBlock()) {
      run(errand);
      return true;
    }
    term.enter();
    boolean handed = !runSafely(errand);
    if (!term.leave()) {
      return false;
    }
    if (handed) {
      errands.handedOver();
    }
    Thread.interrupted(); // an interrupt was meant for what ran here
    return true;
  }

  private void run(Errand errand) {
    if (!runSafely(errand)) {
      errands.handedOver();
    }
  }

  private static boolean runSafely(Errand errand) {
    try {
      return errand.runInLoop();
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "what was to be done behind a batch failed", e);
      return true; // the others must have their turn all the same
    }
  }

  private void await(long timeout) throws IOException {
    if (timeout != 0 && lock.expectsAnswers() && spin.begins()) {
      look(timeout < 0 ? spin.most() : Math.min(timeout, spin.most()));
    } else {
      port.receive(batch, timeout);
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
