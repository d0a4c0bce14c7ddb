package io.rxrpc;

import io.rxrpc.driver.AsyncCall;
import io.rxrpc.driver.CallFailure;
import io.rxrpc.driver.CallPlan;
import io.rxrpc.driver.EndpointDriver;
import io.rxrpc.driver.Exchange;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.udp.Errno;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Makes an endpoint's calls, and goes on to the next address of a name where the one before leads
 * to no server.
 */
final class Calling {
  private final EndpointDriver driver;
  private final Executor executor;
  private final List<ClientInterceptor> interceptors;
  private final AddressChoice choice;

  Calling(
      EndpointDriver driver,
      Tunables tunables,
      Executor executor,
      List<ClientInterceptor> interceptors) {
    this.driver = driver;
    this.executor = executor;
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
    Round round = new Round(to, options);
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
    OutgoingCall outgoing;
    try {
      outgoing = OutgoingCall.of(interceptors, to, options);
    } catch (RxrpcException e) {
      return CompletableFuture.failedFuture(e); // an interceptor does not let it be made
    }
    if (outgoing == null) {
      return begun(to, request, options);
    }
    try {
      CallFuture future = begun(to, request, outgoing.options());
      var _ = future.whenComplete((reply, failure) -> outgoing.ended(failure));
      return future;
    } catch (RuntimeException | Error e) {
      outgoing.ended(e);
      throw e;
    }
  }

  private CallFuture begun(RxrpcAddress to, byte[] request, CallOptions options) {
    Round round = new Round(to, options);
    AsyncRound async = new AsyncRound(round, request, options);
    if (to.transports().size() == 1) {
      async.begin();
      return async.future;
    }
    try {
      executor.execute(async::choose); // which may wait
    } catch (RuntimeException | Error e) {
      driver.notExecuted(e, "a client's call fails");
      async.future.failed(CallFailure.local(Errno.EAGAIN, "the executor takes no more"));
    }
    return async.future;
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
    Round round = new Round(to, options);
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

  /** One call's way through the addresses. */
  private final class Round {
    private final RxrpcAddress to;
    private final CallOptions options;
    private final long limit;
    private final long deadline;
    private int index;
    private int tried = 1;

    Round(RxrpcAddress to, CallOptions options) {
      this.to = to;
      this.options = options;
      RxrpcAddress.checkService(to.serviceId());
      limit = options.timeoutNanos();
      deadline =
          limit == 0 || to.transports().size() == 1
              ? 0
              : System.nanoTime() + Math.min(limit, Long.MAX_VALUE / 2);
    }

    void choose() throws CallFailure, InterruptedException {
      index = choice.choose(to, deadline);
    }

    RxrpcAddress address() {
      return to.at(index);
    }

    CallPlan plan() {
      return new CallPlan(
          to.transport(index),
          to.serviceId(),
          options.security(),
          options.wishes(),
          timeoutNanos());
    }

    /** What is left of the call's limit; 0 for none. */
    private long timeoutNanos() {
      return deadline == 0 ? limit : Math.max(1, deadline - System.nanoTime());
    }

    /** Moves on; false if the call may have got somewhere, or no address is left. */
    boolean next(CallFailure failure) {
      lost(failure);
      int count = to.transports().size();
      if (!AddressChoice.unreached(failure) || tried == count) {
        return false;
      }
      index = (index + 1) % count;
      tried++;
      return true;
    }

    void lost(CallFailure failure) {
      if (AddressChoice.lost(failure) || AddressChoice.unreached(failure)) {
        choice.forget(to);
      }
    }

    RxrpcException failed(CallFailure failure) {
      return tried == to.transports().size() && AddressChoice.unreached(failure)
          ? Failures.of(failure, address(), to.everywhere())
          : Failures.of(failure, address());
    }
  }

  /** The same for a call that no thread waits for. */
  private final class AsyncRound implements AsyncCall.Outcome {
    private final Round round;
    private final byte[] request;
    private final CallOptions options;
    final CallFuture future;

    AsyncRound(Round round, byte[] request, CallOptions options) {
      this.round = round;
      this.request = request;
      this.options = options;
      future = new CallFuture(round::failed);
    }

    void choose() {
      try {
        round.choose();
        begin();
      } catch (CallFailure e) {
        future.failed(e);
      } catch (InterruptedException e) {
        future.failed(Failures.interrupted(e, round.address(), round.address().toString()));
      } catch (RuntimeException | Error e) {
        future.failed(e);
      }
    }

    void begin() {
      if (future.isDone()) {
        return; // cancelled meanwhile
      }
      future.begun(
          AsyncCall.begin(driver, round.plan(), request, options.maxReply(), executor, this));
    }

    @Override
    public void replied(byte[] reply) {
      future.replied(reply);
    }

    @Override
    public void failed(Throwable why) {
      if (why instanceof CallFailure f && round.next(f)) {
        begin();
      } else {
        future.failed(why);
      }
    }
  }
}
