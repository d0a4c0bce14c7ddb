// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine.policy;

/** The serials of the last retransmissions, to know their answers by. Serial 0 is none. */
public final class Resends {
  private static final int SLOTS = 16;

  private final int[] serials = new int[SLOTS];
  private int next;
  private boolean any;

  public void add(int serial) {
    serials[next] = serial;
    next = (next + 1) % SLOTS;
    any = true;
  }

  /** Whether it is one of them; each counts once. */
  public boolean take(int serial) {
    if (any && serial != 0) {
      for (int i = 0; i < SLOTS; i++) {
        if (serials[i] == serial) {
          serials[i] = 0;
          return true;
        }
      }
    }
    return false;
  }
}
