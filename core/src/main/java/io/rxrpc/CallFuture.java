package io.rxrpc;

import io.rxrpc.driver.AsyncCall;
import io.rxrpc.driver.CallFailure;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The reply of a call that no thread waits for. Whoever completes it first ends the call. */
final class CallFuture extends CompletableFuture<byte[]> implements AsyncCall.Outcome {
  private final Function<CallFailure, RxrpcException> failures;
  private volatile @Nullable AsyncCall call;

  CallFuture(Function<CallFailure, RxrpcException> failures) {
    this.failures = failures;
  }

  void begun(AsyncCall begun) {
    call = begun;
    if (isDone()) {
      abort();
    }
  }

  @Override
  public void replied(byte[] reply) {
    super.complete(reply);
  }

  @Override
  public void failed(Throwable why) {
    super.completeExceptionally(why instanceof CallFailure f ? failures.apply(f) : why);
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    abort();
    return cancelled;
  }

  @Override
  public boolean complete(byte[] value) {
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

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new CompletableFuture<>();
  }

  private void abort() {
    AsyncCall begun = call;
    if (begun != null) {
      begun.cancel(AbortCode.USER_ABORT.value());
    }
  }
}
