// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.security.PeerIdentity;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.wire.DebugConnection;
import io.rxrpc.wire.DebugPeer;
import io.rxrpc.wire.DebugRequest;
import io.rxrpc.wire.DebugStats;
import io.rxrpc.wire.PacketType;
import io.rxrpc.wire.RxStatistics;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What this endpoint tells those who send DEBUG requests, when it was told to. */
final class DebugAnswers implements ControlOutput.Body {
  /** The longest answer. */
  static final int MAX_LENGTH = RxStatistics.LENGTH;

  private static final int CLIENT = 0;
  private static final int SERVER = 1;
  private static final int STATE_ACTIVE = 2;
  private static final int STATE_DALLY = 3;
  private static final int STATE_HOLD = 4;
  private static final int SENDING = 1;
  private static final int RECEIVING = 2;

  private static final int EOF = 4;
  private static final int PACKET = 2048;

  /** The call's request, or reply, is here as a whole. */
  private static final int RECEIVE_DONE = 32;

  private static final int RXKAD = 2;
  private static final int SECURITY_KAD = 3;

  /** Flags of rxkad's statistics: none are kept, who it is is known, checksums are checked. */
  private static final int UNCOUNTED = 1;

  private static final int AUTHENTICATED = 2;
  private static final int CHECKSUMS = 8;

  private final EngineContext context;
  private final PeerTable peers;
  private final ClientConnections clients;
  private final ServiceConnections served;
  private final ServiceLoad load;

  DebugAnswers(
      EngineContext context,
      PeerTable peers,
      ClientConnections clients,
      ServiceConnections served,
      ServiceLoad load) {
    this.context = context;
    this.peers = peers;
    this.clients = clients;
    this.served = served;
    this.load = load;
  }

  /** Writes the answer to a request; returns its whole length. */
  @Override
  public int write(MemorySegment p, long at, MemorySegment request, long requestAt) {
    DebugRequest.writeReplyHeader(p, at, request, requestAt);
    int index = DebugRequest.index(request, requestAt);
    return switch (DebugRequest.debugType(request, requestAt)) {
      case DebugRequest.GETSTATS -> stats(p, at);
      case DebugRequest.GETCONN -> connection(p, at, find(index, false));
      case DebugRequest.GETALLCONN -> connection(p, at, find(index, true));
      case DebugRequest.RXSTATS -> statistics(p, at);
      case DebugRequest.GETPEER -> peer(p, at, index);
      default -> DebugRequest.writeBadType(p, at);
    };
  }

  private int stats(MemorySegment p, long at) {
    int length = DebugStats.clear(p, at);
    DebugStats.setVersion(p, at, DebugStats.CURRENT_VERSION);
    DebugStats.setCallsExecuted(p, at, count(Counter.CALLS_SERVED));
    DebugStats.setWaiting(p, at, load.pending);
    DebugStats.setUsedFds(p, at, 1);
    // packet memory in units of a packet of OpenAFS, which an administrator is used to
    long all = context.tunables.get(Tunable.BUFFER_BYTES) / PACKET;
    long used = context.pool.outstanding() / PACKET;
    DebugStats.setPackets(p, at, (int) Math.min(all, Integer.MAX_VALUE));
    DebugStats.setFreePackets(p, at, (int) Math.min(all - used, Integer.MAX_VALUE));
    return length;
  }

