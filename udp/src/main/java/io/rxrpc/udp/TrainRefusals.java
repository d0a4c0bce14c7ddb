// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.udp;

import java.net.InetAddress;

/**
 * The destinations that take no trains, with the segment size from which on they do not: the device
 * on the way cannot segment, or the segments are larger than the path's MTU. Bounded: a destination
 * may displace another, which then is found out anew. Not thread-safe.
 */
final class TrainRefusals {
  private static final int PLACES = 256;

  private final InetAddress[] known = new InetAddress[PLACES];
  private final int[] fromSize = new int[PLACES];
  private boolean any;

  /** Whether datagrams of this size must go to this destination one by one. */
  boolean refuses(InetAddress destination, int segmentSize) {
    if (!any) {
      return false;
    }
    int slot = slot(destination);
    return Zone.same(destination, known[slot]) && segmentSize >= fromSize[slot];
  }

  /** Remembers a refusal of trains of this segment size and larger ones; 0 for all. */
  void add(InetAddress destination, int segmentSize) {
    int slot = slot(destination);
    if (!Zone.same(destination, known[slot]) || segmentSize < fromSize[slot]) {
      known[slot] = destination;
      fromSize[slot] = segmentSize;
    }
    any = true;
  }

  /** Forgets the destination: it was not the train that was at fault. */
  void remove(InetAddress destination) {
    int slot = slot(destination);
    if (Zone.same(destination, known[slot])) {
      fromSize[slot] = Integer.MAX_VALUE;
    }
  }

  private static int slot(InetAddress destination) {
    return (destination.hashCode() * 0x9e3779b9) >>> 24;
  }
}
