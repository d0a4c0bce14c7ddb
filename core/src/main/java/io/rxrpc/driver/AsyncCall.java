// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import io.rxrpc.engine.Completion;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.udp.Errno;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A client's call with a whole request and a whole reply that no thread waits for: each event lets
 * it take a step on the executor. Steps never block and never overlap.
 */
public final class AsyncCall extends Command implements EventSteps {
  /** Requests up to so many bytes may be copied to be written under the lock. */
  private static final int SMALL = 4096;

  /** Learns how the call ended, once, where it belongs or in the thread that began the call. */
  public interface Outcome {
    /** The whole reply is here, of a call without memory for it. */
    void replied(byte[] reply);

    /** The whole reply is in the memory that was given for it. */
    void filled(long bytes);

    /** There will be none. */
    void failed(Throwable why);
  }

  private final EndpointDriver driver;
  private final CallPlan plan;

  /** The request, or null if it is {@link #request}. */
  private final byte @Nullable [] array;

  private final MemorySegment request;

  /** Takes the reply, or null for an array of what length it needs. */
  private final @Nullable MemorySegment into;

  private final long maxReply;
  private final Workplace where;
  private final Outcome outcome;

  /** Steps asked for and not taken. The first one is what begins the call. */
  private final AtomicInteger wanted = new AtomicInteger(1);

  /** Written once under the lock. */
  private @Nullable DriverCall opened;

  private @Nullable Throwable failure;
  private long sent;
  private byte[] reply = {};
  private long size;
  private boolean over;

  private AsyncCall(
      EndpointDriver driver,
      CallPlan plan,
      byte @Nullable [] array,
      MemorySegment request,
      @Nullable MemorySegment into,
      long maxReply,
      Workplace where,
      Outcome outcome) {
    this.driver = driver;
    this.plan = plan.with(driver.settled(plan.security()));
    this.array = array;
    this.request = request;
    this.into = into;
    this.maxReply = maxReply;
    this.where = where;
    this.outcome = outcome;
  }

  /** Begins a call; the request must not be changed until it has ended. */
  public static AsyncCall begin(
      EndpointDriver driver,
      CallPlan plan,
      byte[] request,
      int maxReply,
      Workplace where,
      Outcome outcome) {
    return begin(
        new AsyncCall(driver, plan, request, MemorySegment.NULL, null, maxReply, where, outcome));
  }

  /**
   * The same from memory into memory, of which the threads that take its steps must be able to use
   * either.
   *
   * @param reply must be as it is until the call has ended
   */
  public static AsyncCall begin(
      EndpointDriver driver,
      CallPlan plan,
      MemorySegment request,
      MemorySegment reply,
      Workplace where,
      Outcome outcome) {
    byte[] copy = request.byteSize() > SMALL ? null : request.toArray(ValueLayout.JAVA_BYTE);
    return begin(
        new AsyncCall(driver, plan, copy, request, reply, reply.byteSize(), where, outcome));
  }

  private static AsyncCall begin(AsyncCall async) {
    async.driver.submit(async);
    return async;
  }

  @Override
  void execute(long now, Wakeups wakeups) {
    try {
      DriverCall call = driver.open(plan, now);
      opened = call;
      call.steps = this;
      byte[] whole = array;
      sent = whole == null ? 0 : call.out.beginWhole(whole, now);
      if (call.out.ended()) {
        wanted.set(0); // nothing to do before the reply
        return;
      }
    } catch (CallFailure | RuntimeException | Error e) {
      failure = e;
    }
    wakeups.step(this);
  }

  /** Aborts the call if it is not through, which lets it fail. */
  public void cancel(int code) {
    driver.settle(); // whoever has to begin it has done so
    DriverCall call = opened;
    if (call != null) {
      call.abort(code);
    }
  }

  @Override
  public boolean wanted() {
    if (wanted.getAndIncrement() != 0) {
      return false;
    }
    DriverCall call = opened;
    if (call != null && call.out.ended()) {
      call.in.fetch(); // nobody reads now
    }
    return true;
  }

