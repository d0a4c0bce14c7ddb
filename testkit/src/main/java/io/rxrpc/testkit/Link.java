// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit;

import io.rxrpc.udp.Errno;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One direction between two addresses, with its queue. */
final class Link {
  private static final int IP_UDP = 28;
  private static final long SECOND = 1_000_000_000L;

  final LinkOptions options;
  private long busyUntil;
  private long lastArrival;

  Link(LinkOptions options) {
    this.options = options;
  }

  /** Decides a datagram's fate and puts its arrival on the net; returns the first fault met. */
  @Nullable Fault send(Datagram d, long now, RandomGenerator random, SimNet net) {
    Fault fate = refused(d, now, random, net);
    if (fate != null) {
      net.count(fate);
      return fate;
    }
    LinkOptions.Damage damage = options.damage;
    Datagram carried = d;
    if (chance(options.corruption, random) && !options.spared.test(d)) {
      byte[] damaged = damage == null ? null : damage.damage(d.bytes().clone(), random);
      fate = damage == null ? Fault.CORRUPTION_DROPPED : Fault.CORRUPTION_DELIVERED;
      if (damage == null || damaged != null) {
        net.count(fate);
      }
      if (damage == null) {
        return fate;
      }
      carried = damaged == null ? d : d.with(damaged);
    }
    long arrival = leave(d, now) + options.latency + below(options.jitter, random);
    if (chance(options.reordering, random)) {
      arrival += below(options.reorderDelay, random);
      fate = Fault.REORDERING;
      net.count(fate);
    } else {
      arrival = Math.max(arrival, lastArrival); // jitter alone does not reorder
      lastArrival = arrival;
    }
    net.arrive(arrival, carried);
    if (chance(options.duplication, random)) {
      fate = Fault.DUPLICATION;
      net.count(fate);
      net.arrive(arrival + below(options.reorderDelay, random), carried);
    }
    return fate;
  }

  private @Nullable Fault refused(Datagram d, long now, RandomGenerator random, SimNet net) {
    if (net.filtered(d)) {
      return Fault.FILTERED;
    }
    if (options.cut) {
      return Fault.PARTITION;
    }
    if (d.length() + IP_UDP > options.mtu) {
      if (options.tooBig == LinkOptions.TooBig.DROP) {
        return Fault.TOO_BIG;
      }
      if (d.dontFragment()) {
        if (options.tooBig == LinkOptions.TooBig.ICMP) {
          net.error(d, Errno.EMSGSIZE.number(), options.mtu);
        }
        return Fault.TOO_BIG;
      }
    }
    if (options.bitsPerSecond > 0) {
      long queued = (busyUntil - now) / Math.max(1, serialization(d));
      if (queued >= options.queueLimit) {
        return Fault.QUEUE_FULL;
      }
    }
    return chance(options.loss, random) && !options.spared.test(d) ? Fault.LOSS : null;
  }

  /** When the last bit is on the wire. */
  private long leave(Datagram d, long now) {
    if (options.bitsPerSecond == 0) {
      return now;
    }
    busyUntil = Math.max(busyUntil, now) + serialization(d);
    return busyUntil;
  }

  private long serialization(Datagram d) {
    return (d.length() + IP_UDP) * 8L * SECOND / options.bitsPerSecond;
  }

  private static boolean chance(double probability, RandomGenerator random) {
    return probability > 0 && random.nextDouble() < probability;
  }

  private static long below(long bound, RandomGenerator random) {
    return bound <= 0 ? 0 : random.nextLong(bound);
  }
}
