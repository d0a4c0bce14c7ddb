// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine.packet;

import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.wire.Ack;
import java.lang.foreign.MemorySegment;

/**
 * What every ACK tells about its sender.
 *
 * @param maxMtu largest datagram received, bytes
 * @param ifMtu interface MTU, bytes
 * @param rwind receive window, packets, where nothing else is said
 * @param jumboMax packets of one jumbo datagram
 */
public record AckTrailer(int maxMtu, int ifMtu, int rwind, int jumboMax) {
  public static AckTrailer of(Tunables t, int rwind) {
    return new AckTrailer(
        t.getInt(Tunable.RX_MTU),
        t.getInt(Tunable.INTERFACE_MTU),
        rwind,
        t.getInt(Tunable.RX_JUMBO));
  }

  /** The same for who is told of another window. */
  public AckTrailer with(int window) {
    return new AckTrailer(maxMtu, ifMtu, window, jumboMax);
  }

  /**
   * Writes it behind {@code count} acks, with this receive window, and returns the length of the
   * whole packet.
   */
  public int write(MemorySegment p, long at, int count, int rwind) {
    return Ack.writeTrailer(p, at, count, maxMtu, ifMtu, rwind, jumboMax);
  }
}
