package io.rxrpc.engine;

import io.rxrpc.security.ConnectionSecurity;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.udp.Errno;
import io.rxrpc.wire.AbortCodes;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Flags;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One call, either side. Every method is called under the endpoint's lock, except where it says
 * otherwise.
 */
public final class Call extends Timed {
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

  final Endpoint endpoint;
  final Peer peer;
  final int serviceId;
  final @Nullable Service service;
  final TransmitQueue tx;
  final ReceiveQueue rx;
  final AckPolicy acks;
  final CongestionControl congestion;
  final RttProbes probes = new RttProbes();

  @Nullable Bundle bundle;
  @Nullable Channel channel;
  private CallState state;
  private @Nullable Completion completion;
  private @Nullable Object attachment;
  private boolean released;
  boolean accepted;
  private int events;
  @Nullable Call nextWithEvents;
  boolean inOutput;

  int peerWindow;
  int ackHeaderSerial;
  boolean recovering;
  int recoverAt;
  private boolean wantsRoom;
  private boolean busySeen;
  boolean heard;
  private long lastHeard;
  private long lastPing;
  private long lastData;
  private long limitAt = Long.MAX_VALUE;
  long resendAt = Long.MAX_VALUE;
  private int backoff;

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
    tx = new TransmitQueue(endpoint.pool, 1);
    rx = new ReceiveQueue(endpoint.pool, window, 1);
    acks = new AckPolicy(endpoint.softAckDelay, endpoint.softAckEvery, endpoint.hardAckEvery);
    congestion = new NewReno(endpoint.initialCwnd, endpoint.txWindow);
    peerWindow = peer.window;
    lastHeard = now;
    lastPing = now;
    lastData = now;
    long limit = endpoint.tunables.get(Tunable.CALL_TIMEOUT);
    if (limit > 0) {
      limitAt = now + limit;
    }
    endpoint.calls++;
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

  /** The service id, 1..65535. */
  public int serviceId() {
    return serviceId;
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
    Channel ch = channel;
    return ch == null ? 0 : ch.callNumber;
  }

  /** The security class's number. */
  public int securityIndex() {
    Channel ch = channel;
    return ch == null ? 0 : ch.connection.securityIndex;
  }

  /** What seals and unseals its packets. May be called without the lock once connected. */
  public ConnectionSecurity security() {
    Channel ch = channel;
    ConnectionSecurity s = ch == null ? null : ch.connection.security;
    return s == null ? NullSecurity.INSTANCE : s;
  }

  /** Where the call stands. */
  public CallState state() {
    return state;
  }

