// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit;

import io.rxrpc.engine.Call;
import io.rxrpc.engine.Endpoint;
import io.rxrpc.engine.EngineEvent;
import io.rxrpc.engine.JumboJoiner;
import io.rxrpc.engine.SecurityTask;
import io.rxrpc.engine.Service;
import io.rxrpc.engine.Transmission;
import io.rxrpc.engine.VersionReply;
import io.rxrpc.engine.packet.BufferPool;
import io.rxrpc.security.ClientSecurity;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.security.ServerSecurity;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An engine with applications on it, as a node of a {@link SimNet}. */
public final class SimEndpoint implements SimNode {
  private final SimNet net;
  private final InetSocketAddress address;
  private final Endpoint engine;
  private final BufferPool pool;
  private final long poolLimit;
  private final Transmission transmission = new Transmission();
  private final JumboJoiner joiner;
  private final List<Script> scripts = new ArrayList<>();
  private final List<VersionReply> versions = new ArrayList<>();
  private final List<Datagram> outbox = new ArrayList<>();
  private Saboteur saboteur = Saboteur.NONE;
  private long securityDelay;
  private @Nullable ReceiveBuffer buffer;
  private final SimClock clock = new SimClock();
  private boolean closed;

  /**
   * Adds an endpoint to a network.
   *
   * @param net the network
   * @param address the address
   * @param tunables everything that can be tuned
   * @param seed of its epoch, connection ids and nonces
   */
  public SimEndpoint(SimNet net, InetSocketAddress address, Tunables tunables, long seed) {
    this.net = net;
    this.address = address;
    poolLimit = tunables.get(Tunable.BUFFER_BYTES);
    SegmentAllocator heap = (size, alignment) -> MemorySegment.ofArray(new byte[(int) size]);
    pool = new BufferPool(heap, poolLimit);
    joiner = new JumboJoiner(heap);
    engine = new Endpoint(tunables, new SplittableRandom(seed), pool, "RxRPC simulation", time());
    net.add(this);
  }

  /**
   * Plants a defect.
   *
   * @param s what misbehaves
   * @return this
   */
  public SimEndpoint sabotage(Saboteur s) {
    saboteur = s;
    return this;
  }

  /**
   * Lets its packets go together, as behind a port that needs a system call for each datagram.
   *
   * @return this
   */
  public SimEndpoint joinPackets() {
    engine.joinPackets();
    return this;
  }

  /**
   * {@return how long security work takes, in nanoseconds}
   *
   * @param nanos nanoseconds
   */
  public SimEndpoint securityDelay(long nanos) {
    securityDelay = nanos;
    return this;
  }

  /**
   * Gives it a UDP receive buffer, and a thread that takes its time.
   *
   * @param bytes as the kernel reports SO_RCVBUF
   * @param nanosPerDatagram to take one out and handle it
   * @return this
   */
  public SimEndpoint receiveBuffer(long bytes, long nanosPerDatagram) {
    buffer =
        new ReceiveBuffer(
            net,
            bytes,
            nanosPerDatagram,
            batch -> {
              for (Datagram d : batch) {
                handle(time(), d);
              }
              act(net.now());
            });
    return this;
  }

  Saboteur saboteur() {
    return saboteur;
  }

  /**
   * Lets its clock run at another rate than the network's, from the beginning.
   *
   * @param partsPerMillion faster if positive
   * @return this
   */
  public SimEndpoint clockRate(int partsPerMillion) {
    clock.rate(partsPerMillion, net.now());
    return this;
  }

  /** What its clock says. */
  long time() {
    return clock.at(net.now());
  }

  /** {@return the network it is on} */
  public SimNet net() {
    return net;
  }

  /** {@return the engine} */
  public Endpoint engine() {
    return engine;
  }

  /** {@return the packet memory of the engine} */
  public BufferPool pool() {
    return pool;
  }

  /** {@return answers to version requests that have arrived} */
  public List<VersionReply> versions() {
    return versions;
  }