  /** Has the steps that are wanted taken by another thread. */
  @Override
  public void run() {
    try {
      where.hand(this::steps);
    } catch (RuntimeException | Error e) {
      driver.notExecuted(e, "a client's call fails");
      fail(
          new CallFailure(
              Ending.local(Errno.EAGAIN, "the executor takes no more, its reply is lost"), e));
    }
  }

  @Override
  public boolean runInLoop() {
    if (where.here(this::steps)) {
      return true;
    }
    run();
    return false;
  }

  @Override
  public boolean mayBlock() {
    return where.mayBlock();
  }

  private void steps() {
    int taken;
    do {
      taken = wanted.get();
      if (!over) {
        step();
      }
    } while (wanted.addAndGet(-taken) > 0);
  }

  private void step() {
    DriverCall call = opened;
    if (call == null) {
      over = true;
      outcome.failed(failure == null ? new IllegalStateException("not begun") : failure);
      return;
    }
    try {
      if (send(call)) {
        receive(call);
      }
    } catch (SecurityFailure e) {
      fail(call.refused(e));
    } catch (CallFailure | RuntimeException | Error e) {
      fail(e);
    }
  }

  /** Sends what can be sent; true when the request has been sent. */
  private boolean send(DriverCall call) throws CallFailure, SecurityFailure {
    while (!call.out.ended()) {
      byte[] whole = array;
      MemorySegment from = whole == null ? request : MemorySegment.ofArray(whole);
      int most = (int) Math.min(from.byteSize() - sent, Integer.MAX_VALUE);
      try (Hold hold = driver.hold()) {
        throwIfFailed(call);
        if (!call.out.tryGrant(most, hold.now())) {
          return false;
        }
      }
      sent += call.out.step(from, sent, most);
      if (call.out.ended()) {
        try (Hold hold = driver.hold()) {
          call.out.commit(hold.now());
        }
      }
    }
    return true;
  }

  private void receive(DriverCall call) throws CallFailure, SecurityFailure {
    while (true) {
      if (!call.in.available()) {
        try (Hold hold = driver.hold()) {
          if (!call.in.refill(hold.now())) {
            if (!call.in.ended()) {
              throwIfFailed(call);
              return;
            }
            over = true;
          }
        }
      }
      if (!over) {
        take(call);
      }
      if (over || call.in.wholeRead()) {
        over = true;
        call.discard();
        if (into != null) {
          outcome.filled(size);
        } else {
          outcome.replied(size == reply.length ? reply : Arrays.copyOf(reply, (int) size));
        }
        return;
      }
    }
  }

  private void take(DriverCall call) throws CallFailure, SecurityFailure {
    MemorySegment to = into == null ? grown(call) : into;
    int room = (int) Math.min(to.byteSize() - size, InPhase.LARGEST_ARRAY);
    if (room > 0) {
      size += call.in.step(to, size, room);
    } else if (call.in.step(MemorySegment.ofArray(new byte[1]), 0, 1) > 0) {
      throw tooLong();
    }
    if (size > maxReply || (into == null && size == InPhase.LARGEST_ARRAY && call.in.available())) {
      throw tooLong();
    }
  }

  private MemorySegment grown(DriverCall call) {
    // an upper bound, with the padding of sealed packets; or one byte more than is wanted
    long room = Math.min(size + call.in.atHand(), maxReply + 1L);
    if (room > reply.length) {
      long grown = Math.max(room, Math.min(2L * size, maxReply + 1L));
      reply = Arrays.copyOf(reply, (int) Math.min(InPhase.LARGEST_ARRAY, grown));
    }
    return MemorySegment.ofArray(reply);
  }

  private CallFailure tooLong() {
    return driver.failure(
        new Completion(
            Completion.Kind.LOCAL_ERROR,
            0,
            Errno.EMSGSIZE.number(),
            "more than " + maxReply + " bytes came"));
  }

  private void throwIfFailed(DriverCall call) throws CallFailure {
    Completion failure = call.failure();
    if (failure != null) {
      throw driver.failure(failure);
    }
  }

  private void fail(Throwable why) {
    over = true;
    DriverCall call = opened;
    if (call != null) {
      call.close();
    }
    outcome.failed(why);
  }
}