  /** How it ended, or null while it lives. */
  public @Nullable Completion completion() {
    return completion;
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
    if (events == 0) {
      endpoint.eventful(this);
    }
    events |= event;
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
      endpoint.control.abort(ch.connection, ch.cid(), ch.callNumber, code);
    }
    complete(new Completion(kind, code, errno.number(), why), now);
    if (kind == Completion.Kind.LOCAL_ABORT) {
      rx.clear(); // what was not read is discarded, as the document says of aborts
    }
  }

  /** Sets the call's hard limit; {@link Long#MAX_VALUE} for none. */
  public void limit(long at) {
    limitAt = at;
    endpoint.timers.update(this);
  }

  /** Asks the peer for a sign of life. */
  public void ping(long now) {
    Channel ch = channel;
    if (ch == null || state == CallState.COMPLETE) {
      return;
    }
    lastPing = now;
    endpoint.counters.add(Counter.PINGS_SENT);
    int serial = endpoint.callOutput.ack(this, ch, AckReason.PING, 0, Flags.REQUEST_ACK);
    probes.add(serial, now);
  }

  /**
   * The application is done with it: what it holds is given back, at once or when the reply has been
   * acked. A call that is not through is aborted.
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
  }

  // the two phases, for PhaseWriter and PhaseReader

  /** Packets that may be queued now; 0 while there is no channel or after the phase. */
  int writeRoom() {
    boolean may =
        switch (state) {
          case CLIENT_SEND_REQUEST, SERVER_RECV_REQUEST, SERVER_ACK_REQUEST, SERVER_SEND_REPLY ->
              true;
          case CLIENT_AWAIT_CONN,
              CLIENT_AWAIT_REPLY,
              CLIENT_RECV_REPLY,
              SERVER_SECURING,
              SERVER_AWAIT_ACK,
              COMPLETE ->
              false;
        };
    return may ? tx.room() : 0;
  }

  /** A writer found no room: {@link #WRITABLE} is posted when there is again. */
  void wantRoom() {
    wantsRoom = true;
  }

  /** Writers go on when half of the queue is free: one wake-up for many packets. */
  void roomFreed() {
    if (wantsRoom && tx.room() >= TransmitQueue.CAPACITY / 2) {
      wantsRoom = false;
      post(WRITABLE);
    }
  }

  /** Memory has become free: writers that wait may try again. */
  void memoryFreed() {
    if (wantsRoom) {
      wantsRoom = false;
      post(WRITABLE);
    }
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
    rx.consume(n);
    if (state == CallState.COMPLETE || n == 0) {
      return;
    }
    boolean receiving =
        state == CallState.CLIENT_RECV_REPLY || state == CallState.SERVER_RECV_REQUEST;
    if (receiving) {
      acks.read(now, n);
      endpoint.output(this);
      endpoint.timers.update(this);
    }
  }

  // transitions

  void enter(CallState next) {
    if (!state.permits(next)) {
      throw new IllegalStateException(state + " -> " + next);
    }
    state = next;
  }

  /** Client: a channel was found. */
  void connected(Channel ch, long now) {
    channel = ch;
    lastHeard = now;
    lastPing = now;
    enter(CallState.CLIENT_SEND_REQUEST);
    post(CONNECTED);
    endpoint.timers.update(this);
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
    lastData = now;
    endpoint.timers.update(this);
  }

  /** Server: the client has begun its next call on the channel. */
  void supersededBy(int number, long now) {
    if (state == CallState.SERVER_AWAIT_ACK) {
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
    endpoint.timers.remove(this);
    tx.clear();
    if (released) {
      rx.clear();
    }
    Service s = service;
    if (s != null) {
      if (!accepted) {
        accepted = true;
        endpoint.serviceSide.accepted(s);
        rx.clear();
      }
      endpoint.serviceSide.ended(s);
    }
    Channel ch = channel;
    if (ch != null) {
      if (why.ok()) {
        ch.endedWell(rx.inOrder());
      } else {
        boolean ours = why.kind() == Completion.Kind.LOCAL_ABORT && why.abortCode() != 0;
        ch.endedBadly(ours ? why.abortCode() : AbortCodes.RX_CALL_DEAD);
      }
      ch.connection.released(ch, this, now);
    } else {
      endpoint.clientSide.stopWaiting(this);
    }
    post(COMPLETED);
  }

  // time

  /** Any packet of the call is a sign of life. */
  void heard(long now) {
    heard = true;
    lastHeard = now;
    busySeen = false;
  }

  /** DATA came. */
  void dataHeard(long now) {
    lastData = now;
  }

  /** The server says it is busy: no sign of life, as the call does not live there. */
  void busy() {
    busySeen = true;
  }

  int backoff() {
    return backoff;
  }

  void resetBackoff() {
    backoff = 0;
  }

  /** Arms the retransmission timer anew, or stops it (RFC 6298 §5). */
  void armResend(long now) {
    boolean blocked = tx.unsent() > 0 || (service != null && tx.lastQueued());
    if (tx.size() == 0 || (tx.inFlight() == 0 && tx.lost() == 0 && !blocked)) {
      resendAt = Long.MAX_VALUE;
    } else {
      resendAt = now + peer.rtt.timeout(backoff) + (tx.lastQueued() ? endpoint.lastAckExtra : 0);
    }
    endpoint.timers.update(this);
  }

  @Override
  long deadline() {
    if (state == CallState.CLIENT_AWAIT_CONN) {
      return limitAt;
    }
    long d = Math.min(Math.min(resendAt, acks.deadline()), limitAt);
    d = Math.min(d, Math.min(lastHeard + endpoint.deadTime, keepaliveAt()));
    return Math.min(d, idleAt());
  }

  @Override
  void expire(long now) {
    if (limitAt <= now) {
      fail(AbortCodes.RX_CALL_TIMEOUT, Errno.ETIME, "the call's time limit is over", now);
    } else if (state == CallState.CLIENT_AWAIT_CONN) {
      return;
    } else if (lastHeard + endpoint.deadTime <= now) {
      dead(now);
    } else if (idleAt() <= now) {
      fail(AbortCodes.RX_CALL_TIMEOUT, Errno.ETIME, "the client stopped sending", now);
    } else {
      expireSmall(now);
    }
  }

  private void expireSmall(long now) {
    acks.expire(now);
    if (acks.due()) {
      endpoint.output(this);
    }
    if (resendAt <= now) {
      resend(now);
    }
    if (keepaliveAt() <= now) {
      ping(now);
    }
  }

  private void resend(long now) {
    if (tx.inFlight() == 0 && tx.lost() == 0) {
      ping(now); // the window is closed, or only the final hard ACK is missing
    } else {
      endpoint.counters.add(Counter.TIMEOUTS_RESEND);
      congestion.timedOut(tx.inFlight());
      recovering = false;
      tx.loseAll();
      endpoint.output(this);
    }
    backoff++;
    armResend(now);
  }

  private void dead(long now) {
    if (busySeen) {
      complete(
          new Completion(
              Completion.Kind.BUSY, 0, Errno.EBUSY.number(), "the server is busy"), now);
    } else {
      fail(AbortCodes.RX_CALL_DEAD, Errno.ETIME, "the peer is silent", now);
    }
  }

  /** A peer that was never heard on this call is not pinged: it may not know the call yet. */
  private long keepaliveAt() {
    return heard ? Math.max(lastHeard, lastPing) + endpoint.keepalive : Long.MAX_VALUE;
  }

  private long idleAt() {
    return state == CallState.SERVER_RECV_REQUEST && rx.readable() == 0
        ? lastData + endpoint.idleDeadTime
        : Long.MAX_VALUE;
  }

  @Override
  public String toString() {
    return (isClient() ? "call " : "served call ")
        + Integer.toHexString(cid())
        + "/"
        + number()
        + " "
        + state;
  }

}
