// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine.packet;

import io.rxrpc.engine.policy.MtuSearch;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.wire.Ack;
import java.lang.foreign.MemorySegment;

/**
 * What every ACK tells about its sender.
 *
 * @param maxMtu largest datagram received, bytes; 0 for what OpenAFS and Linux tell, or a packet
 * @param ifMtu largest packet, bytes; 0 for what the interface carries
 * @param rwind receive window, packets, where nothing else is said
 * @param jumboMax packets of one jumbo datagram
 */
public record AckTrailer(int maxMtu, int ifMtu, int rwind, int jumboMax) {
  /** IP and UDP as OpenAFS reckons with them: 40 bytes, 8, and 8 more. */
  private static final int IP_UDP = 56;

  /** What an Ethernet carries, as OpenAFS tells it. */
  private static final int ETHERNET = 1444;

  /** Four packets of an Ethernet, as OpenAFS and Linux tell it. */
  private static final int JUMBO = 5692;

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
   * The largest packet that is told to who is reached by an interface.
   *
   * @param mtu of the interface, in bytes with the headers of IP and UDP; 0 if unknown
   */
  public int packet(int mtu) {
    if (ifMtu != 0) {
      return ifMtu;
    }
    return mtu == 0 ? ETHERNET : Math.clamp(mtu - IP_UDP, MtuSearch.BASE, MtuSearch.MAX);
  }

  /** The largest packet that is sent there, as far as this side goes: no more than it tells. */
  public int mostSent(int mtu) {
    return ifMtu == 0 && mtu == 0 ? MtuSearch.MAX : packet(mtu);
  }

  /**
   * Writes it behind {@code count} acks, and returns the length of the whole packet.
   *
   * @param packet the largest one told, as of {@link #packet}
   */
  public int write(MemorySegment p, long at, int count, int rwind, int packet) {
    int datagram = maxMtu != 0 ? maxMtu : Math.max(JUMBO, packet);
    return Ack.writeTrailer(p, at, count, datagram, packet, rwind, jumboMax);
  }
}
