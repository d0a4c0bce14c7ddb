// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.udp.Errno;
import java.net.InetSocketAddress;
import java.util.ArrayList;

/** What ICMP messages and failed sends do to the calls they concern. */
final class PeerErrors {
  private static final int IP_UDP = 28;

  private final EngineContext context;
  private final CallLists lists;
  private final PeerTable peers;
  private final ClientConnections clients;

  PeerErrors(EngineContext context, CallLists lists, PeerTable peers, ClientConnections clients) {
    this.context = context;
    this.lists = lists;
    this.peers = peers;
    this.clients = clients;
  }

  void report(long now, InetSocketAddress destination, int errno, boolean local, int mtu) {
    Peer peer = peers.find(destination);
    if (peer == null) {
      return;
    }
    if (errno == Errno.EMSGSIZE.number()) {
      tooBig(peer, mtu, now);
      return;
    }
    if (local && noRoom(errno)) {
      return; // retransmission sees to it
    }
    context.counters.add(Counter.NETWORK_ERRORS);
    Completion.Kind kind = local ? Completion.Kind.LOCAL_ERROR : Completion.Kind.NETWORK_ERROR;
    // a copy: calls that wait for a channel may open new connections
    for (Connection c : new ArrayList<>(peer.connections)) {
      for (int i = 0; i < Connection.CHANNELS; i++) {
        Call call = c.call(i);
        if (call != null && (call.gear.tx.next() != 1 || !call.isClient())) {
          boolean unheard = call.isClient() && !call.timers.wasHeard();
          call.complete(new Completion(kind, 0, errno, Errno.describe(errno), unheard), now);
        }
      }
      if (!local && c instanceof ClientConnection client) {
        clients.giveUp(client, now); // the next call starts afresh
      }
    }
  }

  private static boolean noRoom(int errno) {
    return errno == Errno.ENOBUFS.number()
        || errno == Errno.EAGAIN.number()
        || errno == Errno.ENOMEM.number();
  }

  /** A datagram was too big. That is a hint only, as anybody can forge it. */
  private void tooBig(Peer peer, int mtu, long now) {
    int before = peer.mtu.size();
    if (!peer.mtu.tooBig(mtu > 0 ? Math.max(mtu - IP_UDP, 1) : 0, now)) {
      return;
    }
    context.timers.update(peer);
    // those on their way are known to be lost: again at once, not after a timeout
    int size = peer.mtu.size();
    for (Connection c : peer.connections) {
      for (int i = 0; i < Connection.CHANNELS; i++) {
        Call call = c.call(i);
        if (call != null) {
          boolean any = call.gear.tx.losses.loseBetween(size, before);
          call.gear.tx.losses.loseJoined();
          if (any && mtu <= 0) {
            call.gear.tx.losses.loseBetween(
                0, size); // this host refused them, and with them the whole train
          }
          lists.output(call);
        }
      }
    }
  }
}
