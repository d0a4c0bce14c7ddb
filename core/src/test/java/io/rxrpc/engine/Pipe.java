// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.engine.packet.BufferPool;
import io.rxrpc.security.ClientSecurity;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.security.ServerSecurity;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Two endpoints joined in memory, with a clock of their own and no loss unless asked for. */
final class Pipe {
  static final int SERVICE = 52;
  static final byte MARKER = (byte) 0xAA;
  static final long MS = 1_000_000;

  /** One end of the pipe. */
  final class Side {
    final InetSocketAddress address;
    final BufferPool pool;
    final Endpoint endpoint;

    /** Everything it sent. */
    final List<Packet> sent = new ArrayList<>();

    /** Datagrams of each train. */
    final List<Integer> trains = new ArrayList<>();

    /** Calls that arrived. */
    final List<App> served = new ArrayList<>();

    /** What is done with a call that arrives or has an event; the default echoes. */
    Consumer<App> handler = this::echo;

    /** Whether arriving calls are accepted. */
    boolean accepts = true;

    /** Whether work of security classes is done at once. */
    boolean works = true;

    /** That which was not done. */
    final ArrayDeque<SecurityTask> tasks = new ArrayDeque<>();

    /** CHALLENGEs for those who answer them themselves. */
    final ArrayDeque<OpenChallenge> challenges = new ArrayDeque<>();

    /** Whether handlers read at once. */
    boolean reads = true;

    /** What is lost on its way from here. */
    Predicate<Packet> loses = p -> false;

    private final Transmission out = new Transmission();

    Side(int port, long seed, Tunables tunables) {
      address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      pool = new BufferPool(MARKED, tunables.get(Tunable.BUFFER_BYTES));
      endpoint = new Endpoint(tunables, new Random(seed), pool, "pipe", now);
    }

    void echo(App app) {
      if (app.inputEnded && !app.answered) {
        app.answered = true;
        app.write(app.bytes(), true, now);
      }
      if (app.writer.ended()) {
        app.release(now);
      }
    }

    boolean events() {
      boolean any = false;
      for (EngineEvent event = endpoint.poll(); event != null; event = endpoint.poll()) {
        any = true;
        switch (event) {
          case EngineEvent.OfCall happened -> happened(happened.call());
          case EngineEvent.Work(SecurityTask task) -> {
            if (works) {
              task.run();
              task.finish(now);
            } else {
              tasks.add(task);
            }
          }
          case EngineEvent.Challenged(OpenChallenge challenge) -> challenges.add(challenge);
          case EngineEvent.VersionTold _, EngineEvent.DebugTold _ -> {}
        }
      }
      return any;
    }

    private void happened(Call call) {
      int events = call.takeEvents();
      if (call.attachment() instanceof App app) {
        app.events |= events;
        app.run(now);
        if (!call.isClient()) {
          handler.accept(app);
        }
      } else if (call.completion() != null) {
        call.release(now);
      } else if (accepts && (events & Call.NEW) != 0) {
        call.accept();
        App app = new App(call);
        app.events = events;
        app.reads = reads;
        served.add(app);
        app.run(now);
        handler.accept(app);
      }
    }

    /** Sends everything there is to the other side. */
    boolean flush(@Nullable Side to) {
      List<Packet> packets = new ArrayList<>();
      while (endpoint.transmit(now, out)) {
        Trains.check(out);
        int n = 0;
        for (int at = 0; at < out.length(); at += out.segmentSize()) {
          packets.add(Packet.of(out, at));
          n++;
        }
        trains.add(n);
      }
      endpoint.transmitted();
      sent.addAll(packets);
      for (Packet p : packets) {
        if (to != null && !loses.test(p)) {
          to.endpoint.datagram(now, address, null, p.memory(), 0, p.bytes().length);
        }
      }
      return !packets.isEmpty();
    }

    List<Packet> sent(Predicate<Packet> which) {
      return sent.stream().filter(which).toList();
    }

    int count(Predicate<Packet> which) {
      return sent(which).size();
    }
  }

  /** Memory full of rests of other people's data. */
  static final SegmentAllocator MARKED =
      (bytes, alignment) -> {
        MemorySegment m = Arena.ofAuto().allocate(bytes, alignment);
        m.fill(MARKER);
        return m;
      };

  long now = 1_000_000 * MS;
  final Side client;
  final Side server;
  final Service service;
  final ServerSecurity security;

  Pipe() {
    this(Tunables.defaults());
  }

  Pipe(Tunables tunables) {
    this(tunables, NullSecurity.INSTANCE);
  }

  Pipe(Tunables tunables, ServerSecurity security) {
    this.security = security;
    client = new Side(7001, 1, tunables);
    server = new Side(7000, 2, tunables);
    service = server.endpoint.addService(SERVICE, List.of(security), "echo");
  }

  App open() {
    return open(SERVICE, NullSecurity.INSTANCE);
  }

  App open(int serviceId, ClientSecurity security) {
    return new App(client.endpoint.open(server.address, serviceId, security, now));
  }

  /** A call that sends a request and gets the reply. */
  App call(byte[] request) {
    App app = open();
    app.write(request, true, now);
    settle();
    return app;
  }

  /** Lets packets and events run until nothing moves any more; the clock moves 100 us a turn. */
  void settle() {
    for (int turns = 0; turns < 1_000_000; turns++) {
      boolean moved = client.events();
      moved |= client.flush(server);
      moved |= server.events(); // first the handler, so that the reply stands for the ACK
      moved |= server.flush(client);
      if (!moved) {
        return;
      }
      now += MS / 10;
    }
    throw new AssertionError("it never comes to rest");
  }

  /** Lets time go by, deadline by deadline. */
  void pass(long nanos) {
    long end = now + nanos;
    settle();
    while (true) {
      long next = Math.min(client.endpoint.nextTimeout(), server.endpoint.nextTimeout());
      if (next > end) {
        break;
      }
      now = Math.max(now, next);
      client.endpoint.timeout(now);
      server.endpoint.timeout(now);
      settle();
    }
    now = Math.max(now, end);
  }

  /** Everything sent is delivered or lost, connections expire: nothing may be left. */
  void assertNothingLeft() {
    for (Side s : List.of(client, server)) {
      if (s.endpoint.liveCalls() != 0
          || s.endpoint.timerCount() != 0
          || s.pool.outstanding() != 0
          || s.endpoint.clientConnections() != 0
          || s.endpoint.serviceConnections() != 0
          || s.endpoint.peerCount() != 0) {
        throw new AssertionError(
            s.address
                + ": calls "
                + s.endpoint.liveCalls()
                + ", timers "
                + s.endpoint.timerCount()
                + ", bytes "
                + s.pool.outstanding()
                + ", connections "
                + s.endpoint.clientConnections()
                + "+"
                + s.endpoint.serviceConnections()
                + ", peers "
                + s.endpoint.peerCount());
      }
    }
  }

  static byte[] bytes(int n) {
    byte[] b = new byte[n];
    new Random(n).nextBytes(b);
    return b;
  }
}
