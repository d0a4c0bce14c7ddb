// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit;

import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** A peer that sends exactly what a test says, and keeps what it gets for the test to look at. */
public final class ScriptedPeer implements SimNode {
  private static final long PATIENCE = 60_000_000_000L;

  private final SimNet net;
  private final InetSocketAddress address;
  private final ArrayDeque<Datagram> inbox = new ArrayDeque<>();
  private final List<Integer> errors = new ArrayList<>();
  private int serial;

  /**
   * Adds a peer to a network.
   *
   * @param net the network
   * @param address the address
   */
  public ScriptedPeer(SimNet net, InetSocketAddress address) {
    this.net = net;
    this.address = address;
    net.add(this);
  }

  // sending

  /**
   * Sends these bytes.
   *
   * @param to where it goes
   * @param bytes the data
   */
  public void send(InetSocketAddress to, byte[] bytes) {
    net.send(new Datagram(address, to, bytes, false));
  }

  /**
   * Sends a packet.
   *
   * @param to where it goes
   * @param packet the packet
   */
  public void send(InetSocketAddress to, PacketBuilder packet) {
    send(to, packet.build());
  }

  /**
   * Answers a packet: same connection, call and service, the other direction, the next serial.
   *
   * @param to the datagram that is answered
   * @param packet the packet
   */
  public void answer(Datagram to, PacketBuilder packet) {
    int flags = to.fromClient() ? 0 : Flags.CLIENT_INITIATED;
    packet
        .connection(to.epoch(), to.cid())
        .call(to.callNumber())
        .serial(nextSerial())
        .security(Header.securityIndex(to.memory(), 0), 0)
        .service(Header.serviceId(to.memory(), 0))
        .flags(flags);
    send(to.from(), packet);
  }

  /** {@return the next serial of this peer} */
  public int nextSerial() {
    return ++serial;
  }

  /** {@return the serial taken last} */
  public int lastSerial() {
    return serial;
  }

  // receiving

  /**
   * {@return the next datagram, which must pass the filter; waits for it in virtual time}
   *
   * @param filter which ones
   */
  public Datagram expect(PacketFilter filter) {
    Datagram d = next(net.now() + PATIENCE);
    SimFailure.unless(filter.test(d), "something else was expected than: %s", d);
    return d;
  }

  /**
   * {@return the next datagram that passes the filter; others before it are dropped}
   *
   * @param filter which ones
   */
  public Datagram await(PacketFilter filter) {
    long end = net.now() + PATIENCE;
    while (true) {
      Datagram d = next(end);
      if (filter.test(d)) {
        return d;
      }
    }
  }

  private Datagram next(long end) {
    while (inbox.isEmpty()) {
      if (net.now() >= end || !net.step()) {
        throw new SimFailure("nothing came");
      }
    }
    return inbox.remove();
  }

  /**
   * {@return everything that comes in a time}
   *
   * @param nanos nanoseconds
   */
  public List<Datagram> collect(long nanos) {
    net.runFor(nanos);
    List<Datagram> all = List.copyOf(inbox);
    inbox.clear();
    return all;
  }

  /** {@return errno values of ICMP messages that came} */
  public List<Integer> errors() {
    return errors;
  }

  // the node

  @Override
  public InetSocketAddress address() {
    return address;
  }

  @Override
  public void datagram(long now, Datagram datagram) {
    inbox.add(datagram);
  }

  @Override
  public void error(long now, InetSocketAddress destination, int errno, int mtu) {
    errors.add(errno);
  }

  @Override
  public void act(long now) {}

  @Override
  public long wakeAt() {
    return Long.MAX_VALUE;
  }

  @Override
  public String toString() {
    return "scripted " + address;
  }
}
