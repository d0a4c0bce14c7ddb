// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.life;

import io.rxrpc.testkit.Trace;

/** A life in which something did not hold, with the command that replays it. */
final class LifeFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String replay;

  LifeFailure(long seed, Scenario scenario, String where, Trace trace, RuntimeException cause) {
    super(cause.getMessage() + "\n" + replay(seed, scenario) + "\n" + where + "\n" + trace, cause);
    replay = replay(seed, scenario);
  }

  /** The command that replays it. */
  String replay() {
    return replay;
  }

  private static String replay(long seed, Scenario scenario) {
    return "replay: ./build simulate --seed " + seed + " --scenario " + scenario.label();
  }
}
