// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import io.rxrpc.driver.DatagramTap;
import io.rxrpc.driver.EndpointDriver;
import io.rxrpc.driver.Workplace;
import io.rxrpc.machine.Surroundings;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.udp.PortKind;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint is opened with.
 *
 * @param <B> what each option returns
 */
abstract class EndpointOptions<B extends EndpointOptions<B>> {
  @Nullable InetSocketAddress local;
  Tunables tunables = Tunables.fromProperties();
  @Nullable PortKind port;
  @Nullable PacketCapture capture;
  @Nullable PacketTrace trace;
  String version = "RxRPC for Java";
  Surroundings surroundings = Surroundings.machine();
  @Nullable Executor executor;
  boolean completesInLoop;
  boolean handlesInLoop;
  boolean reusePort;
  boolean answerDebug;
  boolean answerCallbacks;
  boolean daemon;
  boolean interrupts;
  final List<ClientInterceptor> before = new ArrayList<>();
  final List<ServerInterceptor> around = new ArrayList<>();

  EndpointOptions() {}

  /** What runs listeners, and handlers that no loop runs. */
  final Executor handlers() {
    Executor given = executor;
    return given == null ? surroundings.threads().handlers() : given;
  }

  /** What sees every datagram, or null. */
  final @Nullable DatagramTap tap() {
    PacketCapture file = capture;
    PacketTrace lines = trace;
    if (file == null || lines == null) {
      return file != null ? file::record : lines != null ? lines::record : null;
    }
    return (nanos, from, to, memory, offset, length) -> {
      file.record(nanos, from, to, memory, offset, length);
      lines.record(nanos, from, to, memory, offset, length);
    };
  }

  /** Where futures are completed. */
  final Workplace completions(EndpointDriver driver) {
    Executor given = executor;
    if (given != null) {
      return driver.on(given);
    }
    return completesInLoop ? driver.adapting(true) : driver.apart();
  }

  abstract B self();

  /**
   * The address to bind; by default a free port of all addresses, IPv6 and IPv4.
   *
   * @param address the address; port 0: any that is free
   * @return this
   */
  public final B local(InetSocketAddress address) {
    local = Objects.requireNonNull(address, "address");
    return self();
  }

  /**
   * Everything that can be tuned; by default as the system properties say.
   *
   * @param values the tunables
   * @return this
   */
  public final B tunables(Tunables values) {
    tunables = Objects.requireNonNull(values, "values");
    return self();
  }

  /**
   * Insists on an implementation of the UDP port; by default the best there is.
   *
   * @param kind the implementation; where it is not to be had, opening fails
   * @return this
   */
  public final B port(PortKind kind) {
    port = Objects.requireNonNull(kind, "kind");
    return self();
  }

  /**
   * Runs the endpoint on a port, clocks, a random source and threads of somebody else, as in a
   * simulation; by default on the machine's own.
   *
   * @param others the surroundings
   * @return this
   */
  public final B surroundings(Surroundings others) {
    surroundings = Objects.requireNonNull(others, "others");
    return self();
  }

  /**
   * Records every datagram sent and received. The capture is the caller's to close.
   *
   * @param file the capture
   * @return this
   */
  public final B capture(PacketCapture file) {
    capture = Objects.requireNonNull(file, "file");
    return self();
  }

  /**
   * Prints a line for every datagram sent and received. The trace is the caller's to close.
   *
   * @param lines the trace
   * @return this
   */
  public final B trace(PacketTrace lines) {
    trace = Objects.requireNonNull(lines, "lines");
    return self();
  }

  /**
   * What VERSION requests are answered: at most 64 ASCII characters.
   *
   * @param text the answer
   * @return this
   */
  public final B version(String text) {
    version = Objects.requireNonNull(text, "text");
    return self();
  }

  /**
   * Runs handlers, listeners and completions of futures on an executor. By default each runs in a
   * virtual thread of its own, or as the surroundings given to the endpoint have it. {@link
   * #handleInLoop} and {@link #completeInLoop} are for those that come back within microseconds.
   *
   * <p>An executor that runs them in the calling thread, as {@code Runnable::run} does, has them
   * run in the loop in any case. One that blocks there is harmless to others, but makes each of its
   * calls wait some 100 us for another thread to take the loop over.
   *
   * @param threads the executor; the caller's to shut down, after the endpoint is closed
   * @return this
   */
  public final B handlerExecutor(Executor threads) {
    executor = Objects.requireNonNull(threads, "threads");
    return self();
  }

