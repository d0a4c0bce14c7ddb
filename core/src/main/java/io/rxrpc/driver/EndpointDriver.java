package io.rxrpc.driver;

import io.rxrpc.engine.Admission;
import io.rxrpc.engine.BufferPool;
import io.rxrpc.engine.Call;
import io.rxrpc.engine.Completion;
import io.rxrpc.engine.Counter;
import io.rxrpc.engine.Endpoint;
import io.rxrpc.engine.SecurityTask;
import io.rxrpc.engine.Service;
import io.rxrpc.engine.Snapshot;
import io.rxrpc.security.ClientSecurity;
import io.rxrpc.security.ServerSecurity;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.udp.DatagramPort;
import io.rxrpc.udp.DatagramPorts;
import io.rxrpc.udp.Errno;
import io.rxrpc.udp.PortKind;
import io.rxrpc.udp.PortOptions;
import io.rxrpc.udp.ReceiveBatch;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * An engine with a port, a lock and a loop. Whoever holds the lock owns the engine: the loop for
 * each batch of datagrams, application threads for what their calls want. All public methods may be
 * called from any thread, virtual or not, unless they say that they need the lock.
 */
public final class EndpointDriver implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("io.rxrpc");

  private final Tunables tunables;
  private final PacketMemory memory = new PacketMemory();
  private final BufferPool pool;
  private final Endpoint engine;
  private final DatagramPort port;
  private final Transmitter transmitter;
  private final SecurityWorkers workers;
  private final Questions questions;
  private final CallRegistry registry = new CallRegistry();
  private final Ending ending = new Ending();
  private final Events events;
  private final EngineLock lock;
  private final Thread loop;
  private final AtomicLong notExecuted = new AtomicLong();
  private int lastId;

  /** Under the lock: no new calls. */
  private boolean refusing;

  private EndpointDriver(DriverOptions options, DatagramPort port, Surroundings around) {
    this.port = port;
    tunables = options.tunables();
    pool = new BufferPool(memory, tunables.get(Tunable.BUFFER_BYTES));
    engine =
        new Endpoint(
            tunables, around.random(), pool, options.versionText(), around.clock().getAsLong());
    if (!port.segments() && port.forbidsFragmentation()) {
      engine.joinPackets();
    }
    Tap tap = new Tap(options.tap(), port.localAddress());
    int number = port.localAddress().getPort();
    transmitter = new Transmitter(engine, port, tap, memory);
    workers = new SecurityWorkers(this, around.security().apply("rxrpc-security-" + number));
    questions = new Questions(this);
    events = new Events(this, engine, registry, questions, workers);
    lock =
        new EngineLock(engine, port, tap, transmitter, events, questions, ending, around.clock());
    loop =
        Thread.ofPlatform()
            .daemon()
            .name("rxrpc-loop-" + number)
            .unstarted(new Loop(lock, ending, port, new Spin(tunables.get(Tunable.SPIN))));
  }

  /**
   * Binds a port and starts the loop.
   *
   * @throws IOException when the address cannot be bound
   */
  public static EndpointDriver open(DriverOptions options) throws IOException {
    Tunables t = options.tunables();
    DatagramPort port =
        DatagramPorts.open(
            new PortOptions(
                options.local(),
                options.forced(),
                t.getInt(Tunable.RECEIVE_BUFFER),
                t.getInt(Tunable.SEND_BUFFER),
                options.reusePort()));
    return open(options, port);
  }

  /** The same on a port that is open; the driver closes it. */
  static EndpointDriver open(DriverOptions options, DatagramPort port) {
    EndpointDriver driver = new EndpointDriver(options, port, Surroundings.machine());
    driver.loop.start();
    return driver;
  }

  /** The same without a loop: whoever opens it calls {@link #turn} in place of one. */
  static EndpointDriver stepped(DriverOptions options, DatagramPort port, Surroundings around) {
    return new EndpointDriver(options, port, around);
  }

  /** What the loop does with one batch; returns for how long nothing is to be done then. */
  long turn(ReceiveBatch batch) throws IOException {
    return lock.turn(batch);
  }

  // lock holds

  /** Takes the lock and reads the clock. For owners of {@link CallHost}s and this package. */
  public long enter() {
    return lock.enter();
  }

  /** Sends what is to be sent, releases the lock, and wakes those who have waited for it. */
  public void leave(long now) {
    lock.leave(now);
  }

  boolean tryExecute(Command command) {
    return lock.tryExecute(command);
  }

  void submit(Command command) {
    lock.submit(command);
  }

  void later(Command command) {
    lock.later(command);
  }

  // the end

  /** Why calls cannot go on here, or null. */
  public @Nullable Completion end() {
    return ending.why();
  }

  CallFailure failure(Completion why) {
    return ending.failure(why);
  }

  /** Calls that run are aborted, blocked threads fail, the port is closed. Repeated calls wait. */
  @Override
  public void close() {
    lock.close();
    workers.close();
    join();
    long now = enter();
    if (registry.size() == 0 && events.hosts().isEmpty()) {
      memory.free(); // else an application thread may be at a packet
    }
    leave(now);
  }

  private void join() {
    boolean interrupted = false;
    while (loop.isAlive() && Thread.currentThread() != loop) {
      try {
        loop.join();
      } catch (InterruptedException e) {
        interrupted = true; // the loop ends at once; nothing is won by leaving it behind
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Refuses new calls, waits until none is left, and closes.
   *
   * @return whether all calls had ended
   */
  public boolean shutdown(long patienceNanos) throws InterruptedException {
    long now = enter();
    long deadline = now + patienceNanos;
    refusing = true;
    engine.shutdown();
    try {
      while (!ending.isOver() && !events.isQuiet() && now - deadline < 0) {
        events.awaitQuiet(Thread.currentThread());
        leave(now);
        LockSupport.parkNanos(this, deadline - now);
        now = enter();
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
      return events.isQuiet();
    } finally {
      events.awaitQuiet(null);
      leave(now);
      close();
    }
  }

  // commands

  /**
   * Begins a client call.
   *
   * @param timeoutNanos the call's limit from now on; 0 for what is tuned
   */
  public DriverCall begin(
      InetSocketAddress to, int serviceId, ClientSecurity security, long timeoutNanos)
      throws CallFailure {
    long now = enter();
    try {
      return open(to, serviceId, security, timeoutNanos, now);
    } finally {
      leave(now);
    }
  }

  DriverCall open(
      InetSocketAddress to, int serviceId, ClientSecurity security, long timeoutNanos, long now)
      throws CallFailure {
    Completion over = ending.why();
    if (over != null) {
      throw failure(over);
    }
    if (refusing) {
      throw failure(Ending.local(Errno.ESHUTDOWN, "the endpoint is shutting down"));
    }
    Call call = engine.open(to, serviceId, security, now);
    DriverCall handle = new DriverCall(this, call);
    registry.add(handle);
    if (timeoutNanos > 0 && call.completion() == null) {
      call.limit(now + Math.min(timeoutNanos, Long.MAX_VALUE / 2));
    }
    return handle;
  }

  /** Under the lock: the engine, for owners of {@link CallHost}s. */
  public Endpoint engine() {
    return engine;
  }

  /** Under the lock: what is to be done when it is free. */
  public Wakeups wakeups() {
    return lock.wakeups();
  }

  /** Under the lock: an id for a VERSION or DEBUG request that nobody else here has. */
  public int nextId() {
    return ++lastId;
  }

  /** Under the lock: a host is told of the end from now on. */
  public void addHost(CallHost host) {
    events.hosts().add(host);
  }

  /** Under the lock: a host is not told any more. */
  public void removeHost(CallHost host) {
    events.hosts().remove(host);
  }

  /**
   * Offers a service.
   *
   * @throws IllegalStateException if it is offered already
   * @throws CallFailure if the endpoint is closed
   */
  public Service addService(int id, List<ServerSecurity> securities, CallSink sink)
      throws CallFailure {
    long now = enter();
    try {
      Completion over = ending.why();
      if (over != null) {
        throw failure(over);
      }
      return engine.addService(id, securities, sink);
    } finally {
      leave(now);
    }
  }

  /**
   * Offers a service that takes only calls that it was charged for.
   *
   * @throws IllegalStateException if it is offered already
   * @throws CallFailure if the endpoint is closed
   */
  public Service addChargedService(int id, List<ServerSecurity> securities, CallSink sink)
      throws CallFailure {
    long now = enter();
    try {
      Service service = addService(id, securities, sink);
      service.admit(new Admission());
      return service;
    } finally {
      leave(now);
    }
  }

  /** Lets one more call in. */
  public void charge(Service service) {
    long now = enter();
    Admission places = service.admission();
    if (places != null) {
      places.add(1);
    }
    leave(now);
  }

  /** Takes a service away: new calls are refused, running ones go on. */
  public void removeService(Service service) {
    long now = enter();
    engine.removeService(service);
    leave(now);
  }

  /**
   * Asks a peer for its version.
   *
   * @throws CallFailure with ETIME when it does not answer in time
   */
  public String version(InetSocketAddress peer, long timeoutNanos)
      throws CallFailure, InterruptedException {
    return questions.version(peer, timeoutNanos);
  }

  /**
   * Asks a peer about itself, as rxdebug does.
   *
   * @return the record, as the peer sent it
   * @throws CallFailure with ETIME when it does not answer in time; as an abort of the peer when it
   *     refuses to
   */
  public byte[] debug(InetSocketAddress peer, int debugType, int index, long timeoutNanos)
      throws CallFailure, InterruptedException {
    return questions.debug(peer, debugType, index, timeoutNanos);
  }

  /** DEBUG requests are answered from now on, to whoever asks. */
  public void allowDebug() {
    long now = enter();
    engine.allowDebug(1);
    leave(now);
  }

  /**
   * An executor took no more, or the system gave no thread. Told in the log whenever their number
   * has doubled, as it may happen for each call of a flood.
   */
  public void notExecuted(Throwable why, String consequence) {
    long n = notExecuted.incrementAndGet();
    if (Long.bitCount(n) == 1) {
      LOG.log(
          System.Logger.Level.WARNING,
          () -> "no thread for it: " + consequence + " (" + n + " so far): " + why);
    }
  }

  void forget(DriverCall call) {
    registry.remove(call);
  }

  void finish(SecurityTask task) {
    long now = enter();
    if (ending.isOver()) {
      task.discard();
    } else {
      task.finish(now);
    }
    leave(now);
  }

  // what there is

  /** Where it is bound. */
  public InetSocketAddress localAddress() {
    return port.localAddress();
  }

  /** The port's receive buffer in bytes, as the system gave it. */
  public int receiveBufferSize() {
    return port.receiveBufferSize();
  }

  /** The port's send buffer in bytes, as the system gave it. */
  public int sendBufferSize() {
    return port.sendBufferSize();
  }

  /** Which implementation of the port it has. */
  public PortKind portKind() {
    return port.kind();
  }

  /** What was counted, by name, as it is now. */
  public Map<String, Long> counters() {
    Map<String, Long> all = new LinkedHashMap<>();
    long now = enter();
    for (Counter c : Counter.values()) {
      all.put(c.label(), engine.counters().get(c));
    }
    all.put("sends-dropped", transmitter.dropped());
    all.put("executions-refused", notExecuted.get());
    all.put("packet-memory-refused", pool.refused());
    leave(now);
    return all;
  }

  /** All there is at this moment, one by one. */
  public Snapshot snapshot() {
    long now = enter();
    try {
      return engine.snapshot();
    } finally {
      leave(now);
    }
  }

  /** What there is at this moment. */
  public DriverStatus status() {
    long now = enter();
    try {
      return new DriverStatus(
          engine.clientConnections(),
          engine.serviceConnections(),
          engine.peerCount(),
          engine.liveCalls(),
          engine.timerCount(),
          pool.outstanding(),
          registry.size());
    } finally {
      leave(now);
    }
  }
}
