// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import io.rxrpc.driver.AsyncCall;
import io.rxrpc.driver.CallFailure;
import io.rxrpc.machine.Time;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The reply of a call that no thread waits for. Whoever completes it first ends the call. */
final class CallFuture<R> extends WaitingFuture<R> {
  private final Function<CallFailure, RxrpcException> failures;
  private volatile @Nullable AsyncCall call;

  CallFuture(Time time, Function<CallFailure, RxrpcException> failures) {
    super(time);
    this.failures = failures;
  }

  void begun(AsyncCall begun) {
    call = begun;
    if (isDone()) {
      abort();
    }
  }

  void replied(R reply) {
    super.complete(reply);
  }

  void failed(Throwable why) {
    super.completeExceptionally(why instanceof CallFailure f ? failures.apply(f) : why);
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    abort();
    return cancelled;
  }

  @Override
  public boolean complete(R value) {
    boolean first = super.complete(value);
    abort();
    return first;
  }

  @Override
  public boolean completeExceptionally(Throwable why) {
    boolean first = super.completeExceptionally(why);
    abort();
    return first;
  }

  private void abort() {
    AsyncCall begun = call;
    if (begun != null) {
      begun.cancel(AbortCode.USER_ABORT.value());
    }
  }
}
