package io.rxrpc.engine;

import io.rxrpc.security.ClientSecurity;
import io.rxrpc.security.ConnectionSecurity;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.security.ServerSecurity;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.Malformed;
import io.rxrpc.wire.PacketCheck;
import io.rxrpc.wire.PacketType;
import io.rxrpc.wire.Version;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
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
  /** Calls that go to and fro with nobody else on the processor. */
  private static final int FEW = 2;

  final Tunables tunables;
  final BufferPool pool;
  final RandomGenerator random;
  final Counters counters = new Counters();
  final TimerHeap timers = new TimerHeap();
  final ControlOutput control;
  final PeerTable peers;
  final ClientSide clientSide;
  final ServiceSide serviceSide;
  final Handshake handshake;
  final CallInput callInput;
  final CallOutput callOutput;
  final ArrayDeque<SecurityTask> tasks = new ArrayDeque<>();
  final ArrayDeque<OpenChallenge> challenges = new ArrayDeque<>();
  final AckTrailer trailer;
  final AckTrailer trailerUnsecured;

  // tunables that are read for every packet or call
  final int rxWindow;
  final int rxWindowUnsecured;
  final int txWindow;
  final long softAckDelay;
  final int softAckEvery;
  final int hardAckEvery;
  final long readDelay;
  final int readEvery;
  final long finalAckDelay;
  final long keepalive;
  final long deadTime;
  final long idleDeadTime;
  final long busyPatience;
  final long probeInterval;
  final int probeLimit;
  final long peerExpiry;

  final int nackThreshold;
  final long peerAckDelay;
  final long peerLastAckDelay;

  /** Calls that are not complete. */
  int calls;

  /** Those of them that have a phase under way, or more than a few packets to send. */
  int streams;

  private int mostJoined = 1;

  private final Roster<Call> output = new Roster<>(Roster.OUTPUT);
  private final Roster<Call> events = new Roster<>(Roster.EVENTS);
  private final Roster<Call> starved = new Roster<>(Roster.STARVED);
  private final ArrayDeque<VersionReply> versions = new ArrayDeque<>();
  private final DebugSide debugSide;
  private final RateLimit rejections;
  private final RateLimit versionReplies;
  private final String versionText;
  private boolean shuttingDown;

  /**
   * @param random source of the epoch, connection ids and nonces: cryptographically strong in
   *     earnest, seeded in a simulation
   * @param pool packet memory
   * @param versionText the answer to VERSION requests, at most 64 ASCII characters
   */
  public Endpoint(
      Tunables tunables, RandomGenerator random, BufferPool pool, String versionText, long now) {
    this.tunables = tunables;
    this.random = random;
    this.pool = pool;
    this.versionText = versionText;
    rxWindow = tunables.getInt(Tunable.RX_WINDOW);
    rxWindowUnsecured = Math.min(rxWindow, tunables.getInt(Tunable.RX_WINDOW_UNSECURED));
    txWindow = tunables.getInt(Tunable.TX_WINDOW);
    softAckDelay = tunables.get(Tunable.SOFT_ACK_DELAY);
    softAckEvery = tunables.getInt(Tunable.SOFT_ACK_EVERY);
    hardAckEvery = tunables.getInt(Tunable.HARD_ACK_EVERY);
    readDelay = tunables.get(Tunable.READ_DELAY);
    readEvery = tunables.getInt(Tunable.READ_EVERY);
    finalAckDelay = tunables.get(Tunable.FINAL_ACK_DELAY);
    keepalive = tunables.get(Tunable.KEEPALIVE);
    deadTime = tunables.get(Tunable.DEAD_TIME);
    idleDeadTime = tunables.get(Tunable.IDLE_DEAD_TIME);
    probeInterval = tunables.get(Tunable.PROBE_INTERVAL);
    probeLimit = tunables.getInt(Tunable.PROBE_SILENCES);
    busyPatience = tunables.get(Tunable.BUSY_PATIENCE);
    peerExpiry = tunables.get(Tunable.PEER_EXPIRY);
    nackThreshold = tunables.getInt(Tunable.NACK_THRESHOLD);
    peerAckDelay = tunables.get(Tunable.PEER_ACK_DELAY);
    peerLastAckDelay = tunables.get(Tunable.PEER_LAST_ACK_DELAY);
    trailer = AckTrailer.of(tunables, rxWindow);
    trailerUnsecured = AckTrailer.of(tunables, rxWindowUnsecured);
    rejections = new RateLimit(tunables.get(Tunable.REJECT_RATE), now);
    debugSide = new DebugSide(this, now);
    versionReplies = new RateLimit(tunables.get(Tunable.VERSION_RATE), now);
    control = new ControlOutput(pool, counters);
    peers = new PeerTable(this, now);
    // bit 31: a random epoch; bit 30 clear, as OpenAFS does
    int epoch = (random.nextInt() & 0x3fffffff) | 0x80000000;
    clientSide = new ClientSide(this, epoch, random.nextInt(), now);
    serviceSide = new ServiceSide(this, now);
    handshake = new Handshake(this);
    callInput = new CallInput(this);
    callOutput = new CallOutput(this);
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
    counters.add(Counter.DATAGRAMS_RECEIVED);
    counters.add(Counter.BYTES_RECEIVED, length);
    Malformed check = PacketCheck.check(memory, offset, length);
    boolean malformed = check != Malformed.NONE;
    if (malformed) {
      counters.add(Counter.MALFORMED);
      if (!check.deservesAbort()) {
        return; // silently
      }
    }
    int type = Header.type(memory, offset);
    if (type == PacketType.VERSION) {
      version(now, from, to, memory, offset, length);
    } else if (type == PacketType.DEBUG) {
      debugSide.packet(now, from, to, memory, offset, length);
    } else if ((Header.flags(memory, offset) & Flags.CLIENT_INITIATED) != 0) {
      serviceSide.packet(now, from, to, memory, offset, length, malformed);
    } else if (!debugSide.takesRefusal(from, memory, offset)) {
      clientSide.packet(now, from, memory, offset, length, malformed);
    }
  }

  /**
   * All datagrams of a batch have been given to {@link #datagram}.
   *
   * @param datagrams how many
   * @param full whether it had no room for another, so that more may be waiting
   */
  public void batch(int datagrams, boolean full) {
    peers.strangers.batch(datagrams, full);
  }

  private void version(
      long now,
      InetSocketAddress from,
      @Nullable InetAddress to,
      MemorySegment p,
      long at,
      int length) {
    if (Version.isRequest(p, at, length)) {
      if (versionReplies.permits(now)) {
        control.versionReply(from, to, p, at, versionText);
      }
    } else if (!Header.isClientInitiated(p, at) && length > Header.LENGTH + 1) {
      clientSide.alive(peers.find(from), now);
      if (versions.size() < 64) {
        versions.add(new VersionReply(from, Header.callNumber(p, at), Version.text(p, at, length)));
      }
    }
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
    PeerErrors.report(this, now, destination, errno, local, mtu);
  }

  /** Acts on every deadline that has passed. */
  public void timeout(long now) {
    pool.hope();
    for (Timed t = timers.due(now); t != null; t = timers.due(now)) {
      t.expire(now);
      if (t.heapIndex >= 0 && t.deadline() <= now) {
        throw new IllegalStateException("deadline of " + t + " stays in the past");
      }
    }
  }

  // what comes out

  /** When {@link #timeout} is wanted next; {@link Long#MAX_VALUE} for never. */
  public long nextTimeout() {
    return timers.earliest();
  }

  /**
   * Fills in the next thing to send; false if there is nothing. The memory stays as it is until
   * {@link #transmitted}, provided the lock is held until then.
   */
  public boolean transmit(long now, Transmission out) {
    while (!control.next(out)) {
      Call call = output.peek();
      if (call == null) {
        return false;
      }
      if (call.state() != CallState.COMPLETE) {
        if (call.acks.due()) {
          callOutput.dueAck(call, now);
          continue;
        }
        if (callOutput.data(call, now, out)) {
          output.rotate(); // in turn: a bulk call must not starve the others
          return true;
        }
      }
      output.poll();
    }
    return true;
  }

  /** Whether {@link #transmit} may have something. */
  public boolean wantsTransmit() {
    return control.pending() || !output.isEmpty();
  }

  /** Everything handed out by {@link #transmit} has left. */
  public void transmitted() {
    control.transmitted();
  }

  /** The next call with events, or null; {@link Call#takeEvents} tells which. */
  public @Nullable Call poll() {
    feedStarved();
    return events.poll();
  }

  /**
   * The work on the connection that a call needs, right behind {@link #open}, or null if it needs
   * none: for a caller that does it himself, in place of whoever takes {@link #pollTask}.
   */
  public @Nullable SecurityTask takeConnect(Call call) {
    if (tasks.peekLast() instanceof Connect c && c.call == call) {
      return tasks.pollLast();
    }
    return null;
  }

  /** Clears the secrets of a connection's security, which is the class's work. */
  void forget(ConnectionSecurity security) {
    if (security != NullSecurity.INSTANCE) {
      tasks.add(new Forget(security));
    }
  }

  /** The next security work to do, or null. */
  public @Nullable SecurityTask pollTask() {
    return tasks.poll();
  }

  /**
   * The next CHALLENGE whose {@link OpenChallenge#owner} is to answer it, or is to forget it
   * because it is not open any more; or null.
   */
  public @Nullable OpenChallenge pollChallenge() {
    return challenges.poll();
  }

  /** The next answer to a VERSION request, or null. */
  public @Nullable VersionReply pollVersion() {
    return versions.poll();
  }

  /** The next answer to a DEBUG request, or null. */
  public @Nullable DebugReply pollDebug() {
    return debugSide.poll();
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
    return serviceSide.add(id, offers, owner);
  }

  /** The same for hosts with one thread: the security classes are asked on the spot. */
  public Service addService(int id, List<ServerSecurity> securities, Object owner) {
    return serviceSide.add(id, Offers.of(securities), owner);
  }

  /** Takes a service away: new calls are refused, running ones go on. */
  public void removeService(Service service) {
    serviceSide.remove(service);
  }

  /**
   * From now on {@link Transmission#join} may say that packets go together, as the tunable TX_JUMBO
   * allows: the port needs a system call for each datagram, and can forbid to fragment it. To be
   * called before there are peers.
   */
  public void joinPackets() {
    mostJoined = tunables.getInt(Tunable.TX_JUMBO);
  }

  /** Asks a peer for its version; {@code id} comes back in the {@link VersionReply}. */
  public void requestVersion(InetSocketAddress to, int id) {
    control.versionRequest(to, id);
  }

  /** Asks a peer about itself; {@code id} comes back in the {@link DebugReply}. */
  public void requestDebug(InetSocketAddress to, int id, int debugType, int index) {
    control.debugRequest(to, id, debugType, index);
  }

  /** Sends the final ACKs that wait for a next call: there may be none, and no later. */
  public void flushFinalAcks() {
    clientSide.flushFinalAcks();
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
    shuttingDown = true;
  }

  /** Ends everything: calls are aborted with {@code code}, connections forgotten. */
  public void close(int code, long now) {
    shuttingDown = true;
    clientSide.abortWaiting(code, now);
    for (Peer peer : new ArrayList<>(peers.all())) {
      for (Connection c : new ArrayList<>(peer.connections)) {
        for (Channel ch : c.channels) {
          Call call = ch.call;
          if (call != null) {
            call.abort(code, now);
          }
        }
      }
    }
    clientSide.closeAll(now);
    serviceSide.closeAll(now);
    for (Peer peer : new ArrayList<>(peers.all())) {
      peers.remove(peer);
    }
  }

  // what there is

  /** Calls that are not complete. */
  public int liveCalls() {
    return calls;
  }

  /**
   * Whether the next packet may come within a round trip: a call or two are here, small ones, and
   * each waits for the whole answer of somebody.
   */
  public boolean expectsAnswers() {
    return calls > 0 && calls <= FEW && streams == 0;
  }

  /** Client connections. */
  public int clientConnections() {
    return clientSide.connections();
  }

  /** When the last client connection ended that has; before the first, when this began. */
  public long lastClientConnectionClosed() {
    return clientSide.lastClosed();
  }

  /** Service connections. */
  public int serviceConnections() {
    return serviceSide.connections();
  }

  /** Peers known. */
  public int peerCount() {
    return peers.size();
  }

  /** Things that have a deadline. */
  public int timerCount() {
    return timers.size();
  }

  /** All peers, connections and calls, as they are now. */
  public Snapshot snapshot() {
    return Snapshot.of(this);
  }

  /** What was counted. */
  public Counters counters() {
    return counters;
  }

  /** The epoch of client connections from here. */
  public int epoch() {
    return clientSide.epoch();
  }

  // for the rooms of this package

  /** Packets that may go in one datagram. */
  int mostJoined() {
    return mostJoined;
  }

  boolean shuttingDown() {
    return shuttingDown;
  }

  /** A call may have something to send. */
  void output(Call call) {
    output.add(call);
  }

  /** A call has events for the application. */
  void eventful(Call call) {
    events.add(call);
  }

  /** A writer found the pool empty. */
  void starved(Call call) {
    call.room.wantMemory();
    starved.add(call);
  }

  private void feedStarved() {
    if (!starved.isEmpty() && pool.roomToSend()) {
      for (Call c = starved.poll(); c != null; c = starved.poll()) {
        c.room.memoryFreed();
      }
    }
  }

  /** Whether one more packet may be sent to somebody who is not known. */
  boolean mayReject(long now) {
    boolean may = rejections.permits(now);
    if (!may) {
      counters.add(Counter.REJECTIONS_SUPPRESSED);
    }
    return may;
  }

  void reject(
      long now,
      InetSocketAddress to,
      @Nullable InetAddress from,
      MemorySegment p,
      long at,
      int type,
      int code) {
    if (mayReject(now)) {
      control.reject(to, from, p, at, type, code);
    }
  }
}
