// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rpc;

import io.rxrpc.RxrpcAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call to many servers at once. The answers come in the order in which the servers gave them;
 * each server has one. Closing it aborts the calls that have none yet.
 *
 * <pre>{@code
 * try (MultiCall<Integer> call = client.getTimeAll(servers)) {
 *   for (Answer<Integer> answer : call) { ... }
 * }
 * }</pre>
 *
 * @param <R> the results
 */
public final class MultiCall<R extends @Nullable Object>
    implements Iterable<Answer<R>>, AutoCloseable {
  private final Deque<Supplier<Answer<R>>> answers = new ArrayDeque<>();

  /** Threads that wait for answers, the first come in front. */
  private final Deque<CompletableFuture<Supplier<Answer<R>>>> takers = new ArrayDeque<>();

  private final List<CompletableFuture<R>> calls = new ArrayList<>();
  private int left;

  private MultiCall() {}

  static <R extends @Nullable Object> MultiCall<R> begin(
      Procedure procedure,
      Collection<RxrpcAddress> servers,
      Function<RxrpcAddress, CompletableFuture<R>> each) {
    MultiCall<R> multi = new MultiCall<>();
    multi.left = servers.size();
    for (RxrpcAddress server : servers) {
      CompletableFuture<R> call = each.apply(server);
      multi.calls.add(call);
      var _ = call.whenComplete((result, why) -> multi.answered(server, result, why));
    }
    return multi;
  }

  private void answered(RxrpcAddress server, R result, @Nullable Throwable why) {
    give(
        switch (why) {
          case null -> () -> new Answer.Success<>(server, result);
          case RpcException e -> () -> new Answer.Failure<>(server, e);
          case CancellationException _ ->
              () -> {
                throw new CancellationException("the calls were closed");
              };
          default ->
              () -> {
                throw new CompletionException(server + ": " + why, why);
              };
        });
  }

  private void give(Supplier<Answer<R>> answer) {
    CompletableFuture<Supplier<Answer<R>>> taker;
    synchronized (this) {
      taker = takers.poll();
      if (taker == null) {
        answers.add(answer);
      }
    }
    if (taker != null) {
      taker.complete(answer);
    }
  }

  /** {@return how many answers have not been taken yet} */
  public synchronized int left() {
    return left;
  }

  /**
   * Waits for the next answer.
   *
   * @return the answer
   * @throws NoSuchElementException when all have been taken
   * @throws CancellationException when this was closed before the next one came
   * @throws InterruptedException if the thread is interrupted
   */
  public Answer<R> take() throws InterruptedException {
    count();
    Supplier<Answer<R>> answer = next(null);
    if (answer == null) {
      throw new IllegalStateException("it waits for ever");
    }
    return answer.get();
  }

  /**
   * Waits for the next answer, but not for ever: null when none came in time.
   *
   * @param patience how long to wait
   * @return the answer
   * @throws InterruptedException if the thread is interrupted
   */
  public @Nullable Answer<R> poll(Duration patience) throws InterruptedException {
    count();
    Supplier<Answer<R>> answer = next(patience);
    if (answer == null) {
      uncount();
      return null;
    }
    return answer.get();
  }

  /**
   * The next answer, or null when there was none in time.
   *
   * @param patience null for ever
   */
  private @Nullable Supplier<Answer<R>> next(@Nullable Duration patience)
      throws InterruptedException {
    CompletableFuture<Supplier<Answer<R>>> taker;
    synchronized (this) {
      Supplier<Answer<R>> there = answers.poll();
      if (there != null) {
        return there;
      }
      // made by a call, it waits by the time of the call's endpoint
      taker = calls.getFirst().newIncompleteFuture();
      takers.add(taker);
    }
    try {
      return patience == null ? taker.get() : taker.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return left(taker) ? null : taker.join();
    } catch (ExecutionException e) {
      throw new IllegalStateException("nobody fails it", e);
    } catch (InterruptedException e) {
      if (!left(taker)) {
        give(taker.join()); // somebody else shall have it
      }
      throw e;
    }
  }

  /** Waits no more; false if an answer was given meanwhile. */
  @SuppressWarnings("ReferenceEquality") // a future is equal to itself only
  private synchronized boolean left(CompletableFuture<Supplier<Answer<R>>> taker) {
    return takers.removeIf(t -> t == taker);
  }

  private synchronized void count() {
    if (left == 0) {
      throw new NoSuchElementException("every server has answered");
    }
    left--;
  }

  private synchronized void uncount() {
    left++;
  }

  /**
   * The answers that have not been taken, as they come. When its thread is interrupted, it closes
   * this and throws a CancellationException.
   */
  @Override
  public Iterator<Answer<R>> iterator() {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return left() > 0;
      }

      @Override
      public Answer<R> next() {
        try {
          return take();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          close();
          CancellationException cancelled = new CancellationException("interrupted");
          cancelled.initCause(e);
          throw cancelled;
        }
      }
    };
  }

  /** Aborts the calls that have no answer yet. */
  @Override
  public void close() {
    calls.forEach(call -> call.cancel(false));
  }
}
