// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import io.rxrpc.machine.Time;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;

/**
 * What one lock hold leaves to be done after it: threads to unpark, calls to hand out, steps to
 * run. Gathered under the lock, run without it.
 */
public final class Wakeups {
  private static final System.Logger LOG = System.getLogger("io.rxrpc.endpoint");

  private final List<Thread> threads = new ArrayList<>();
  private final List<Errand> arrivals = new ArrayList<>();
  private final List<Runnable> steps = new ArrayList<>();

  private final Time time;

  Wakeups(Time time) {
    this.time = time;
  }

  /** A thread is to be unparked. */
  public void unpark(Thread thread) {
    threads.add(thread);
  }

  /** A call is to be handed to its service. */
  void arrived(Errand call) {
    arrivals.add(call);
  }

  /** Something is to be run by the thread that has the lock now; it must not block. */
  public void step(Runnable step) {
    steps.add(step);
  }

  boolean isEmpty() {
    return threads.isEmpty() && arrivals.isEmpty() && steps.isEmpty();
  }

  /** How many threads will be on their way. */
  int size() {
    return threads.size() + arrivals.size() + steps.size();
  }

  /** Does it all, in a thread of the application, and is empty again. */
  void run() {
    unpark();
    for (int i = 0; i < arrivals.size(); i++) {
      arrivals.get(i).run();
    }
    arrivals.clear();
    for (int i = 0; i < steps.size(); i++) {
      take(steps.get(i));
    }
    steps.clear();
  }

  /** In the loop: wakes who waits, and leaves the rest to be done one by one; is empty again. */
  void moveTo(Errands errands) {
    unpark();
    for (int i = 0; i < arrivals.size(); i++) {
      errands.add(arrivals.get(i));
    }
    arrivals.clear();
    for (int i = 0; i < steps.size(); i++) {
      Runnable step = steps.get(i);
      errands.add(step instanceof Errand errand ? errand : new Errand.Step(step));
    }
    steps.clear();
  }

  private void unpark() {
    for (int i = 0; i < threads.size(); i++) {
      time.unpark(threads.get(i));
    }
    threads.clear();
  }

  private static void take(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "a step failed", e); // the others must be taken all the same
    }
  }
}
