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

  /** The largest packet that is sought before there is bulk data to send. */
  private static final int ORDINARY = 1444;

  /** Nanoseconds after which the answer that would tell the round trip is taken for lost. */
  private static final long ROUND_TRIP_AGAIN = 200_000_000;

  final InetSocketAddress address;
  final RttEstimator rtt;
  final PathWindow path;
  final Pacer pacer;
  final LongMap<ServiceConnection> serviceConnections = new LongMap<>();
  final List<Connection> connections = new ArrayList<>(1);

  private final Rules rules;

  /**
   * Calls that have something to send, which the path's window or the pacer does not allow yet;
   * null before there was any.
   */
  private @Nullable Roster<Call> blocked;

  /** The receive window it last told, for calls that have not heard from it yet. */
  int window;

  /** The widest receive window it has ever told; -1 for none. */
  private int widest = -1;

  /** How large datagrams to it may be. */
  final MtuSearch mtu;

  /** Whether bulk data was sent to it: only then is it worth to look for large packets. */
  private boolean bulk;

  /** The call on which a datagram of a new size was tried, and when. */
  private @Nullable Call tried;

  private long triedAt;

  /** Which of its replies are acked at once though nobody asked; null before there was any. */
  private @Nullable RateLimit replyAcks;

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

  /** Its services that have refused calls; null before there was any. */
  private Refusals.@Nullable Table refusals;

  /**
   * What is the same for all peers of an endpoint: there may be a million of them.
   *
   * @param forgotten told of a peer that has been without a connection for long enough
   * @param expiry how long one is kept without a connection, in nanoseconds
   * @param replyAcks how many replies are acked at once though nobody asked, before it is one a
   *     second
   */
  record Rules(
      EngineContext context,
      CallLists lists,
      Strangers strangers,
      Consumer<Peer> forgotten,
      Reach.Rules reach,
      RttEstimator.Limits rtt,
      long expiry,
      long replyAcks) {
    static Rules of(
        EngineContext context, CallLists lists, Strangers strangers, Consumer<Peer> forgotten) {
      Tunables tunables = context.tunables;
      long keepalive = context.tuning.keepalive();
      return new Rules(
          context,
          lists,
          strangers,
          forgotten,
          new Reach.Rules(context.pool, context.counters, keepalive, strangers.allowance),
          RttEstimator.Limits.of(tunables),
          tunables.get(Tunable.PEER_EXPIRY),
          tunables.get(Tunable.REPLY_ACKS));
    }
  }

  /**
   * @param known whether this side calls it, or knows that it gets what is sent to it
   * @param joining whether packets go together in one datagram
   */
  Peer(Rules rules, InetSocketAddress address, boolean known, Joining joining, long now) {
    Tunables tunables = rules.context.tunables;
    this.rules = rules;
    this.address = address;
    reach = new Reach(rules.reach, known);
    rtt = new RttEstimator(rules.rtt);
    path = PathWindow.of(tunables, joining);
    pacer = new Pacer(tunables.getInt(Tunable.PACING_BURST));
    window = tunables.getInt(Tunable.PEER_WINDOW);
    int data = tunables.getInt(Tunable.MAX_DATA);
    int standard = Math.min(Header.LENGTH + data, Jumbo.length(1)); // what fits an Ethernet
    mtu = new MtuSearch(standard, Header.LENGTH + data);
    interfaceMtu = rules.context.interfaces.mtu(null, address.getAddress());
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
      int most = bulk ? rules.context.acks.trailer().mostSent(interfaceMtu) : ORDINARY;
      int packet = Math.min(told, most);
      mtu.offered(packet, Math.min(maxMtu, path.jumbo.size()), now);
      if (mtu.at() != Long.MAX_VALUE) {
        rules.context.timers.update(this);
      }
    }
  }

  /** Bulk data goes to it. */
  void bulk() {
    if (!bulk) {
      bulk = true;
      mtu.atOnce();
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
    Refusals.Table table = refusals;
    if (table == null) {
      table = new Refusals.Table();
      refusals = table;
    }
    return table.of(rules.context.timers, rules.context.random, serviceId, now);
  }

  /** The same, or null where it never refused one. */
  @Nullable Refusals refusals(int serviceId) {
    return refusals == null ? null : refusals.find(serviceId);
  }

  /** Whether a call to the same service waits to be taken. */
  boolean refuses(Call call) {
    Refusals waiting = refusals(call.serviceId);
    return waiting != null && !waiting.isEmpty();
  }

  /** A round trip took so long. */
  void measured(long rttNanos, long now) {
    rtt.sample(rttNanos, now);
    path.measured(rtt.smoothed(), rtt.least(), mtu.size());
  }

  /** Whether a reply of it may be acked at once though nobody asked; if so it is counted. */
  boolean mayAckReply(long now) {
    RateLimit limit = replyAcks;
    if (limit == null) {
      limit = new RateLimit(1, rules.replyAcks, now);
      replyAcks = limit;
    }
    return limit.permits(now);
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
      for (int i = 0; i < Connection.CHANNELS; i++) {
        Call call = c.call(i);
        if (call != null) {
          if (call.gear.tx.unsent() + call.gear.tx.lost() > 0) {
            rules.lists.output(call);
          }
          call.memoryFreed(); // more may lie ready
        }
      }
    }
  }

  private void noStranger() {
    rules.strangers.answered(serviceConnections.size());
    rules.context.timers.update(this);
  }

  /** A packet of a call has come. */
  @SuppressWarnings("ReferenceEquality") // a port gives the same object for the same address
  void heard(Call call, Arrival a) {
    heardAt = a.now();
    InetAddress local = a.reached();
    if (local != reached && local != null) {
      reached = local;
      interfaceMtu = rules.context.interfaces.mtu(local, address.getAddress());
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
      rules.context.counters.add(Counter.MTU_BLACK_HOLES);
      rules.context.timers.update(this);
    }
  }

  /** Jumbo datagrams have been lost again and again. */
  void jumbosVanish(long now) {
    if (mtu.jumbosVanish(now)) {
      rules.context.counters.add(Counter.MTU_BLACK_HOLES);
      rules.context.timers.update(this);
    }
  }

  /** A PING on a connection was answered, which may have been to try a size. */
  void sizeAnswered(Connection on, int acked, long now) {
    int before = mtu.size();
    if (mtu.answered(on, acked, now)) {
      path.resized(before, mtu.size());
      rules.context.timers.update(this);
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
    rules.context.counters.add(Counter.MTU_PROBES_SENT);
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
    long least = 2 * rules.context.tuning.keepalive() + rtt.timeout(0);
    for (int i = 0; i < connections.size(); i++) {
      for (int k = 0; k < Connection.CHANNELS; k++) {
        Call call = connections.get(i).call(k);
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
      rules.context.timers.update(this);
    }
  }

  /** The first round trip is known: timers of its calls that were set without one are too late. */
  void rearm(long now) {
    for (int i = 0; i < connections.size(); i++) {
      for (int k = 0; k < Connection.CHANNELS; k++) {
        Call call = connections.get(i).call(k);
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
    Roster<Call> waiting = blocked;
    if (waiting == null) {
      waiting = new Roster<>(Roster.BLOCKED);
      blocked = waiting;
    }
    waiting.add(call);
  }

  /** A call may not send for the pacer's sake. */
  void paced(Call call) {
    block(call);
    rules.context.timers.update(this);
  }

  /** The window may be open again: those who have waited longest come first. */
  void unblock() {
    Roster<Call> waiting = blocked;
    if (waiting == null) {
      return;
    }
    int packets = path.allowance();
    while (packets > 0) {
      Call call = waiting.poll();
      if (call == null) {
        return;
      }
      if (call.gear.tx.sendable(call.gear.peerWindow)
          > 0) { // else its own ACKs have let it send meanwhile: the next one
        rules.lists.output(call);
        packets--;
      }
    }
  }

  /** A call will never send again. */
  void forget(Call call) {
    if (blocked != null) {
      blocked.remove(call);
    }
  }

  @Override
  public long deadline() {
    return connections.isEmpty() ? idleSince + expiry() : Math.min(pacer.releaseAt(), mtu.at());
  }

  @Override
  public void expire(long now) {
    if (connections.isEmpty()) {
      if (idleSince + expiry() <= now) {
        rules.forgotten.accept(this);
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
    return reach.stranger() ? Math.min(rules.expiry, rules.strangers.expiry) : rules.expiry;
  }
}
