// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import io.rxrpc.engine.Call;
import io.rxrpc.engine.Completion;
import io.rxrpc.engine.ConnectionWatcher;
import io.rxrpc.engine.SealRefusal;
import io.rxrpc.engine.Service;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.security.PeerIdentity;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.SecurityRefusal;
import io.rxrpc.wire.AbortCodes;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A call as the threads of the application have it. One thread at a time may read and one may
 * write; {@link #abort} and {@link #close} may be called by any. Whoever got it must close it.
 */
public final class DriverCall extends Command implements Errand, Notifier.Audience {
  private static final System.Logger LOG = System.getLogger("io.rxrpc.call");

  final EngineRoom room;
  final Call call;
  final InPhase in;
  final OutPhase out;
  private final CallRegistry registry;
  private final CallGate gate = new CallGate();
  private final Listeners listeners;

  // of the registry
  @Nullable DriverCall next;
  @Nullable DriverCall previous;

  /** Steps to take at events, or null for a call with blocking threads. */
  @Nullable EventSteps steps;

  /** What it is connected by, null while it waits for that; it never changes. */
  private volatile @Nullable CallLink link;

  private boolean abortedHere;

  /** As a command: the reply to end with, or null to let go of a call that is complete. */
  private byte @Nullable [] last;

  DriverCall(EngineRoom room, CallRegistry registry, Call call) {
    this.room = room;
    this.registry = registry;
    this.call = call;
    in = new InPhase(this);
    out = new OutPhase(this);
    listeners = new Listeners(this);
    call.attach(this);
    link = CallLink.of(call);
  }

  /** What is received: the reply of a client's call, the request of a served one. */
  public InPhase in() {
    return in;
  }

  /** What is sent: the request of a client's call, the reply of a served one. */
  public OutPhase out() {
    return out;
  }

  /** The engine it belongs to. */
  public EngineRoom room() {
    return room;
  }

  /** Who wants to be told of what happens to it. */
  public Listeners listeners() {
    return listeners;
  }

  /** Whether this side made the call. */
  public boolean isClient() {
    return call.isClient();
  }

  /** The other end's transport address. */
  public InetSocketAddress peer() {
    return call.peer();
  }

  /** The service id, 1..65535. */
  public int serviceId() {
    return call.serviceId();
  }

  /**
   * Who the peer is, if that was verified; see {@link io.rxrpc.security.ConnectionSecurity#peer()}.
   */
  public @Nullable PeerIdentity identity() {
    CallLink l = link;
    return l == null ? null : l.identity();
  }

  /** The protection in force, null without security or before there is a connection. */
  public @Nullable SecurityLevel level() {
    CallLink l = link;
    return l == null ? null : l.level();
  }

  /** With which code the connection's security class refuses so. */
  public int abortCode(SecurityRefusal why) {
    CallLink l = link;
    return l == null ? NullSecurity.INSTANCE.abortCode(why) : l.abortCode(why);
  }

  /** The smoothed round-trip time to the peer in nanoseconds; 0 if unknown. */
  public long roundTrip() {
    try (Look _ = room.look()) {
      return call.roundTrip();
    }
  }

  /** The epoch of its connection; 0 while it waits for one. */
  public int epoch() {
    CallLink l = link;
    return l == null ? 0 : l.epoch();
  }

  /** Whether the call is not over, or a reply that came wholly has not been read to its end. */
  public boolean isLive() {
    try (Look _ = room.look()) {
      boolean live = failure() == null && !isClosed();
      return live && (call.isClient() ? !in.ended() && !in.wholeRead() : call.completion() == null);
    }
  }

  /** Asks the peer for a sign of life. */
  public void probe() {
    try (Hold hold = room.hold()) {
      call.ping(hold.now());
    }
  }

  /** How long ago the peer gave a sign of life, or the call began, in nanoseconds. */
  public long silence() {
    try (Look look = room.look()) {
      return call.silence(look.now());
    }
  }

  /** Ends the call if it is not through in so many nanoseconds from now. */
  public void limit(long nanos) {
    try (Hold hold = room.hold()) {
      call.limit(hold.now() + Math.min(nanos, Long.MAX_VALUE / 2));
    }
  }

  /** Served call: what hangs on its connection, or null. */
  public @Nullable ConnectionWatcher watcher() {
    try (Look _ = room.look()) {
      return call.watcher();
    }
  }

  /** Served call: hangs something on its connection, unless something hangs there; returns that. */
  public ConnectionWatcher watch(ConnectionWatcher watcher) {
    try (Hold _ = room.hold()) {
      return call.watch(watcher);
    }
  }

  /** Of a client's call: the service that answers, as far as is known. */
  public int answeringService() {
    try (Look _ = room.look()) {
      return call.serviceId();
    }
  }

  /** Why the call failed, or null if it has not. */
  public @Nullable CallFailure whyFailed() {
    Completion failure = failed();
    return failure == null ? null : room.failure(failure);
  }

  /**
   * Served call: tells the client that we are busy, as if the call had never come.
   *
   * @throws IllegalStateException if something has been read or written
   */
  public void reject() {
    begin(CallGate.READING);
    try {
      if (in.begun() || out.begun()) {
        throw new IllegalStateException("a call is rejected before it is read or answered");
      }
      try (Hold hold = room.hold()) {
        call.reject(hold.now());
      }
    } finally {
      end(CallGate.READING);
    }
  }

  /** How the call failed, or null if it has not. */
  public @Nullable Completion failed() {
    try (Look _ = room.look()) {
      return failure();
    }
  }

  /** Ends the call with an ABORT to the peer. Does nothing if it is over. */
  public void abort(int code) {
    try (Hold hold = room.hold()) {
      abortedHere = true;
      call.abort(code, hold.now());
    }
  }

  /**
   * Served call: ends the reply with what {@code rest} has, and lets go of the call. What was not
   * read of the request is discarded. A small reply without security takes one lock hold, or none
   * when somebody else has the lock: then that one does it.
   */
  public void finish(byte[] rest) throws CallFailure, InterruptedException {
    if (!in.arrived() || out.begun() || !out.isSmall(rest)) {
      finishSlowly(rest, 0);
      return;
    }
    gate.begin(CallGate.WRITING);
    if (!gate.closeByWriter()) {
      end(CallGate.WRITING);
      throw new IllegalStateException("the call is closed");
    }
    last = rest;
    if (!room.tryExecute(this)) {
      last = rest.clone(); // the caller may change it when we have returned
      room.submit(this);
    }
  }

  private void finishSlowly(byte[] rest, int sent) throws CallFailure, InterruptedException {
    begin(CallGate.WRITING);
    boolean gone = false;
    try {
      if (!out.ended()) {
        out.sealWhole(rest, sent);
      } else if (rest.length > 0) {
        throw new IllegalStateException("what is written has been ended before");
      }
      Completion failure;
      try (Hold hold = room.hold()) {
        out.commit(hold.now());
        failure = failure();
        gone = failure == null && goes(hold.now());
      }
      if (failure != null) {
        throw room.failure(failure);
      }
    } finally {
      if (!gone) {
        end(CallGate.WRITING);
      }
    }
  }

  /** Under the lock: the one who writes lets go of the call; false if it was let go of before. */
  private boolean goes(long now) {
    int inside = gate.close();
    if (inside < 0) {
      return false;
    }
    closeLocked(now, inside & ~CallGate.WRITING);
    gate.end(CallGate.WRITING);
    return true;
  }

  @Override
  int weight() {
    return last == null ? 0 : 1;
  }

  @Override
  void execute(long now, Wakeups wakeups) {
    byte[] reply = last;
    if (reply != null) {
      in.discard(now);
      int sent = out.beginWhole(reply, now);
      if (!out.ended() && failure() == null) {
        // there is no packet memory just now
        wakeups.step(
            () -> room.surroundings().threads().handlers().execute(() -> finishLate(reply, sent)));
        return;
      }
    }
    closeLocked(now, 0);
  }

  /** For the application the call is closed already, so nobody else is in it. */
  private void finishLate(byte[] rest, int sent) {
    try {
      out.writeWhole(rest, sent);
    } catch (CallFailure | InterruptedException | RuntimeException e) {
      LOG.log(Level.DEBUG, "the reply to " + peer() + " could not be finished", e);
    } finally {
      try (Hold hold = room.hold()) {
        closeLocked(hold.now(), 0);
      }
    }
  }

  /**
   * Lets go of the call: one that is not through is aborted with RX_USER_ABORT. Repeated calls do
   * nothing. Threads that are in the call fail.
   */
  public void close() {
    int inside = gate.close();
    if (inside < 0) {
      return;
    }
    if (inside == 0 && call.isClient() && in.wholeRead()) {
      room.later(this); // it is complete: nobody waits for that
      return;
    }
    try (Hold hold = room.hold()) {
      closeLocked(hold.now(), inside);
    }
  }

  @Override
  public boolean isClosed() {
    return gate.isClosed();
  }

  /** The same for a call that is complete and has nobody in it; the next lock hold does it. */
  void discard() {
    gate.close();
    room.later(this);
  }

  private void closeLocked(long now, int inside) {
    // a phase with a thread in it is closed by that thread when it leaves
    if ((inside & CallGate.READING) == 0) {
      in.close(now);
    }
    if ((inside & CallGate.WRITING) == 0) {
      out.close();
    }
    call.release(now);
    registry.remove(this);
  }

  /** A thread begins to read or to write. */
  void begin(int what) {
    gate.begin(what);
  }

  /** It has finished. */
  void end(int what) {
    if (gate.end(what)) {
      try (Hold hold = room.hold()) {
        if (what == CallGate.READING) {
          in.close(hold.now());
        } else {
          out.close();
        }
      }
    }
  }

  /** Under the lock: why the call cannot go on, or null. */
  @Nullable Completion failure() {
    Completion own = call.completion();
    Completion over = room.end();
    if (over != null
        && (own == null || (own.kind() == Completion.Kind.LOCAL_ABORT && !abortedHere))) {
      return over;
    }
    return own == null || own.ok() ? null : own;
  }

  /** What the security class refuses ends the call; returns how. */
  CallFailure refused(SecurityFailure why) {
    SecurityDefects.tell(why);
    Completion end;
    try (Hold hold = room.hold()) {
      end = SealRefusal.end(call, why, hold.now());
    }
    return room.failure(end);
  }

  /** Under the lock: the engine has events, or the endpoint ends. */
  void happened(int events, Wakeups wakeups) {
    if ((events & Call.CONNECTED) != 0 && link == null) {
      link = CallLink.of(call);
    }
    in.happened(events, wakeups);
    out.happened(events, wakeups);
    listeners.happened(events, wakeups);
    EventSteps s = steps;
    // A step without anything to do would be a hand-over for nothing, as when a channel was got.
    boolean concerned = !out.ended() || (events & (Call.READABLE | Call.COMPLETED)) != 0;
    if (s != null && concerned && s.wanted()) {
      wakeups.step(s);
    }
  }

  /** Under the lock: the endpoint is over. Needs no memory for those who block. */
  void ended(Wakeups wakeups) {
    in.wake();
    out.wake();
    listeners.ended(wakeups);
    EventSteps s = steps;
    if (s != null && s.wanted()) {
      wakeups.step(s);
    }
  }

  /** Hands a call that has arrived to its service; not under the lock. */
  @Override
  public void run() {
    try {
      sink().accept(this);
    } catch (RuntimeException | Error e) {
      refuse(e);
    }
  }

  @Override
  public boolean runInLoop() {
    try {
      return sink().acceptInLoop(this);
    } catch (RuntimeException | Error e) {
      refuse(e);
      return true;
    }
  }

  @Override
  public boolean mayBlock() {
    return !(service() instanceof CallSink sink) || sink.mayBlock();
  }

  private CallSink sink() {
    return (CallSink) Objects.requireNonNull(service(), "owner");
  }

  private @Nullable Object service() {
    Service service = call.service();
    return service == null ? null : service.owner();
  }

  /** Nobody takes it: as with a full backlog the client is told BUSY, and may come again. */
  private void refuse(Throwable why) {
    try {
      try (Hold hold = room.hold()) {
        call.reject(hold.now());
      }
    } finally {
      close();
    }
    room.notExecuted(why, "a call of service " + serviceId() + " is answered BUSY");
  }

  @Override
  public void abandon(Throwable why) {
    room.notExecuted(why, "a call with a listener is aborted");
    abort(AbortCodes.RX_USER_ABORT);
    if (!isClient()) {
      close();
    }
  }
}
