// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.security.SecurityLevel;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint has at one moment: copied under the lock, looked at without it.
 *
 * @param peers in no order
 * @param connections one peer's behind the other's
 * @param calls those that are not complete: on connections in the same order, then those that wait
 *     for one
 */
public record Snapshot(
    List<PeerLine> peers, List<ConnectionLine> connections, List<CallLine> calls) {
  /**
   * A peer.
   *
   * @param roundTrip smoothed, in nanoseconds; 0 if unknown
   */
  public record PeerLine(InetSocketAddress address, int connections, long roundTrip) {}

  /**
   * A connection.
   *
   * @param client whether it was opened from here
   * @param level what protects it, or null for nothing or not settled yet
   * @param callNumbers of its four channels, 0 for one that was never used
   * @param calls that are on it
   */
  public record ConnectionLine(
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
   * @param cid 0 while it waits for a connection
   * @param received the sequence number up to which all data has arrived
   */
  public record CallLine(
      InetSocketAddress peer,
      int serviceId,
      int epoch,
      int cid,
      int number,
      boolean client,
      CallState state,
      int received) {}

  static Snapshot of(PeerTable table, ClientConnections clients) {
    List<PeerLine> peers = new ArrayList<>();
    List<ConnectionLine> connections = new ArrayList<>();
    List<CallLine> calls = new ArrayList<>();
    for (Peer peer : table.all()) {
      peers.add(new PeerLine(peer.address, peer.connections.size(), peer.rtt.smoothed()));
      for (Connection c : peer.connections) {
        connections.add(line(c));
        for (int i = 0; i < Connection.CHANNELS; i++) {
          Call call = c.call(i);
          if (call != null) {
            calls.add(line(call));
          }
        }
      }
    }
    clients.waiting(call -> calls.add(line(call)));
    return new Snapshot(List.copyOf(peers), List.copyOf(connections), List.copyOf(calls));
  }

  private static ConnectionLine line(Connection c) {
    List<Integer> numbers = new ArrayList<>(Connection.CHANNELS);
    for (int number : c.callNumbers()) {
      numbers.add(number);
    }
    Protection s = c.protection;
    return new ConnectionLine(
        c.peer.address,
        c.serviceId,
        c.epoch,
        c.cid,
        c.isClient(),
        c.securityIndex,
        s == null ? null : s.level(),
        List.copyOf(numbers),
        c.active);
  }

  private static CallLine line(Call call) {
    return new CallLine(
        call.peer(),
        call.serviceId(),
        call.epoch(),
        call.cid(),
        call.number(),
        call.isClient(),
        call.state(),
        call.received());
  }
}
