// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine.policy;

/**
 * How many packets may be in flight to one peer, all its calls together. One page a policy; no
 * clock, no lock. Times in nanoseconds.
 */
public interface CongestionControl {

  /** Packets that may be in flight now, at least 1. */
  int window();

  /**
   * Packets were acked for the first time, sent since the last loss was answered.
   *
   * @param packets how many
   * @param rtt the smoothed round trip, 0 if unknown
   */
  void acked(int packets, long now, long rtt);

  /**
   * Packets were found lost by later acks; called once for a window of data.
   *
   * @param inFlight packets the path was seen to carry, at most the window
   */
  void lost(int inFlight, long now);

  /** Nothing comes back any more; {@code inFlight} as for {@link #lost}. */
  void timedOut(int inFlight, long now);

  /** The last loss was no loss: the window is as large as before it. */
  void undo(long now);

  /** Nothing was sent for a timeout or longer: the window is an old one. */
  void idle(int initial);

  /** Packets have become larger: no more than so many of them from now on. */
  void shrink(int packets);

  /** Whether the window still grows with every ack. */
  boolean slowStart();
}
