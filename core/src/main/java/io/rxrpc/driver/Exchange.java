// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/** One client call of a thread that has the whole request and wants the whole reply. */
public final class Exchange extends Command {
  /** Requests up to so many bytes may be copied to be written under the lock. */
  private static final int SMALL = 4096;

  /** Takes the reply, in the thread that waits. */
  @FunctionalInterface
  public interface Taker<R> {
    /** Reads to the end. */
    R take(InPhase reply) throws CallFailure, InterruptedException;
  }

  private final EndpointDriver driver;
  private final CallPlan plan;

  /** The request where any thread may read it, or null: then this one writes {@link #request}. */
  private final byte @Nullable [] shared;

  private final MemorySegment request;
  private final Thread thread = Thread.currentThread();

  // written under the lock by whoever begins the call
  private @Nullable DriverCall call;
  private @Nullable Throwable failure;
  private int sent;
  private volatile boolean begun;

  private Exchange(
      EndpointDriver driver, CallPlan plan, byte @Nullable [] shared, MemorySegment request) {
    this.driver = driver;
    this.plan = plan.with(driver.settled(plan.security()));
    this.shared = shared;
    this.request = request;
  }

  /**
   * Makes a call and waits for its end.
   *
   * @param taker takes the reply; what it throws ends the call
   */
  public static <R> R make(EndpointDriver driver, CallPlan plan, byte[] request, Taker<R> taker)
      throws CallFailure, InterruptedException {
    return make(new Exchange(driver, plan, request, MemorySegment.NULL), taker);
  }

  /** The same with a request anywhere in memory, also where only this thread may read it. */
  public static <R> R make(
      EndpointDriver driver, CallPlan plan, MemorySegment request, Taker<R> taker)
      throws CallFailure, InterruptedException {
    byte[] copy = request.byteSize() > SMALL ? null : request.toArray(ValueLayout.JAVA_BYTE);
    return make(new Exchange(driver, plan, copy, request), taker);
  }

  private static <R> R make(Exchange exchange, Taker<R> taker)
      throws CallFailure, InterruptedException {
    exchange.driver.submit(exchange);
    return exchange.await(taker);
  }

  @Override
  void execute(long now, Wakeups wakeups) {
    try {
      DriverCall opened = driver.open(plan, now);
      call = opened;
      byte[] whole = shared;
      sent = whole == null ? 0 : opened.out.beginWhole(whole, now);
      if (opened.out.ended()) {
        opened.in.expect(thread);
      } else {
        wakeups.unpark(thread); // it must write the request itself
      }
    } catch (CallFailure | RuntimeException | Error e) {
      failure = e;
      wakeups.unpark(thread);
    }
    begun = true;
  }

  private <R> R await(Taker<R> taker) throws CallFailure, InterruptedException {
    boolean interrupted = false;
    while (!begun) {
      driver.time().park(this);
      if (Thread.interrupted()) {
        interrupted = true;
        driver.settle(); // now it has begun
      }
    }
    DriverCall opened = call;
    if (opened == null) {
      throw failed();
    }
    boolean through = false;
    try {
      if (interrupted) {
        throw new InterruptedException();
      }
      if (!opened.out.ended()) {
        write(opened.out);
      }
      R reply = taker.take(opened.in);
      through = true;
      return reply;
    } finally {
      if (through) {
        opened.discard();
      } else {
        opened.close();
      }
    }
  }

  private void write(OutPhase out) throws CallFailure, InterruptedException {
    byte[] whole = shared;
    if (whole != null) {
      out.writeWhole(whole, sent);
    } else {
      out.write(request, 0, request.byteSize());
      out.finish();
    }
  }

  private CallFailure failed() {
    Throwable why = failure;
    if (why instanceof CallFailure f) {
      return f;
    }
    throw new IllegalStateException("the call could not be begun", why);
  }
}
