// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit;

import io.rxrpc.udp.Errno;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A network in virtual time: nodes with addresses, a link for each direction between two of them.
 * Everything happens in one thread and replays from the seed. Times are nanoseconds.
 */
public final class SimNet {
  private static final long START = 1_000_000_000_000L;

  private record Event(long at, long order, Runnable action) {}

  private record Path(InetSocketAddress from, InetSocketAddress to) {}

  private static final class Dropper {
    final PacketFilter filter;
    int left;

    Dropper(PacketFilter filter, int left) {
      this.filter = filter;
      this.left = left;
    }
  }

  private final SplittableRandom random;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          (a, b) -> a.at != b.at ? Long.compare(a.at, b.at) : Long.compare(a.order, b.order));
  private final Map<InetSocketAddress, SimNode> nodes = new HashMap<>();
  private final List<SimNode> order = new ArrayList<>();
  private final Map<Path, Link> links = new HashMap<>();
  private final Map<String, Link> shared = new HashMap<>();
  private final LinkOptions standard = new LinkOptions();
  private final List<Dropper> droppers = new ArrayList<>();
  private final List<NetTap> taps = new ArrayList<>();
  private final EnumMap<Fault, Integer> faults = new EnumMap<>(Fault.class);
  private boolean batching;
  private long now = START;
  private long orders;
  private long datagrams;

  private SimNet(long seed) {
    random = new SplittableRandom(seed);
  }

  /**
   * {@return a network whose chances follow from the seed}
   *
   * @param seed what the random choices come from
   */
  public static SimNet seeded(long seed) {
    return new SimNet(seed);
  }

  /**
   * {@return milliseconds as nanoseconds}
   *
   * @param millis milliseconds
   */
  public static long ms(long millis) {
    return millis * 1_000_000;
  }

  // what it is made of

  /**
   * Adds a node, or puts it in the place of one that had the address.
   *
   * @param node who takes part
   */
  public void add(SimNode node) {
    remove(node.address());
    nodes.put(node.address(), node);
    order.add(node);
  }

  /**
   * Takes a node away: datagrams to it come back as ICMP port unreachable.
   *
   * @param address the address
   */
  public void remove(InetSocketAddress address) {
    SimNode old = nodes.remove(address);
    if (old != null) {
      order.remove(old);
    }
  }

  /** Takes a node away, not one that has come in its place. */
  void remove(SimNode node) {
    if (order.contains(node)) {
      remove(node.address());
    }
  }

  /** {@return the options of links that nobody has asked for yet} */
  public LinkOptions standard() {
    return standard;
  }

  /**
   * Lets several directions be one link with one queue: those joined under the same name.
   *
   * @param from where it comes from
   * @param to where it goes
   * @param name the name
   * @param options of the shared link, taken from the first one that joins
   * @return this
   */
  public SimNet join(
      InetSocketAddress from, InetSocketAddress to, String name, LinkOptions options) {
    links.put(new Path(from, to), shared.computeIfAbsent(name, n -> new Link(options.copy())));
    return this;
  }

  /**
   * {@return the options of one direction}
   *
   * @param from where it comes from
   * @param to where it goes
   */
  public LinkOptions link(InetSocketAddress from, InetSocketAddress to) {
    return path(from, to).options;
  }

  /**
   * Changes every link, those to come included.
   *
   * @param change what to change
   * @return this
   */
  public SimNet links(Consumer<LinkOptions> change) {
    change.accept(standard);
    for (Link link : links.values()) {
      change.accept(link.options);
    }
    return this;
  }

  /**
   * {@return the next {@code count} datagrams that the filter chooses vanish}
   *
   * @param filter which ones
   * @param count how many
   */
  public SimNet drop(PacketFilter filter, int count) {
    droppers.add(new Dropper(filter, count));
    return this;
  }

  /**
   * Adds a tap.
   *
   * @param tap sees every datagram
   * @return this
   */
  public SimNet tap(NetTap tap) {
    taps.add(tap);
    return this;
  }

  /**
   * {@return whether nodes act only after all datagrams of one moment, rather than after each}
   *
   * @param yes whether to do so
   */
  public SimNet batching(boolean yes) {
    batching = yes;
    return this;
  }

  // what happened

  /** {@return virtual time} */
  public long now() {
    return now;
  }

  /** {@return virtual time since the beginning} */
  public long elapsed() {
    return now - START;
  }

  /** {@return datagrams that nodes sent} */
  public long datagrams() {
    return datagrams;
  }

  /** {@return how often each fault struck} */
  public Map<Fault, Integer> faults() {
    return faults;
  }

  /**
   * Counts a fault.
   *
   * @param fault what the network does
   */
  public void count(Fault fault) {
    faults.merge(fault, 1, Integer::sum);
  }

  // running

  /**
   * Does something at a time.
   *
   * @param time when, in nanoseconds
   * @param action what to do
   */
  public void at(long time, Runnable action) {
    events.add(new Event(Math.max(time, now), orders++, action));
  }

  /**
   * Goes on to the next thing that happens; false if nothing ever will.
   *
   * @return whether anything happened
   */
  public boolean step() {
    long next = next();
    if (next == Long.MAX_VALUE) {
      return false;
    }
    now = Math.max(now, next);
    Event e = events.peek();
    while (e != null && e.at <= now) {
      events.remove();
      e.action.run();
      e = events.peek();
    }
    for (SimNode node : new ArrayList<>(order)) {
      if (node.wakeAt() <= now) {
        node.act(now);
      }
    }
    return true;
  }

  private long next() {
    Event e = events.peek();
    long next = e == null ? Long.MAX_VALUE : e.at;
    for (SimNode node : order) {
      next = Math.min(next, node.wakeAt());
    }
    return next;
  }

  /**
   * Runs until the condition holds.
   *
   * @param condition what has to hold
   */
  public void runUntil(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      if (!step()) {
        throw new IllegalStateException("nothing more happens and the condition does not hold");
      }
    }
  }

  /**
   * Runs for a time.
   *
   * @param nanos nanoseconds
   */
  public void runFor(long nanos) {
    long end = now + nanos;
    while (next() <= end) {
      step();
    }
    now = end;
  }

  // datagrams

  /**
   * A node sends.
   *
   * @param d the datagram
   */
  public void send(Datagram d) {
    datagrams++;
    Link link = path(d.from(), d.to());
    Fault fault = link.send(d, now, random, this);
    for (NetTap tap : taps) {
      tap.sent(now, d, fault);
    }
  }

  /** Whether a filter takes it. */
  boolean filtered(Datagram d) {
    for (Dropper dropper : droppers) {
      if (dropper.left > 0 && dropper.filter.test(d)) {
        dropper.left--;
        return true;
      }
    }
    return false;
  }

  void arrive(long time, Datagram d) {
    at(time, () -> deliver(d));
  }

  private void deliver(Datagram d) {
    SimNode node = nodes.get(d.to());
    if (node == null) {
      count(Fault.UNREACHABLE);
      error(d, Errno.ECONNREFUSED.number(), 0);
      return;
    }
    for (NetTap tap : taps) {
      tap.delivered(now, d);
    }
    node.datagram(now, d);
    if (!batching) {
      node.act(now);
    } else {
      at(now, () -> node.act(now));
    }
  }

  /** An ICMP message on its way back. */
  void error(Datagram d, int errno, int mtu) {
    LinkOptions back = path(d.to(), d.from()).options;
    if (back.cut || random.nextDouble() < back.loss) {
      return;
    }
    at(
        now + back.latency,
        () -> {
          SimNode sender = nodes.get(d.from());
          if (sender != null) {
            sender.error(now, d.to(), errno, mtu);
            sender.act(now);
          }
        });
  }

  private Link path(InetSocketAddress from, InetSocketAddress to) {
    Path path = new Path(from, to);
    @Nullable Link link = links.get(path);
    if (link == null) {
      link = new Link(standard.copy());
      links.put(path, link);
    }
    return link;
  }
}
