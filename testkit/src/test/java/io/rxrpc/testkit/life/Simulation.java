// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.life;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** The command that runs lives, as many as one likes. */
public final class Simulation {
  private static final String USAGE =
      "usage: simulate [--seeds N] [--seed FIRST] [--scenario NAME] [--trace] [--defect NAME]";

  private long seeds;
  private long first = 1;
  private boolean trace;
  private Scenario scenario;
  private Defect defect = Defect.NONE;

  private Simulation() {}

  /** Runs what the arguments say; returns the exit code: 0 well, 1 a life failed, 2 usage. */
  public static int command(String[] arguments) {
    Simulation simulation = new Simulation();
    try {
      simulation.parse(Arrays.asList(arguments).iterator());
    } catch (RuntimeException e) {
      System.err.println(USAGE);
      System.err.println(
          "scenarios: " + names(Arrays.stream(Scenario.values()).map(Scenario::label).toList()));
      System.err.println(
          "defects: " + names(Arrays.stream(Defect.values()).map(Enum::name).toList()));
      return 2;
    }
    return simulation.trace ? simulation.traced() : simulation.many();
  }

  private static String names(List<String> names) {
    return String.join(", ", names);
  }

  private void parse(Iterator<String> options) {
    while (options.hasNext()) {
      String option = options.next();
      switch (option) {
        case "--seeds" -> seeds = Long.parseLong(options.next());
        case "--seed" -> {
          first = Long.parseLong(options.next());
          seeds = Math.max(seeds, 1);
        }
        case "--scenario" -> scenario = Scenario.of(options.next());
        case "--trace" -> trace = true;
        case "--defect" -> defect = Defect.valueOf(options.next());
        default -> throw new IllegalArgumentException(option);
      }
    }
    seeds = seeds == 0 ? 1000 : seeds;
  }

  private int many() {
    long begin = System.nanoTime();
    Suite suite = Suite.run(first, seeds, scenario, defect);
    double seconds = (System.nanoTime() - begin) / 1e9;
    for (LifeFailure failure : suite.failures()) {
      System.out.println(failure.getMessage());
    }
    System.out.print(suite.tally());
    System.out.printf(
        "%d failed, %.0f lives/s%n", suite.failures().size(), suite.tally().lives() / seconds);
    return suite.failures().isEmpty() ? 0 : 1;
  }

  private int traced() {
    int code = 0;
    for (long seed = first; seed < first + seeds; seed++) {
      Scenario s = scenario == null ? Life.scenarioOf(seed) : scenario;
      Life life = new Life(seed, s, defect, Life.WHOLE_TRACE);
      try {
        Life.Result result = life.run();
        System.out.print(life.trace());
        System.out.println(result);
      } catch (LifeFailure e) {
        System.out.println(e.getMessage());
        code = 1;
      }
    }
    return code;
  }
}
