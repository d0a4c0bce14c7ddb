// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.memory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Many {@link ProgramLife}s on all cores, and the command that runs them. */
public final class ProgramLives {
  private static final String USAGE =
      "usage: simulate --api [--seeds N] [--seed FIRST] [--replay] [--trace]";
  private static final int MOST_FAILURES = 10;
  private static final int WHOLE_TRACE = 2_000_000;

  private final AtomicLong next;
  private final long end;
  private final boolean replay;
  final List<ProgramLife.Result> results = Collections.synchronizedList(new ArrayList<>());
  final List<String> failures = Collections.synchronizedList(new ArrayList<>());

  private ProgramLives(long first, long count, boolean replay) {
    next = new AtomicLong(first);
    end = first + count;
    this.replay = replay;
  }

  /**
   * Lives of consecutive seeds.
   *
   * @param replay whether each is lived twice, and must be the same
   */
  static ProgramLives run(long first, long count, boolean replay) throws InterruptedException {
    ProgramLives lives = new ProgramLives(first, count, replay);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Math.max(2, Runtime.getRuntime().availableProcessors()); i++) {
      threads.add(Thread.ofPlatform().name("lives-" + i).start(lives::work));
    }
    for (Thread t : threads) {
      t.join();
    }
    return lives;
  }

  @SuppressWarnings("CatchingUnchecked") // whatever it is, it is a failure of that life
  private void work() {
    for (long seed = next.getAndIncrement(); seed < end; seed = next.getAndIncrement()) {
      try {
        ProgramLife.Result result = new ProgramLife(seed, 0).run();
        if (replay && !new ProgramLife(seed, 0).run().equals(result)) {
          throw new IllegalStateException("it is another life the second time");
        }
        results.add(result);
      } catch (Throwable e) {
        Throwable why = e.getCause() == null ? e : e.getCause();
        failures.add("./build simulate --api --trace --seed " + seed + " # " + e + ": " + why);
        if (failures.size() >= MOST_FAILURES) {
          next.set(end);
        }
      }
    }
  }

  /** How many lives there were with different contents. */
  int different() {
    Set<String> digests = new HashSet<>();
    results.forEach(r -> digests.add(r.digest()));
    return digests.size();
  }

  /** How often each deed went well. */
  Map<ProgramClient.Deed, Integer> done() {
    Map<ProgramClient.Deed, Integer> all = new EnumMap<>(ProgramClient.Deed.class);
    results.forEach(r -> r.done().forEach((deed, n) -> all.merge(deed, n, Integer::sum)));
    return all;
  }

  @Override
  public String toString() {
    long datagrams = results.stream().mapToLong(ProgramLife.Result::datagrams).sum();
    long seconds = results.stream().mapToLong(r -> r.lasted().toSeconds()).sum();
    long rough = results.stream().filter(ProgramLife.Result::rough).count();
    int interrupted = results.stream().mapToInt(ProgramLife.Result::interrupted).sum();
    return "programs: %d lives, %d different, %d with restarts, %d s, %d datagrams, %d handlers interrupted; %s"
        .formatted(results.size(), different(), rough, seconds, datagrams, interrupted, done());
  }

  /** Runs what the arguments say; returns the exit code: 0 well, 1 a life failed, 2 usage. */
  public static int command(List<String> arguments) throws InterruptedException {
    long seeds = 1000;
    long first = 1;
    boolean replay = false;
    boolean trace = false;
    try {
      for (Iterator<String> options = arguments.iterator(); options.hasNext(); ) {
        String option = options.next();
        switch (option) {
          case "--seeds" -> seeds = Long.parseLong(options.next());
          case "--seed" -> first = Long.parseLong(options.next());
          case "--replay" -> replay = true;
          case "--trace" -> trace = true;
          default -> throw new IllegalArgumentException(option);
        }
      }
    } catch (RuntimeException e) {
      System.err.println(USAGE);
      return 2;
    }
    if (trace) {
      return traced(first);
    }
    long begin = System.nanoTime();
    ProgramLives lives = run(first, seeds, replay);
    lives.failures.forEach(System.out::println);
    System.out.println(lives);
    System.out.printf(
        "%d failed, %.0f lives/s%n",
        lives.failures.size(), lives.results.size() / ((System.nanoTime() - begin) / 1e9));
    return lives.failures.isEmpty() ? 0 : 1;
  }

  @SuppressWarnings("CatchingUnchecked") // it is told
  private static int traced(long seed) {
    ProgramLife life = new ProgramLife(seed, WHOLE_TRACE);
    int code = 0;
    String end;
    try {
      end = life.run().toString();
    } catch (Throwable e) {
      end = e + (e.getCause() == null ? "" : ": " + e.getCause());
      code = 1;
    }
    System.out.print(life.network.trace());
    System.out.println(end);
    return code;
  }
}
