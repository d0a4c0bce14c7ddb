// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import io.rxrpc.machine.Threads;
import io.rxrpc.machine.Time;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a loop. One leads: it alone uses the port. A second one, the follower, is there as
 * soon as the leader goes into code of others, and looks every {@link #PATIENCE} whether it comes
 * back: if not, it takes the port over, and another is found to follow it. Whoever comes back late
 * follows, if nobody does, or ends.
 *
 * <p>While the leader is not seen in code of others the follower sleeps. Where time does not go on
 * while a thread is busy it always does: there nobody is relieved before it waits.
 */
final class Crew {
  /** What the threads are for. */
  interface Work {
    /**
     * Leads.
     *
     * @param successor whether there is work left by a leader before
     * @return false when another thread has taken over; true when the work is over
     */
    boolean lead(Term term, boolean successor);
  }

  /** Nanoseconds that code of others may take in the loop before somebody takes over. */
  static final long PATIENCE = 50_000;

  /** Looks without anything new before the follower sleeps. */
  private static final int QUIET = 2;

  private static final System.Logger LOG = System.getLogger("io.rxrpc.endpoint");

  private final Lead lead = new Lead();
  private final Work work;
  private final String name;
  private final Threads threads;
  private final Time time;
  private final boolean looks;
  private final Thread first;
  private final AtomicReference<@Nullable Thread> follower = new AtomicReference<>();
  private final AtomicBoolean wanted = new AtomicBoolean();
  private final AtomicInteger count = new AtomicInteger(1);
  private final AtomicInteger reliefs = new AtomicInteger();
  private final Queue<Thread> awaiting = new ConcurrentLinkedQueue<>();
  private volatile boolean asleep;
  private volatile boolean over;
  private volatile @Nullable Thread last;

  /**
   * @param time the machine's, or its like: the crew's own waits are none of code of others
   */
  Crew(String name, Work work, Threads threads, Time time) {
    this.name = name;
    this.work = work;
    this.threads = threads;
    this.time = time;
    looks = time.goesOn();
    first = threads.thread(name, true, () -> live(true));
  }

  /** Starts the first leader. */
  void start() {
    first.start();
  }

  /** How often a leader was relieved. */
  int reliefs() {
    return reliefs.get();
  }

  private void live(boolean leads) {
    Term term = new Term(this, lead);
    boolean successor = !leads;
    boolean goesOn = leads || follow(term);
    while (goesOn) {
      if (work.lead(term, successor)) {
        ended();
        return;
      }
      Thread.interrupted(); // it was meant for what ran here
      successor = true;
      goesOn = follow(term);
    }
  }

  // the follower

  /** Waits until this thread leads; false if it is not needed, or there is nothing to lead. */
  private boolean follow(Term term) {
    boolean alone = follower.compareAndSet(null, Thread.currentThread());
    wanted.set(false);
    if (!alone) {
      return false;
    }
    long seen = Lead.NONE;
    long since = 0;
    int quiet = 0;
    while (!over) {
      long number = lead.number();
      if (number != seen) {
        seen = number;
        since = time.nanoTime();
        quiet = 0;
      }
      if (Lead.isAway(number)) {
        boolean late = looks && time.nanoTime() - since >= PATIENCE;
        if ((late || lead.isUrged(number)) && take(term, number)) {
          return true;
        }
      }
      if (looks && (Lead.isAway(number) || quiet++ < QUIET)) {
        time.parkNanos(this, PATIENCE);
      } else {
        sleep(number);
      }
      Thread.interrupted(); // nobody has a reason to: it would only keep this thread from waiting
    }
    return false;
  }

  private boolean take(Term term, long seen) {
    long mine = lead.take(seen);
    if (mine == Lead.NONE) {
      return false;
    }
    follower.set(null);
    term.begins(mine);
    reliefs.incrementAndGet();
    return true;
  }

  private void sleep(long seen) {
    asleep = true;
    if (lead.number() == seen && !lead.isUrged(seen) && !over) { // else it may not be woken for it
      time.park(this);
    }
    asleep = false;
  }

  /** A leader is going into code of others: somebody must be there who looks. */
  void watch() {
    if (!looks) {
      return;
    }
    Thread f = follower.get();
    if (f == null) {
      want();
    } else if (asleep) {
      asleep = false;
      time.unpark(f);
    }
  }

  /** A leader wants to be relieved, or might have to be. */
  void relieve() {
    Thread f = follower.get();
    if (f == null) {
      want();
    } else {
      time.unpark(f);
    }
  }

  /** Has a follower started: by another thread, as that takes a while. */
  private void want() {
    if (wanted.compareAndSet(false, true)) {
      try {
        threads.handlers().execute(this::startFollower);
      } catch (RuntimeException | Error e) {
        missed(e);
      }
    }
  }

  private void startFollower() {
    try {
      threads.thread(name + "-" + count.incrementAndGet(), true, () -> live(false)).start();
    } catch (RuntimeException | Error e) { // "unable to create native thread"
      missed(e);
    }
  }

  private void missed(Throwable why) {
    wanted.set(false); // it is tried again
    LOG.log(System.Logger.Level.WARNING, "no thread that could relieve " + name, why);
  }

  // the end

  private void ended() {
    last = Thread.currentThread();
    over = true;
    time.unpark(follower.get());
    awaiting.forEach(time::unpark);
  }

  /**
   * Waits until the work is over. A leader that minds the port does not: it would be for itself.
   */
  void awaitEnd(Time waits) throws InterruptedException {
    Term mine = Term.mine(true);
    if (first.getState() == Thread.State.NEW || (mine != null && mine.minds(this))) {
      return;
    }
    Thread self = Thread.currentThread();
    awaiting.add(self);
    try {
      if (Lead.isAway(lead.number())) {
        relieve(); // a leader that does not come back cannot end
      }
      while (!over) {
        waits.park(this);
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
    } finally {
      awaiting.remove(self);
    }
    join(last, self);
    join(follower.get(), self); // it is in no code of others, and has been told
  }

  private void join(@Nullable Thread thread, Thread self) throws InterruptedException {
    if (thread != null && thread != self) {
      threads.join(thread);
    }
  }
}