  /**
   * Whether futures of {@link RxrpcEndpoint#callAsync} may be completed in the endpoint's loop, and
   * what depends on them run there: faster, as no thread is woken for it. As with handlers, they
   * are only as long as that comes back within microseconds, and whatever blocks there is relieved
   * by another thread; all the same, code that computes for long is better kept apart. By default
   * they are completed in threads of their own. Nothing changes where there is a {@link
   * #handlerExecutor}.
   *
   * @param inLoop whether they may
   * @return this
   */
  public final B completeInLoop(boolean inLoop) {
    completesInLoop = inLoop;
    return self();
  }

  /**
   * Whether handlers may run in the endpoint's loop, where the packet is, as long as they come back
   * within microseconds: found out service by service. One that blocks there is relieved by another
   * thread. It saves two hand-overs between threads for each call. By default handlers run in
   * threads of their own, each call in a virtual one. Nothing changes where there is a {@link
   * #handlerExecutor}.
   *
   * @param inLoop whether they may
   * @return this
   */
  public final B handleInLoop(boolean inLoop) {
    handlesInLoop = inLoop;
    return self();
  }

  /**
   * Whether the program may end while the endpoint serves. By default it may not: once a service
   * was offered ({@link RxrpcEndpoint#serve}, {@link RxrpcEndpoint#serveCharged}), a thread that is
   * no daemon lives until the endpoint is closed or has failed, so that a server goes on when its
   * {@code main} returns. All other threads of an endpoint are daemons: one that only calls keeps
   * nothing alive. {@code System.exit} and signals end the program in any case, and do not close
   * the endpoint.
   *
   * @param all whether all threads are daemons
   * @return this
   */
  public final B daemon(boolean all) {
    daemon = all;
    return self();
  }

  /**
   * Whether the thread of a handler is interrupted when its call fails before it has returned, so
   * that it gives up whatever it waits for. By default it is not, and a handler learns of it when
   * it next reads or writes, or by {@link ServerCall#onEnd}. An interrupt is taken back when the
   * handler has returned. Takers of a {@link ChargedService} are not interrupted.
   *
   * @param interrupt whether it is interrupted
   * @return this
   */
  public final B interruptHandlers(boolean interrupt) {
    interrupts = interrupt;
    return self();
  }

  /**
   * Has every call that the endpoint makes seen by an interceptor, behind those given before.
   *
   * @param interceptor what sees the calls
   * @return this
   */
  public final B intercept(ClientInterceptor interceptor) {
    before.add(Objects.requireNonNull(interceptor, "interceptor"));
    return self();
  }

  /**
   * Puts an interceptor around every handler and taker, within those given before.
   *
   * @param interceptor what is around them
   * @return this
   */
  public final B intercept(ServerInterceptor interceptor) {
    around.add(Objects.requireNonNull(interceptor, "interceptor"));
    return self();
  }

  /**
   * Whether several endpoints may bind the same address, each getting a share of the peers.
   *
   * @param reuse whether others may
   * @return this
   */
  public final B reusePort(boolean reuse) {
    reusePort = reuse;
    return self();
  }

  /**
   * Whether DEBUG requests are answered, as {@code rxdebug} sends them: to whoever asks, at most
   * {@code debug-rate} times a second. By default they are refused: the answers name peers and are
   * longer than the requests.
   *
   * @param answer whether they are answered
   * @return this
   */
  public final B answerDebug(boolean answer) {
    answerDebug = answer;
    return self();
  }

  /**
   * Whether file servers that this endpoint calls get what they want to know first. A file server
   * of AFS calls back to the port of a new client, service 1, before it answers its first call, and
   * aborts that with RX_CALL_DEAD (-1) if nobody is there. With this the endpoint answers such
   * calls by itself: who it is (an identifier made for this endpoint, and no addresses), that it
   * keeps nothing which could be out of date, and that it is alive. Calls to it of any other kind
   * are aborted with RXGEN_OPCODE. For clients that keep nothing; one that keeps what it was told
   * by file servers must serve service 1 itself, and then this stays off.
   *
   * @param answer whether the endpoint answers them
   * @return this
   */
  public final B answerCallbacks(boolean answer) {
    answerCallbacks = answer;
    return self();
  }
}
