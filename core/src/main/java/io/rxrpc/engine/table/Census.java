// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine.table;

/** How many calls an endpoint has, and how many of them are busy. */
public final class Census {
  /** Calls that go to and fro with nobody else on the processor. */
  private static final int FEW = 2;

  /** Calls that are not complete. */
  public int calls;

  /** Calls that have a phase under way, or more than a few packets to send. */
  public int streams;

  /**
   * Whether the next packet may come within a round trip: a call or two are here, small ones, and
   * each waits for the whole answer of somebody.
   */
  public boolean expectsAnswers() {
    return calls > 0 && calls <= FEW && streams == 0;
  }
}