  /** {@return calls whose application is not done} */
  public int running() {
    return scripts.size();
  }

  // applications

  /**
   * Offers a service without security.
   *
   * @param id the id
   * @param handler handles the calls
   * @return the service
   */
  public Service serve(int id, SimHandler handler) {
    return serve(id, List.of(NullSecurity.INSTANCE), () -> handler);
  }

  /**
   * Offers a service; each call gets a handler of its own.
   *
   * @param id the id
   * @param securities what secures it
   * @param handlers makes a handler for each call
   * @return the service
   */
  public Service serve(int id, List<ServerSecurity> securities, Supplier<SimHandler> handlers) {
    return engine.addService(id, securities, handlers);
  }

  /**
   * Offers a service that throws away what it is sent; {@code arrivals} gets each call.
   *
   * @param id the id
   * @param arrivals told of each call as it arrives
   * @return the service
   */
  public Service sink(int id, Consumer<SimSink> arrivals) {
    return engine.addService(id, List.of(NullSecurity.INSTANCE), new Sinks(arrivals));
  }

  private record Sinks(Consumer<SimSink> arrivals) {}

  /**
   * Begins a call that sends without end.
   *
   * @param to where it goes
   * @param serviceId the service id
   * @return the flow
   */
  public SimFlow flow(InetSocketAddress to, int serviceId) {
    Call call = engine.open(to, serviceId, NullSecurity.INSTANCE, time());
    SimFlow flow = new SimFlow(this, call);
    call.attach(flow);
    scripts.add(flow);
    net.at(net.now(), () -> act(net.now()));
    return flow;
  }

  /**
   * Makes a call without security, as fast as possible.
   *
   * @param to where it goes
   * @param serviceId the service id
   * @param request the request
   * @return the call
   */
  public SimCall call(InetSocketAddress to, int serviceId, byte[] request) {
    return call(to, serviceId, NullSecurity.INSTANCE, request, null, Pace.FAST, c -> {});
  }

  /**
   * Makes a call.
   *
   * @param to where it goes
   * @param serviceId the service id
   * @param security what secures it
   * @param request the request
   * @param expected what must be replied, checked as it arrives; null for anything
   * @param pace how fast it is read and written
   * @param onEnd told how it ended
   * @return the call
   */
  public SimCall call(
      InetSocketAddress to,
      int serviceId,
      ClientSecurity security,
      byte[] request,
      byte @Nullable [] expected,
      Pace pace,
      Consumer<SimCall> onEnd) {
    Call call = engine.open(to, serviceId, security, time());
    SimCall script = new SimCall(this, call, request, expected, pace, onEnd);
    call.attach(script);
    scripts.add(script);
    net.at(net.now(), () -> act(net.now()));
    return script;
  }

  /**
   * Does something to the engine now and sends what comes of it.
   *
   * @param action what to do, given the time
   */
  public void command(LongConsumer action) {
    action.accept(time());
    net.at(net.now(), () -> act(net.now()));
  }

  /**
   * Aborts everything and forgets it.
   *
   * @param code the code
   */
  public void close(int code) {
    engine.close(code, time());
    act(net.now());
    closed = true;
  }

  /** Ends without a word, as a process that is killed: its memory and tables are gone with it. */
  public void vanish() {
    closed = true;
    net.remove(this);
  }

  /** {@return whether it was closed} */
  public boolean isClosed() {
    return closed;
  }

  // the node

  @Override
  public InetSocketAddress address() {
    return address;
  }

  @Override
  public void datagram(long now, Datagram datagram) {
    if (closed) {
      return;
    }
    ReceiveBuffer b = buffer;
    if (b != null) {
      b.arrived(datagram);
    } else {
      handle(clock.at(now), datagram);
    }
  }

  private void handle(long now, Datagram datagram) {
    for (Datagram d : saboteur.incoming(now, datagram)) {
      engine.datagram(now, d.from(), d.to().getAddress(), d.memory(), 0, d.length());
    }
  }

