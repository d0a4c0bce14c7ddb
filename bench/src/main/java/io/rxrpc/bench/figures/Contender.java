// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench.figures;

import java.io.IOException;

/** One side of a contest. Whoever uses it uses one thread. */
interface Contender {
  /** How the other rows call it, unique within a contest. */
  String name();

  /** Of what it measures: {@code MB/s}, {@code calls/s}, {@code octets}. */
  String unit();

  /**
   * Makes ready what lives through all pairs: a server, a program to build.
   *
   * @throws PeerAbsentException when this machine lacks what it takes
   */
  default void open() throws IOException, InterruptedException {}

  /** Measures once, now. */
  double measure() throws IOException, InterruptedException;

  /** Ends what {@link #open} began, also when that failed half-way. */
  default void close() throws InterruptedException {}
}
