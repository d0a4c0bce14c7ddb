// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.engine.table.Listed;
import io.rxrpc.security.ConnectionSecurity;
import io.rxrpc.security.PeerIdentity;
import io.rxrpc.security.PlainPackets;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.SecurityRefusal;
import io.rxrpc.udp.Errno;
import io.rxrpc.wire.AbortCodes;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One call, either side. Every method is called under the endpoint's lock, except where it says
 * otherwise.
 */
public final class Call extends Listed implements PlainPackets.Sent {
  /** Server: a new call is ready to be accepted; its security is settled. */
  public static final int NEW = 1;

  /** Client: the call has a channel, packets may be built. */
  public static final int CONNECTED = 2;

  /** Data can be read, or the received phase has ended. */
  public static final int READABLE = 4;

  /** A writer that found no room can go on. */
  public static final int WRITABLE = 8;

  /** The call is over; see {@link #completion()}. */
  public static final int COMPLETED = 16;

  final EngineContext context;
  final CallLists lists;
  final Peer peer;
  final int serviceId;
  final @Nullable Service service;
  final CallTimers timers;

  /** What it works with; that of nobody before it has a channel, and once it is let go of. */
  CallGear gear;

  @Nullable Bundle bundle;
  @Nullable Channel channel;
  private int number;
  private CallState state;
  private @Nullable Completion completion;
  private @Nullable Object attachment;
  private boolean released;

  /** Whether the call is counted among the users of its connection's keys. */
  private boolean usesKeys;

  /** Whether the endpoint counts the call among those that have data under way. */
  private boolean streams;

  boolean accepted;
  private boolean keepsAlive;
  private int events;
  // its phases, when its gear has been given back
  private int receivedAtLast;
  private boolean wholeAtLast;
  private boolean readAtLast;

  /**
   * @param service the service called, or null for a call from here
   * @param state the first one
   */
  Call(
      EngineContext context,
      CallLists lists,
      Peer peer,
      int serviceId,
      @Nullable Service service,
      CallState state,
      long now) {
    this.context = context;
    this.lists = lists;
    this.peer = peer;
    this.serviceId = serviceId;
    this.service = service;
    this.state = state;
    gear = context.gears.gone(); // a call that waits for a channel needs none
    timers = new CallTimers(this, now);
    context.census.calls++;
    streams = state.streams();
    context.census.streams += streams ? 1 : 0;
  }

  // identity

  /** Whether this side made the call. */
  public boolean isClient() {
    return service == null;
  }

  /** The service called, or null on the client side. */
  public @Nullable Service service() {
    return service;
  }

  /** The other end's transport address. */
  public InetSocketAddress peer() {
    return peer.address;
  }

  /** The service id, 1..65535: the one that answers, where a newer one does. */
  public int serviceId() {
    Channel ch = channel;
    return ch == null ? serviceId : ch.connection.serviceId;
  }

  /** The connection id with the channel in its low bits; 0 before there is a connection. */
  public int cid() {
    Channel ch = channel;
    return ch == null ? 0 : ch.cid();
  }

  /** The connection's epoch; 0 before there is a connection. */
  public int epoch() {
    Channel ch = channel;
    return ch == null ? 0 : ch.connection.epoch;
  }

  /** The call number; 0 before there is a connection. */
  public int number() {
    return number; // its own: the channel may be at the next call while this one is still read
  }

  /** The security class's number. */
  public int securityIndex() {
    Channel ch = channel;
    return ch == null ? 0 : ch.connection.securityIndex;
  }

  /** The serial of the last packet of its connection; 0 before there is a connection. */
  int lastSerial() {
    Channel ch = channel;
    return ch == null ? 0 : ch.connection.lastSerial();
  }

  /** Served call, under the lock: what hangs on its connection, or null. */
  public @Nullable ConnectionWatcher watcher() {
    Channel ch = channel;
    return ch == null ? null : ch.connection.watcher;
  }

  /**
   * Under the lock: hangs a watcher on the connection of a served call, unless there is one.
   *
   * @return the one that hangs there; it was told at once if the connection is forgotten already
   * @throws IllegalArgumentException if the call is not served here
   */
  public ConnectionWatcher watch(ConnectionWatcher watcher) {
    Channel ch = channel;
    if (ch == null || isClient()) {
      throw new IllegalArgumentException(this + " is not served here");
    }
    return ch.connection.watch(watcher);
  }

  /** What seals and unseals its packets. May be called without the lock once connected. */
  public ConnectionSecurity security() {
    return protection().security();
  }

  /** The security of its connection as the engine has it; none before there is a connection. */
  Protection protection() {
    Channel ch = channel;
    Protection p = ch == null ? null : ch.connection.protection;
    return p == null ? Protection.NONE : p;
  }

