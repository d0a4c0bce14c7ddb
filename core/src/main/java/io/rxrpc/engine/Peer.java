// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.engine.policy.Joining;
import io.rxrpc.engine.policy.MtuSearch;
import io.rxrpc.engine.policy.Pacer;
import io.rxrpc.engine.policy.PathWindow;
import io.rxrpc.engine.policy.RateLimit;
import io.rxrpc.engine.policy.RttEstimator;
import io.rxrpc.engine.policy.Strangers;
import io.rxrpc.engine.table.LongMap;
import io.rxrpc.engine.table.Roster;
import io.rxrpc.engine.table.Timed;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.Jumbo;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is known about one remote transport address. */
final class Peer extends Timed {
  private static final int OPENAFS_WINDOW = 32;

  /** Nanoseconds after which the answer that would tell the round trip is taken for lost. */
  private static final long ROUND_TRIP_AGAIN = 200_000_000;

  final InetSocketAddress address;
  final RttEstimator rtt;
  final PathWindow path;
  final Pacer pacer;
  final LongMap<ServiceConnection> serviceConnections = new LongMap<>();
  final List<Connection> connections = new ArrayList<>();

  private final EngineContext context;
  private final CallLists lists;
  private final Strangers strangers;
  private final Consumer<Peer> forgotten;

  /** How long it is kept without a connection, in nanoseconds. */
  private final long expiry;

  /** Calls that have something to send, which the path's window or the pacer does not allow yet. */
  private final Roster<Call> blocked = new Roster<>(Roster.BLOCKED);

  /** The receive window it last told, for calls that have not heard from it yet. */
  int window;

  /** The widest receive window it has ever told; -1 for none. */
  private int widest = -1;

  /** How large datagrams to it may be. */
  final MtuSearch mtu;

  /** The call on which a datagram of a new size was tried, and when. */
  private @Nullable Call tried;

  private long triedAt;

  /** Which of its replies are acked at once though nobody asked. */
  final RateLimit replyAcks;

  /** When it was last heard. */
  long heardAt;

  /** The local address that its datagrams come to, and the MTU of the interface; 0 if unknown. */
  private @Nullable InetAddress reached;

  int interfaceMtu;

  /** The epoch of the last packet of a call that it made. */
  private int epochHeard;

  /** When an ACK was last asked of it. */
  long ackRequested;

  /** When an ACK of bulk data asked for an answer last, to know the round trip. */
  private long roundTripAsked;

  /** When its last connection went. */
  long idleSince;

  /** Whether it has shown that it gets what is sent to it. */
  final Reach reach;

  private final Refusals.Table refusals = new Refusals.Table();

  /**
   * @param known whether this side calls it, or knows that it gets what is sent to it
   * @param joining whether packets go together in one datagram
   * @param forgotten told when it has been without a connection for long enough
   */
  Peer(
      EngineContext context,
      CallLists lists,
      Strangers strangers,
      InetSocketAddress address,
      boolean known,
      Joining joining,
      Consumer<Peer> forgotten,
      long now) {
    Tunables tunables = context.tunables;
    this.context = context;
    this.lists = lists;
    this.strangers = strangers;
    this.address = address;
    this.forgotten = forgotten;
    expiry = tunables.get(Tunable.PEER_EXPIRY);
    long keepalive = context.tuning.keepalive();
    reach = new Reach(context.pool, context.counters, keepalive, strangers.allowance, known);
    rtt = new RttEstimator(tunables);
    path = PathWindow.of(tunables, joining);
    pacer = new Pacer(tunables.getInt(Tunable.PACING_BURST));
    window = tunables.getInt(Tunable.PEER_WINDOW);
    int data = tunables.getInt(Tunable.MAX_DATA);
    int standard = Math.min(Header.LENGTH + data, Jumbo.length(1)); // what fits an Ethernet
    mtu = new MtuSearch(standard, Header.LENGTH + data);
    interfaceMtu = context.interfaces.mtu(null, address.getAddress());
    replyAcks = new RateLimit(1, tunables.get(Tunable.REPLY_ACKS), now);
    ackRequested = now - 2_000_000_000L;
    roundTripAsked = now - ROUND_TRIP_AGAIN;
    idleSince = now;
    heardAt = now;
  }

