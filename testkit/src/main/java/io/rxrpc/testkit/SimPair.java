// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit;

import io.rxrpc.tuning.Tunables;
import java.net.InetSocketAddress;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A client and a server, the shortest story there is:
 *
 * <pre>{@code
 * SimPair net = SimPair.seeded(7).latency(ms(5)).drop(serverToClient(), data(last()), 1);
 * SimCall call = net.call(ECHO, bytes);
 * net.runUntil(call::isComplete);
 * }</pre>
 */
public final class SimPair {
  /** A service that replies the request. */
  public static final int ECHO = 1;

  private static final InetSocketAddress CLIENT = SimAddress.of(1, 7001);
  private static final InetSocketAddress SERVER = SimAddress.of(2, 7003);

  private final SimNet net;
  private final SimEndpoint client;
  private final SimEndpoint server;

  private SimPair(long seed, Tunables tunables) {
    net = SimNet.seeded(seed);
    client = new SimEndpoint(net, CLIENT, tunables, seed * 2 + 1);
    server = new SimEndpoint(net, SERVER, tunables, seed * 2 + 2);
    server.serve(ECHO, SimHandler.ECHO);
  }

  /** A pair with the default tunables. */
  public static SimPair seeded(long seed) {
    return new SimPair(seed, Tunables.defaults());
  }

  /** A pair with these tunables on both sides. */
  public static SimPair seeded(long seed, Tunables tunables) {
    return new SimPair(seed, tunables);
  }

  /** Time from one end to the other, both ways. */
  public SimPair latency(long nanos) {
    return links(o -> o.latency(nanos));
  }

  /** Changes both directions. */
  public SimPair links(Consumer<LinkOptions> change) {
    net.links(change);
    return this;
  }

  /** The next {@code count} datagrams of a direction that the filter chooses vanish. */
  public SimPair drop(PacketFilter direction, PacketFilter which, int count) {
    net.drop(direction.and(which), count);
    return this;
  }

  /** Calls a service of the server. */
  public SimCall call(int serviceId, byte[] request) {
    return client.call(SERVER, serviceId, request);
  }

  /** The network. */
  public SimNet net() {
    return net;
  }

  /** The client. */
  public SimEndpoint client() {
    return client;
  }

  /** The server. */
  public SimEndpoint server() {
    return server;
  }

  /** Runs until the condition holds. */
  public void runUntil(BooleanSupplier condition) {
    net.runUntil(condition);
  }

  /** Virtual nanoseconds since the beginning. */
  public long elapsed() {
    return net.elapsed();
  }
}
