package io.rxrpc.engine;

/** Something that stands in {@link Roster}s: in several of them, and in each of them once. */
abstract class Listed {
  /** A bit for each kind of roster it stands in. */
  private int rosters;

  final boolean standsIn(int roster) {
    return (rosters & roster) != 0;
  }

  final void enters(int roster) {
    rosters |= roster;
  }

  final void leaves(int roster) {
    rosters &= ~roster;
  }
}
