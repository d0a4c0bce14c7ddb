package io.rxrpc.engine;

import io.rxrpc.tuning.Tunable;
import io.rxrpc.wire.Header;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** What is known about one remote transport address. */
final class Peer extends Timed {
  /** OpenAFS's limits for MTU words in ACK trailers, which nobody authenticates. */
  private static final int MIN_MTU = 520;

  private static final int MAX_MTU = 16_384;

  final InetSocketAddress address;
  final RttEstimator rtt;
  final PathWindow path;
  final Pacer pacer;
  final LongMap<ServiceConnection> serviceConnections = new LongMap<>();
  final List<Connection> connections = new ArrayList<>();

  private final Endpoint endpoint;

  /** The receive window it last told, for calls that have not heard from it yet. */
  int window;

  /** Payload bytes of a DATA packet to it. */
  int maxData;

  /** Whether routers may fragment: they may once they said that a packet was too big. */
  boolean dontFragment = true;

  /** When an ACK was last asked of it. */
  long ackRequested;

  /** When its last connection went. */
  long idleSince;

  Peer(Endpoint endpoint, InetSocketAddress address, long now) {
    this.endpoint = endpoint;
    this.address = address;
    rtt = new RttEstimator(endpoint.tunables);
    path = PathWindow.of(endpoint);
    pacer = new Pacer(endpoint.tunables.getInt(Tunable.PACING_BURST));
    window = endpoint.tunables.getInt(Tunable.PEER_WINDOW);
    maxData = endpoint.tunables.getInt(Tunable.MAX_DATA);
    ackRequested = now - 2_000_000_000L;
    idleSince = now;
  }

  /** Learns from an ACK trailer; 28 bytes of tolerance, as the two implementations disagree. */
  void trailer(int maxMtu, int ifMtu) {
    if (maxMtu <= 0) {
      return; // Linux reads 0 as "no trailer"
    }
    int mtu = Math.clamp(Math.min(maxMtu, ifMtu > 0 ? ifMtu : maxMtu), MIN_MTU, MAX_MTU);
    int data = Math.min(endpoint.tunables.getInt(Tunable.MAX_DATA), mtu - Header.LENGTH);
    // only ever down: a forged trailer must not raise what the path was found to carry
    maxData = Math.min(maxData, data);
  }

  void add(Connection c) {
    connections.add(c);
  }

  void remove(Connection c, long now) {
    connections.remove(c);
    if (connections.isEmpty()) {
      idleSince = now;
      endpoint.timers.update(this);
    }
  }

  /** The first round trip is known: timers of its calls that were set without one are too late. */
  void rearm(long now) {
    for (int i = 0; i < connections.size(); i++) {
      for (Channel ch : connections.get(i).channels) {
        Call call = ch.call;
        if (call != null && call.state() != CallState.COMPLETE) {
          call.timers.armResend(now);
        }
      }
    }
  }

  /** A call may not send for the pacer's sake. */
  void paced(Call call) {
    path.block(call);
    endpoint.timers.update(this);
  }

  @Override
  long deadline() {
    return connections.isEmpty() ? idleSince + endpoint.peerExpiry : pacer.releaseAt();
  }

  @Override
  void expire(long now) {
    if (connections.isEmpty()) {
      endpoint.peers.remove(this);
    } else {
      pacer.released();
      path.unblock(endpoint);
    }
  }
}
