// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxgk;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Arrays for one packet, as ciphers want it, and confounders for the next ones. They are lent to
 * whichever thread seals or unseals. What was in them stays until the next packet, as it does in
 * the buffers of those who read and write.
 */
final class Scratch {
  private static final int FIRST = 2048;
  private static final int KEPT = 16;

  private final AtomicReferenceArray<@Nullable Scratch> home;

  final Confounders confounders = new Confounders();
  byte[] in = new byte[FIRST];
  byte[] out = new byte[FIRST];

  private Scratch(AtomicReferenceArray<@Nullable Scratch> home) {
    this.home = home;
  }

  /** Those of the connections of one client or server. Safe for all threads. */
  static final class Pool {
    private final AtomicReferenceArray<@Nullable Scratch> idle = new AtomicReferenceArray<>(KEPT);

    Scratch take() {
      for (int i = 0; i < KEPT; i++) {
        Scratch s = idle.get(i);
        if (s != null && idle.compareAndSet(i, s, null)) {
          return s;
        }
      }
      return new Scratch(idle);
    }
  }

  /** Makes both arrays at least so long. */
  void room(int octets) {
    if (in.length < octets) {
      in = new byte[octets];
      out = new byte[octets];
    }
  }

  void giveBack() {
    for (int i = 0; i < KEPT; i++) {
      if (home.get(i) == null && home.compareAndSet(i, null, this)) {
        return;
      }
    }
  }
}
