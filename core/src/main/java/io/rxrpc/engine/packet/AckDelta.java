// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine.packet;

/** What the ACK that is being taken has changed. Each {@link TransmitQueue} has one, used again. */
public final class AckDelta {
  /** Packets that were in flight to the peer before, of all its calls. */
  public int flight;

  /** Whether more is hard-acked than before. */
  public boolean edgeMoved;

  /** Packets that were acked for the first time, in whatever way. */
  public int newly;

  /** Packets that were given up or sent again for nothing, as the ACK proves. */
  public int spurious;

  /** When the newest of the packets was sent that were acked for the first time. */
  public long newestSentAt;

  public void clear(int flightBefore) {
    flight = flightBefore;
    edgeMoved = false;
    newly = 0;
    spurious = 0;
    newestSentAt = Long.MIN_VALUE;
  }
}
