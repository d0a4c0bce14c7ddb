// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import io.rxrpc.engine.Snapshot;
import io.rxrpc.security.SecurityLevel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything an endpoint had at one moment, as {@code /proc/net/rxrpc} shows it on Linux. A copy:
 * it does not change when the endpoint does.
 *
 * @param peers in no order
 * @param connections one peer's behind the other's
 * @param calls those that are not complete: on connections in the same order, then those that wait
 *     for one
 */
public record EndpointListing(
    List<PeerEntry> peers, List<ConnectionEntry> connections, List<CallEntry> calls) {
  /**
   * A peer.
   *
   * @param address the address
   * @param connections how many connections there are to it
   * @param roundTrip smoothed; zero if it is not known yet
   */
  public record PeerEntry(InetSocketAddress address, int connections, Duration roundTrip) {}

  /**
   * A connection.
   *
   * @param peer who is at the other end
   * @param serviceId the service id
   * @param epoch the epoch of the connection
   * @param cid the connection id, with the channel in its lowest two bits
   * @param client whether it was opened from here
   * @param securityIndex the security class: 0 none, 2 rxkad
   * @param level what protects it, or null for nothing, or not settled yet
   * @param callNumbers of its four channels, 0 for one that was never used
   * @param calls on it now
   */
  public record ConnectionEntry(
      InetSocketAddress peer,
      int serviceId,
      int epoch,
      int cid,
      boolean client,
      int securityIndex,
      @Nullable SecurityLevel level,
      List<Integer> callNumbers,
      int calls) {}

  /**
   * A call.
   *
   * @param peer who is at the other end
   * @param serviceId the service id
   * @param epoch the epoch of the connection
   * @param cid 0 while it waits for a connection
   * @param number the number
   * @param client whether it was made from here
   * @param state its state in the protocol, for example {@code CLIENT_AWAIT_REPLY}
   * @param packetsReceived DATA packets that came, up to the first gap
   */
  public record CallEntry(
      InetSocketAddress peer,
      int serviceId,
      int epoch,
      int cid,
      int number,
      boolean client,
      String state,
      long packetsReceived) {}

  static EndpointListing of(Snapshot s) {
    return new EndpointListing(
        s.peers().stream()
            .map(p -> new PeerEntry(p.address(), p.connections(), Duration.ofNanos(p.roundTrip())))
            .toList(),
        s.connections().stream()
            .map(
                c ->
                    new ConnectionEntry(
                        c.peer(),
                        c.serviceId(),
                        c.epoch(),
                        c.cid(),
                        c.client(),
                        c.securityIndex(),
                        c.level(),
                        c.callNumbers(),
                        c.calls()))
            .toList(),
        s.calls().stream()
            .map(
                c ->
                    new CallEntry(
                        c.peer(),
                        c.serviceId(),
                        c.epoch(),
                        c.cid(),
                        c.number(),
                        c.client(),
                        c.state().name(),
                        Integer.toUnsignedLong(c.received())))
            .toList());
  }
}
