// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

/**
 * Who sends what the engine has. While the loop is awake, it does, before it rests. While it rests,
 * everybody sends for himself, except when several threads were woken by one batch of datagrams:
 * then the last of them sends for all, so that their packets share trains, and the loop sees to it
 * that nothing waits longer than a moment. It knows no lock: it is used under one.
 */
final class SendTurns {
  /** Whether packets that leave together are cheaper, and the loop can rest for so short a time. */
  private final boolean gathers;

  private boolean awake = true;

  /** Threads woken by the last batch that have not been here since. */
  private int expected;

  SendTurns(boolean gathers) {
    this.gathers = gathers;
  }

  /** The loop has got up. */
  void loopUp() {
    awake = true;
  }

  /** The loop lies down: nobody was woken, or {@link #loopRests} was asked. */
  void loopDown() {
    awake = false;
  }

  /** Whether the loop is up. */
  boolean isLoopUp() {
    return awake;
  }

  /** The loop's batch is about to wake so many threads, or to do their work itself. */
  void woken(int threads) {
    expected = threads;
  }

  /**
   * So many have been here, or will not come.
   *
   * @return whether whoever is here now sends
   */
  boolean came(int threads) {
    expected = Math.max(0, expected - threads);
    return !awake && expected == 0;
  }

  /**
   * The loop is about to lie down.
   *
   * @param threads that have come meanwhile, or will not
   * @return whether it sends before; otherwise it rests for a moment only, as {@link #isGathering}
   */
  boolean loopRests(int threads) {
    expected = Math.max(0, expected - threads);
    if (!gathers || expected == 1) {
      expected = 0; // one alone sends at once
    }
    return expected == 0;
  }

  /** Whether packets wait for those of threads that are on their way. */
  boolean isGathering() {
    return expected > 0;
  }
}
