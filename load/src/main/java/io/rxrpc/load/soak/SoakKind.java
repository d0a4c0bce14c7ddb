// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.load.soak;

import java.util.Locale;
import java.util.SplittableRandom;

/** The kinds of calls that a soak mixes. */
enum SoakKind {
  /** A small request comes back. */
  ECHO(60),
  /** Up to 1 MiB to the server. */
  SEND(6),
  /** Up to 1 MiB from the server. */
  RECEIVE(6),
  /** The server aborts. */
  REFUSED(8),
  /** The server takes longer than the client waits. */
  TIMEOUT(2),
  /** The future is cancelled. */
  CANCELLED(8),
  /** The client goes in the middle of a long request. */
  ABANDONED(4),
  /** The client aborts in the middle of a long reply. */
  ABORTED(4),
  /** A socket sends and receives. */
  SOCKET(4),
  /** A client of its own, that is closed in the middle of things. */
  VANISHED(1);

  private final int weight;

  SoakKind(int weight) {
    this.weight = weight;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static SoakKind any(SplittableRandom random) {
    int sum = 0;
    for (SoakKind k : values()) {
      sum += k.weight;
    }
    int luck = random.nextInt(sum);
    for (SoakKind k : values()) {
      luck -= k.weight;
      if (luck < 0) {
        return k;
      }
    }
    return ECHO;
  }
}
