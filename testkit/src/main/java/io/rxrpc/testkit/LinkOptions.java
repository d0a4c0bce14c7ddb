// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit;

import org.jspecify.annotations.Nullable;

/**
 * What one direction of a path does to datagrams. Times in nanoseconds, probabilities 0..1. May be
 * changed while the simulation runs.
 */
public final class LinkOptions {
  /** What happens to a datagram larger than the MTU. */
  public enum TooBig {
    /** It vanishes. */
    DROP,
    /** It vanishes if it was not to be fragmented; else it is carried. Nobody is told. */
    BLACK_HOLE,
    /** It vanishes and its sender is told, if it asked not to fragment; else it is carried. */
    ICMP
  }

  /** Damages a datagram; returns null to leave it alone. */
  @FunctionalInterface
  public interface Damage {
    /**
     * {@return the damaged content, or null}
     *
     * @param content the datagram
     * @param random where randomness comes from
     */
    byte @Nullable [] damage(byte[] content, java.util.random.RandomGenerator random);
  }

  long latency = 1_000_000;
  long jitter;
  double loss;
  double duplication;
  double reordering;
  long reorderDelay = 10_000_000;
  double corruption;
  @Nullable Damage damage;
  long bitsPerSecond;
  int queueLimit = Integer.MAX_VALUE;
  int mtu = 65_535;
  TooBig tooBig = TooBig.ICMP;
  boolean cut;
  PacketFilter spared = d -> false;

  /** A perfect link with one millisecond of latency. */
  public LinkOptions() {}

  /** {@return a copy} */
  public LinkOptions copy() {
    LinkOptions o = new LinkOptions();
    o.latency = latency;
    o.jitter = jitter;
    o.loss = loss;
    o.duplication = duplication;
    o.reordering = reordering;
    o.reorderDelay = reorderDelay;
    o.corruption = corruption;
    o.damage = damage;
    o.bitsPerSecond = bitsPerSecond;
    o.queueLimit = queueLimit;
    o.mtu = mtu;
    o.tooBig = tooBig;
    o.cut = cut;
    o.spared = spared;
    return o;
  }

  /** {@return time from one end to the other, without queue and jitter} */
  public long latency() {
    return latency;
  }

  /** {@return how much longer it takes at most, without queue} */
  public long jitter() {
    return jitter;
  }

  /** {@return how many do not arrive by chance: lost, or damaged and dropped} */
  public double lost() {
    return 1 - (1 - loss) * (1 - (damage == null ? corruption : 0));
  }

  /** {@return the rate; 0 for no limit} */
  public long bitsPerSecond() {
    return bitsPerSecond;
  }

  /**
   * {@return time from one end to the other}
   *
   * @param nanos nanoseconds
   */
  public LinkOptions latency(long nanos) {
    latency = nanos;
    return this;
  }

  /**
   * {@return additional time, evenly distributed below this; order is kept}
   *
   * @param nanos nanoseconds
   */
  public LinkOptions jitter(long nanos) {
    jitter = nanos;
    return this;
  }

  /**
   * {@return how many vanish}
   *
   * @param probability 0 to 1
   */
  public LinkOptions loss(double probability) {
    loss = probability;
    return this;
  }

  /**
   * {@return what neither vanishes nor is damaged by chance}
   *
   * @param what what it is
   */
  public LinkOptions spare(PacketFilter what) {
    spared = what;
    return this;
  }

  /**
   * {@return how many arrive twice}
   *
   * @param probability 0 to 1
   */
  public LinkOptions duplication(double probability) {
    duplication = probability;
    return this;
  }

  /**
   * {@return how many are held back for up to {@code delay} while others overtake them}
   *
   * @param probability 0 to 1
   * @param delay at most, in nanoseconds
   */
  public LinkOptions reordering(double probability, long delay) {
    reordering = probability;
    reorderDelay = delay;
    return this;
  }

  /**
   * {@return how many get a bit flipped and are dropped by the UDP checksum for it}
   *
   * @param probability 0 to 1
   */
  public LinkOptions corruption(double probability) {
    corruption = probability;
    damage = null;
    return this;
  }

  /**
   * {@return how many are damaged and delivered nevertheless}
   *
   * @param probability 0 to 1
   * @param how in which way
   */
  public LinkOptions corruption(double probability, Damage how) {
    corruption = probability;
    damage = how;
    return this;
  }

  /**
   * {@return the rate, with a queue of so many datagrams in front; 0 for no limit}
   *
   * @param bits bits per second
   * @param queue how many bytes wait at most
   */
  public LinkOptions rate(long bits, int queue) {
    bitsPerSecond = bits;
    queueLimit = queue;
    return this;
  }

  /**
   * {@return the largest datagram carried, in bytes of UDP payload plus 28 of IP and UDP}
   *
   * @param bytes how many bytes
   * @param what what becomes of datagrams that are too big
   */
  public LinkOptions mtu(int bytes, TooBig what) {
    mtu = bytes;
    tooBig = what;
    return this;
  }

  /**
   * {@return whether nothing gets through}
   *
   * @param yes whether to do so
   */
  public LinkOptions cut(boolean yes) {
    cut = yes;
    return this;
  }
}
