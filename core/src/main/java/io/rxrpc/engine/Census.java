package io.rxrpc.engine;

/** How many calls an endpoint has, and how many of them are busy. */
final class Census {
  /** Calls that go to and fro with nobody else on the processor. */
  private static final int FEW = 2;

  /** Calls that are not complete. */
  int calls;

  /** Calls that have a phase under way, or more than a few packets to send. */
  int streams;

  /**
   * Whether the next packet may come within a round trip: a call or two are here, small ones, and
   * each waits for the whole answer of somebody.
   */
  boolean expectsAnswers() {
    return calls > 0 && calls <= FEW && streams == 0;
  }
}
