package io.rxrpc.engine;

import io.rxrpc.udp.Errno;
import java.net.InetSocketAddress;
import java.util.ArrayList;

/** What ICMP messages and failed sends do to the calls they concern. */
final class PeerErrors {
  private PeerErrors() {}

  static void report(
      Endpoint endpoint,
      long now,
      InetSocketAddress destination,
      int errno,
      boolean local,
      int mtu) {
    Peer peer = endpoint.peers.find(destination);
    if (peer == null) {
      return;
    }
    if (errno == Errno.EMSGSIZE.number()) {
      tooBig(endpoint, peer, mtu);
      return;
    }
    if (local && (errno == Errno.ENOBUFS.number() || errno == Errno.EAGAIN.number())) {
      return; // retransmission sees to it
    }
    endpoint.counters.add(Counter.NETWORK_ERRORS);
    Completion why =
        new Completion(
            local ? Completion.Kind.LOCAL_ERROR : Completion.Kind.NETWORK_ERROR,
            0,
            errno,
            Errno.describe(errno));
    // a copy: calls that wait for a channel may open new connections
    for (Connection c : new ArrayList<>(peer.connections)) {
      for (Channel ch : c.channels) {
        Call call = ch.call;
        if (call != null && (call.tx.next() != 1 || !call.isClient())) {
          call.complete(why, now);
        }
      }
      if (!local && c instanceof ClientConnection client) {
        client.giveUp(now); // the next call starts afresh
      }
    }
  }

  /** A hint only, as anybody can forge it: from now on packets may be sent in fragments. */
  private static void tooBig(Endpoint endpoint, Peer peer, int mtu) {
    if (mtu > 0) {
      peer.trailer(mtu - 28, mtu - 28);
    }
    if (!peer.dontFragment) {
      return;
    }
    peer.dontFragment = false;
    // those on their way are known to be lost: again at once, not after a timeout
    int fits = mtu > 0 ? Math.max(mtu - 28, 0) : 0;
    for (Connection c : peer.connections) {
      for (Channel ch : c.channels) {
        Call call = ch.call;
        if (call != null) {
          call.tx.loseLongerThan(fits);
          endpoint.output(call);
        }
      }
    }
  }
}
