// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine.policy;

import java.util.Arrays;

/** The serials of the last retransmissions, to know their answers by. Serial 0 is none. */
public final class Resends {
  private static final int SLOTS = 16;
  private static final int[] NONE = {};

  /** Made for the first of them: most calls send nothing again. */
  private int[] serials = NONE;

  private int next;

  /** Begins anew, for another call. */
  public void again() {
    Arrays.fill(serials, 0);
    next = 0;
  }

  public void add(int serial) {
    if (serials.length == 0) {
      serials = new int[SLOTS];
    }
    serials[next] = serial;
    next = (next + 1) % SLOTS;
  }

  /** Whether it is one of them; each counts once. */
  public boolean take(int serial) {
    if (serial != 0) {
      for (int i = 0; i < serials.length; i++) {
        if (serials[i] == serial) {
          serials[i] = 0;
          return true;
        }
      }
    }
    return false;
  }
}
