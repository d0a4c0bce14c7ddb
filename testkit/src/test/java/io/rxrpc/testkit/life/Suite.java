// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.life;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Runs lives on all cores until there are enough. */
final class Suite {
  private static final int MOST_FAILURES = 20;

  private final Tally tally = new Tally();
  private final List<LifeFailure> failures = Collections.synchronizedList(new ArrayList<>());
  private final AtomicLong next;
  private final long end;

  private final @Nullable Scenario scenario;
  private final Defect defect;

  private Suite(long first, long count, @Nullable Scenario scenario, Defect defect) {
    next = new AtomicLong(first);
    end = first + count;
    this.scenario = scenario;
    this.defect = defect;
  }

  /** Lives of consecutive seeds, in one scenario or each in that which its seed says. */
  static Suite run(long first, long count, @Nullable Scenario scenario, Defect defect) {
    Suite suite = new Suite(first, count, scenario, defect);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Math.max(2, Runtime.getRuntime().availableProcessors()); i++) {
      threads.add(Thread.ofPlatform().name("lives-" + i).start(suite::work));
    }
    for (Thread t : threads) {
      join(t);
    }
    return suite;
  }

  private static void join(Thread t) {
    try {
      t.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private void work() {
    for (long seed = next.getAndIncrement(); seed < end; seed = next.getAndIncrement()) {
      Scenario s = scenario == null ? Life.scenarioOf(seed) : scenario;
      try {
        tally.add(seed, s, new Life(seed, s, defect, Life.TAIL).run());
      } catch (LifeFailure e) {
        failures.add(e);
        System.out.println(e.replay() + " # " + e.getCause().getMessage());
        if (failures.size() >= MOST_FAILURES) {
          next.set(end);
        }
      }
    }
  }

  Tally tally() {
    return tally;
  }

  List<LifeFailure> failures() {
    return failures;
  }
}
