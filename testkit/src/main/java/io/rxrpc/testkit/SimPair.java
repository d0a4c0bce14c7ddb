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

  /**
   * {@return a pair with the default tunables}
   *
   * @param seed what the random choices come from
   */
  public static SimPair seeded(long seed) {
    return new SimPair(seed, Tunables.defaults());
  }

  /**
   * {@return a pair with these tunables on both sides}
   *
   * @param seed what the random choices come from
   * @param tunables everything that can be tuned
   */
  public static SimPair seeded(long seed, Tunables tunables) {
    return new SimPair(seed, tunables);
  }

  /**
   * {@return time from one end to the other, both ways}
   *
   * @param nanos nanoseconds
   */
  public SimPair latency(long nanos) {
    return links(o -> o.latency(nanos));
  }

  /**
   * Changes both directions.
   *
   * @param change what to change
   * @return this
   */
  public SimPair links(Consumer<LinkOptions> change) {
    net.links(change);
    return this;
  }

  /**
   * {@return the next {@code count} datagrams of a direction that the filter chooses vanish}
   *
   * @param direction which way it goes
   * @param which which ones
   * @param count how many
   */
  public SimPair drop(PacketFilter direction, PacketFilter which, int count) {
    net.drop(direction.and(which), count);
    return this;
  }

  /**
   * Calls a service of the server.
   *
   * @param serviceId the service id
   * @param request the request
   * @return the call
   */
  public SimCall call(int serviceId, byte[] request) {
    return client.call(SERVER, serviceId, request);
  }

  /** {@return the network} */
  public SimNet net() {
    return net;
  }

  /** {@return the client} */
  public SimEndpoint client() {
    return client;
  }

  /** {@return the server} */
  public SimEndpoint server() {
    return server;
  }

  /**
   * Runs until the condition holds.
   *
   * @param condition what has to hold
   */
  public void runUntil(BooleanSupplier condition) {
    net.runUntil(condition);
  }

  /** {@return virtual nanoseconds since the beginning} */
  public long elapsed() {
    return net.elapsed();
  }
}
