// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import org.jspecify.annotations.Nullable;

/**
 * The messages of a socket in the order in which they came. Data of one call that nothing stands
 * behind is one entry that grows. Under the driver's lock.
 */
final class Inbox {
  /** What an entry holds. */
  enum Kind {
    /** Data of a call. */
    DATA,
    /** The end of a call. */
    END,
    /** A call waits to be accepted. */
    NEW_CALL,
    /** An answer to a request for debugging. */
    DEBUG,
    /** A CHALLENGE that the application answers. */
    CHALLENGE
  }

  /** A place in the queue. */
  static final class Entry {
    final Kind kind;
    final @Nullable SocketCall call;
    final @Nullable PendingCall pending;
    DebugExchange.@Nullable Answer answer;
    Challenges.@Nullable Question question;

    /** Data: the last packet of it; it begins where the call's reader is. */
    int upTo;

    private @Nullable Entry previous;
    private @Nullable Entry next;
    private boolean queued;

    Entry(Kind kind, @Nullable SocketCall call, @Nullable PendingCall pending) {
      this.kind = kind;
      this.call = call;
      this.pending = pending;
    }

    boolean isData(SocketCall of) {
      return kind == Kind.DATA && call == of;
    }
  }

  private @Nullable Entry first;
  private @Nullable Entry last;

  /** The first entry, whoever reads its call. */
  @Nullable Entry first() {
    return first;
  }

  /** The first entry whose call no thread is reading; the order within a call is kept. */
  @Nullable Entry firstFree() {
    for (Entry e = first; e != null; e = e.next) {
      SocketCall c = e.call;
      if (c == null || !c.reading) {
        return e;
      }
    }
    return null;
  }

  /** The entry behind another one. */
  @Nullable Entry after(Entry e) {
    return e.next;
  }

  boolean isEmpty() {
    return first == null;
  }

  /** More data of a call, up to a packet. Returns whether it became an entry of its own. */
  boolean data(SocketCall call, int upTo) {
    Entry tail = last;
    if (tail != null && tail.isData(call)) {
      tail.upTo = upTo;
      return false;
    }
    Entry e = new Entry(Kind.DATA, call, null);
    e.upTo = upTo;
    append(e);
    return true;
  }

  void append(Entry e) {
    Entry tail = last;
    e.previous = tail;
    e.next = null;
    count(e, 1);
    if (tail == null) {
      first = e;
    } else {
      tail.next = e;
    }
    last = e;
  }

  /** Puts the rest of a data entry back in front. */
  void pushBack(Entry e) {
    Entry head = first;
    SocketCall call = e.call;
    if (head != null && call != null && head.isData(call)) {
      return; // that one begins where the reader is
    }
    e.previous = null;
    e.next = head;
    count(e, 1);
    if (head == null) {
      last = e;
    } else {
      head.previous = e;
    }
    first = e;
  }

  /** Takes an entry out; one that is not in does not matter. */
  void remove(Entry e) {
    if (!e.queued) {
      return;
    }
    Entry before = e.previous;
    Entry after = e.next;
    if (before == null) {
      first = after;
    } else {
      before.next = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.previous = before;
    }
    e.previous = null;
    e.next = null;
    count(e, -1);
  }

  private static void count(Entry e, int change) {
    e.queued = change > 0;
    SocketCall call = e.call;
    if (call != null) {
      call.messages += change;
    }
  }

  /** The last packet of the data of one call that nothing stands between, from an entry on. */
  int upTo(Entry from) {
    Entry e = from;
    SocketCall call = e.call;
    for (Entry n = e.next; call != null && n != null && n.isData(call); n = n.next) {
      e = n;
    }
    return e.upTo;
  }

  /** Takes out all data that a call has in here. */
  void discardData(SocketCall call) {
    discard(call, false);
  }

  /** Takes out all that a call has in here. */
  void discard(SocketCall call) {
    discard(call, true);
  }

  private void discard(SocketCall call, boolean end) {
    for (Entry e = first; e != null && call.messages > 0; ) {
      Entry next = e.next;
      if (e.isData(call) || (end && e.call == call)) {
        remove(e);
      }
      e = next;
    }
  }
}
