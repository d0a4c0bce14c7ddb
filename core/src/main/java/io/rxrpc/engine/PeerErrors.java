package io.rxrpc.engine;

import io.rxrpc.udp.Errno;
import java.net.InetSocketAddress;
import java.util.ArrayList;

/** What ICMP messages and failed sends do to the calls they concern. */
final class PeerErrors {
  private PeerErrors() {}

  static void report(
      Endpoint endpoint, long now, InetSocketAddress destination, int errno, boolean local, int mtu) {
    Peer peer = endpoint.peers.find(destination);
    if (peer == null) {
      return;
    }
    if (errno == Errno.EMSGSIZE.number()) {
      // a hint only: packets that are built are sent again in fragments
      peer.dontFragment = false;
      if (mtu > 0) {
        peer.trailer(mtu - 28, mtu - 28);
      }
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
    for (Connection c : new ArrayList<>(peer.connections)) {
      for (Channel ch : c.channels) {
        Call call = ch.call;
        if (call != null && (call.tx.next() != 1 || !call.isClient())) {
          call.complete(why, now);
        }
      }
    }
  }
}
