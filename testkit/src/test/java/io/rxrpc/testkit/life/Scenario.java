// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.life;

import java.util.Locale;

/** A kind of life: what goes wrong in it and what its calls are like. */
enum Scenario {
  /** Latency and jitter only; calls of all sizes. */
  CALM_MIX,
  /** Up to 30 % loss, reordering and duplication; few large calls. */
  LOSSY_BULK,
  /** The same with many small calls. */
  LOSSY_RPC,
  /** A slow link with a short queue. */
  NARROW,
  /** A link that carries only small datagrams, and says so. */
  SMALL_MTU,
  /** Links are cut for a while. */
  PARTITION,
  /** A server is started again and knows nothing. */
  RESTART,
  /** Either side aborts. */
  ABORTS,
  /** Damaged headers arrive; the data is sealed. */
  DAMAGED,
  /** Sealed data, lost challenges and responses. */
  SEALED,
  /** Large calls that want more packet memory than there is. */
  TIGHT,
  /** Nearly everything at once. */
  HARSH,
  /** Some calls go to an address that nobody has. */
  ABSENT,
  /** One direction loses much more than the other and is slower. */
  LOPSIDED,
  /** A slow link with a queue of seconds. */
  BLOATED,
  /** The MTU falls in the middle of calls, with or without a word, and may rise again. */
  MTU_DROP,
  /** A server is started again after any number of datagrams, so at any step of a call. */
  RESTART_ANYWHERE,
  /** A client is started again up to three times, each after any number of datagrams. */
  CLIENT_RESTART,
  /** The clocks of the two sides run at different rates. */
  CLOCKS,
  /** The other side is a Linux, with all its habits and no more patience than it has. */
  KERNEL;

  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Scenario of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
