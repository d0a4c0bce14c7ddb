// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import io.rxrpc.driver.CallHost;
import io.rxrpc.driver.EndpointDriver;
import io.rxrpc.driver.Wakeups;
import io.rxrpc.engine.Call;
import io.rxrpc.engine.DebugReply;
import io.rxrpc.engine.OpenChallenge;
import io.rxrpc.udp.Errno;
import io.rxrpc.wire.AbortCodes;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The books of one bound socket: tags, messages, who waits. Everything is under the driver's lock.
 */
final class CallTable implements CallHost {
  /** Why no operation may go on. */
  enum Over {
    /** The socket was shut down. */
    SHUT,
    /** It was closed. */
    CLOSED,
    /** The UDP port has failed. */
    FAILED
  }

  final EndpointDriver driver;
  final Inbox inbox = new Inbox();
  final AcceptQueue accepting = new AcceptQueue(this);
  final WaitList receivers = new WaitList();

  /** Threads that wait for the socket to be ready for something. */
  final WaitList pollers = new WaitList();

  /** Threads that wait for more of a call; a message of another call ends their waiting. */
  private final WaitList moreWanted = new WaitList();

  final Challenges challenges = new Challenges(this);
  final DebugExchange debug = new DebugExchange(this);
  private final Map<Long, SocketCall> tags = new ConcurrentHashMap<>();
  private volatile @Nullable Over over;
  private boolean sendReady = true;
  private boolean listening;
  private boolean keepalive;

  /** Told of readiness, without the lock. */
  private @Nullable Runnable listener;

  private volatile boolean listenerPlanned;

  CallTable(EndpointDriver driver) {
    this.driver = driver;
  }

  // calls

  @Nullable SocketCall find(long tag) {
    return tags.get(tag);
  }

  /** Whether a call or a charge has a tag; without the lock, for a first look. */
  boolean taken(long tag) {
    return tags.containsKey(tag) || accepting.isCharged(tag);
  }

  int size() {
    return tags.size();
  }

  /**
   * @throws SocketErrorException EBADSLT when a call or a charge has the tag
   */
  void checkFree(long tag) throws SocketErrorException {
    if (tags.containsKey(tag) || accepting.isCharged(tag)) {
      throw new SocketErrorException(
          Errno.EBADSLT, "tag " + Long.toUnsignedString(tag) + " is in use");
    }
  }

  /** A call gets its tag. */
  SocketCall take(long tag, Call call, long now, Wakeups wakeups) {
    SocketCall c = new SocketCall(this, tag, call);
    tags.put(tag, c);
    if (keepalive) {
      call.keepAlive();
    }
    c.happened(call.completion() == null ? 0 : Call.COMPLETED, now, wakeups);
    return c;
  }

  /** Frees a tag; the call is let go of. */
  void release(SocketCall c, long now, Wakeups wakeups) {
    tags.remove(c.tag, c);
    c.letGo(now, wakeups);
    if (!mayReceive()) {
      receivers.wakeAll(wakeups); // nothing is left to wait for
    }
  }

  @Override
  public void arrived(Call call, int events, long now, Wakeups wakeups) {
    accepting.arrived(call, now, wakeups);
  }

  /** SO_KEEPALIVE, for calls that get their tag from now on. */
  void keepalive(boolean on) {
    keepalive = on;
  }

  @Override
  public boolean failed(Call call, long now, Wakeups wakeups) {
    return accepting.failed(call, now, wakeups);
  }

  void listening(boolean takesCalls) {
    listening = takesCalls;
  }

  // messages

  /** A message of a call was queued. */
  void arrivedFor(SocketCall c, Wakeups wakeups) {
    SocketWaiter w = c.moreWanted;
    if (w != null) {
      w.wake(wakeups);
      if (inbox.first() != null && inbox.first().call == c) {
        return;
      }
    }
    arrivedForAnybody(wakeups);
  }

  /** A message was queued that any thread may take. */
  void arrivedForAnybody(Wakeups wakeups) {
    moreWanted.wakeAll(wakeups);
    receivers.wakeOne(wakeups);
    tell(wakeups);
  }

  /** A sender that found no room may go on. */
  void writable(Wakeups wakeups) {
    if (!sendReady) {
      sendReady = true;
      tell(wakeups);
    }
  }

  /** A send found no room. */
  void sendRefused() {
    sendReady = false;
  }

  /** Whether sending is worth a try: nothing was refused, or room has come since. */
  boolean sendReady() {
    return sendReady;
  }

  void listener(Runnable l) {
    listener = l;
  }

  void awaitMore(SocketCall c, SocketWaiter waiter) {
    c.moreWanted = waiter;
    moreWanted.add(waiter);
  }

  void stopAwaitingMore(SocketCall c, SocketWaiter waiter) {
    c.moreWanted = null;
    moreWanted.remove(waiter);
  }

  /** Threads that wait look again whether they may. */
  void receiversAgain(Wakeups wakeups) {
    receivers.wakeAll(wakeups);
  }

  /** Whether a message may still come. */
  boolean mayReceive() {
    return listening || !tags.isEmpty() || !inbox.isEmpty() || !debug.isEmpty();
  }

  /** Those who wait for readiness shall look. */
  void tell(Wakeups wakeups) {
    pollers.wakeAll(wakeups);
    Runnable l = listener;
    if (l != null && !listenerPlanned) {
      listenerPlanned = true;
      wakeups.step(
          () -> {
            listenerPlanned = false;
            l.run();
          });
    }
  }

  // the end

  @Nullable Over over() {
    return over;
  }

  /** Fails if the socket is over. */
  void checkOpen() throws ClosedChannelException, SocketErrorException {
    Over why = over;
    if (why == null) {
      return;
    }
    switch (why) {
      case CLOSED -> throw new ClosedChannelException();
      case SHUT -> throw new SocketErrorException(Errno.ESHUTDOWN, "the socket was shut down");
      case FAILED -> throw new SocketErrorException(Errno.EIO, "the UDP port has failed");
    }
  }

  @Override
  public void challenged(OpenChallenge challenge, Wakeups wakeups) {
    if (over == null) {
      challenges.changed(challenge, wakeups);
    }
  }

  @Override
  public void debugged(DebugReply reply, Wakeups wakeups) {
    DebugExchange.Answer answer = debug.answered(reply);
    if (answer != null) {
      Inbox.Entry e = new Inbox.Entry(Inbox.Kind.DEBUG, null, null);
      e.answer = answer;
      inbox.append(e);
      arrivedForAnybody(wakeups);
    }
  }

  @Override
  public void ended(Wakeups wakeups) {
    over(Over.FAILED, wakeups);
  }

  /** Aborts every call and wakes every thread. */
  void end(Over why, long now, Wakeups wakeups) {
    for (SocketCall c : new ArrayList<>(tags.values())) {
      c.call.abort(AbortCodes.RX_CALL_DEAD, now); // as Linux does when a socket is closed
      release(c, now, wakeups);
    }
    debug.forgetAll();
    challenges.forgetAll();
    accepting.discardCharges();
    accepting.abortAll(AbortCodes.RX_CALL_DEAD, now);
    listening = false;
    over(why, wakeups);
  }

  private void over(Over why, Wakeups wakeups) {
    if (over != Over.CLOSED) {
      over = why;
    }
    receivers.wakeAll(wakeups);
    moreWanted.wakeAll(wakeups);
    tags.values().forEach(c -> c.senders.wakeAll(wakeups));
    tell(wakeups);
  }
}
