package io.rxrpc.engine;

import io.rxrpc.udp.Errno;
import java.net.InetSocketAddress;
import java.util.ArrayList;

/** What ICMP messages and failed sends do to the calls they concern. */
final class PeerErrors {
  private static final int IP_UDP = 28;

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
      tooBig(endpoint, peer, mtu, now);
      return;
    }
    if (local && noRoom(errno)) {
      return; // retransmission sees to it
    }
    endpoint.counters.add(Counter.NETWORK_ERRORS);
    Completion.Kind kind = local ? Completion.Kind.LOCAL_ERROR : Completion.Kind.NETWORK_ERROR;
    // a copy: calls that wait for a channel may open new connections
    for (Connection c : new ArrayList<>(peer.connections)) {
      for (Channel ch : c.channels) {
        Call call = ch.call;
        if (call != null && (call.tx.next() != 1 || !call.isClient())) {
          boolean unheard = call.isClient() && !call.timers.wasHeard();
          call.complete(new Completion(kind, 0, errno, Errno.describe(errno), unheard), now);
        }
      }
      if (!local && c instanceof ClientConnection client) {
        client.giveUp(now); // the next call starts afresh
      }
    }
  }

  private static boolean noRoom(int errno) {
    return errno == Errno.ENOBUFS.number()
        || errno == Errno.EAGAIN.number()
        || errno == Errno.ENOMEM.number();
  }

  /** A hint only, as anybody can forge it: larger packets than it says may be sent in fragments. */
  private static void tooBig(Endpoint endpoint, Peer peer, int mtu, long now) {
    int before = peer.mtu.size();
    if (!peer.mtu.tooBig(mtu > 0 ? Math.max(mtu - IP_UDP, 1) : 0, now)) {
      return;
    }
    endpoint.timers.update(peer);
    // those on their way are known to be lost: again at once, not after a timeout
    int size = peer.mtu.size();
    for (Connection c : peer.connections) {
      for (Channel ch : c.channels) {
        Call call = ch.call;
        if (call != null) {
          boolean any = call.tx.loseBetween(size, before);
          call.tx.loseJoined();
          if (any && mtu <= 0) {
            call.tx.loseBetween(0, size); // this host refused them, and with them the whole train
          }
          endpoint.output(call);
        }
      }
    }
  }
}