  private int statistics(MemorySegment p, long at) {
    int length = RxStatistics.clear(p, at);
    read(p, at, PacketType.DATA, Counter.DATA_RECEIVED);
    read(p, at, PacketType.ACK, Counter.ACKS_RECEIVED);
    read(p, at, PacketType.BUSY, Counter.BUSY_RECEIVED);
    read(p, at, PacketType.ABORT, Counter.ABORTS_RECEIVED);
    read(p, at, PacketType.CHALLENGE, Counter.CHALLENGES_RECEIVED);
    read(p, at, PacketType.RESPONSE, Counter.RESPONSES_RECEIVED);
    sent(p, at, PacketType.DATA, Counter.DATA_SENT);
    sent(p, at, PacketType.ACK, Counter.ACKS_SENT);
    sent(p, at, PacketType.BUSY, Counter.BUSY_SENT);
    sent(p, at, PacketType.ABORT, Counter.ABORTS_SENT);
    sent(p, at, PacketType.CHALLENGE, Counter.CHALLENGES_SENT);
    sent(p, at, PacketType.RESPONSE, Counter.RESPONSES_SENT);
    sent(p, at, PacketType.DEBUG, Counter.DEBUGS_ANSWERED);
    sent(p, at, PacketType.VERSION, Counter.VERSIONS_ANSWERED);
    RxStatistics.set(p, at, RxStatistics.DATA_READ, count(Counter.DATA_RECEIVED));
    RxStatistics.set(p, at, RxStatistics.ACKS_READ, count(Counter.ACKS_RECEIVED));
    RxStatistics.set(p, at, RxStatistics.DUPLICATES_READ, count(Counter.DATA_DUPLICATE));
    RxStatistics.set(p, at, RxStatistics.SPURIOUS_READ, count(Counter.SPURIOUS));
    RxStatistics.set(p, at, RxStatistics.BOGUS_PACKETS, count(Counter.MALFORMED));
    RxStatistics.set(p, at, RxStatistics.ACKS_SENT, count(Counter.ACKS_SENT));
    RxStatistics.set(p, at, RxStatistics.PINGS_SENT, count(Counter.PINGS_SENT));
    RxStatistics.set(p, at, RxStatistics.ABORTS_SENT, count(Counter.ABORTS_SENT));
    RxStatistics.set(p, at, RxStatistics.BUSIES_SENT, count(Counter.BUSY_SENT));
    RxStatistics.set(p, at, RxStatistics.DATA_SENT, count(Counter.DATA_SENT));
    RxStatistics.set(p, at, RxStatistics.DATA_RESENT, count(Counter.DATA_RESENT));
    RxStatistics.set(p, at, RxStatistics.SERVER_CONNECTIONS, served.size());
    RxStatistics.set(p, at, RxStatistics.CLIENT_CONNECTIONS, clients.size());
    RxStatistics.set(p, at, RxStatistics.PEERS, peers.size());
    RxStatistics.set(p, at, RxStatistics.CALLS, context.census.calls);
    return length;
  }

  private void read(MemorySegment p, long at, int type, Counter counter) {
    RxStatistics.set(p, at, RxStatistics.PACKETS_READ + 4 * (type - 1), count(counter));
  }

  private void sent(MemorySegment p, long at, int type, Counter counter) {
    RxStatistics.set(p, at, RxStatistics.PACKETS_SENT + 4 * (type - 1), count(counter));
  }

  private @Nullable Connection find(int index, boolean idleToo) {
    int left = index;
    for (Peer peer : peers.all()) {
      for (Connection c : peer.connections) {
        if ((idleToo || c.active > 0) && left-- == 0) {
          return c;
        }
      }
    }
    return null;
  }

