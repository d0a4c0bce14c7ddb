// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.path;

/**
 * A path to be measured.
 *
 * @param bits rate, bits a second
 * @param rtt milliseconds, without queues
 * @param loss probability in the direction of the data
 * @param congestion {@code 0} NewReno, {@code 1} CUBIC
 * @param callers endpoints that send
 * @param calls of each endpoint
 */
record Path(long bits, double rtt, double loss, int congestion, int callers, int calls) {
  /** Payload bytes of a packet; around it are 28 bytes each of Rx and of UDP and IP. */
  static final int DATA = 1412;

  static final int WIRE = DATA + 56;

  /** What the ACK table lets one call have in flight. */
  static final int WINDOW = 255;

  static Path of(double rtt, double loss, int congestion) {
    return new Path(100_000_000, rtt, loss, congestion, 1, 1);
  }

  Path sharing(int endpoints, int callsOfEach) {
    return new Path(bits, rtt, loss, congestion, endpoints, callsOfEach);
  }

  /** One bandwidth-delay product, in packets. */
  int queue() {
    return (int) Math.max(10, bits * rtt / 1e3 / 8 / WIRE);
  }

  /** Bits of payload a second that the rate allows. */
  double rateBound() {
    return bits * (double) DATA / WIRE;
  }

  /** The same of the window of one call, where no queue lengthens the round trip. */
  double windowBound() {
    return WINDOW * DATA * 8 / (rtt / 1e3);
  }

  /**
   * What NewReno can do at random loss (Mathis et al. 1997), C = sqrt(3/2): acks of each packet.
   */
  double mathisBound() {
    return loss == 0 ? Double.POSITIVE_INFINITY : Math.sqrt(1.5 / loss) * DATA * 8 / (rtt / 1e3);
  }

  /** The least of them. */
  double bound() {
    return Math.min(Math.min(rateBound(), windowBound()), mathisBound());
  }

  /** Which one that is. */
  String bounded() {
    return bound() == rateBound() ? "rate" : bound() == windowBound() ? "window" : "Mathis";
  }

  String control() {
    return congestion == 1 ? "CUBIC" : "NewReno";
  }
}