  @Override
  public void error(long now, InetSocketAddress destination, int errno, int mtu) {
    if (!closed) {
      engine.peerError(clock.at(now), destination, errno, false, mtu);
    }
  }

  @Override
  public void act(long netTime) {
    if (closed) {
      return;
    }
    long now = clock.at(netTime);
    if (saboteur.deadline(engine.nextTimeout()) <= now) {
      engine.timeout(now);
    }
    pumpDue(now);
    do {
      events(now);
      transmit(now);
    } while (engine.wantsTransmit());
    SimFailure.unless(
        pool.outstanding() <= poolLimit && pool.allocated() <= poolLimit,
        "packet memory %d of %d beyond its limit",
        pool.outstanding(),
        poolLimit);
  }

  private void pumpDue(long now) {
    for (int i = 0; i < scripts.size(); i++) {
      scripts.get(i).pump(now);
    }
    scripts.removeIf(Script::ended);
  }

  private void work(SecurityTask task, long now) {
    task.run();
    if (securityDelay == 0) {
      task.finish(now);
    } else {
      net.at(now + securityDelay, () -> finish(task));
    }
  }

  private void finish(SecurityTask task) {
    if (!closed) {
      task.finish(time());
      act(net.now());
    }
  }

  private void events(long now) {
    for (EngineEvent event = engine.poll(); event != null; event = engine.poll()) {
      switch (event) {
        case EngineEvent.OfCall happened -> happened(happened.call(), now);
        case EngineEvent.Work(SecurityTask task) -> work(task, now);
        case EngineEvent.VersionTold(VersionReply reply) -> versions.add(reply);
        case EngineEvent.Challenged _, EngineEvent.DebugTold _ -> {} // nobody asks for any
      }
    }
    scripts.removeIf(Script::ended);
  }

  private void happened(Call call, long now) {
    int events = call.takeEvents();
    if ((events & Call.NEW) != 0 && call.attachment() == null) {
      Service service = call.service();
      if (service != null) {
        arrived(call, service);
      }
    }
    if (call.attachment() instanceof Script script) {
      script.pump(now);
    }
  }

  @SuppressWarnings("unchecked") // owner of a service is what serve() gave
  private void arrived(Call call, Service service) {
    call.accept();
    Script script;
    if (service.owner() instanceof Sinks sinks) {
      SimSink sink = new SimSink(this, call);
      sinks.arrivals().accept(sink);
      script = sink;
    } else {
      script = new SimService(this, call, (Supplier<SimHandler>) service.owner());
    }
    call.attach(script);
    scripts.add(script);
  }

  private void transmit(long now) {
    while (engine.transmit(now, transmission)) {
      Transmission t = transmission;
      joiner.join(t);
      long end = t.offset() + t.length();
      for (long at = t.offset(); at < end; at += t.segmentSize()) {
        int n = (int) Math.min(t.segmentSize(), end - at);
        byte[] bytes = t.memory().asSlice(at, n).toArray(ValueLayout.JAVA_BYTE);
        outbox.add(new Datagram(address, t.to(), bytes, t.dontFragment()));
      }
      joiner.clear(); // copied
    }
    if (saboteur.transmitted()) {
      engine.transmitted();
    }
    List<Datagram> batch = List.copyOf(outbox);
    outbox.clear();
    for (Datagram d : batch) {
      for (Datagram o : saboteur.outgoing(now, d)) {
        net.send(o);
      }
    }
  }

  @Override
  public long wakeAt() {
    if (closed) {
      return Long.MAX_VALUE;
    }
    long wake = saboteur.deadline(engine.nextTimeout());
    for (Script script : scripts) {
      wake = Math.min(wake, script.wakeAt());
    }
    return clock.netTime(wake);
  }

  @Override
  public String toString() {
    return "endpoint " + address;
  }
}
