// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine.table;

/** Something with deadlines, kept in a {@link TimerHeap}. */
public abstract class Timed {
  /** The key under which it stands in the heap: its deadline, or earlier. */
  public long heapKey = Long.MAX_VALUE;

  public int heapIndex = -1;

  /** The next deadline; {@link Long#MAX_VALUE} for none. */
  public abstract long deadline();

  /** Acts on every deadline that has passed. */
  public abstract void expire(long now);
}
