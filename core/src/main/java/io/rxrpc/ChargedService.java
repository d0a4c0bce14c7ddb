// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import io.rxrpc.driver.CallSink;
import io.rxrpc.driver.DriverCall;
import io.rxrpc.driver.EndpointDriver;
import io.rxrpc.engine.Service;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A service that takes as many calls as it was charged for, and hands each to a callback instead of
 * a thread of its own. Calls beyond that are answered BUSY. Safe for all threads.
 */
public final class ChargedService implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("io.rxrpc.call");

  private final EndpointDriver driver;
  private final Executor executor;
  private final List<ServerInterceptor> interceptors;
  private final ConcurrentLinkedQueue<Consumer<ServerCall>> takers = new ConcurrentLinkedQueue<>();
  private @Nullable Service service;

  ChargedService(EndpointDriver driver, Executor executor, List<ServerInterceptor> interceptors) {
    this.driver = driver;
    this.executor = executor;
    this.interceptors = interceptors;
  }

  CallSink sink() {
    return this::arrived;
  }

  void offered(Service s) {
    service = s;
  }

  private Service service() {
    return Objects.requireNonNull(service, "service");
  }

  /** {@return the service id, 1..65535} */
  public int serviceId() {
    return service().id();
  }

  /**
   * Takes one more call.
   *
   * @param taker gets the call when it has come, on the endpoint's handler executor. It may keep
   *     the call, read it with {@link ServerCall#onReadable} and {@link ServerCall#readNow}, and
   *     closes it in the end. If it throws, the call is aborted, with the code of a {@link
   *     CallAbort} or RX_USER_ABORT
   */
  public void charge(Consumer<ServerCall> taker) {
    takers.add(Objects.requireNonNull(taker, "taker"));
    driver.charge(service());
  }

  /** {@return charges that no call has come for} */
  public int charged() {
    return takers.size();
  }

  private void arrived(DriverCall call) {
    Consumer<ServerCall> taker = takers.poll();
    if (taker == null) {
      throw new IllegalStateException("a call that nobody was charged for");
    }
    executor.execute(() -> hand(call, taker));
  }

  @SuppressWarnings("CatchingUnchecked") // a taker may throw what it likes
  private void hand(DriverCall call, Consumer<ServerCall> taker) {
    try {
      Admitting.behind(interceptors, taker::accept).handle(new ServerCall(call, executor));
    } catch (CallAbort e) {
      call.abort(e.code().value());
      call.close();
    } catch (Throwable e) {
      LOG.log(Level.WARNING, () -> "a taker of service " + call.serviceId() + " failed", e);
      call.close();
    }
  }

  /**
   * Takes the service away: new calls are refused with RX_INVALID_OPERATION, those that run go on.
   * Repeated calls do nothing.
   */
  @Override
  public void close() {
    driver.removeService(service());
    takers.clear();
  }
}