  /** The protection in force; null without security, or before there is a connection. */
  public @Nullable SecurityLevel level() {
    return protection().level();
  }

  /** Who the peer is, or null if that was not verified. */
  public @Nullable PeerIdentity identity() {
    return protection().peer();
  }

  /** With which code the connection's security class refuses so. */
  public int abortCode(SecurityRefusal why) {
    return protection().abortCode(why);
  }

  /** Of the same connection, perhaps of another call. */
  @Override
  public boolean mayBeRepeated(int channelIndex, int callNumber, int seq) {
    Channel ch = channel;
    return ch != null && ch.connection.mayBeRepeated(channelIndex, callNumber, seq);
  }

  /** Where the call stands. */
  public CallState state() {
    return state;
  }

  /** The sequence number up to which all data has arrived; 0 for none yet. */
  public int received() {
    return gear.isGone() ? receivedAtLast : gear.rx.inOrder();
  }

  /** The highest sequence number sent; 0 for none yet, or when it is over and let go of. */
  public int sent() {
    return gear.tx.next() - 1;
  }

  /** Whether the whole received phase has arrived. */
  public boolean wholeReceived() {
    return gear.isGone() ? wholeAtLast : gear.rx.complete();
  }

  /** Whether the whole received phase has been read. */
  boolean wholeRead() {
    return gear.isGone() ? readAtLast : gear.rx.finished();
  }

  /** How the call ended, or null while it lives. */
  public @Nullable Completion completion() {
    return completion;
  }

  /** How long the peer has been silent, or the call has lived, in nanoseconds. */
  public long silence(long now) {
    return timers.silence(now);
  }

  /** The smoothed round-trip time to the peer in nanoseconds; 0 if unknown. */
  public long roundTrip() {
    return peer.rtt.smoothed();
  }

  // the application's handle

  /** What the application hung on the call. */
  public @Nullable Object attachment() {
    return attachment;
  }

  /** Hangs something on the call. */
  public void attach(Object handle) {
    attachment = handle;
  }

  /** The events since the last time, as bits. */
  public int takeEvents() {
    int e = events;
    events = 0;
    return e;
  }

  void post(int event) {
    events |= event;
    lists.eventful(this);
  }

  // commands

  /** Server: takes the call. */
  public void accept() {
    if (service != null && !accepted) {
      accepted = true;
      service.accepted();
    }
  }

  /**
   * Server: does not take the call; nothing of it may have been read or answered. The client is
   * told BUSY; what it sends after that is a new call here.
   */
  public void reject(long now) {
    Channel ch = channel;
    if (ch == null || service == null || completion != null) {
      return;
    }
    context.control.busy(ch.connection, ch.cid(), ch.callNumber);
    complete(Completion.busy("rejected"), now);
    ch.forgetLast();
  }

  /**
   * Ends the call with an ABORT to the peer. Does nothing if it is over.
   *
   * @param code anything but 0
   */
  public void abort(int code, long now) {
    if (code == 0) {
      throw new IllegalArgumentException("abort code 0 looks like success");
    }
    fail(code, Completion.Kind.LOCAL_ABORT, Errno.ECONNABORTED, "aborted here", now);
  }

  /** The peer broke the protocol: the call is aborted. */
  void protocolError(String why, long now) {
    fail(AbortCodes.RX_PROTOCOL_ERROR, Completion.Kind.LOCAL_ABORT, Errno.EPROTO, why, now);
  }

  /** Ends the call with a local error and tells the peer by an ABORT. */
  public void fail(int abortCode, Errno errno, String why, long now) {
    fail(abortCode, Completion.Kind.LOCAL_ERROR, errno, why, now);
  }

  private void fail(int code, Completion.Kind kind, Errno errno, String why, long now) {
    if (state == CallState.COMPLETE) {
      return;
    }
    Channel ch = channel;
    if (ch != null && (service != null || gear.tx.next() != 1)) {
      context.control.abort(ch.connection, ch.cid(), number, code);
    }
    complete(new Completion(kind, code, errno.number(), why), now);
    if (kind == Completion.Kind.LOCAL_ABORT) {
      gear.rx.clear(); // what was not read is discarded, as the document says of aborts
    }
  }

  /** Sets the call's hard limit; {@link Long#MAX_VALUE} for none. */
  public void limit(long at) {
    timers.limit(at);
  }

  /** Sets how long silence is borne from now on, in nanoseconds; 0 leaves a value as it is. */
  public void patience(long dead, long idle) {
    timers.patience(dead, idle);
  }

  /** SO_KEEPALIVE: pings at the interval for probes, and has the connection probed afterwards. */
  public void keepAlive() {
    keepsAlive = true;
    timers.pingEvery(context.tuning.probeInterval());
    if (channel != null) {
      channel.connection.keepAlive();
    }
  }