  /** Payload bytes of a DATA packet to it. */
  int maxData() {
    return mtu.size() - Header.LENGTH;
  }

  /** Learns from an ACK trailer; 28 bytes of tolerance, as the two implementations disagree. */
  void trailer(int maxMtu, int ifMtu, int jumboMax, long now) {
    if (maxMtu > 0) { // Linux reads 0 as "no trailer"
      path.jumbo.offered(jumboMax);
      // a datagram of several packets may have what it can receive, a packet what its MTU is
      int told = Math.min(maxMtu, ifMtu > 0 ? ifMtu : maxMtu);
      int packet = Math.min(told, context.acks.trailer().mostSent(interfaceMtu));
      mtu.offered(packet, Math.min(maxMtu, path.jumbo.size()), now);
      if (mtu.at() != Long.MAX_VALUE) {
        context.timers.update(this);
      }
    }
  }

  /** Its ACK tells a receive window, in packets. */
  void window(int told, int most) {
    widest = Math.max(widest, told);
    path.widest(widest);
    window = Math.clamp(told, 1, most);
  }

  /** Whether it may be a Linux: that tells 255 at first, and OpenAFS 16 and 32. */
  boolean mayBeLinux() {
    return widest < 0 || widest > OPENAFS_WINDOW;
  }

  /** Calls of ours to a service that it has refused. */
  Refusals refusals(int serviceId, long now) {
    return refusals.of(context.timers, context.random, serviceId, now);
  }

  /** The same, or null where it never refused one. */
  @Nullable Refusals refusals(int serviceId) {
    return refusals.find(serviceId);
  }

  /** Whether a call to the same service waits to be taken. */
  boolean refuses(Call call) {
    Refusals waiting = refusals.find(call.serviceId);
    return waiting != null && !waiting.isEmpty();
  }

  /** A round trip took so long. */
  void measured(long rttNanos, long now) {
    rtt.sample(rttNanos, now);
    path.measured(rtt.smoothed(), rtt.least(), mtu.size());
  }

  /** It acked data. */
  void answered() {
    if (reach.answered()) {
      noStranger();
    }
  }

  /** It named a serial, or answered a CHALLENGE: whatever waits may go. */
  void prove() {
    boolean stranger = reach.stranger();
    if (!reach.prove()) {
      return;
    }
    if (stranger) {
      noStranger();
    }
    for (Connection c : connections) {
      for (Channel ch : c.channels) {
        Call call = ch.call;
        if (call != null) {
          if (call.tx.unsent() + call.tx.lost() > 0) {
            lists.output(call);
          }
          call.memoryFreed(); // more may lie ready
        }
      }
    }
  }

  private void noStranger() {
    strangers.answered(serviceConnections.size());
    context.timers.update(this);
  }

  /** A packet of a call has come. */
  void heard(Call call, Arrival a) {
    heardAt = a.now();
    InetAddress local = a.reached();
    if (local != reached && local != null) { // a port gives the same object for the same address
      reached = local;
      interfaceMtu = context.interfaces.mtu(local, address.getAddress());
    }
    if (!call.isClient()) {
      epochHeard = epoch(call);
    }
  }

  /**
   * Whether the client has called under another epoch since it was heard on this call: it was
   * started again, or is another one behind the same address. That it is silent on this call then
   * says nothing of the path, which is the new one's too.
   */
  boolean outlived(Call call) {
    return !call.isClient() && epoch(call) != epochHeard;
  }

  private static int epoch(Call call) {
    Channel channel = call.channel;
    return channel == null ? 0 : channel.connection.epoch;
  }

  /** Large packets of a call have been lost again and again. */
  void largePacketsVanish(long now) {
    if (mtu.blackHole(now)) {
      context.counters.add(Counter.MTU_BLACK_HOLES);
      context.timers.update(this);
    }
  }

