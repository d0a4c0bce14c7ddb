// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit;

import io.rxrpc.engine.Call;
import io.rxrpc.engine.Completion;
import io.rxrpc.security.SecurityFailure;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A client call of a {@link SimEndpoint}: writes a request, reads a reply. */
public final class SimCall extends Script {
  private final byte @Nullable [] expected;
  private final Consumer<SimCall> onEnd;
  private final long startedAt;
  private long endedAt;
  private int checked;
  private @Nullable SecurityFailure failure;

  SimCall(
      SimEndpoint owner,
      Call call,
      byte[] request,
      byte @Nullable [] expected,
      Pace pace,
      Consumer<SimCall> onEnd) {
    super(owner, call, pace);
    this.expected = expected;
    this.onEnd = onEnd;
    startedAt = owner.net().now();
    write(request, pace);
  }

  @Override
  void pump(long now) {
    if (ended()) {
      return;
    }
    pumpWriter(now);
    pumpReader(now);
    Completion completion = completion();
    boolean drained = completion != null && (!completion.ok() || reader.ended());
    if (drained || failure != null) {
      byte[] e = expected;
      if (completion != null && completion.ok() && failure == null && e != null) {
        SimFailure.unless(
            receivedLength() == e.length, "reply of %d bytes, not %d", receivedLength(), e.length);
      }
      endedAt = owner.net().now(); // the owner's clock may run at another rate
      end(now);
      onEnd.accept(this);
    }
  }

  @Override
  void progressed(long now) {
    byte[] e = expected;
    if (e != null) {
      int to = receivedLength();
      boolean same = to <= e.length && Arrays.equals(received(), checked, to, e, checked, to);
      SimFailure.unless(same, "reply differs between %d and %d of %d", checked, to, e.length);
      checked = to;
    }
  }

  @Override
  void unreadable(SecurityFailure why) {
    failure = why;
  }

  /**
   * Ends it early.
   *
   * @param code the code
   */
  public void abort(int code) {
    owner.command(now -> call.abort(code, now));
  }

  /** {@return whether the application is done with it} */
  public boolean isComplete() {
    return ended();
  }

  /** {@return whether it went well} */
  public boolean ok() {
    Completion c = completion();
    return ended() && failure == null && c != null && c.ok();
  }

  /** {@return how it ended; null while it lives} */
  public @Nullable Completion outcome() {
    return completion();
  }

  /** {@return why a reply could not be unsealed; null if that did not happen} */
  public @Nullable SecurityFailure sealBroken() {
    return failure;
  }

  /** {@return what was replied so far} */
  public byte[] reply() {
    return Arrays.copyOf(received(), receivedLength());
  }

  /** {@return nanoseconds from its beginning to its end} */
  public long duration() {
    return endedAt - startedAt;
  }

  /** {@return the engine's call} */
  public Call call() {
    return call;
  }
}
