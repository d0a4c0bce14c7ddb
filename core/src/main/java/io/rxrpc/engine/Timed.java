package io.rxrpc.engine;

/** Something with deadlines, kept in a {@link TimerHeap}. */
abstract class Timed {
  /** The key under which it stands in the heap: its deadline, or earlier. */
  long heapKey = Long.MAX_VALUE;

  int heapIndex = -1;

  /** The next deadline; {@link Long#MAX_VALUE} for none. */
  abstract long deadline();

  /** Acts on every deadline that has passed. */
  abstract void expire(long now);
}
