package io.rxrpc.engine;

/** How many packets of a call may be in flight. One page a policy; no clock, no lock. */
interface CongestionControl {

  /** Packets that may be in flight now, at least 1. */
  int window();

  /**
   * Packets were acked for the first time.
   *
   * @param packets how many
   * @param limited whether the window, not the application, held sending back
   */
  void acked(int packets, boolean limited);

  /**
   * Packets were found lost by later acks; called once per window of data.
   *
   * @param inFlight packets in flight when it was found
   */
  void lost(int inFlight);

  /** Everything sent since the loss was found has been answered for. */
  void recovered();

  /** The retransmission timer expired with {@code inFlight} packets in flight. */
  void timedOut(int inFlight);

  /** Whether the window still grows with every ack. */
  boolean slowStart();
}
