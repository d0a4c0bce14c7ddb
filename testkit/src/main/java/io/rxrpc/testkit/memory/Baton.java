// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.memory;

import io.rxrpc.testkit.SimNet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a thread must have to run. Whoever waits hands it on: to one of those that may run, by the
 * seed's choice; when there is none, time goes on to the next thing that happens. So nothing runs
 * beside anything else, and no time passes while something runs.
 */
final class Baton {
  /** Hand-overs without any time between them; no program needs so many. */
  private static final int MOST_AT_ONCE = 2_000_000;

  private final SimNet net;
  private final SplittableRandom random;
  private final long limit;
  private final Consumer<String> log;
  private final Map<Thread, Strand> strands = new ConcurrentHashMap<>();

  // with the baton

  private final Set<Strand> fresh = new LinkedHashSet<>();
  private final List<Strand> runnable = new ArrayList<>();
  private final Set<Strand> parked = new LinkedHashSet<>();
  private int live;
  private int counting;
  private long lastTime;
  private int atOnce;
  private long handOvers;
  private boolean closing;
  private boolean urged;
  private Runnable atEnd = () -> {};

  // of the thread that looks on

  private volatile @Nullable Strand holder;
  private volatile long handOversSeen;
  private volatile @Nullable Throwable failure;
  private volatile boolean over;
  private volatile @Nullable Thread onlooker;

  /**
   * @param limit when, by the network's time, a program must have ended
   * @param log told who gets the baton
   */
  Baton(SimNet net, SplittableRandom random, long limit, Consumer<String> log) {
    this.net = net;
    this.random = random;
    this.limit = limit;
    this.log = log;
  }

  // strands

  /** A thread that waits for the baton before it does anything. */
  Thread thread(String name, boolean counts, Runnable task) {
    Strand[] self = new Strand[1];
    Thread thread = Thread.ofVirtual().name(name).unstarted(() -> live(self[0], task));
    Strand strand = new Strand(thread, counts);
    self[0] = strand;
    strands.put(thread, strand);
    fresh.add(strand);
    return thread;
  }

  @SuppressWarnings("CatchingUnchecked") // whatever a program throws ends the run
  private void live(Strand self, Runnable task) {
    self.awaitGrant();
    try {
      task.run();
    } catch (Throwable e) {
      failed(e);
    }
    self.ended = true;
    strands.remove(self.thread);
    self.joiners.forEach(this::unpark);
    live--;
    counting -= self.counts ? 1 : 0;
    handOn(null);
  }

  /** A program has failed: the run ends. The first failure counts. */
  void failed(Throwable why) {
    if (failure == null) {
      failure = why;
    }
  }

  @Nullable Strand find(Thread thread) {
    return strands.get(thread);
  }

  private Strand current() {
    Strand s = strands.get(Thread.currentThread());
    if (s == null) {
      throw new IllegalStateException(
          Thread.currentThread().getName()
              + " is no thread of this network, and cannot wait in it: use run or start");
    }
    return s;
  }

  // waiting

  void park(Object blocker, long until) {
    Strand self = current();
    if (self.permit || self.isInterrupted() || until <= net.now()) {
      self.permit = false;
      return;
    }
    self.blocker = blocker;
    self.wakeAt = until;
    parked.add(self);
    handOn(self);
    self.permit = false;
    self.blocker = null;
  }

  void unpark(Thread thread) {
    Strand s = strands.get(thread);
    if (s == null) {
      return; // it has ended
    }
    s.permit = true;
    if (parked.remove(s)) {
      wake(s);
    }
  }

  void join(Thread thread) throws InterruptedException {
    Strand s = strands.get(thread);
    if (s == null) {
      if (!(thread.isVirtual() || thread.getState() == Thread.State.NEW)) {
        thread.join();
      }
      return;
    }
    while (!s.ended && s.isStarted()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      s.joiners.add(Thread.currentThread());
      park(s, Long.MAX_VALUE);
    }
  }

  private void wake(Strand s) {
    s.wakeAt = Long.MAX_VALUE;
    runnable.add(s);
  }

  // the clock's node in the network

  /** When the next of those that wait goes on by itself. */
  long next() {
    long next = Long.MAX_VALUE;
    for (Strand s : parked) {
      next = Math.min(next, s.wakeAt);
    }
    return next;
  }

