// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.memory;

import io.rxrpc.machine.Surroundings;
import io.rxrpc.machine.Threads;
import io.rxrpc.machine.Time;
import io.rxrpc.testkit.Datagram;
import io.rxrpc.testkit.SimNet;
import io.rxrpc.udp.DatagramPort;
import io.rxrpc.udp.PortKind;
import io.rxrpc.udp.PortOptions;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A host of a {@link MemoryNetwork}: an address, and what endpoints and sockets run on there. */
public final class MemoryHost {
  private static final int FIRST_FREE_PORT = 49_152;
  private static final int LAST_PORT = 65_535;

  private final MemoryNetwork network;
  private final SimNet net;
  private final String name;
  private final InetAddress address;
  private final SplittableRandom kinds;
  private final Surroundings surroundings;
  private final Map<InetSocketAddress, MemoryPort> ports = new LinkedHashMap<>();
  private int lastPort = FIRST_FREE_PORT - 1;

  MemoryHost(
      MemoryNetwork network,
      SimNet net,
      String name,
      InetAddress address,
      SplittableRandom random,
      Time time,
      Threads threads) {
    this.network = network;
    this.net = net;
    this.name = name;
    this.address = address;
    kinds = random.split();
    surroundings = new Surroundings(this::open, time, random.split(), threads);
  }

  /** {@return its name, which the network's {@link MemoryNetwork#resolver} knows} */
  public String name() {
    return name;
  }

  /** {@return its one address, of IPv4} */
  public InetAddress address() {
    return address;
  }

  /**
   * {@return what endpoints and sockets are given that run here: {@code
   * RxrpcEndpoint.builder().surroundings(host.surroundings())}} A wildcard address is this host's
   * address; there is no loopback.
   */
  public Surroundings surroundings() {
    return surroundings;
  }

  Time time() {
    return surroundings.time();
  }

  private DatagramPort open(PortOptions options) throws BindException {
    InetAddress wanted = options.local().getAddress();
    if (!wanted.isAnyLocalAddress() && !wanted.equals(address)) {
      throw new BindException(
          "EADDRNOTAVAIL: the host " + name + " has the address " + address.getHostAddress());
    }
    int number = options.local().getPort();
    InetSocketAddress at = new InetSocketAddress(address, number == 0 ? free() : number);
    if (ports.containsKey(at)) {
      throw new BindException("EADDRINUSE: " + at + " is bound already on the host " + name);
    }
    PortKind kind = options.forced();
    if (kind == null) {
      kind = kinds.nextInt(4) == 0 ? PortKind.NIO : PortKind.LINUX;
    }
    MemoryPort port = new MemoryPort(this, at, kind);
    ports.put(at, port);
    net.add(port);
    return port;
  }

  private int free() throws BindException {
    for (int tries = LAST_PORT - FIRST_FREE_PORT; tries >= 0; tries--) {
      lastPort = lastPort == LAST_PORT ? FIRST_FREE_PORT : lastPort + 1;
      if (!ports.containsKey(new InetSocketAddress(address, lastPort))) {
        return lastPort;
      }
    }
    throw new BindException("EADDRINUSE: the host " + name + " has no free port");
  }

  void send(Datagram d) {
    network.send(d);
  }

  void closed(MemoryPort port) {
    if (ports.remove(port.localAddress(), port)) {
      net.remove(port.localAddress());
    }
  }

  void closeAll() {
    new ArrayList<>(ports.values()).forEach(MemoryPort::close);
  }

  /** {@return the ports that are open, for whoever looks for what was not closed} */
  public List<InetSocketAddress> openPorts() {
    return List.copyOf(ports.keySet());
  }

  /** For example {@code server (10.0.0.1)}. */
  @Override
  public String toString() {
    return name + " (" + address.getHostAddress() + ")";
  }
}
