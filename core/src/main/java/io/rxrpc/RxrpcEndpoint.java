// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import io.rxrpc.driver.CallFailure;
import io.rxrpc.driver.DriverOptions;
import io.rxrpc.driver.DriverStatus;
import io.rxrpc.driver.EndpointDriver;
import io.rxrpc.driver.HandledCalls;
import io.rxrpc.driver.Workplace;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.udp.PortKind;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A UDP port that speaks RxRPC: it makes calls and serves services, both at once if wished. Safe
 * for all threads. Blocking methods are made for virtual threads.
 *
 * <pre>{@code
 * try (var server = RxrpcEndpoint.open(new InetSocketAddress("127.0.0.1", 7000));
 *     var client = RxrpcEndpoint.open()) {
 *   server.serve(52, CallHandler.blob(request -> request));
 *   byte[] reply = client.call(RxrpcAddress.of("127.0.0.1", 7000, 52), request);
 * }
 * }</pre>
 */
public final class RxrpcEndpoint implements AutoCloseable {
  private final EndpointDriver driver;
  private final Tunables tunables;
  private final Executor executor;
  private final @Nullable Executor given;
  private final List<ServerInterceptor> interceptors;
  private final boolean interrupts;
  private final boolean handlesInLoop;
  private final Lifeline lifeline;
  private final Calling calling;

  private RxrpcEndpoint(EndpointDriver driver, Builder options) {
    this.driver = driver;
    tunables = options.tunables;
    executor = options.handlers();
    given = options.executor;
    interceptors = List.copyOf(options.around);
    interrupts = options.interrupts;
    handlesInLoop = options.handlesInLoop;
    lifeline = new Lifeline(driver, options.daemon);
    Workplace completions = options.completions(driver);
    calling = new Calling(driver, tunables, executor, completions, List.copyOf(options.before));
  }

  /**
   * Opens an endpoint on a free port of all addresses, IPv6 and IPv4.
   *
   * @return the endpoint
   * @throws IOException when no port can be bound
   */
  public static RxrpcEndpoint open() throws IOException {
    return builder().open();
  }

  /**
   * Opens an endpoint.
   *
   * @param local the address to bind; port 0 lets the system choose. {@code ::} takes IPv4 too
   * @return the endpoint
   * @throws IOException when it cannot be bound
   */
  public static RxrpcEndpoint open(InetSocketAddress local) throws IOException {
    return builder().local(local).open();
  }

  /** {@return an endpoint with options} */
  public static Builder builder() {
    return new Builder();
  }

  // calls

  /**
   * Makes a call with the default options and waits for the reply.
   *
   * <p>Where the address is a name with several addresses, they are tried in order. A request that
   * was sent is not sent to another address unless the network said that nobody is there and
   * nothing of the server was heard, so no call is executed twice: instead, each address is asked
   * for its version, for {@code ADDRESS_PATIENCE} at most, and the first one that answers is
   * called, now and until a call there fails. If none answers, the first that is silent is called.
   *
   * @param to whom to call
   * @param request sent as it is; not changed, and not kept after the return
   * @return the whole reply, at most 64 MiB
   * @throws RxrpcException when the call fails; the subclass and the message say how
   */
  public byte[] call(RxrpcAddress to, byte[] request) throws RxrpcException {
    return call(to, request, CallOptions.DEFAULT);
  }

  /**
   * Makes a call and waits for the reply.
   *
   * @param to whom to call
   * @param request sent as it is; not changed, and not kept after the return
   * @param options security, time limit and the like
   * @return the whole reply, at most {@link CallOptions#maxReply()} bytes
   * @throws RxrpcException when the call fails; the subclass and the message say how
   */
  public byte[] call(RxrpcAddress to, byte[] request, CallOptions options) throws RxrpcException {
    return calling.blob(to, Objects.requireNonNull(request, "request"), options);
  }

  /**
   * Makes a call from a buffer into another, on the heap or off it, and waits for the reply.
   *
   * @param to whom to call
   * @param request what remains of it is sent; not changed, and not kept after the return. Its
   *     position moves to its limit when the call succeeds
   * @param reply takes the reply; its position moves behind it when the call succeeds, otherwise
   *     what remains of it may have been overwritten. It must not share memory with the request.
   *     {@link CallOptions#maxReply()} does not count
   * @param options security, time limit and the like
   * @return bytes of the reply
   * @throws LocalErrorException with EMSGSIZE if the reply is longer than what remains
   * @throws RxrpcException when the call fails otherwise
   */
  public int call(RxrpcAddress to, ByteBuffer request, ByteBuffer reply, CallOptions options)
      throws RxrpcException {
    CallPipe.checkWritable(reply);
    int n =
        (int)
            calling.segment(
                to, MemorySegment.ofBuffer(request), MemorySegment.ofBuffer(reply), options);
    request.position(request.limit());
    reply.position(reply.position() + n);
    return n;
  }

