// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.memory;

import io.rxrpc.HostResolver;
import io.rxrpc.machine.Time;
import io.rxrpc.testkit.Datagram;
import io.rxrpc.testkit.LinkOptions;
import io.rxrpc.testkit.SimNet;
import io.rxrpc.testkit.SimNode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * A network in memory, with hosts, and with a time of its own. Programs written with the public API
 * run on it: endpoints and sockets that are given {@link MemoryHost#surroundings}, their handlers,
 * and threads started by {@link #run} and {@link #start}. One thread runs at a time; when all wait,
 * time goes on to the next thing that happens, so that an hour of silence takes none. The order of
 * the threads, the loss and the delays of datagrams and all random numbers follow from the seed:
 * the same program with the same seed has the same life.
 *
 * <pre>{@code
 * MemoryNetwork network = MemoryNetwork.seeded(7).links(l -> l.loss(0.05));
 * network.run(() -> {
 *   var at = network.host("server");
 *   try (var server = RxrpcEndpoint.builder().surroundings(at.surroundings())
 *           .local(new InetSocketAddress(at.address(), 7000)).open();
 *       var client = RxrpcEndpoint.builder()
 *           .surroundings(network.host("client").surroundings()).open()) {
 *     server.serve(52, CallHandler.blob(request -> request));
 *     byte[] reply = client.call(new RxrpcAddress(server.localAddress(), 52), request);
 *   }
 * });
 * }</pre>
 *
 * <p>What programs must do for it: wait by the API, by {@link #pause}, {@link #await} or {@link
 * Running#join}, and hold no lock meanwhile; take the time from {@link #clock} and {@link
 * #nanoTime}, and random numbers from {@link #random}. A thread that waits by other means stops
 * everything, which {@link #run} reports after a few seconds. All methods are for the network's
 * threads, and before and after a run for the one that has made it.
 */
public final class MemoryNetwork {
  private static final int KEPT_LINES = 20_000;
  private static final Duration LIMIT = Duration.ofDays(30);

  private final SplittableRandom random;
  private final SimNet net;
  private final LifeTrace trace;
  private final Baton baton;
  private final Time time;
  private final NetworkThreads threads;
  private final Map<String, MemoryHost> hosts = new LinkedHashMap<>();
  private final Set<List<InetAddress>> cuts = new HashSet<>();
  private final HostResolver resolver = this::resolve;

  private MemoryNetwork(long seed, int keptLines) {
    random = new SplittableRandom(seed);
    net = SimNet.seeded(random.nextLong());
    trace = new LifeTrace(net, keptLines);
    baton =
        new Baton(net, random.split(), net.now() + LIMIT.toNanos(), name -> trace.add("=", name));
    time = new NetworkTime(net, baton);
    threads = new NetworkThreads(baton, time);
    net.tap(trace).add(new Clock(baton));
  }

  /**
   * {@return a network whose lives follow from the seed} Its links lose nothing and take 1 ms.
   *
   * @param seed what the random choices come from
   */
  public static MemoryNetwork seeded(long seed) {
    return new MemoryNetwork(seed, KEPT_LINES);
  }

  /**
   * {@return the same, which keeps another number of lines of its {@link #trace}; 0 for none}
   *
   * @param seed what the random choices come from
   * @param keptLines how many lines of the trace are kept
   */
  public static MemoryNetwork seeded(long seed, int keptLines) {
    return new MemoryNetwork(seed, keptLines);
  }

  /** The clock among the nodes. */
  private record Clock(Baton baton) implements SimNode {
    private static final InetSocketAddress NOWHERE = InetSocketAddress.createUnresolved("clock", 0);

    @Override
    public InetSocketAddress address() {
      return NOWHERE;
    }

    @Override
    public void datagram(long now, Datagram datagram) {
      throw new IllegalStateException("nobody knows the clock's address");
    }

    @Override
    public void error(long now, InetSocketAddress destination, int errno, int mtu) {}

    @Override
    public void act(long now) {
      baton.passed(now);
    }

    @Override
    public long wakeAt() {
      return baton.next();
    }
  }

  // what it is made of

  /**
   * {@return the host of a name; it is made when it is asked for first, with the next address}
   *
   * @param name the name
   */
  public MemoryHost host(String name) {
    MemoryHost known = hosts.get(name);
    if (known == null) {
      int number = hosts.size() + 1;
      byte[] address = {10, (byte) (number >> 16), (byte) (number >> 8), (byte) number};
      try {
        InetAddress at = InetAddress.getByAddress(address);
        known = new MemoryHost(this, net, name, at, random.split(), time, threads);
      } catch (UnknownHostException e) {
        throw new IllegalStateException("four octets are an address", e);
      }
      hosts.put(name, known);
    }
    return known;
  }

  /**
   * Finds hosts by their names, for {@code RxrpcAddress.of}.
   *
   * @return the host resolver
   */
  public HostResolver resolver() {
    return resolver;
  }

  private List<InetAddress> resolve(String host) throws UnknownHostException {
    MemoryHost known = hosts.get(host);
    if (known == null) {
      throw new UnknownHostException(
          "the network has no host '" + host + "', but " + hosts.keySet());
    }
    return List.of(known.address());
  }

  /**
   * Changes what all ways between hosts do to datagrams: loss, delay, order, copies, size.
   *
   * @param change what to change
   * @return this
   */
  public MemoryNetwork links(Consumer<LinkOptions> change) {
    net.links(change);
    return this;
  }

  /**
   * Lets nothing pass between two hosts any more, in both directions; nobody is told.
   *
   * @param one one side
   * @param other the other
   */
  public void cut(MemoryHost one, MemoryHost other) {
    cuts.add(List.of(one.address(), other.address()));
    cuts.add(List.of(other.address(), one.address()));
  }

  /**
   * Undoes a {@link #cut}.
   *
   * @param one one side
   * @param other the other
   */
  public void mend(MemoryHost one, MemoryHost other) {
    cuts.remove(List.of(one.address(), other.address()));
    cuts.remove(List.of(other.address(), one.address()));
  }

  void send(Datagram d) {
    if (cuts.contains(List.of(d.from().getAddress(), d.to().getAddress()))) {
      trace.add("*", d + " (PARTITION)");
    } else {
      net.send(d);
    }
  }

  /** {@return the network below, for taps, for dropping chosen packets and for single links} */
  public SimNet net() {
    return net;
  }

  // running

  /**
   * Runs a program in a thread of this network until it and all threads started by {@link #start}
   * have ended. Then endpoints that are still open are closed, and whoever still waits is
   * interrupted. A network runs once.
   *
   * @param program what runs
   * @throws Exception what a thread of the program threw, the first if there are several
   * @throws NetworkStuckException when everybody waits and nothing is on its way, when a thread
   *     waits by other means than the network's, or when the program has not ended after 30 days of
   *     the network's time
   * @throws InterruptedException when the calling thread is interrupted, which leaves the network's
   *     threads where they are
   */
  public void run(Program program) throws Exception {
    begin("main", program);
    try {
      baton.run(() -> hosts.values().forEach(MemoryHost::closeAll));
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a program threw what is neither exception nor error", e);
    }
  }

  /**
   * Starts another thread of the program.
   *
   * @param name the name
   * @param program what runs
   * @return the running
   */
  public Running start(String name, Program program) {
    return begin(name, program);
  }

  private Running begin(String name, Program program) {
    Thread thread = baton.thread(name, true, () -> live(program));
    thread.start();
    return new Running(baton, thread);
  }

  @SuppressWarnings("CatchingUnchecked") // the run ends with it
  private void live(Program program) {
    try {
      program.run();
    } catch (Throwable e) {
      baton.failed(e);
    }
  }

  /**
   * Lets time pass for the thread that calls it.
   *
   * @param duration how long
   * @throws InterruptedException if the thread is interrupted
   */
  public void pause(Duration duration) throws InterruptedException {
    long until = time.nanoTime() + duration.toNanos();
    while (time.nanoTime() < until) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      time.parkNanos(this, until - time.nanoTime());
    }
  }

  /**
   * Waits for a future of any kind, which a thread of this network completes.
   *
   * @param <T> the type of the value
   * @param stage what is waited for
   * @return this
   * @throws ExecutionException with what it was completed with
   * @throws InterruptedException if the thread is interrupted
   */
  public <T> T await(CompletionStage<T> stage) throws InterruptedException, ExecutionException {
    var future = stage.toCompletableFuture();
    Thread self = Thread.currentThread();
    var _ = future.whenComplete((result, why) -> time.unpark(self));
    while (!future.isDone()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      time.park(future);
    }
    return future.get();
  }

  // time and chance

  /** {@return the network's time in nanoseconds, from any beginning} */
  public long nanoTime() {
    return time.nanoTime();
  }

  /** {@return how long it has lived, by its own time} */
  public Duration elapsed() {
    return Duration.ofNanos(net.elapsed());
  }

  /**
   * {@return the network's time of day, which begins with the year 2030: for tickets and the like}
   */
  public InstantSource clock() {
    return time.wallClock();
  }

  /** {@return random numbers for a program, which follow from the seed} */
  public RandomGenerator random() {
    return random;
  }

  // what happened

  /**
   * Adds a line to the trace.
   *
   * @param what what it is
   */
  public void note(String what) {
    trace.add("#", what);
  }

  /**
   * {@return the last lines of what happened: datagrams as they leave and as they arrive ({@code
   * <}), with what became of them ({@code *}), which thread ran next ({@code =}), and notes ({@code
   * #})}
   */
  public String trace() {
    return trace.text();
  }

  /**
   * {@return a digest of all lines of the trace, those not kept included: equal lives have equal
   * ones}
   */
  public String digest() {
    return trace.digest();
  }
}
