// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit;

/** What a simulated network does to a datagram, counted by {@link SimNet#faults}. */
public enum Fault {
  /** It vanished. */
  LOSS,
  /** It arrived twice. */
  DUPLICATION,
  /** It was held back so that later ones could overtake it. */
  REORDERING,
  /** It was damaged and the UDP checksum caught it. */
  CORRUPTION_DROPPED,
  /** It was damaged and delivered. */
  CORRUPTION_DELIVERED,
  /** The queue in front of a slow link was full. */
  QUEUE_FULL,
  /** The receiver's UDP buffer was full. */
  BUFFER_FULL,
  /** It was larger than the link's MTU. */
  TOO_BIG,
  /** The link was cut. */
  PARTITION,
  /** Nobody has the address: ICMP port unreachable. */
  UNREACHABLE,
  /** A filter took it. */
  FILTERED,
  /** A node was started again and forgot everything. */
  RESTART
}