  /**
   * Makes a call from memory into memory, also of arenas that only this thread may use, and waits
   * for the reply.
   *
   * @param to whom to call
   * @param request sent as it is; not changed, and not kept after the return
   * @param reply takes the reply from its beginning; when the call fails it may have been
   *     overwritten. It must not share memory with the request. {@link CallOptions#maxReply()} does
   *     not count
   * @param options security, time limit and the like
   * @return bytes of the reply
   * @throws LocalErrorException with EMSGSIZE if the reply is longer
   * @throws RxrpcException when the call fails otherwise
   */
  public long call(RxrpcAddress to, MemorySegment request, MemorySegment reply, CallOptions options)
      throws RxrpcException {
    CallPipe.checkWritable(reply);
    return calling.segment(to, request, reply, options);
  }

  /**
   * {@return the same as {@link #callAsync(RxrpcAddress, byte[], CallOptions)} with the default
   * options}
   *
   * @param to whom to call
   * @param request the request
   */
  public CompletableFuture<byte[]> callAsync(RxrpcAddress to, byte[] request) {
    return callAsync(to, request, CallOptions.DEFAULT);
  }

  /**
   * Makes a call without waiting. No thread is held until the reply comes; then the future is
   * completed on the endpoint's handler executor, or as {@link Builder#completeInLoop} says. It
   * fails with a {@link RxrpcException}. Cancelling it, or completing it otherwise, aborts the call
   * with RX_USER_ABORT. The address of a name with several is chosen on that executor, too.
   *
   * @param to whom to call
   * @param request must not be changed until the future is done
   * @param options security, time limit and the like
   * @return a future of the reply
   */
  public CompletableFuture<byte[]> callAsync(RxrpcAddress to, byte[] request, CallOptions options) {
    return calling.async(to, Objects.requireNonNull(request, "request"), options);
  }

  /**
   * Makes a call from a buffer into another without waiting; see {@link #callAsync(RxrpcAddress,
   * MemorySegment, MemorySegment, CallOptions)}.
   *
   * @param to whom to call
   * @param request what remains of it is sent; its position moves to its limit when the call
   *     succeeds
   * @param reply takes the reply; its position moves behind it when the call succeeds
   * @param options security, time limit and the like
   * @return bytes of the reply
   */
  public CompletableFuture<Integer> callAsync(
      RxrpcAddress to, ByteBuffer request, ByteBuffer reply, CallOptions options) {
    CallPipe.checkWritable(reply);
    return calling.async(
        to,
        CallPipe.checkShared(MemorySegment.ofBuffer(request)),
        CallPipe.checkShared(MemorySegment.ofBuffer(reply)),
        options,
        bytes -> {
          request.position(request.limit());
          reply.position(reply.position() + (int) bytes);
          return (int) bytes;
        });
  }

  /**
   * Makes a call from memory into memory without waiting. Both belong to the call until the future
   * is done; of one that was cancelled or completed otherwise, until the endpoint is closed. They
   * must not overlap. When the call fails, the reply may have been overwritten. {@link
   * CallOptions#maxReply()} does not count.
   *
   * @param to whom to call
   * @param request the request
   * @param reply takes the reply
   * @param options security, time limit and the like
   * @return bytes of the reply; fails with EMSGSIZE if it is longer than the memory for it, and as
   *     {@link #callAsync(RxrpcAddress, byte[], CallOptions)}
   * @throws IllegalArgumentException for memory that only one thread may use, or, of the reply,
   *     that cannot be written to
   */
  public CompletableFuture<Long> callAsync(
      RxrpcAddress to, MemorySegment request, MemorySegment reply, CallOptions options) {
    CallPipe.checkWritable(reply);
    return calling.async(
        to, CallPipe.checkShared(request), CallPipe.checkShared(reply), options, Long::valueOf);
  }

  /**
   * Begins a call with the default options whose request and reply are streamed.
   *
   * @param to whom to call
   * @return the client call
   * @throws RxrpcException if the call fails, or has failed
   */
  public ClientCall begin(RxrpcAddress to) throws RxrpcException {
    return begin(to, CallOptions.DEFAULT);
  }

