// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import io.rxrpc.driver.CallFailure;
import io.rxrpc.driver.CallPlan;
import io.rxrpc.driver.EndpointDriver;
import io.rxrpc.driver.Exchange;
import io.rxrpc.driver.Workplace;
import io.rxrpc.tuning.Tunables;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Makes an endpoint's calls, and goes on to the next address of a name where the one before leads
 * to no server.
 */
final class Calling {
  private final EndpointDriver driver;
  private final Executor executor;
  private final Workplace completions;
  private final List<ClientInterceptor> interceptors;
  private final AddressChoice choice;

  Calling(
      EndpointDriver driver,
      Tunables tunables,
      Executor executor,
      Workplace completions,
      List<ClientInterceptor> interceptors) {
    this.driver = driver;
    this.executor = executor;
    this.completions = completions;
    this.interceptors = interceptors;
    choice = new AddressChoice(driver, tunables);
  }

  byte[] blob(RxrpcAddress to, byte[] request, CallOptions options) throws RxrpcException {
    return exchange(
        to,
        options,
        (plan, chosen) ->
            Exchange.make(driver, plan, request, reply -> reply.readWhole(chosen.maxReply())));
  }

  /** The same from memory into memory; returns the bytes of the reply. */
  long segment(RxrpcAddress to, MemorySegment request, MemorySegment reply, CallOptions options)
      throws RxrpcException {
    return exchange(
        to,
        options,
        (plan, chosen) -> Exchange.make(driver, plan, request, in -> in.readInto(reply)));
  }

  /** A try at one address. */
  private interface Attempt<R> {
    R make(CallPlan plan, CallOptions options) throws CallFailure, InterruptedException;
  }

  private <R> R exchange(RxrpcAddress to, CallOptions options, Attempt<R> attempt)
      throws RxrpcException {
    OutgoingCall outgoing = OutgoingCall.of(interceptors, to, options);
    if (outgoing == null) {
      return exchanged(to, options, attempt);
    }
    try {
      R reply = exchanged(to, outgoing.options(), attempt);
      outgoing.ended(null);
      return reply;
    } catch (RxrpcException | RuntimeException | Error e) {
      outgoing.ended(e);
      throw e;
    }
  }

  private <R> R exchanged(RxrpcAddress to, CallOptions options, Attempt<R> attempt)
      throws RxrpcException {
    AddressRound round = round(to, options);
    try {
      round.choose();
      while (true) {
        try {
          return attempt.make(round.plan(), options);
        } catch (CallFailure e) {
          if (!round.next(e)) {
            throw round.failed(e);
          }
        }
      }
    } catch (CallFailure e) {
      throw round.failed(e);
    } catch (InterruptedException e) {
      throw Failures.interrupted(e, round.address(), round.address().toString());
    }
  }

  CompletableFuture<byte[]> async(RxrpcAddress to, byte[] request, CallOptions options) {
    return interceptors.isEmpty()
        ? ofArrays(to, request, options).begun()
        : intercepted(to, options, chosen -> ofArrays(to, request, chosen));
  }

  private AsyncRound<byte[]> ofArrays(RxrpcAddress to, byte[] request, CallOptions options) {
    return new AsyncRound.OfArrays(
        driver, completions, round(to, options), request, options.maxReply());
  }

  /**
   * The same from memory into memory.
   *
   * @param result told how long the reply is, before anybody else
   */
  <R> CompletableFuture<R> async(
      RxrpcAddress to,
      MemorySegment request,
      MemorySegment reply,
      CallOptions options,
      LongFunction<R> result) {
    return intercepted(
        to,
        options,
        chosen ->
            new AsyncRound.OfMemory<>(
                driver, completions, round(to, chosen), request, reply, result));
  }

  private <R> CompletableFuture<R> intercepted(
      RxrpcAddress to, CallOptions options, Function<CallOptions, AsyncRound<R>> kind) {
    OutgoingCall outgoing;
    try {
      outgoing = OutgoingCall.of(interceptors, to, options);
    } catch (RxrpcException e) {
      CompletableFuture<R> refused = new WaitingFuture<>(driver.time());
      refused.completeExceptionally(e); // an interceptor does not let it be made
      return refused;
    }
    if (outgoing == null) {
      return kind.apply(options).begun();
    }
    try {
      CallFuture<R> future = kind.apply(outgoing.options()).begun();
      var _ = future.whenComplete((reply, failure) -> outgoing.ended(failure));
      return future;
    } catch (RuntimeException | Error e) {
      outgoing.ended(e);
      throw e;
    }
  }

  private AddressRound round(RxrpcAddress to, CallOptions options) {
    return new AddressRound(driver, choice, to, options);
  }

  ClientCall begin(RxrpcAddress to, CallOptions options) throws RxrpcException {
    OutgoingCall outgoing = OutgoingCall.of(interceptors, to, options);
    if (outgoing == null) {
      return begin(to, options, null);
    }
    try {
      return begin(to, outgoing.options(), outgoing);
    } catch (RxrpcException | RuntimeException | Error e) {
      outgoing.ended(e);
      throw e;
    }
  }

  private ClientCall begin(RxrpcAddress to, CallOptions options, @Nullable OutgoingCall outgoing)
      throws RxrpcException {
    AddressRound round = round(to, options);
    try {
      round.choose();
      return new ClientCall(
          driver.begin(round.plan()), round.address(), outgoing, executor, round::lost);
    } catch (CallFailure e) {
      throw round.failed(e);
    } catch (InterruptedException e) {
      throw Failures.interrupted(e, round.address(), round.address().toString());
    }
  }
}