  private int connection(MemorySegment p, long at, @Nullable Connection c) {
    if (c == null) {
      return DebugConnection.writeEnd(p, at);
    }
    int length = DebugConnection.clear(p, at);
    DebugConnection.setHost(p, at, host(c.peer));
    DebugConnection.setPort(p, at, c.peer.address.getPort());
    DebugConnection.setCid(p, at, c.cid);
    DebugConnection.setEpoch(p, at, c.epoch);
    DebugConnection.setSerial(p, at, c.lastSerial());
    DebugConnection.setType(p, at, c.isClient() ? CLIENT : SERVER);
    DebugConnection.setSecurityIndex(p, at, c.securityIndex);
    DebugConnection.setNatMtu(p, at, c.peer.mtu.size());
    security(p, at, c);
    for (int i = 0; i < Connection.CHANNELS; i++) {
      int number = c.callNumber(i);
      DebugConnection.setCallNumber(p, at, i, number);
      Call call = c.call(i);
      DebugConnection.setCallState(p, at, i, state(call, number));
      if (call != null) {
        boolean sends =
            switch (call.state()) {
              case CLIENT_AWAIT_CONN, CLIENT_SEND_REQUEST, SERVER_SEND_REPLY, SERVER_AWAIT_ACK ->
                  true;
              default -> false;
            };
        DebugConnection.setCallMode(p, at, i, sends ? SENDING : RECEIVING);
        if (sends != c.isClient()) {
          DebugConnection.setCallFlags(p, at, i, RECEIVE_DONE);
        }
      } else if (number != 0) {
        DebugConnection.setCallMode(p, at, i, EOF);
      }
    }
    return length;
  }

  private static void security(MemorySegment p, long at, Connection c) {
    if (c.securityIndex != RXKAD) {
      return;
    }
    DebugConnection.setSecurityType(p, at, SECURITY_KAD);
    Protection s = c.protection;
    SecurityLevel level = s == null ? null : s.level();
    int flags = UNCOUNTED;
    if (level != null) {
      DebugConnection.setSecurityLevel(p, at, level.number());
      flags |= AUTHENTICATED | CHECKSUMS;
    }
    PeerIdentity who = s == null ? null : s.peer();
    Instant expiry = who == null ? null : who.expiry();
    if (expiry != null) {
      long seconds = Math.min(expiry.getEpochSecond(), 0xffff_ffffL);
      DebugConnection.setSecurityExpires(p, at, (int) seconds);
    }
    DebugConnection.setSecurityFlags(p, at, flags);
  }

  private static int state(@Nullable Call call, int number) {
    if (call == null) {
      return number == 0 ? 0 : STATE_DALLY;
    }
    return call.state() == CallState.SERVER_AWAIT_ACK ? STATE_HOLD : STATE_ACTIVE;
  }

  private int peer(MemorySegment p, long at, int index) {
    int left = index;
    for (Peer peer : peers.all()) {
      if (left-- == 0) {
        int length = DebugPeer.clear(p, at);
        DebugPeer.setHost(p, at, host(peer));
        DebugPeer.setPort(p, at, peer.address.getPort());
        DebugPeer.setRefCount(p, at, Math.min(peer.connections.size(), 0xffff));
        int mtu = peer.mtu.size();
        DebugPeer.setIfMtu(p, at, mtu);
        DebugPeer.setNatMtu(p, at, mtu);
        DebugPeer.setMaxMtu(p, at, mtu);
        DebugPeer.setMtu(p, at, mtu);
        DebugPeer.setCwind(p, at, Math.min(peer.path.window(), 0xffff));
        // in eighths and quarters of a millisecond, as OpenAFS keeps them
        DebugPeer.setRtt(p, at, (int) (peer.rtt.smoothed() / 125_000));
        DebugPeer.setRttDev(p, at, (int) (peer.rtt.variance() / 250_000));
        long timeout = peer.rtt.timeout(0) / 1000;
        DebugPeer.setTimeoutSeconds(p, at, (int) (timeout / 1_000_000));
        DebugPeer.setTimeoutMicros(p, at, (int) (timeout % 1_000_000));
        return length;
      }
    }
    return DebugPeer.writeEnd(p, at);
  }

  /** The record has room for an IPv4 address only. */
  private static int host(Peer peer) {
    InetAddress address = peer.address.getAddress();
    byte[] b = address == null ? new byte[0] : address.getAddress();
    return b.length != 4
        ? 0
        : (b[0] & 0xff) << 24 | (b[1] & 0xff) << 16 | (b[2] & 0xff) << 8 | (b[3] & 0xff);
  }

  private int count(Counter c) {
    return (int) context.counters.get(c);
  }
}