  /** Asks the peer for a sign of life; returns the serial of the PING, 0 if there is none. */
  public int ping(long now) {
    return pingPadded(0, now);
  }

  /** The same with zeros up to a size that the path may not carry. */
  int pingPadded(int bytes, long now) {
    Channel ch = channel;
    if (ch == null || state == CallState.COMPLETE) {
      return 0;
    }
    timers.pinged(now);
    context.counters.add(Counter.PINGS_SENT);
    int serial = context.acks.ping(ch.connection, ch.cid(), ch.callNumber, gear.rx, bytes);
    gear.samples.ping(serial, gear.tx.nextOrder(), now);
    return serial;
  }

  /**
   * The application is done with it: what it holds is given back, at once or when the reply has
   * been acked. A call that is not through is aborted.
   */
  public void release(long now) {
    if (released) {
      return;
    }
    released = true;
    if (state != CallState.SERVER_AWAIT_ACK && state != CallState.COMPLETE) {
      abort(AbortCodes.RX_USER_ABORT, now);
    }
    gear.rx.clear();
    leaveKeys();
    lists.settle(this);
  }

  boolean isSettled() {
    return released && state == CallState.COMPLETE && gear.rx.isGone();
  }

  /** Nobody is at it: what may be asked of it still is written down, and its gear is returned. */
  CallGear giveBack() {
    CallGear kept = gear;
    receivedAtLast = received();
    wholeAtLast = wholeReceived();
    readAtLast = wholeRead();
    timers.giveBack();
    gear = context.gears.gone();
    return kept;
  }

  /** Nobody seals or unseals for it any more: what waits to be sent or resent is sealed. */
  private void leaveKeys() {
    if (usesKeys && channel != null) {
      usesKeys = false;
      channel.connection.removeUser();
    }
  }

  // the two phases, for PhaseWriter and PhaseReader

  /** Packets were queued, the last ones of the phase or not. */
  void queued(boolean last) {
    if (!isClient() && state != CallState.SERVER_SEND_REPLY) {
      enter(CallState.SERVER_SEND_REPLY);
    }
    if (last) {
      enter(isClient() ? CallState.CLIENT_AWAIT_REPLY : CallState.SERVER_AWAIT_ACK);
    }
    lists.output(this);
  }

  /** A reply may wait for memory that only who is proven gets. */
  void askProof(long now) {
    if (gear.room.needsProof(now)) {
      ping(now);
    }
  }

  /** Memory has become free: a writer that waits may try again. */
  void memoryFreed() {
    if (gear.room.memoryFreed()) {
      post(WRITABLE);
    }
  }

  // transitions

  void enter(CallState next) {
    if (!state.permits(next)) {
      throw new IllegalStateException(state + " -> " + next);
    }
    // what is queued as a whole may still be on its way for long
    boolean flows = next.streams() || (next != CallState.COMPLETE && gear.tx.isLong());
    context.census.streams += (flows ? 1 : 0) - (streams ? 1 : 0);
    streams = flows;
    state = next;
  }

  /** The call has got a channel. */
  void on(Channel ch) {
    channel = ch;
    number = ch.callNumber;
    usesKeys = true;
    gear = context.gears.take(peer.path, peer.rtt);
    gear.begin(peer.path, peer.mtu, peer.rtt, peer.window, isClient() ? null : peer.reach, state);
    timers.begin(gear);
    timers.serialsAfter(ch.connection.lastSerial());
    ch.connection.addUser();
    if (keepsAlive) {
      ch.connection.keepAlive();
    }
  }

  /** The end, whatever the reason; only the first one counts. */
  void complete(Completion why, long now) {
    if (state == CallState.COMPLETE) {
      return;
    }
    enter(CallState.COMPLETE);
    completion = why;
    context.census.calls--;
    context.counters.add(why.ok() ? Counter.CALLS_COMPLETED : Counter.CALLS_FAILED);
    timers.stop(now);
    gear.tx.clear();
    peer.forget(this);
    peer.unblock();
    if (released) {
      gear.rx.clear();
    }
    Service s = service;
    if (s != null) {
      if (!accepted) {
        accepted = true;
        s.vanished();
        gear.rx.clear();
        leaveKeys(); // it was never given to an application
      }
      s.ended();
    }
    Channel ch = channel;
    if (ch != null) {
      if (why.ok()) {
        ch.endedWell(gear.rx.inOrder());
      } else {
        ch.endedBadly(why.sent() ? why.abortCode() : AbortCodes.RX_CALL_DEAD);
      }
      ch.connection.released(ch, this, now);
    } else if (bundle != null) {
      bundle.stopWaiting(this);
    }
    post(COMPLETED);
    lists.settle(this);
  }

  @Override
  public String toString() {
    String kind = isClient() ? "call " : "served call ";
    return kind + Integer.toHexString(cid()) + "/" + number + " " + state;
  }
}
