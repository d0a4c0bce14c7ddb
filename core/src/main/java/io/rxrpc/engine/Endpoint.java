// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.engine.packet.Block;
import io.rxrpc.engine.packet.BufferPool;
import io.rxrpc.engine.policy.Joining;
import io.rxrpc.engine.table.Timed;
import io.rxrpc.security.ClientSecurity;
import io.rxrpc.security.ServerSecurity;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Malformed;
import io.rxrpc.wire.PacketCheck;
import io.rxrpc.wire.PacketType;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One Rx transport endpoint without I/O: datagrams, errors, time and commands go in; datagrams,
 * events and the next deadline come out. Not safe for several threads: whoever holds the driver's
 * lock owns it. All times are nanoseconds of one monotonic clock.
 */
public final class Endpoint {
  final EngineContext context;
  final PeerTable peers;
  final ClientSide clientSide;
  final ServiceSide serviceSide;
  private final CallLists lists;
  private final CallOutput output;
  private final StrangerGate gate;
  private final VersionSide versions;
  private final DebugSide debugSide;
  private final PeerErrors errors;
  private final Arrival arrival = new Arrival();
  private EngineEvent.@Nullable OfCall callEvent;

  /**
   * @param random source of the epoch, connection ids and nonces: cryptographically strong in
   *     earnest, seeded in a simulation
   * @param pool packet memory
   * @param versionText the answer to VERSION requests, at most 64 ASCII characters
   */
  public Endpoint(
      Tunables tunables, RandomGenerator random, BufferPool pool, String versionText, long now) {
    context = new EngineContext(tunables, random, pool, now);
    lists = new CallLists(pool, context.gears);
    peers = new PeerTable(context, lists);
    gate = new StrangerGate(context, peers, now);
    CallInput input = new CallInput(context);
    output = new CallOutput(context);
    clientSide = new ClientSide(context, lists, peers, input, now);
    serviceSide = new ServiceSide(context, lists, peers, gate, input, now);
    versions = new VersionSide(context, versionText, now);
    ServiceLoad load = serviceSide.services.load;
    DebugAnswers answers =
        new DebugAnswers(context, peers, clientSide.connections, serviceSide.connections, load);
    debugSide = new DebugSide(context, answers, now);
    errors = new PeerErrors(context, lists, peers, clientSide.connections);
  }

  // what comes in

  /**
   * A datagram arrived. It is read, never changed, and not kept.
   *
   * @param from who sent it
   * @param to the local address it was sent to, if known; answers leave from there
   */
  public void datagram(
      long now,
      InetSocketAddress from,
      @Nullable InetAddress to,
      MemorySegment memory,
      long offset,
      int length) {
    datagram(now, from, to, memory, offset, length, null);
  }

  /**
   * The same of one that may be kept where it lies.
   *
   * @param lent the block that the datagram lies in: one more use of it for each packet that is
   *     kept. The caller has one as well, and does not write to the memory again while there are
   *     others. Null if nothing is lent
   */
  public void datagram(
      long now,
      InetSocketAddress from,
      @Nullable InetAddress to,
      MemorySegment memory,
      long offset,
      int length,
      @Nullable Block lent) {
    context.counters.add(Counter.DATAGRAMS_RECEIVED);
    context.counters.add(Counter.BYTES_RECEIVED, length);
    Malformed check = PacketCheck.check(memory, offset, length);
    boolean malformed = check != Malformed.NONE;
    if (malformed) {
      context.counters.add(Counter.MALFORMED);
      if (!check.deservesAbort()) {
        return; // silently
      }
    }
    Arrival a = arrival.set(now, from, to, memory, offset, length, malformed).lent(lent);
    int type = a.type();
    if (type == PacketType.VERSION) {
      if (versions.packet(a)) {
        clientSide.alive(peers.find(from), now);
      }
    } else if (type == PacketType.DEBUG) {
      debugSide.packet(a);
    } else if ((a.flags() & Flags.CLIENT_INITIATED) != 0) {
      serviceSide.packet(a);
    } else if (!debugSide.takesRefusal(a)) {
      clientSide.packet(a.unbound());
    }
  }

  /**
   * All datagrams of a batch have been given to {@link #datagram}.
   *
   * @param datagrams how many
   * @param full whether it had no room for another, so that more may be waiting
   */
  public void batch(int datagrams, boolean full) {
    gate.batch(datagrams, full);
  }