  /**
   * Begins a call whose request and reply are streamed. Does not wait, but for the address of a
   * name with several where it is not known yet which one answers; what was begun stays there.
   *
   * @param to whom to call
   * @param options security, time limit and the like
   * @return to be closed by the caller
   * @throws RxrpcException when the endpoint is closed
   */
  public ClientCall begin(RxrpcAddress to, CallOptions options) throws RxrpcException {
    return calling.begin(to, options);
  }

  /**
   * Asks a peer for the version of its Rx.
   *
   * @param peer who is at the other end
   * @param timeout how long to wait; it is asked again every second
   * @return the text of its answer
   * @throws CallTimeoutException when it does not answer
   * @throws NetworkErrorException when it cannot be reached
   */
  public String version(InetSocketAddress peer, Duration timeout) throws RxrpcException {
    String who = RxrpcAddress.text(peer);
    if (peer.isUnresolved()) {
      throw new IllegalArgumentException("unknown host: " + peer.getHostString());
    }
    try {
      return driver.version(peer, timeout.toNanos());
    } catch (CallFailure e) {
      throw Failures.of(e, who);
    } catch (InterruptedException e) {
      throw Failures.interrupted(e, null, "the version of " + who);
    }
  }

  /**
   * Asks a peer about itself, as OpenAFS's {@code rxdebug} does: a server or a client, whose
   * administrator allows it. Only OpenAFS and its like answer, and endpoints with {@link
   * Builder#answerDebug}.
   *
   * @param peer who is at the other end
   * @param what the kind of record
   * @param index the number of the connection or peer, from 0; 0 for what there is once only
   * @param timeout how long to wait; it is asked again every second
   * @return the record as the peer sent it: numbers in network order, not XDR. A list ends with a
   *     record whose connection id, or peer address, is all ones
   * @throws CallTimeoutException when it does not answer
   * @throws RemoteAbortException when it says that it answers nobody
   * @throws NetworkErrorException when it cannot be reached
   */
  public byte[] debug(InetSocketAddress peer, DebugKind what, int index, Duration timeout)
      throws RxrpcException {
    RxrpcAddress address = new RxrpcAddress(peer, 0);
    String who = RxrpcAddress.text(peer);
    try {
      return driver.debug(peer, what.number(), index, timeout.toNanos());
    } catch (CallFailure e) {
      throw Failures.debug(e, address, who);
    } catch (InterruptedException e) {
      throw Failures.interrupted(e, null, "an answer of " + who);
    }
  }

  // services

  /**
   * Serves a service without security: whoever reaches the port may call.
   *
   * @param serviceId 1..65535
   * @param handler handles the calls
   * @return the running service
   * @throws IllegalStateException if this endpoint serves it already
   * @throws EndpointClosedException if the endpoint is closed
   */
  public RunningService serve(int serviceId, CallHandler handler) throws RxrpcException {
    return serve(serviceId, ServiceOptions.UNSECURED, handler);
  }

  /**
   * Serves a service with security; handlers see who calls by {@link ServerCall#identity}, and run
   * where {@link Builder#handlerExecutor} and {@link CallHandler#on} say. From the first service
   * on, the endpoint keeps the program alive until it is closed, see {@link Builder#daemon}.
   *
   * @param serviceId 1..65535
   * @param options security and the like
   * @param handler handles the calls
   * @return the running service
   * @throws IllegalStateException if this endpoint serves it already
   * @throws EndpointClosedException if the endpoint is closed
   */
  public RunningService serve(int serviceId, ServiceOptions options, CallHandler handler)
      throws RxrpcException {
    Objects.requireNonNull(handler, "handler");
    RxrpcAddress.checkService(serviceId);
    lifeline.hold();
    return offer(serviceId, options, handler, interceptors);
  }

  private RunningService offer(
      int serviceId, ServiceOptions options, CallHandler handler, List<ServerInterceptor> around)
      throws RxrpcException {
    CallHandler chain = Admitting.behind(around, handler);
    Boolean own = options.interrupts;
    boolean interrupt = own == null ? interrupts : own;
    Executor on = handler.executor() == null ? given : handler.executor();
    Workplace where = on == null ? driver.adapting(handlesInLoop) : driver.on(on);
    try {
      return new RunningService(
          driver,
          driver.addService(
              serviceId,
              options.securities(),
              new HandledCalls(where, call -> new Handling(call, chain, executor, interrupt))));
    } catch (CallFailure e) {
      throw Failures.of(e, "service " + serviceId);
    }
  }

