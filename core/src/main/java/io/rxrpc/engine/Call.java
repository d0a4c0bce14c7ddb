package io.rxrpc.engine;

import io.rxrpc.security.ConnectionSecurity;
import io.rxrpc.security.PeerIdentity;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.SecurityRefusal;
import io.rxrpc.udp.Errno;
import io.rxrpc.wire.AbortCodes;
import io.rxrpc.wire.AckReason;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One call, either side. Every method is called under the endpoint's lock, except where it says
 * otherwise.
 */
public final class Call extends Listed {
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

  /** Packets of a phase that are gone as soon as they are queued. */
  private static final int SMALL = 4;

  final Endpoint endpoint;
  final Peer peer;
  final int serviceId;
  final @Nullable Service service;
  final TransmitQueue tx;
  final ReceiveQueue rx;
  final AckPolicy acks;
  final ReadPolicy reads;
  final Rack rack;
  final RttProbes probes = new RttProbes();
  final Recovery recovery = new Recovery(this);
  final Told told = new Told(this);
  final CallTimers timers;
  final WriteRoom room = new WriteRoom(this);

  @Nullable Bundle bundle;
  @Nullable Channel channel;
  private int number;
  private CallState state;
  private @Nullable Completion completion;
  private @Nullable Object attachment;
  private boolean released;

  /** Whether it is counted among the users of its connection's keys. */
  private boolean usesKeys;

  /** Whether it counts among those of the endpoint that have data under way. */
  private boolean streams;

  boolean accepted;
  private boolean keepsAlive;
  private int events;

  int peerWindow;
  int widestWindow;
  int ackHeaderSerial;

  /** A client call. */
  Call(Endpoint endpoint, Peer peer, int serviceId, long now) {
    this(endpoint, peer, serviceId, null, CallState.CLIENT_AWAIT_CONN, endpoint.rxWindow, now);
    endpoint.counters.add(Counter.CALLS_STARTED);
  }

  /** A call that arrived. */
  Call(Endpoint endpoint, Channel channel, Service service, boolean secure, long now) {
    this(
        endpoint,
        channel.connection.peer,
        service.id(),
        service,
        secure ? CallState.SERVER_RECV_REQUEST : CallState.SERVER_SECURING,
        secure ? endpoint.rxWindow : endpoint.rxWindowUnsecured,
        now);
    this.channel = channel;
    number = channel.callNumber;
    useKeys(channel);
  }

  private Call(
      Endpoint endpoint,
      Peer peer,
      int serviceId,
      @Nullable Service service,
      CallState state,
      int window,
      long now) {
    this.endpoint = endpoint;
    this.peer = peer;
    this.serviceId = serviceId;
    this.service = service;
    this.state = state;
    rack = new Rack(endpoint.nackThreshold);
    tx = new TransmitQueue(endpoint.pool, 1, rack, peer.path);
    rx = new ReceiveQueue(endpoint.pool, window, 1);
    acks = new AckPolicy(endpoint.softAckDelay, endpoint.softAckEvery, endpoint.hardAckEvery);
    reads = new ReadPolicy(endpoint.readDelay, endpoint.readEvery);
    peerWindow = Math.min(peer.window, endpoint.txWindow);
    timers = new CallTimers(this, now);
    endpoint.calls++;
    streams = state.streams();
    endpoint.streams += streams ? 1 : 0;
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

  /** What the first packet asks of the server: 1 for a newer service. */
  int userStatus() {
    Channel ch = channel;
    return ch != null && ch.connection instanceof ClientConnection c && c.probing ? 1 : 0;
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

  /** What seals and unseals its packets. May be called without the lock once connected. */
  public ConnectionSecurity security() {
    return protection().security();
  }

  /** The same with what it said of itself. */
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
    Protection p = protection();
    return switch (why) {
      case NOT_PERMITTED -> p.notPermitted();
      case LEVEL_TOO_LOW -> p.levelTooLow();
    };
  }

  /** Where the call stands. */
  public CallState state() {
    return state;
  }

  /** The sequence number up to which all data has arrived; 0 for none yet. */
  public int received() {
    return rx.inOrder();
  }

  /** The highest sequence number sent; 0 for none yet. */
  public int sent() {
    return tx.next() - 1;
  }

  /** Whether the whole received phase has arrived. */
  public boolean wholeReceived() {
    return rx.complete();
  }

  /** How it ended, or null while it lives. */
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
    endpoint.eventful(this);
  }