  /** Jumbo datagrams have been lost again and again. */
  void jumbosVanish(long now) {
    if (mtu.jumbosVanish(now)) {
      context.counters.add(Counter.MTU_BLACK_HOLES);
      context.timers.update(this);
    }
  }

  /** A PING on a connection was answered, which may have been to try a size. */
  void sizeAnswered(Connection on, int acked, long now) {
    int before = mtu.size();
    if (mtu.answered(on, acked, now)) {
      path.resized(before, mtu.size());
      context.timers.update(this);
    }
  }

  private void trySize(long now) {
    if (mtu.at() > now) {
      return;
    }
    Call last = tried;
    boolean lives = last != null && last.state() != CallState.COMPLETE;
    int bytes = mtu.due(now, lives && heardAt - triedAt > 0);
    tried = null;
    if (bytes == 0) {
      return;
    }
    Call call = heardLast(now);
    Channel channel = call == null ? null : call.channel;
    int serial = call == null || channel == null ? 0 : call.pingPadded(bytes, now);
    if (call == null || channel == null || serial == 0) {
      mtu.dormant();
      return;
    }
    context.counters.add(Counter.MTU_PROBES_SENT);
    mtu.sent(channel.connection, serial, now + rtt.probeTimeout());
    tried = call;
    triedAt = now;
  }

  /**
   * The call on which somebody is most likely to answer; null if all are silent. Nobody answers on
   * one that a peer has forgotten which was started again, and that would be taken for the size.
   */
  private @Nullable Call heardLast(long now) {
    Call best = null;
    long least = 2 * context.tuning.keepalive() + rtt.timeout(0);
    for (int i = 0; i < connections.size(); i++) {
      for (Channel ch : connections.get(i).channels) {
        Call call = ch.call;
        if (call != null
            && call.timers.wasHeard()
            && call.state() != CallState.COMPLETE
            && !outlived(call)
            && call.timers.silence(now) < least) {
          best = call;
          least = call.timers.silence(now);
        }
      }
    }
    return best;
  }

  void add(Connection c) {
    connections.add(c);
  }

  void remove(Connection c, long now) {
    connections.remove(c);
    if (connections.isEmpty()) {
      idleSince = now;
      context.timers.update(this);
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

  /**
   * Whether an ACK of bulk data is to ask for an answer. One that only receives would not know how
   * long to wait for what is lost, nor whether the peer is where it says it is; Linux does the
   * same.
   */
  boolean asksRoundTrip(long now) {
    if (rtt.samples() > 0 || now - roundTripAsked < ROUND_TRIP_AGAIN) {
      return false;
    }
    roundTripAsked = now;
    return true;
  }

  /** A call has something to send and may not. */
  void block(Call call) {
    blocked.add(call);
  }

  /** A call may not send for the pacer's sake. */
  void paced(Call call) {
    block(call);
    context.timers.update(this);
  }

  /** The window may be open again: those who have waited longest come first. */
  void unblock() {
    int packets = path.allowance();
    while (packets > 0) {
      Call call = blocked.poll();
      if (call == null) {
        return;
      }
      if (call.tx.sendable(call.peerWindow)
          > 0) { // else its own ACKs have let it send meanwhile: the next one
        lists.output(call);
        packets--;
      }
    }
  }

  /** A call will never send again. */
  void forget(Call call) {
    blocked.remove(call);
  }

  @Override
  public long deadline() {
    return connections.isEmpty() ? idleSince + expiry() : Math.min(pacer.releaseAt(), mtu.at());
  }

  @Override
  public void expire(long now) {
    if (connections.isEmpty()) {
      if (idleSince + expiry() <= now) {
        forgotten.accept(this);
      }
    } else {
      if (pacer.releaseAt() <= now) {
        pacer.released();
        unblock();
      }
      trySize(now);
    }
  }

  private long expiry() {
    return reach.stranger() ? Math.min(expiry, strangers.expiry) : expiry;
  }
}
