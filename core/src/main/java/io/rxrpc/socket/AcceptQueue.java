// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import io.rxrpc.driver.Wakeups;
import io.rxrpc.engine.Admission;
import io.rxrpc.engine.Call;
import io.rxrpc.udp.Errno;
import io.rxrpc.wire.AbortCodes;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Calls that want a tag, and tags that want a call. Until the first charge calls are announced by
 * NEW_CALL and wait for an ACCEPT; from then on only charged calls are taken. Under the driver's
 * lock.
 *
 * <p>The engine takes as many calls as there are places. Announcing: the backlog, less the calls
 * that wait. Charging: the charges, less the calls whose security is being settled.
 */
final class AcceptQueue {
  final Admission places = new Admission();
  private final CallTable table;
  private final Set<PendingCall> pending = new LinkedHashSet<>();
  private final Set<Long> charges = ConcurrentHashMap.newKeySet();
  private final ArrayDeque<Long> order = new ArrayDeque<>();
  private boolean charging;
  private boolean ended;
  private int backlog;

  AcceptQueue(CallTable table) {
    this.table = table;
  }

  /** Takes up to so many calls that nobody has accepted; 0: none. */
  void backlog(int calls) {
    if (!charging) {
      places.add(calls - backlog);
    }
    backlog = calls;
  }

  boolean isCharged(long tag) {
    return charges.contains(tag);
  }

  /** A call has come: it takes a charge or is announced. */
  void arrived(Call call, long now, Wakeups wakeups) {
    Long tag = order.poll();
    if (tag != null) {
      charges.remove(tag);
      call.accept();
      table.take(tag, call, now, wakeups);
      return;
    }
    if (table.over() != null || (charging && ended)) {
      // it was being secured when that happened: nobody will ever take it
      call.abort(AbortCodes.RX_INVALID_OPERATION, now);
      call.release(now);
      return;
    }
    PendingCall p = new PendingCall(this, call);
    pending.add(p);
    if (charging) {
      places.add(1); // it came before the first charge; the next one is for it
      return;
    }
    Inbox.Entry e = new Inbox.Entry(Inbox.Kind.NEW_CALL, null, p);
    p.message = e;
    table.inbox.append(e);
    table.arrivedForAnybody(wakeups);
  }

  /** A call's security came to nothing: it takes a charge all the same, as in Linux, to say so. */
  boolean failed(Call call, long now, Wakeups wakeups) {
    Long tag = order.poll();
    if (tag == null) {
      return false;
    }
    charges.remove(tag);
    places.add(-1);
    table.take(tag, call, now, wakeups);
    return true;
  }

  /** A call that waited has ended. */
  void lost(PendingCall p) {
    if (pending.remove(p)) {
      withdraw(p);
      if (charging) {
        places.add(-1); // the engine has given back a place that it had not
      }
    }
  }

  /**
   * Gives a tag to the first call that waits.
   *
   * @throws SocketErrorException ENODATA when none does, EBADSLT when the tag is in use
   */
  void accept(long tag, long now, Wakeups wakeups) throws SocketErrorException {
    if (pending.isEmpty()) {
      throw new SocketErrorException(Errno.ENODATA, "no call waits to be accepted");
    }
    table.checkFree(tag);
    PendingCall p = first();
    if (!charging) {
      places.add(1);
    }
    p.call.accept();
    table.take(tag, p.call, now, wakeups);
  }

  /**
   * Gives a tag to a call that is still to come.
   *
   * @throws SocketErrorException EBADSLT when it is in use, ENOBUFS when the backlog is full
   */
  void charge(long tag, long now, Wakeups wakeups) throws SocketErrorException {
    table.checkFree(tag);
    if (charges.size() >= backlog) {
      throw new SocketErrorException(Errno.ENOBUFS, "the backlog of " + backlog + " is full");
    }
    if (!charging) {
      charging = true;
      places.add(pending.size() - backlog);
      pending.forEach(this::withdraw);
    }
    if (!pending.isEmpty()) {
      PendingCall p = first();
      p.call.accept();
      table.take(tag, p.call, now, wakeups);
    } else {
      charges.add(tag);
      order.add(tag);
      places.add(1);
    }
  }

  /** Charges are forgotten: no more calls are wanted. */
  void discardCharges() {
    ended = true;
    places.add(-charges.size());
    charges.clear();
    order.clear();
  }

  /** Aborts what waits. */
  void abortAll(int code, long now) {
    for (PendingCall p : pending.toArray(new PendingCall[0])) {
      lost(p);
      p.call.abort(code, now);
      p.call.release(now);
    }
  }

  /**
   * Tells the client of the first call that waits that we are busy.
   *
   * @throws SocketErrorException ENODATA when none waits
   */
  void reject(long now) throws SocketErrorException {
    if (pending.isEmpty()) {
      throw new SocketErrorException(Errno.ENODATA, "no call waits to be rejected");
    }
    Call call = first().call;
    if (charging) {
      places.add(-1); // the engine gives back a place that it had not
    }
    call.reject(now);
    call.release(now);
  }

  private PendingCall first() {
    Iterator<PendingCall> it = pending.iterator();
    PendingCall p = it.next();
    it.remove();
    withdraw(p);
    return p;
  }

  private void withdraw(PendingCall p) {
    Inbox.Entry e = p.message;
    if (e != null) {
      p.message = null;
      table.inbox.remove(e);
    }
  }
}
