// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.udp;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * From the kernel's socket addresses to Java's, without an allocation for one that was seen lately.
 * Bounded: two places for each hash, the older one gives way. An address is two longs as of IPv6;
 * IPv4 is its mapped form, so that both spellings of an IPv4 address are the same key. Not
 * thread-safe.
 */
final class AddressCache {
  /** The upper half of the low long of an IPv4-mapped address. */
  private static final long MAPPED = 0xffffL;

  private final long[] high;
  private final long[] low;
  private final long[] portAndScope;
  private final InetSocketAddress[] known;
  private final int shift;

  /**
   * A cache of this many addresses.
   *
   * @param places a power of two, at least 2
   */
  AddressCache(int places) {
    high = new long[places];
    low = new long[places];
    portAndScope = new long[places];
    known = new InetSocketAddress[places];
    shift = Long.numberOfLeadingZeros(places) + 1; // the upper bits are the well-mixed ones
  }

  static long mapped(int address) {
    return (MAPPED << 32) | (address & 0xffff_ffffL);
  }

  static boolean isMapped(long high, long low) {
    return high == 0 && low >>> 32 == MAPPED;
  }

  static boolean isLinkLocal(long high) {
    return high >>> 54 == 0xfe80L >>> 6;
  }

  static boolean isMulticast(long high) {
    return high >>> 56 == 0xff;
  }

  /** The address of the sockaddr_in or sockaddr_in6 at this place. */
  InetSocketAddress socketAddress(MemorySegment memory, long at) {
    int port = Short.toUnsignedInt(memory.get(Linux.SHORT_BE, at + Linux.SIN_PORT));
    if (memory.get(JAVA_SHORT, at + Linux.SIN_FAMILY) == Linux.AF_INET6) {
      return lookup(
          memory.get(Linux.LONG_BE, at + Linux.SIN6_ADDR),
          memory.get(Linux.LONG_BE, at + Linux.SIN6_ADDR + 8),
          port,
          memory.get(JAVA_INT, at + Linux.SIN6_SCOPE));
    }
    return lookup(0, mapped(memory.get(Linux.INT_BE, at + Linux.SIN_ADDR)), port, 0);
  }

  /** The same without a port. */
  InetAddress address(long high, long low, int scope) {
    return lookup(high, low, 0, scope).getAddress();
  }

  private InetSocketAddress lookup(long high, long low, int port, int scope) {
    long rest = ((long) scope << 16) | port;
    long mixed = (high * 0x9e3779b97f4a7c15L + low) * 0xbf58476d1ce4e5b9L + rest;
    int first = (int) ((mixed * 0x94d049bb133111ebL) >>> shift);
    if (holds(first, high, low, rest)) {
      return known[first];
    }
    int second = first ^ 1;
    if (holds(second, high, low, rest)) {
      return known[second];
    }
    this.high[second] = this.high[first];
    this.low[second] = this.low[first];
    portAndScope[second] = portAndScope[first];
    known[second] = known[first];
    InetSocketAddress made = new InetSocketAddress(address0(high, low, scope), port);
    this.high[first] = high;
    this.low[first] = low;
    portAndScope[first] = rest;
    known[first] = made;
    return made;
  }

  private boolean holds(int place, long high, long low, long rest) {
    return this.low[place] == low
        && portAndScope[place] == rest
        && this.high[place] == high
        && known[place] != null;
  }

  private static InetAddress address0(long high, long low, int scope) {
    byte[] bytes;
    if (isMapped(high, low)) {
      bytes = new byte[] {(byte) (low >> 24), (byte) (low >> 16), (byte) (low >> 8), (byte) low};
    } else {
      bytes = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
    }
    try {
      return scope == 0 || bytes.length == 4
          ? InetAddress.getByAddress(bytes)
          : Inet6Address.getByAddress(null, bytes, scope);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("16 bytes are an address", e);
    }
  }
}
