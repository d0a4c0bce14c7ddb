// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.udp;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * From Java's addresses to the kernel's, the other way of {@link AddressCache} and bounded in the
 * same way: {@link InetAddress#getAddress()} allocates, so its result is kept. Not thread-safe.
 */
final class AddressCodes {
  private final InetAddress[] known;
  private final long[] high;
  private final long[] low;
  private final int[] scope;
  private final int shift;
  private @Nullable InetAddress last;
  private int lastSlot;

  /**
   * A table of this many addresses.
   *
   * @param places a power of two, at least 2
   */
  AddressCodes(int places) {
    known = new InetAddress[places];
    high = new long[places];
    low = new long[places];
    scope = new int[places];
    // Only the upper bits of the product depend on all bits of the hash.
    shift = Integer.numberOfLeadingZeros(places) + 1;
  }

  /** Where the address stands now; good until the next call. */
  @SuppressWarnings("ReferenceEquality") // the same object as before needs no further look
  int slot(InetAddress address) {
    if (address == last) {
      return lastSlot;
    }
    int slot = (address.hashCode() * 0x9e3779b9) >>> shift;
    if (!same(known[slot], address)) {
      int other = slot ^ 1;
      if (same(known[other], address)) {
        slot = other;
      } else {
        move(slot, other);
        put(slot, address);
      }
    }
    last = address;
    lastSlot = slot;
    return slot;
  }

  long high(int slot) {
    return high[slot];
  }

  long low(int slot) {
    return low[slot];
  }

  int scope(int slot) {
    return scope[slot];
  }

  boolean isIpv4(int slot) {
    return AddressCache.isMapped(high[slot], low[slot]);
  }

  private static boolean same(@Nullable InetAddress known, InetAddress address) {
    return Zone.same(address, known);
  }

  private void move(int from, int to) {
    known[to] = known[from];
    high[to] = high[from];
    low[to] = low[from];
    scope[to] = scope[from];
  }

  private void put(int slot, InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length == 4) {
      high[slot] = 0;
      low[slot] =
          AddressCache.mapped(
              bytes[0] << 24
                  | (bytes[1] & 0xff) << 16
                  | (bytes[2] & 0xff) << 8
                  | (bytes[3] & 0xff));
    } else {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      high[slot] = buffer.getLong();
      low[slot] = buffer.getLong();
    }
    scope[slot] = Zone.of(address);
    known[slot] = address;
  }
}