  /** Lets those go on whose time has come. */
  void passed(long now) {
    wakeIf(s -> s.wakeAt <= now);
  }

  private void wakeIf(java.util.function.Predicate<Strand> which) {
    for (Iterator<Strand> all = parked.iterator(); all.hasNext(); ) {
      Strand s = all.next();
      if (which.test(s)) {
        all.remove();
        wake(s);
      }
    }
  }

  // handing on

  /**
   * Gives the baton to the next one, and waits until it comes back.
   *
   * @param self who has it, or null for a strand that has ended
   */
  @SuppressWarnings("CatchingUnchecked") // what goes wrong is the onlooker's to tell
  private void handOn(@Nullable Strand self) {
    Strand next;
    try {
      next = choose();
    } catch (Throwable e) {
      failed(e);
      next = null;
    }
    if (next == null) {
      holder = null;
      over = true;
      LockSupport.unpark(onlooker);
      if (self != null) {
        self.awaitGrant(); // for ever: the run has failed, and nobody will
      }
      return;
    }
    if (next != self) {
      holder = next;
      next.grant();
      if (self != null) {
        self.awaitGrant();
      }
    }
  }

  /** Who runs next; null when all have ended. */
  private @Nullable Strand choose() {
    while (true) {
      begun();
      if ((counting == 0 || failure != null) && !closing) {
        closing = true;
        atEnd.run();
      }
      wakeIf(Strand::isInterrupted);
      if (!runnable.isEmpty()) {
        Strand next = runnable.remove(random.nextInt(runnable.size()));
        count(next);
        return next;
      }
      if (live == 0) {
        return null;
      }
      if (!net.step()) {
        nothingHappens();
      } else if (net.now() > limit) {
        throw new NetworkStuckException(
            "the program has not ended by the network's limit of time", parked);
      }
    }
  }

  private void begun() {
    for (Iterator<Strand> all = fresh.iterator(); all.hasNext(); ) {
      Strand s = all.next();
      if (s.isStarted()) {
        all.remove();
        runnable.add(s);
        live++;
        counting += s.counts ? 1 : 0;
      }
    }
  }

  private void count(Strand next) {
    handOversSeen = ++handOvers;
    if (net.now() != lastTime) {
      lastTime = net.now();
      atOnce = 0;
    } else if (++atOnce > MOST_AT_ONCE) {
      throw new NetworkStuckException(
          "time does not go on: threads wake each other again and again", List.of(next));
    }
    log.accept(next.thread.getName());
  }

  private void nothingHappens() {
    if (closing && !urged) {
      urged = true;
      parked.forEach(s -> s.thread.interrupt()); // the program is over
    } else {
      throw new NetworkStuckException(
          closing
              ? "threads do not end although the program has"
              : "deadlock: everybody waits, and nothing is on its way",
          parked);
    }
  }

  // the onlooker

  /**
   * Lets the strands that are there live until all have ended.
   *
   * @param end run with the baton when those that count have ended
   * @throws Throwable the first failure
   */
  void run(Runnable end) throws Throwable {
    atEnd = end;
    closing = false;
    urged = false;
    over = false;
    onlooker = Thread.currentThread();
    handOn(null);
    Watch watch = new Watch();
    while (!over) {
      LockSupport.parkNanos(this, Watch.INTERVAL);
      if (Thread.interrupted()) {
        throw new InterruptedException("the network's run was interrupted");
      }
      watch.look();
    }
    onlooker = null;
    Throwable why = failure;
    if (why != null) {
      throw why;
    }
  }

  /** Sees, by the machine's time, that who has the baton waits for something else. */
  private final class Watch {
    static final long INTERVAL = 100_000_000;
    private static final int MOST = 20;

    private long seen = -1;
    private int still;

    void look() {
      Strand s = holder;
      long now = handOversSeen;
      if (s == null || now != seen || !s.isStuck()) {
        seen = now;
        still = 0;
      } else if (++still > MOST) {
        NetworkStuckException stuck =
            new NetworkStuckException(
                "a thread waits outside the network's time, for a lock, a queue or a future that is"
                    + " not of the network; wait by MemoryNetwork.await, pause or join, and hold no"
                    + " lock while you wait",
                List.of(s));
        failed(stuck);
        over = true;
      }
    }
  }
}
