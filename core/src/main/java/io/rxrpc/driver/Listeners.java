// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import io.rxrpc.engine.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Who is told of what happens to a call, on executors of their own. Safe for all threads. */
public final class Listeners {
  private final DriverCall owner;

  // under the lock
  private @Nullable Notifier readable;
  private @Nullable Notifier writable;
  private @Nullable List<EndNotice> ends;

  /** The application has done with the call. */
  private volatile boolean dismissed;

  Listeners(DriverCall owner) {
    this.owner = owner;
  }

  /**
   * Has a listener told whenever there may be something to read, and when the call is over; at once
   * if that is so now. A second one takes the place of the first.
   */
  public void onReadable(Executor executor, Runnable listener) {
    Notifier notifier = new Notifier(owner, executor, listener);
    try (Hold hold = owner.room.hold()) {
      readable = notifier;
      if (owner.call.received() != 0 || isOver()) {
        notifier.happened(hold.wakeups());
      }
    }
  }

  /**
   * Has a listener told at once, then whenever there may be room to write again, and when the call
   * is over. A second one takes the place of the first.
   */
  public void onWritable(Executor executor, Runnable listener) {
    Notifier notifier = new Notifier(owner, executor, listener);
    try (Hold hold = owner.room.hold()) {
      writable = notifier;
      notifier.happened(hold.wakeups());
    }
  }

  /**
   * Has a listener told once when the call is over, at once if it is; but not after the call was
   * closed, or {@link #dismiss} was called.
   */
  public void onEnd(Executor executor, Runnable listener) {
    EndNotice notice = new EndNotice(owner.room, this::dismissed, executor, listener);
    try (Hold hold = owner.room.hold()) {
      if (isOver()) {
        hold.wakeups().step(notice);
      } else {
        List<EndNotice> all = ends;
        if (all == null) {
          all = new ArrayList<>(2);
          ends = all;
        }
        all.add(notice);
      }
    }
  }

  /** The application has done with the call: nobody is to hear of its end any more. */
  public void dismiss() {
    dismissed = true;
  }

  boolean dismissed() {
    return dismissed || owner.isClosed();
  }

  private boolean isOver() {
    return owner.call.completion() != null || owner.room.end() != null;
  }

  // under the lock

  void happened(int events, Wakeups wakeups) {
    boolean over = (events & Call.COMPLETED) != 0;
    Notifier r = readable;
    // a client that reads without waiting may not have had room for the end of its request
    if (r != null
        && (over
            || (events & Call.READABLE) != 0
            || (owner.isClient() && !owner.out.ended() && owner.out.mayGoOn(events)))) {
      r.happened(wakeups);
    }
    Notifier w = writable;
    if (w != null && owner.out.mayGoOn(events)) {
      w.happened(wakeups);
    }
    if (over) {
      tellEnd(wakeups);
    }
  }

  /** The endpoint is over. */
  void ended(Wakeups wakeups) {
    happened(Call.COMPLETED, wakeups);
  }

  private void tellEnd(Wakeups wakeups) {
    List<EndNotice> all = ends;
    if (all != null) {
      ends = null;
      all.forEach(wakeups::step);
    }
  }
}
