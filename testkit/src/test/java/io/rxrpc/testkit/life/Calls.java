// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.life;

import static io.rxrpc.testkit.SimFailure.unless;

import io.rxrpc.engine.Completion;
import io.rxrpc.testkit.SimCall;
import io.rxrpc.testkit.peer.ModelPeer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The calls of a life: those to come, those running, and how they ended. */
final class Calls {
  /** How one ended. */
  record Outcome(Work work, boolean ok, String how, long duration, boolean remoteAbort, int code) {}

  final ArrayDeque<Work> toCome = new ArrayDeque<>();
  final List<Outcome> outcomes = new ArrayList<>();
  private final List<Work> running = new ArrayList<>();
  private final boolean mustSucceed;
  private int total;

  private final Ledger ledger;

  Calls(boolean mustSucceed, Ledger ledger) {
    this.ledger = ledger;
    this.mustSucceed = mustSucceed;
  }

  void plan(Work work) {
    toCome.add(work);
    total++;
  }

  /** How many run. */
  int running() {
    return running.size();
  }

  /** The next one begins. */
  Work begin() {
    Work work = toCome.remove();
    running.add(work);
    return work;
  }

  /** The client that made those that run is gone: nobody will hear how they end. */
  void forgotten() {
    for (Work work : running) {
      outcomes.add(new Outcome(work, false, "forgotten", 0, false, 0));
    }
    running.clear();
  }

  boolean ended() {
    return outcomes.size() == total;
  }

  int count() {
    return total;
  }

  int succeeded() {
    return (int) outcomes.stream().filter(Outcome::ok).count();
  }

  /** A call over an engine ended. */
  void ended(Work work, SimCall call) {
    Completion c = call.outcome();
    if (c != null && !c.ok()) {
      unless(c.errno() != 0, "call %d failed without an errno: %s", work.id(), c);
      unless(!c.reason().isEmpty(), "call %d failed without a reason: %s", work.id(), c);
    }
    byte[] reply = call.reply();
    byte[] whole = work.reply();
    int length = Math.min(reply.length, whole.length);
    boolean right =
        reply.length <= whole.length
            && (!call.ok() || reply.length == whole.length)
            && Arrays.equals(reply, 0, length, whole, 0, length);
    unless(right || mayMix(work), "call %d got a wrong reply of %d bytes", work.id(), length);
    boolean remote = c != null && c.kind() == Completion.Kind.REMOTE_ABORT;
    add(
        new Outcome(
            work,
            call.ok(),
            c + " " + call.sealBroken(),
            call.duration(),
            remote,
            c == null ? 0 : c.abortCode()));
  }

  /** A call of a model peer ended. */
  void ended(Work work, ModelPeer.End end) {
    boolean ok = end.ok();
    if (ok) {
      unless(
          Arrays.equals(end.reply(), work.reply()) || mayMix(work),
          "model got a wrong reply of %d bytes, not %d",
          end.reply().length,
          work.replySize());
    }
    add(new Outcome(work, ok, "model: " + end, 0, end.remote(), end.abortCode()));
  }

  /**
   * Two lives of a server have got the request, and packets without security do not tell their
   * replies apart where both count their serials from 1.
   */
  private boolean mayMix(Work work) {
    return ledger.servers(work.id()) > 1;
  }

  void add(Outcome outcome) {
    running.remove(outcome.work());
    outcomes.add(outcome);
    check(outcome);
  }

  private void check(Outcome o) {
    switch (o.work().kind()) {
      case NORMAL -> unless(o.ok() || !mustSucceed, "call %d failed: %s", o.work().id(), o.how());
      case ABORT, ABORT_EARLY -> {
        unless(!o.ok(), "call %d was to be aborted and succeeded", o.work().id());
        unless(
            !mustSucceed || (o.remoteAbort() && o.code() == o.work().abortCode()),
            "call %d was to be aborted with %d: %s",
            o.work().id(),
            o.work().abortCode(),
            o.how());
      }
      case REPLY_EARLY, CLIENT_ABORTS -> {}
    }
  }

  void check() {
    unless(running.isEmpty(), "%d calls run", running.size());
  }

  @Override
  public String toString() {
    return toCome.size()
        + " to come, "
        + running.size()
        + " running, "
        + outcomes.size()
        + " ended";
  }
}