  /**
   * Offers a service whose calls come to callbacks: one for each {@link ChargedService#charge},
   * none before.
   *
   * @param serviceId 1..65535
   * @param options security and the like
   * @return the charged service
   * @throws IllegalStateException if this endpoint serves it already
   * @throws EndpointClosedException if the endpoint is closed
   */
  public ChargedService serveCharged(int serviceId, ServiceOptions options) throws RxrpcException {
    RxrpcAddress.checkService(serviceId);
    lifeline.hold();
    ChargedService charged = new ChargedService(driver, executor, interceptors);
    try {
      charged.offered(driver.addChargedService(serviceId, options.securities(), charged.sink()));
      return charged;
    } catch (CallFailure e) {
      throw Failures.of(e, "service " + serviceId);
    }
  }

  // what there is

  /** {@return the address bound to, with the port the system chose} */
  public InetSocketAddress localAddress() {
    return driver.localAddress();
  }

  /**
   * {@return the implementation of the UDP port: LINUX sees ICMP errors and moves trains, NIO does
   * not}
   */
  public PortKind portKind() {
    return driver.portKind();
  }

  /** How often threads of the application have had the endpoint's lock. */
  long lockHolds() {
    return driver.lockHolds();
  }

  /** {@return the values it was opened with} */
  public Tunables tunables() {
    return tunables;
  }

  /**
   * {@return what was counted since it was opened, by name: {@code data-resent}, {@code
   * calls-served}}
   */
  public Map<String, Long> counters() {
    return driver.counters();
  }

  /** {@return what it holds at this moment} */
  public EndpointStatus status() {
    DriverStatus s = driver.status();
    return new EndpointStatus(
        s.clientConnections(),
        s.serviceConnections(),
        s.peers(),
        s.liveCalls(),
        s.timers(),
        s.bufferBytes());
  }

  /** {@return its peers, connections and calls at this moment, one by one} */
  public EndpointListing listing() {
    return EndpointListing.of(driver.snapshot());
  }

  // the end

  /**
   * Closes in an orderly way: new calls are refused, those that run may finish, handlers included,
   * and when all have, or the patience is over, the endpoint is closed.
   *
   * @param patience how long to wait
   * @return whether everything had finished
   * @throws CallInterruptedException when interrupted; the endpoint is closed nevertheless
   */
  public boolean shutdown(Duration patience) throws RxrpcException {
    try {
      return driver.shutdown(patience.toNanos());
    } catch (InterruptedException e) {
      throw Failures.interrupted(e, null, "calls to finish");
    }
  }

  /**
   * Closes at once: calls that run are aborted, threads that wait for them get an {@link
   * EndpointClosedException}, the port is free when this returns. Handlers are not waited for.
   * Repeated calls do nothing.
   */
  @Override
  public void close() {
    driver.close();
  }

  /**
   * Waits until it is closed, by whichever thread, and its port is free: what the {@code main} of a
   * server may do in the end.
   *
   * @throws LocalErrorException if it was not closed but has failed, with what made it fail
   * @throws CallInterruptedException when interrupted; the endpoint goes on
   */
  public void awaitClosed() throws RxrpcException {
    try {
      driver.awaitEnd();
    } catch (InterruptedException e) {
      throw Failures.interrupted(e, null, this + " to be closed");
    }
    CallFailure failure = driver.broken();
    if (failure != null) {
      throw Failures.of(failure, toString());
    }
  }

  /** For example {@code RxRPC endpoint on 127.0.0.1:7003}. */
  @Override
  public String toString() {
    return "RxRPC endpoint on " + RxrpcAddress.text(localAddress());
  }

  /** The options of an endpoint. Not thread-safe. */
  public static final class Builder extends EndpointOptions<Builder> {
    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /**
     * Opens the endpoint.
     *
     * @return this
     * @throws IOException when the address cannot be bound
     */
    public RxrpcEndpoint open() throws IOException {
      InetSocketAddress address = local;
      if (address != null) {
        return open(address);
      }
      try {
        return open(new InetSocketAddress(InetAddress.getByAddress(new byte[16]), 0));
      } catch (IOException | UnsupportedOperationException e) {
        // a host without IPv6
        return open(new InetSocketAddress(InetAddress.getByAddress(new byte[4]), 0));
      }
    }

    private RxrpcEndpoint open(InetSocketAddress address) throws IOException {
      DriverOptions options = new DriverOptions(address, port, reusePort, tunables, version, tap());
      EndpointDriver driver = EndpointDriver.open(options, surroundings);
      if (answerDebug) {
        driver.allowDebug();
      }
      RxrpcEndpoint endpoint = new RxrpcEndpoint(driver, this);
      if (answerCallbacks) { // of a client: that keeps nothing alive
        endpoint.offer(
            CallbackAnswers.SERVICE,
            ServiceOptions.UNSECURED,
            new CallbackAnswers(surroundings.random()),
            List.of());
      }
      return endpoint;
    }
  }
}