  /**
   * The network or this host says that a destination cannot be reached.
   *
   * @param errno the Linux errno
   * @param local whether this host refused to send, rather than the network to carry
   * @param mtu the path's MTU if that is the trouble, else 0
   */
  public void peerError(
      long now, InetSocketAddress destination, int errno, boolean local, int mtu) {
    errors.report(now, destination, errno, local, mtu);
  }

  /** Acts on every deadline that has passed. */
  public void timeout(long now) {
    context.pool.hope();
    for (Timed t = context.timers.due(now); t != null; t = context.timers.due(now)) {
      t.expire(now);
      if (t.heapIndex >= 0 && t.deadline() <= now) {
        throw new IllegalStateException("deadline of " + t + " stays in the past");
      }
    }
  }

  // what comes out

  /** When {@link #timeout} is wanted next; {@link Long#MAX_VALUE} for never. */
  public long nextTimeout() {
    return context.timers.earliest();
  }

  /**
   * Fills in the next thing to send; false if there is nothing. The memory stays as it is until
   * {@link #transmitted}, provided the lock is held until then.
   */
  public boolean transmit(long now, Transmission out) {
    while (!context.queue.next(out)) {
      Call call = lists.firstOutput();
      if (call == null) {
        return false;
      }
      if (call.state() != CallState.COMPLETE) {
        if (call.gear.acks.due()) {
          CallOutput.dueAck(call, now);
          continue;
        }
        if (output.data(call, now, out)) {
          lists.sentSome();
          return true;
        }
      }
      lists.sentAll();
    }
    return true;
  }

  /** Whether {@link #transmit} may have something. */
  public boolean wantsTransmit() {
    return context.queue.pending() || lists.anyOutput();
  }

  /** Everything handed out by {@link #transmit} has left. */
  public void transmitted() {
    context.queue.transmitted();
  }

  /**
   * The next event, or null: first what has happened to calls, then work for security classes, then
   * CHALLENGEs, and at last the answers of peers to VERSION and DEBUG requests.
   */
  public @Nullable EngineEvent poll() {
    Call call = lists.nextEventful();
    if (call != null) {
      EngineEvent.OfCall event = EngineEvent.OfCall.of(callEvent, call);
      callEvent = event;
      return event;
    }
    SecurityTask task = context.tasks.poll();
    if (task != null) {
      return new EngineEvent.Work(task);
    }
    OpenChallenge challenge = clientSide.responder.challenges.poll();
    if (challenge != null) {
      return new EngineEvent.Challenged(challenge);
    }
    VersionReply version = versions.poll();
    if (version != null) {
      return new EngineEvent.VersionTold(version);
    }
    DebugReply debug = debugSide.poll();
    return debug == null ? null : new EngineEvent.DebugTold(debug);
  }

  /**
   * The work on the connection that a call needs, right behind {@link #open}, or null if it needs
   * none: for a caller that does it himself, in place of whoever {@link #poll}s for it.
   */
  public @Nullable SecurityTask takeConnect(Call call) {
    if (context.tasks.peekLast() instanceof Connect c && c.call == call) {
      return context.tasks.pollLast();
    }
    return null;
  }

  // commands

  /**
   * Begins a client call, for hosts with one thread: the security class is asked on the spot. It
   * may have failed already when it is returned.
   *
   * @param serviceId 1..65535
   */
  public Call open(InetSocketAddress to, int serviceId, ClientSecurity security, long now) {
    Call call = clientSide.open(to, serviceId, security, CallWishes.NONE, now);
    SecurityTask connect = takeConnect(call);
    if (connect != null) {
      connect.run();
      connect.finish(now);
    }
    return call;
  }

  /**
   * Begins a client call with wishes. It may have failed already when it is returned.
   *
   * @param security compared by {@code equals} and asked for its number here, so under the lock
   * @param serviceId 1..65535
   */
  public Call open(
      InetSocketAddress to, int serviceId, ClientSecurity security, CallWishes wishes, long now) {
    return clientSide.open(to, serviceId, security, wishes, now);
  }

