package io.rxrpc.engine;

import io.rxrpc.udp.Errno;

/**
 * A client call that its server refuses by BUSY. BUSY is no sign of life, as the call does
 * not live there: all of the request is to go again. It waits for its turn among the refused, and
 * asks with one packet; the rest follows when the server has taken it.
 */
final class Refusal {
  private static final long NEVER = Long.MAX_VALUE;

  private final Call call;

  /** Those that the same service has refused. */
  private final Refusals refused;

  /** When the server is believed that it is busy. */
  private long believedAt = NEVER;

  private boolean waiting;

  /** Its turn has been, and no answer has come. */
  private boolean asking;

  /** How often in a row it was refused. */
  private int times;

  Refusal(Call call, long now) {
    this.call = call;
    refused = call.peer.refusals(call.serviceId, now);
  }

  /** The server says that it is busy. */
  void busy(long now) {
    if (believedAt == NEVER) {
      believedAt = now + call.endpoint.busyPatience;
    }
    TransmitQueue tx = call.tx;
    // what was read of it cannot be taken back, and each packet of a request is refused by itself
    if (!waiting && tx.hardAcked() == 0 && tx.next() != 1) {
      waiting = true;
      asking = false;
      times++;
      tx.refused();
      call.recovery.probe.cancel();
      refused.add(this, now);
      call.timers.resetBackoff();
      call.timers.armResend(now);
      call.peer.unblock();
    }
  }

  /** Its turn has come: silence counts from now on. */
  void ask(long now) {
    waiting = false;
    asking = true;
    call.timers.asking(now);
    call.endpoint.output(call);
  }

  /** Something else than BUSY has come of the call: the server has taken it. */
  void heard(long now) {
    if (waiting) {
      refused.remove(this);
    }
    if (waiting || asking) {
      waiting = false;
      asking = false;
      times = 0;
      call.timers.armResend(now);
      refused.taken(now);
    }
  }

  /** The server lives, with this call. */
  void alive() {
    believedAt = NEVER;
  }

  /** The call is over. */
  void stop() {
    if (waiting) {
      waiting = false;
      refused.remove(this);
    }
    asking = false;
  }

  /** Whether it has not been taken since. */
  boolean lasts() {
    return waiting || asking;
  }

  /** Whether it waits for its turn. */
  boolean waits() {
    return waiting;
  }

  /** Whether nothing may be sent now: one packet is enough to ask. */
  boolean holds() {
    return waiting || (asking && call.tx.inFlight() > 0);
  }

  int times() {
    return times;
  }

  /** Whether BUSY is all that the server has said lately. */
  boolean standing() {
    return believedAt != NEVER;
  }

  long deadline() {
    return believedAt;
  }

  /** Believes the server if it is time: not while it takes other calls in this one's place. */
  void expire(long now) {
    if (lasts()) {
      believedAt = Math.max(believedAt, refused.progressAt() + call.endpoint.busyPatience);
    }
    if (believedAt <= now) {
      believe(now);
    }
  }

  /** The server is busy, and stays so. */
  void believe(long now) {
    call.complete(
        new Completion(Completion.Kind.BUSY, 0, Errno.EBUSY.number(), "the server is busy"), now);
  }
}