  // commands

  /** Server: takes the call. */
  public void accept() {
    if (service != null && !accepted) {
      accepted = true;
      endpoint.serviceSide.accepted(service);
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
    endpoint.control.busy(ch.connection, ch.cid(), ch.callNumber);
    complete(new Completion(Completion.Kind.BUSY, 0, Errno.EBUSY.number(), "rejected"), now);
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
    if (ch != null && (service != null || tx.next() != 1)) {
      endpoint.control.abort(ch.connection, ch.cid(), number, code);
    }
    complete(new Completion(kind, code, errno.number(), why), now);
    if (kind == Completion.Kind.LOCAL_ABORT) {
      rx.clear(); // what was not read is discarded, as the document says of aborts
    }
  }

  /** Sets the call's hard limit; {@link Long#MAX_VALUE} for none. */
  public void limit(long at) {
    timers.limit(at);
    endpoint.timers.update(timers);
  }

  /** Sets how long silence is borne from now on, in nanoseconds; 0 leaves a value as it is. */
  public void patience(long dead, long idle) {
    timers.patience(dead, idle);
    endpoint.timers.update(timers);
  }

  /** SO_KEEPALIVE: pings at the interval for probes, and has the connection probed afterwards. */
  public void keepAlive() {
    keepsAlive = true;
    timers.pingEvery(endpoint.probeInterval);
    endpoint.timers.update(timers);
    Channel ch = channel;
    if (ch != null && ch.connection instanceof ClientConnection c) {
      c.keepAlive();
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
    endpoint.counters.add(Counter.PINGS_SENT);
    int serial = endpoint.callOutput.ping(this, ch, bytes);
    probes.ping(serial, tx.nextOrder(), now);
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
    rx.clear();
    leaveKeys();
  }

  private void useKeys(Channel ch) {
    usesKeys = true;
    timers.serialsAfter(ch.connection.lastSerial());
    ch.connection.addUser();
  }

  /** Nobody seals or unseals for it any more: what waits to be sent or resent is sealed. */
  private void leaveKeys() {
    Channel ch = channel;
    if (usesKeys && ch != null) {
      usesKeys = false;
      ch.connection.removeUser();
    }
  }

  // the two phases, for PhaseWriter and PhaseReader

  /** Packets that only the path's window keeps from going out. */
  int sendable() {
    if (state == CallState.COMPLETE) {
      return 0;
    }
    int window = tx.hardAcked() + peerWindow - (tx.next() - 1);
    return tx.lost() + Math.max(0, Math.min(tx.unsent(), window));
  }

  /**
   * Queues packets that lie one behind the other: {@code count - 1} of {@code length} bytes, and a
   * last one of {@code lastLength}.
   */
  void commit(
      Block block, int offset, int count, int length, int lastLength, boolean last, long now) {
    if (state == CallState.COMPLETE) {
      return;
    }
    for (int k = 0; k < count; k++) {
      boolean end = k == count - 1;
      int n = end ? lastLength : length;
      if (!tx.append(block, offset + k * length, n, end && last)) {
        // the sequence space is used up: the blob may not have more packets than 2^32 - 1
        fail(AbortCodes.RX_PROTOCOL_ERROR, Errno.EMSGSIZE, "the blob has too many packets", now);
        return;
      }
    }
    if (isClient()) {
      if (last) {
        enter(CallState.CLIENT_AWAIT_REPLY);
      }
    } else {
      if (state != CallState.SERVER_SEND_REPLY) {
        enter(CallState.SERVER_SEND_REPLY);
      }
      if (last) {
        enter(CallState.SERVER_AWAIT_ACK);
      }
    }
    endpoint.output(this);
  }

  /** The reader is done with {@code n} packets. */
  void consumed(int n, long now) {
    boolean taken = !isClient() && rx.consumed() == 0 && n > 0; // until now nothing was hard-acked
    rx.consume(n);
    if (rx.readable() == 0) {
      reads.settled();
    }
    if (state == CallState.COMPLETE || n == 0) {
      return;
    }
    boolean receiving =
        state == CallState.CLIENT_RECV_REPLY || state == CallState.SERVER_RECV_REQUEST;
    if (receiving) {
      if (taken || rx.tight()) {
        acks.read(now, n, taken || rx.readable() == 0);
      }
      timers.awaitData(now);
      endpoint.output(this);
      endpoint.timers.update(timers);
    }
  }

  // transitions

  void enter(CallState next) {
    if (!state.permits(next)) {
      throw new IllegalStateException(state + " -> " + next);
    }
    // what is queued as a whole may still be on its way for long
    boolean flows = next.streams() || (next != CallState.COMPLETE && tx.top() > SMALL);
    endpoint.streams += (flows ? 1 : 0) - (streams ? 1 : 0);
    streams = flows;
    state = next;
  }

  /** Client: a channel was found. */
  void connected(Channel ch, long now) {
    channel = ch;
    number = ch.callNumber;
    useKeys(ch);
    enter(CallState.CLIENT_SEND_REQUEST);
    post(CONNECTED);
    if (keepsAlive && ch.connection instanceof ClientConnection c) {
      c.keepAlive();
    }
    endpoint.timers.update(timers);
  }

  /** Server: the RESPONSE was good. */
  void secured(long now) {
    if (state != CallState.SERVER_SECURING) {
      return;
    }
    enter(CallState.SERVER_RECV_REQUEST);
    rx.window(endpoint.rxWindow);
    acks.atOnce(AckReason.IDLE, 0); // tells the wider window
    endpoint.output(this);
    post(NEW);
    if (rx.complete()) {
      enter(CallState.SERVER_ACK_REQUEST);
    }
    timers.awaitData(now);
    endpoint.timers.update(timers);
  }

  /** Server: the client has begun its next call on the channel. */
  void supersededBy(int number, long now) {
    if (state == CallState.SERVER_AWAIT_ACK) {
      peer.reach.answered();
      complete(Completion.SUCCESS, now); // the implicit ACK of calls.md section 5
    } else {
      complete(
          new Completion(
              Completion.Kind.REMOTE_ABORT,
              AbortCodes.RX_CALL_DEAD,
              Errno.ECONNRESET.number(),
              "the client went on to call " + number),
          now);
    }
  }

  /** The end, whatever the reason; only the first one counts. */
  void complete(Completion why, long now) {
    if (state == CallState.COMPLETE) {
      return;
    }
    enter(CallState.COMPLETE);
    completion = why;
    endpoint.calls--;
    endpoint.counters.add(why.ok() ? Counter.CALLS_COMPLETED : Counter.CALLS_FAILED);
    timers.stop(now);
    tx.clear();
    peer.forget(this);
    peer.unblock();
    if (released) {
      rx.clear();
    }
    Service s = service;
    if (s != null) {
      if (!accepted) {
        accepted = true;
        endpoint.serviceSide.accepted(s);
        if (s.admission != null) {
          s.admission.add(1);
        }
        rx.clear();
        leaveKeys(); // it was never given to an application
      }
      endpoint.serviceSide.ended(s);
    }
    Channel ch = channel;
    if (ch != null) {
      if (why.ok()) {
        ch.endedWell(rx.inOrder());
      } else {
        ch.endedBadly(why.sent() ? why.abortCode() : AbortCodes.RX_CALL_DEAD);
      }
      ch.connection.released(ch, this, now);
    } else {
      endpoint.clientSide.stopWaiting(this);
    }
    post(COMPLETED);
  }

  @Override
  public String toString() {
    return (isClient() ? "call " : "served call ")
        + Integer.toHexString(cid())
        + "/"
        + number
        + " "
        + state;
  }
}
