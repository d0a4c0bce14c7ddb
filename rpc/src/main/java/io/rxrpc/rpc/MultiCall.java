package io.rxrpc.rpc;

import io.rxrpc.RxrpcAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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
  private final BlockingQueue<Supplier<Answer<R>>> answers = new LinkedBlockingQueue<>();
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
    answers.add(
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

  /** How many answers have not been taken yet. */
  public synchronized int left() {
    return left;
  }

  /**
   * Waits for the next answer.
   *
   * @throws NoSuchElementException when all have been taken
   * @throws CancellationException when this was closed before the next one came
   */
  public Answer<R> take() throws InterruptedException {
    count();
    return answers.take().get();
  }

  /** Waits for the next answer, but not for ever: null when none came in time. */
  public @Nullable Answer<R> poll(Duration patience) throws InterruptedException {
    count();
    Supplier<Answer<R>> answer = answers.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    if (answer == null) {
      uncount();
      return null;
    }
    return answer.get();
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
