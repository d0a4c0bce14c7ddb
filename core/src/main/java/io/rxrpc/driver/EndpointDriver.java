// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import io.rxrpc.engine.Admission;
import io.rxrpc.engine.Call;
import io.rxrpc.engine.CallWishes;
import io.rxrpc.engine.Completion;
import io.rxrpc.engine.Counter;
import io.rxrpc.engine.Endpoint;
import io.rxrpc.engine.Offers;
import io.rxrpc.engine.SecurityTask;
import io.rxrpc.engine.Service;
import io.rxrpc.engine.Snapshot;
import io.rxrpc.engine.packet.BufferPool;
import io.rxrpc.machine.Surroundings;
import io.rxrpc.machine.Threads;
import io.rxrpc.machine.Time;
import io.rxrpc.security.ClientSecurity;
import io.rxrpc.security.ServerSecurity;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.udp.DatagramPort;
import io.rxrpc.udp.Errno;
import io.rxrpc.udp.PortKind;
import io.rxrpc.udp.PortOptions;
import io.rxrpc.udp.ReceiveBatch;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * An engine with a port, a lock and a loop. Whoever holds the lock owns the engine: the loop for
 * each batch of datagrams, application threads for what their calls want. All public methods may be
 * called from any thread, virtual or not, unless they say that they need the lock.
 */
public final class EndpointDriver implements AutoCloseable {

  private final Tunables tunables;
  private final PacketMemory memory = new PacketMemory();
  private final BufferPool pool;
  private final Lending lending;
  private final Endpoint engine;
  private final DatagramPort port;
  private final EngineRoom room;
  private final Transmitter transmitter;
  private final SecurityWorkers workers;
  private final Questions questions;
  private final ClientSecurities securities = new ClientSecurities();
  private final CallRegistry registry = new CallRegistry();
  private final Ending ending = new Ending();
  private final Events events;
  private final EngineLock lock;
  private final Loop loop;
  private final Crew crew;
  private final Shutdown end;

  private EndpointDriver(DriverOptions options, DatagramPort port, Surroundings around) {
    this.port = port;
    Time time = new LoopTime(around.time());
    tunables = options.tunables();
    pool = new BufferPool(memory, tunables.get(Tunable.BUFFER_BYTES));
    lending = new Lending(pool);
    engine = new Endpoint(tunables, around.random(), pool, options.versionText(), time.nanoTime());
    engine.interfaces(port::interfaceMtu);
    if (port.forbidsFragmentation()) { // else a datagram that is too large goes in pieces
      if (port.segments()) {
        engine.joinPacketsForNarrowWindows();
      } else {
        engine.joinPackets();
      }
    }
    Tap tap = new Tap(options.tap(), port.localAddress(), time.wallClock());
    int number = port.localAddress().getPort();
    transmitter = new Transmitter(engine, port, tap, memory);
    lock =
        new EngineLock(
            engine, port, new Intake(engine, port, lending, tap, time), transmitter, ending, time);
    room = new EngineRoom(lock, ending, around, time);
    workers = new SecurityWorkers(room, around.threads().workers("rxrpc-security-" + number));
    questions = new Questions(room, engine);
    events = new Events(room, engine, registry, questions, workers);
    lock.tell(events);
    long looks = time.goesOn() ? tunables.get(Tunable.SPIN) : 0;
    loop = new Loop(lock, ending, port, new Spin(looks), time);
    crew = new Crew("rxrpc-loop-" + number, loop, around.threads(), around.time());
    end = new Shutdown(room, engine, events, ending, crew);
  }

  /**
   * Binds a port and starts the loop.
   *
   * @throws IOException when the address cannot be bound
   */
  public static EndpointDriver open(DriverOptions options) throws IOException {
    return open(options, Surroundings.machine());
  }

  /**
   * The same somewhere else.
   *
   * @throws IOException when the address cannot be bound
   */
  public static EndpointDriver open(DriverOptions options, Surroundings around) throws IOException {
    Tunables t = options.tunables();
    PortOptions wanted =
        new PortOptions(
            options.local(),
            options.forced(),
            t.getInt(Tunable.RECEIVE_BUFFER),
            t.getInt(Tunable.SEND_BUFFER),
            options.reusePort());
    return started(options, around.ports().open(wanted), around);
  }

  /** The same on a port that is open; the driver closes it. */
  static EndpointDriver open(DriverOptions options, DatagramPort port) {
    return started(options, port, Surroundings.machine());
  }

  private static EndpointDriver started(
      DriverOptions options, DatagramPort port, Surroundings around) {
    EndpointDriver driver = new EndpointDriver(options, port, around);
    driver.crew.start();
    return driver;
  }

  /** The same without a loop: whoever opens it calls {@link #turn} in place of one. */
  static EndpointDriver stepped(DriverOptions options, DatagramPort port, Surroundings around) {
    return new EndpointDriver(options, port, around);
  }

  /** What the loop does with one batch; returns for how long nothing is to be done then. */
  long turn(ReceiveBatch batch) throws IOException {
    loop.turn(batch);
    return lock.idle();
  }

  // lock holds

  /** Takes the lock, for a {@code try}. For owners of {@link CallHost}s and this package. */
  public Hold hold() {
    return lock.hold();
  }

  /** Takes the lock for a question, for a {@code try}. */
  public Look look() {
    return lock.look();
  }

  /** Does what others have left to be done. */
  void settle() {
    lock.settle();
  }

  /** How often threads other than the loop have had the lock; a question counts as well. */
  public long lockHolds() {
    return lock.holds();
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
    end.joinLoop();
    try (Hold _ = hold()) {
      if (registry.size() == 0 && events.hosts().isEmpty()) {
        memory.free(); // else an application thread may be at a packet
      }
    }
  }

