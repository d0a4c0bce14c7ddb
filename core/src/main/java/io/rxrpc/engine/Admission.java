// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

/**
 * How many more calls the services of one owner may take; beyond it they answer BUSY. A call takes
 * one place when it arrives, and gives it back if it ends before it was accepted. Used under the
 * endpoint's lock.
 */
public final class Admission {
  private int room;

  /** Calls that may still come. */
  public int room() {
    return room;
  }

  /** Makes more places, or fewer. The room may become negative: places that are taken stay so. */
  public void add(int places) {
    room += places;
  }
}
