package io.rxrpc.driver;

import io.rxrpc.engine.Completion;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.udp.Errno;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A client's call with a whole request and a whole reply that no thread waits for: each event lets
 * it take a step on the executor. Steps never block and never overlap.
 */
public final class AsyncCall extends Command implements Runnable {
  /** Learns how the call ended, once, on the executor or in the thread that began the call. */
  public interface Outcome {
    /** The whole reply is here. */
    void replied(byte[] reply);

    /** There will be none. */
    void failed(Throwable why);
  }

  private final EndpointDriver driver;
  private final CallPlan plan;
  private final byte[] request;
  private final int maxReply;
  private final Executor executor;
  private final Outcome outcome;

  /** Steps asked for and not taken. The first one is what begins the call. */
  private final AtomicInteger wanted = new AtomicInteger(1);

  /** Written once under the lock. */
  private @Nullable DriverCall opened;

  private @Nullable Throwable failure;
  private int sent;
  private byte[] reply = {};
  private int size;
  private boolean over;

  private AsyncCall(
      EndpointDriver driver,
      CallPlan plan,
      byte[] request,
      int maxReply,
      Executor executor,
      Outcome outcome) {
    this.driver = driver;
    this.plan = plan.settled(driver);
    this.request = request;
    this.maxReply = maxReply;
    this.executor = executor;
    this.outcome = outcome;
  }

  /** Begins a call; the request must not be changed until it has ended. */
  public static AsyncCall begin(
      EndpointDriver driver,
      CallPlan plan,
      byte[] request,
      int maxReply,
      Executor executor,
      Outcome outcome) {
    AsyncCall async = new AsyncCall(driver, plan, request, maxReply, executor, outcome);
    driver.submit(async);
    return async;
  }

  @Override
  void execute(long now, Wakeups wakeups) {
    try {
      DriverCall call = driver.open(plan, now);
      opened = call;
      call.async = this;
      sent = call.out.beginWhole(request, now);
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

  /** Under the lock: asks for a step; true if nobody is about to take one. */
  boolean wanted(DriverCall call) {
    if (wanted.getAndIncrement() != 0) {
      return false;
    }
    if (call.out.ended()) {
      call.in.fetch(); // nobody reads now
    }
    return true;
  }

  /** Lets the executor take the steps that are wanted. */
  @Override
  public void run() {
    try {
      executor.execute(this::steps);
    } catch (RuntimeException | Error e) {
      driver.notExecuted(e, "a client's call fails");
      fail(
          new CallFailure(
              Ending.local(Errno.EAGAIN, "the executor takes no more, its reply is lost"), e));
    }
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
      try (Hold hold = driver.hold()) {
        throwIfFailed(call);
        if (!call.out.tryGrant(request.length - sent, hold.now())) {
          return false;
        }
      }
      sent += call.out.step(request, sent);
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
        outcome.replied(size == reply.length ? reply : Arrays.copyOf(reply, size));
        return;
      }
    }
  }

  private void take(DriverCall call) throws CallFailure, SecurityFailure {
    // an upper bound, with the padding of sealed packets; or one byte more than is wanted
    long room = Math.min((long) size + call.in.atHand(), maxReply + 1L);
    if (room > reply.length) {
      long grown = Math.max(room, Math.min(2L * size, maxReply + 1L));
      reply = Arrays.copyOf(reply, (int) Math.min(InPhase.LARGEST_ARRAY, grown));
    }
    size += call.in.step(MemorySegment.ofArray(reply), size, reply.length - size);
    if (size > maxReply || (size == InPhase.LARGEST_ARRAY && call.in.available())) {
      throw driver.failure(
          new Completion(
              Completion.Kind.LOCAL_ERROR,
              0,
              Errno.EMSGSIZE.number(),
              "more than " + maxReply + " bytes came"));
    }
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