  /** Waits until it is over: closed, or failed. */
  public void awaitEnd() throws InterruptedException {
    end.awaitLoop();
  }

  /** Why it ended, or null as long as it lives, and if it was closed. */
  public @Nullable CallFailure broken() {
    Completion why = ending.why();
    return why == null || why.errno() == Errno.ESHUTDOWN.number() ? null : failure(why);
  }

  /**
   * Refuses new calls, waits until none is left, and closes.
   *
   * @return whether all calls had ended
   */
  public boolean shutdown(long patienceNanos) throws InterruptedException {
    try {
      return end.awaitCalls(patienceNanos);
    } finally {
      close();
    }
  }

  // commands

  /** Begins a client call. */
  public DriverCall begin(CallPlan plan) throws CallFailure {
    CallPlan settled = plan.with(settled(plan.security()));
    DriverCall handle;
    SecurityTask connect;
    try (Hold hold = hold()) {
      handle = open(settled, hold.now());
      connect = engine.takeConnect(handle.call);
    }
    if (connect != null) {
      connect.run(); // the security class works for this thread
      room.finish(connect);
    }
    return handle;
  }

  /**
   * What stands for a security in the engine, one for all that are equal to it. Not under the lock,
   * as it asks the security.
   */
  public ClientSecurity settled(ClientSecurity security) {
    return securities.of(security);
  }

  /** The same without wishes. */
  public DriverCall begin(
      InetSocketAddress to, int serviceId, ClientSecurity security, long timeoutNanos)
      throws CallFailure {
    return begin(new CallPlan(to, serviceId, security, CallWishes.NONE, timeoutNanos));
  }

  DriverCall open(CallPlan plan, long now) throws CallFailure {
    Completion over = ending.why();
    if (over != null) {
      throw failure(over);
    }
    if (end.refuses()) {
      throw failure(Ending.local(Errno.ESHUTDOWN, "the endpoint is shutting down"));
    }
    Call call = engine.open(plan.to(), plan.serviceId(), plan.security(), plan.wishes(), now);
    DriverCall handle = new DriverCall(room, registry, call);
    registry.add(handle);
    if (plan.timeoutNanos() > 0 && call.completion() == null) {
      call.limit(now + Math.min(plan.timeoutNanos(), Long.MAX_VALUE / 2));
    }
    return handle;
  }

  /** Under the lock: the engine, for owners of {@link CallHost}s. */
  public Endpoint engine() {
    return engine;
  }

  /** Under the lock: an id for a VERSION or DEBUG request that nobody else here has. */
  public int nextId() {
    return questions.nextId();
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
    return addService(id, Offers.of(securities), sink);
  }

  private Service addService(int id, Offers offers, CallSink sink) throws CallFailure {
    try (Hold _ = hold()) {
      Completion over = ending.why();
      if (over != null) {
        throw failure(over);
      }
      return engine.addService(id, offers, sink);
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
    Offers offers = Offers.of(securities);
    try (Hold _ = hold()) {
      Service service = addService(id, offers, sink);
      service.admit(new Admission());
      return service;
    }
  }

  /** Lets one more call in. */
  public void charge(Service service) {
    try (Hold _ = hold()) {
      Admission places = service.admission();
      if (places != null) {
        places.add(1);
      }
    }
  }

  /** Answers clients that ask for a newer service than {@code older} as {@code newer}. */
  public void upgrade(Service older, Service newer) {
    try (Hold _ = hold()) {
      older.upgradeTo(newer.id());
    }
  }

  /** Takes a service away: new calls are refused, running ones go on. */
  public void removeService(Service service) {
    try (Hold _ = hold()) {
      engine.removeService(service);
    }
  }

  /**
   * Where code of others runs: in the loop as long as it is quick, if that was asked for or its
   * threads allow it.
   */
  public Workplace adapting(boolean asked) {
    Threads threads = room.surroundings().threads();
    boolean may = asked || threads.loopsRunHandlers();
    Habit habit = may && room.time().goesOn() ? new Habit() : null;
    return new Workplace(threads.handlers(), habit, false, room.time());
  }

  /** Where it runs in threads of its own. */
  public Workplace apart() {
    return new Workplace(room.surroundings().threads().handlers(), null, false, room.time());
  }

  /** Where it runs on an executor of somebody else. */
  public Workplace on(Executor executor) {
    return new Workplace(executor, null, true, room.time());
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
    try (Hold _ = hold()) {
      engine.allowDebug(1);
    }
  }

  /** An executor took no more, or the system gave no thread: it is counted, and told in the log. */
  public void notExecuted(Throwable why, String consequence) {
    room.notExecuted(why, consequence);
  }

  // what there is

  /** What it runs on. */
  public Surroundings surroundings() {
    return room.surroundings();
  }

  /** The time it goes by. */
  public Time time() {
    return room.time();
  }

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
    try (Look _ = look()) {
      for (Counter c : Counter.values()) {
        all.put(c.label(), engine.counters().get(c));
      }
      all.put("sends-dropped", transmitter.dropped());
      all.put("executions-refused", room.executionsRefused());
      all.put("loops-relieved", (long) crew.reliefs());
      all.put("packet-memory-refused", pool.refused());
    }
    return all;
  }

  /** All there is at this moment, one by one. */
  public Snapshot snapshot() {
    try (Look _ = look()) {
      return engine.snapshot();
    }
  }

  /** What there is at this moment. */
  public DriverStatus status() {
    try (Look _ = look()) {
      return new DriverStatus(
          engine.clientConnections(),
          engine.serviceConnections(),
          engine.peerCount(),
          engine.liveCalls(),
          engine.timerCount(),
          pool.outstanding() - lending.held(),
          registry.size());
    }
  }
}