  /**
   * Offers a service.
   *
   * @param owner handed back by {@link Service#owner}
   * @throws IllegalStateException if the service id is taken
   */
  public Service addService(int id, Offers offers, Object owner) {
    return serviceSide.services.add(id, offers, owner);
  }

  /** The same for hosts with one thread: the security classes are asked on the spot. */
  public Service addService(int id, List<ServerSecurity> securities, Object owner) {
    return serviceSide.services.add(id, Offers.of(securities), owner);
  }

  /** Takes a service away: new calls are refused, running ones go on. */
  public void removeService(Service service) {
    serviceSide.services.remove(service);
  }

  /**
   * From now on {@link Transmission#join} may say that packets go together, as the tunable TX_JUMBO
   * allows: the port needs a system call for each datagram, and can forbid to fragment it. To be
   * called before there are peers.
   */
  public void joinPackets() {
    peers.joining = Joining.ALWAYS;
  }

  /**
   * The same for peers whose receive windows are as narrow as those of OpenAFS, which pay for each
   * datagram: the port cuts trains, and others take what it cuts as a train. To be called before
   * there are peers.
   */
  public void joinPacketsForNarrowWindows() {
    peers.joining = Joining.NARROW;
  }

  /** From now on packets are as large as these interfaces allow. */
  public void interfaces(LinkMtus known) {
    context.interfaces = known;
  }

  /** Asks a peer for its version; {@code id} comes back in the {@link VersionReply}. */
  public void requestVersion(InetSocketAddress to, int id) {
    context.control.versionRequest(to, id);
  }

  /** Asks a peer about itself; {@code id} comes back in the {@link DebugReply}. */
  public void requestDebug(InetSocketAddress to, int id, int debugType, int index) {
    context.control.debugRequest(to, id, debugType, index);
  }

  /** Sends the final ACKs that wait for a next call: there may be none, and no later. */
  public void flushFinalAcks() {
    clientSide.connections.flushFinalAcks();
  }

  /** One more ({@code 1}) or less ({@code -1}) waits for answers to DEBUG requests. */
  public void wantDebug(int change) {
    debugSide.want(change);
  }

  /** One more or less allows DEBUG requests to be answered; nobody does at first. */
  public void allowDebug(int change) {
    debugSide.allow(change);
  }

  /** From now on new calls are refused; those that run go on. */
  public void shutdown() {
    clientSide.shutdown();
    serviceSide.shutdown();
  }

  /** Ends everything: calls are aborted with {@code code}, connections forgotten. */
  public void close(int code, long now) {
    clientSide.shutdown();
    serviceSide.shutdown();
    clientSide.connections.abortWaiting(code, now);
    for (Peer peer : new ArrayList<>(peers.all())) {
      for (Connection c : new ArrayList<>(peer.connections)) {
        for (int i = 0; i < Connection.CHANNELS; i++) {
          Call call = c.call(i);
          if (call != null) {
            call.abort(code, now);
          }
        }
      }
    }
    clientSide.connections.closeAll(now);
    serviceSide.connections.closeAll(peers.all(), now);
    for (Peer peer : new ArrayList<>(peers.all())) {
      peers.remove(peer);
    }
  }

  // what there is

  /** Calls that are not complete. */
  public int liveCalls() {
    return context.census.calls;
  }

  /**
   * Whether the next packet may come within a round trip: a call or two are here, small ones, and
   * each waits for the whole answer of somebody.
   */
  public boolean expectsAnswers() {
    return context.census.expectsAnswers();
  }

  /** Client connections. */
  public int clientConnections() {
    return clientSide.connections.size();
  }

  /** When the last client connection ended that has; before the first, when this began. */
  public long lastClientConnectionClosed() {
    return clientSide.connections.lastClosed();
  }

  /** Service connections. */
  public int serviceConnections() {
    return serviceSide.connections.size();
  }

  /** Peers known. */
  public int peerCount() {
    return peers.size();
  }

  /** Things that have a deadline. */
  public int timerCount() {
    return context.timers.size();
  }

  /** All peers, connections and calls, as they are now. */
  public Snapshot snapshot() {
    return Snapshot.of(peers, clientSide.connections);
  }

  /** What was counted. */
  public Counters counters() {
    return context.counters;
  }

  /** The epoch of client connections from here. */
  public int epoch() {
    return clientSide.connections.epoch();
  }
}
