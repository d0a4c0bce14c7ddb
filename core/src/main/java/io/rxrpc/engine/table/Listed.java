// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine.table;

/** Something that stands in {@link Roster}s: in several of them, and in each of them once. */
public abstract class Listed {
  /** A bit for each kind of roster it stands in. */
  private int rosters;

  public final boolean standsIn(int roster) {
    return (rosters & roster) != 0;
  }

  public final void enters(int roster) {
    rosters |= roster;
  }

  public final void leaves(int roster) {
    rosters &= ~roster;
  }
}
