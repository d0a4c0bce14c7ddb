// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import io.rxrpc.machine.Time;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A future whose {@code get} and {@code join} wait by the time of its endpoint, and those of all
 * that is made of it by {@code thenApply} and its like.
 */
class WaitingFuture<T> extends CompletableFuture<T> {
  private final Time time;

  WaitingFuture(Time time) {
    this.time = time;
  }

  @Override
  public T get() throws InterruptedException, ExecutionException {
    if (!time.goesOn()) {
      await(Long.MAX_VALUE);
    }
    return super.get();
  }

  @Override
  public T get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (time.goesOn()) {
      return super.get(timeout, unit);
    }
    if (!await(unit.toNanos(timeout))) {
      throw new TimeoutException();
    }
    return super.get();
  }

  /**
   * Waits for the result.
   *
   * @throws CompletionException when there is none, with the reason
   * @throws CancellationException when it was cancelled
   */
  @Override
  public T join() {
    if (!time.goesOn()) {
      boolean interrupted = false;
      while (!isDone()) {
        try {
          await(Long.MAX_VALUE);
        } catch (InterruptedException e) {
          interrupted = true; // as any join: it goes on
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    return super.join();
  }

  /** Waits so many nanoseconds at most; whether it is done. */
  private boolean await(long nanos) throws InterruptedException {
    Thread thread = Thread.currentThread();
    if (!isDone()) {
      var _ = whenComplete((result, why) -> time.unpark(thread));
    }
    long start = time.nanoTime();
    while (!isDone()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      long left = nanos - (time.nanoTime() - start);
      if (left <= 0) {
        return false;
      }
      time.parkNanos(this, left);
    }
    return true;
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return time.goesOn() ? new CompletableFuture<>() : new WaitingFuture<>(time);
  }
}
