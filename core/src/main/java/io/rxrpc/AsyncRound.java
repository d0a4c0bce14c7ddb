// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import io.rxrpc.driver.AsyncCall;
import io.rxrpc.driver.CallFailure;
import io.rxrpc.driver.EndpointDriver;
import io.rxrpc.driver.Workplace;
import io.rxrpc.udp.Errno;
import java.lang.foreign.MemorySegment;
import java.util.function.LongFunction;

/** A call that no thread waits for, on its way through the addresses of a name. */
abstract class AsyncRound<R> implements AsyncCall.Outcome {
  final EndpointDriver driver;
  final Workplace where;
  private final AddressRound round;
  final CallFuture<R> future;

  private AsyncRound(EndpointDriver driver, Workplace where, AddressRound round) {
    this.driver = driver;
    this.where = where;
    this.round = round;
    future = new CallFuture<>(driver.time(), round::failed);
  }

  /** From an array into another one. */
  static final class OfArrays extends AsyncRound<byte[]> {
    private final byte[] request;
    private final int maxReply;

    OfArrays(EndpointDriver driver, Workplace where, AddressRound round, byte[] request, int most) {
      super(driver, where, round);
      this.request = request;
      maxReply = most;
    }

    @Override
    AsyncCall make(AddressRound at) {
      return AsyncCall.begin(driver, at.plan(), request, maxReply, where, this);
    }

    @Override
    public void replied(byte[] reply) {
      future.replied(reply);
    }

    @Override
    public void filled(long bytes) {
      throw new IllegalStateException("no memory was given");
    }
  }

  /** From memory into memory. */
  static final class OfMemory<R> extends AsyncRound<R> {
    private final MemorySegment request;
    private final MemorySegment reply;
    private final LongFunction<R> result;

    /**
     * @param result told how long the reply is, once, before anybody else
     */
    OfMemory(
        EndpointDriver driver,
        Workplace where,
        AddressRound round,
        MemorySegment request,
        MemorySegment reply,
        LongFunction<R> result) {
      super(driver, where, round);
      this.request = request;
      this.reply = reply;
      this.result = result;
    }

    @Override
    AsyncCall make(AddressRound at) {
      return AsyncCall.begin(driver, at.plan(), request, reply, where, this);
    }

    @Override
    public void replied(byte[] array) {
      throw new IllegalStateException("memory was given");
    }

    @Override
    public void filled(long bytes) {
      future.replied(result.apply(bytes));
    }
  }

  abstract AsyncCall make(AddressRound at);

  /** Begins it, if need be in another thread. */
  CallFuture<R> begun() {
    if (!round.isChoice()) {
      begin();
      return future;
    }
    try {
      where.hand(this::choose); // which may wait
    } catch (RuntimeException | Error e) {
      driver.notExecuted(e, "a client's call fails");
      future.failed(CallFailure.local(Errno.EAGAIN, "the executor takes no more"));
    }
    return future;
  }

  private void choose() {
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

  private void begin() {
    if (!future.isDone()) { // else it was cancelled meanwhile
      future.begun(make(round));
    }
  }

  @Override
  public final void failed(Throwable why) {
    if (why instanceof CallFailure f && round.next(f)) {
      begin();
    } else {
      future.failed(why);
    }
  }
}
