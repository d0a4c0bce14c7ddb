// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.life;

import io.rxrpc.testkit.LinkOptions;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;

/**
 * How fast one transfer was, against what its path could carry.
 *
 * @param up whether the request was the long one, not the reply
 * @param packets that carried it
 * @param took nanoseconds for the whole call
 * @param least nanoseconds below which no sender gets: latency, rate, receive window
 * @param limit the same with half of the jitter, slow start, and Mathis's bound where packets get
 *     lost by chance
 * @param path what the network did to datagrams
 */
record Goodput(boolean up, int packets, long took, long least, long limit, Path path) {
  /** What the path was like. */
  enum Path {
    /** Nothing has happened to any datagram of the whole life. */
    CALM,
    /** Nothing happened during the transfer; what was learnt by losses before it remains. */
    CALM_AGAIN,
    /** Datagrams were lost, late or overtaken. */
    DISTURBED
  }

  /** Which part of the limit was reached. */
  double share() {
    return limit / (double) took;
  }

  /**
   * Measures.
   *
   * @param there the direction of the data
   * @param back the direction of the ACKs
   * @param window packets that may be under way
   * @param bytes payload
   * @param wire what the datagrams that arrived first with it were long, with IP and UDP
   */
  static Goodput of(
      boolean up,
      LinkOptions there,
      LinkOptions back,
      Tunables t,
      int window,
      int bytes,
      int packets,
      long wire,
      long took,
      Path path) {
    long trip = there.latency() + back.latency();
    long bits = there.bitsPerSecond();
    long rate = bits == 0 ? 0 : (long) (wire * 8e9 / bits);
    int fewest = Math.ceilDiv(bytes, Math.min(1412, t.getInt(Tunable.MAX_DATA)));
    long rounds = Math.ceilDiv(fewest, window) - 1L;
    long least = trip + Math.max(rate, rounds * trip);
    long usual = trip + (there.jitter() + back.jitter()) / 2;
    double mathis = packets * Math.sqrt(there.lost() / 1.5) * usual;
    long slow = slowStart(packets, t.getInt(Tunable.INITIAL_CWND), window) * usual;
    long limit = usual + Math.max(Math.max(rate, slow), (long) mathis);
    return new Goodput(up, packets, took, least, limit, path);
  }

  /** Round trips before the last packet may leave when the window doubles with each. */
  private static long slowStart(int packets, int initial, int most) {
    long rounds = 0;
    int window = Math.min(initial, most);
    for (int left = packets - window; left > 0; left -= window) {
      window = Math.min(2 * window, most);
      rounds++;
    }
    return rounds;
  }
}
