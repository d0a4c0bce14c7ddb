package io.rxrpc;

import io.rxrpc.driver.AsyncCall;
import io.rxrpc.driver.CallFailure;
import io.rxrpc.driver.EndpointDriver;
import io.rxrpc.driver.Exchange;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.udp.Errno;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Makes an endpoint's calls, and goes on to the next address of a name where the one before leads
 * to no server.
 */
final class Calling {
  private final EndpointDriver driver;
  private final Executor executor;
  private final AddressChoice choice;

  Calling(EndpointDriver driver, Tunables tunables, Executor executor) {
    this.driver = driver;
    this.executor = executor;
    choice = new AddressChoice(driver, tunables);
  }

  byte[] blob(RxrpcAddress to, byte[] request, CallOptions options) throws RxrpcException {
    Round round = new Round(to, options);
    try {
      round.choose();
      while (true) {
        try {
          return Exchange.make(
              driver,
              round.transport(),
              to.serviceId(),
              options.security(),
              round.timeoutNanos(),
              request,
              options.maxReply());
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
    Round round = new Round(to, options);
    try {
      round.choose();
      return new ClientCall(
          driver.begin(round.transport(), to.serviceId(), options.security(), round.timeoutNanos()),
          round.address(),
          executor,
          round::lost);
    } catch (CallFailure e) {
      throw round.failed(e);
    } catch (InterruptedException e) {
      throw Failures.interrupted(e, round.address(), round.address().toString());
    }
  }

  /** One call's way through the addresses. */
  private final class Round {
    private final RxrpcAddress to;
    private final long limit;
    private final long deadline;
    private int index;
    private int tried = 1;

    Round(RxrpcAddress to, CallOptions options) {
      this.to = to;
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

    InetSocketAddress transport() {
      return to.transport(index);
    }

    /** What is left of the call's limit; 0 for none. */
    long timeoutNanos() {
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
          AsyncCall.begin(
              driver,
              round.transport(),
              round.to.serviceId(),
              options.security(),
              round.timeoutNanos(),
              request,
              options.maxReply(),
              executor,
              this));
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
