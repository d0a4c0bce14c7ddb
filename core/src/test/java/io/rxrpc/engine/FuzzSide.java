// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.engine.packet.BufferPool;
import io.rxrpc.fuzz.FuzzInput;
import io.rxrpc.security.ServerSecurity;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.udp.Errno;
import io.rxrpc.wire.Ack;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.Jumbo;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** An endpoint under attack, with an application that echoes, and what must hold at every step. */
final class FuzzSide {
  static final long MS = 1_000_000;
  static final long START = 1_000_000 * MS;

  /** Small bounds and short patience: both are to be met within one script. */
  static final Tunables TUNABLES =
      Tunables.defaults()
          .with(Tunable.SERVICE_CONNECTIONS, 6)
          .with(Tunable.UNSECURED_CONNECTIONS, 2)
          .with(Tunable.PEER_CONNECTIONS, 3)
          .with(Tunable.PEERS, 4)
          .with(Tunable.SERVICE_CALLS, 8)
          .with(Tunable.BACKLOG, 4)
          .with(Tunable.BUFFER_BYTES, 1 << 20)
          .with(Tunable.DEAD_TIME, 4000 * MS)
          .with(Tunable.IDLE_DEAD_TIME, 5000 * MS)
          .with(Tunable.BUSY_PATIENCE, 4000 * MS)
          .with(Tunable.SERVICE_IDLE_EXPIRY, 10_000 * MS)
          .with(Tunable.CLIENT_IDLE_EXPIRY, 10_000 * MS)
          .with(Tunable.PEER_EXPIRY, 15_000 * MS)
          .with(Tunable.BUNDLE_CONNECTIONS, 1)
          .with(Tunable.WAITING_CALLS, 3)
          .with(Tunable.STRANGERS, 3)
          .with(Tunable.STRANGER_CONNECTIONS, 2)
          .with(Tunable.STRANGER_PING_RATE, 20)
          .with(Tunable.REJECT_RATE, 30)
          .with(Tunable.DEBUG_RATE, 5)
          .with(Tunable.VERSION_RATE, 5)
          .with(Tunable.PROBE_INTERVAL, 3000 * MS)
          .with(Tunable.PROBE_SILENCES, 2)
          .with(Tunable.CHALLENGE_TRIES, 3);

  /** What {@link #host} does to a call. */
  private static final int CALL = 6;

  private static final int MOST_PACKETS = 100_000;

  /** Shared by all executions: what one of them does not give back is a finding of the next. */
  private static final BufferPool[] POOLS = {pool(), pool()};

  final InetSocketAddress address;
  final BufferPool pool;
  final Endpoint endpoint;
  final List<App> apps = new ArrayList<>();
  final List<Packet> sent = new ArrayList<>();

  /** Whether arriving calls are accepted; if not, they wait. */
  boolean accepts = true;

  private final List<Service> services = new ArrayList<>();
  private final List<Call> waiting = new ArrayList<>();
  private final ArrayDeque<SecurityTask> tasks = new ArrayDeque<>();

  /** Packets and bytes sent since the world began. */
  int packets;

  long bytes;
  private final Transmission out = new Transmission();

  FuzzSide(int which) {
    address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 7000 + which);
    pool = POOLS[which];
    if (pool.outstanding() != 0) {
      throw new AssertionError(pool.outstanding() + " bytes were not given back");
    }
    endpoint = new Endpoint(TUNABLES, new Random(which), pool, "fuzz", START);
  }

  private static BufferPool pool() {
    long limit = TUNABLES.get(Tunable.BUFFER_BYTES);
    return new BufferPool((n, align) -> Arena.global().allocate(n, align), limit);
  }

  Service serve(int id, ServerSecurity security) {
    Service service = endpoint.addService(id, List.of(security), "fuzz");
    services.add(service);
    return service;
  }

  /**
   * A datagram out of a script. With the top bit of its length set, the first subpacket of a jumbo
   * is inserted behind the header: so a short script may hold a long datagram.
   */
  static byte[] datagram(FuzzInput in) {
    int length = in.u16();
    byte[] bytes = in.bytes(length & 0x7ff);
    if ((length & 0x8000) == 0 || bytes.length < Header.LENGTH) {
      return bytes;
    }
    byte[] jumbo = new byte[bytes.length + Jumbo.DATA_LENGTH];
    System.arraycopy(bytes, 0, jumbo, 0, Header.LENGTH);
    System.arraycopy(
        bytes,
        Header.LENGTH,
        jumbo,
        Header.LENGTH + Jumbo.DATA_LENGTH,
        bytes.length - Header.LENGTH);
    return jumbo;
  }

  /** What the host, the application and its user do beside the packets, as the script says. */
  void host(int what, FuzzInput in, InetSocketAddress to, long now) {
    int value = in.u8();
    switch (what) {
      case 1 -> endpoint.peerError(now, to, value, (in.u8() & 1) != 0, in.u16());
      case 2 -> endpoint.shutdown();
      case 3 -> {
        if (!services.isEmpty()) {
          services.get(value % services.size()).refuse((value & 0x80) == 0);
        }
      }
      case 4 -> {
        endpoint.wantDebug(1);
        endpoint.requestVersion(to, value);
        endpoint.requestDebug(to, value, in.u8(), in.u8());
      }
      case 5 -> endpoint.allowDebug((value & 1) == 0 ? 1 : -1);
      case CALL -> {
        if (!apps.isEmpty()) {
          call(apps.get((value >> 4) % apps.size()), value & 15, now);
        }
      }
      case 7 -> {
        if (!waiting.isEmpty()) {
          waiting.remove(value % waiting.size()).reject(now);
        }
      }
      default -> {}
    }
    turn(now);
  }

  private void call(App app, int what, long now) {
    switch (what) {
      case 0 -> app.call.abort(99, now);
      case 1 -> app.call.ping(now);
      case 2 -> app.reads = !app.reads;
      case 3 -> app.call.keepAlive();
      case 4 -> app.call.limit(now + 500 * MS);
      case 5 -> app.call.patience(1000 * MS, 1000 * MS);
      case 6 -> app.call.fail(0, Errno.EIO, "the script says so", now);
      case 7 -> endpoint.flushFinalAcks();
      default -> step(app, now);
    }
  }

  /** The peer answers what it was sent last, if that was a PING: this alone needs no guessing. */
  void answerPing(long now) {
    Packet ping = sent.isEmpty() ? null : sent.getLast();
    if (ping != null && ping.isAck(AckReason.PING)) {
      byte[] answer = ping.bytes().clone();
      int flags = ping.flags();
      answer[Header.FLAGS] = (byte) ((flags ^ Flags.CLIENT_INITIATED) & ~Flags.REQUEST_ACK);
      answer[Header.LENGTH + Ack.REASON] = (byte) AckReason.PING_RESPONSE;
      System.arraycopy(answer, Header.SERIAL, answer, Header.LENGTH + Ack.SERIAL, 4);
      datagram(ping.to(), answer, now);
    }
  }

  void datagram(InetSocketAddress from, byte[] bytes, long now) {
    endpoint.datagram(now, from, null, MemorySegment.ofArray(bytes), 0, bytes.length);
  }

  /** Events, security work, and sending until nothing moves. */
  void turn(long now) {
    boolean moved = true;
    for (int rounds = 0; moved; rounds++) {
      moved = events(now);
      moved |= transmit(now);
      if (rounds > 1000) {
        throw new AssertionError("it never comes to rest");
      }
    }
    if (endpoint.serviceConnections() > 6
        || endpoint.peerCount() > 4
        || endpoint.liveCalls() > 8 + apps.size()
        // each call has one, and each may be the first that its service refuses
        || endpoint.timerCount()
            > 2 * endpoint.liveCalls()
                + endpoint.serviceConnections()
                + endpoint.clientConnections()
                + endpoint.peerCount()) {
      throw new AssertionError("a table has outgrown its bound");
    }
  }

  private boolean events(long now) {
    boolean any = false;
    for (EngineEvent event = endpoint.poll(); event != null; event = endpoint.poll()) {
      any = true;
      switch (event) {
        case EngineEvent.OfCall happened -> happened(happened.call(), now);
        case EngineEvent.Work(SecurityTask task) -> tasks.add(task);
        case EngineEvent.Challenged _, EngineEvent.VersionTold _, EngineEvent.DebugTold _ -> {}
      }
    }
    while (accepts && !waiting.isEmpty()) {
      any = true;
      Call call = waiting.removeFirst();
      call.accept();
      App app = new App(call);
      app.chunk = 4096;
      apps.add(app);
      step(app, now);
    }
    for (SecurityTask t = tasks.poll(); t != null; t = tasks.poll()) {
      t.run();
      t.finish(now);
    }
    return any;
  }

  private void happened(Call call, long now) {
    int events = call.takeEvents();
    if (call.attachment() instanceof App app) {
      app.events |= events;
      step(app, now);
    } else if (call.completion() != null) {
      waiting.remove(call);
      call.release(now);
    } else if ((events & Call.NEW) != 0) {
      waiting.add(call);
    }
  }

  /** What an application does on an event. */
  void step(App app, long now) {
    app.run(now);
    if (!app.call.isClient() && app.inputEnded && !app.answered) {
      app.answered = true;
      app.write(app.bytes(), true, now);
    }
    Completion completion = app.call.completion();
    boolean unread = completion != null && completion.ok() && !app.inputEnded;
    if ((completion != null && !unread) || (!app.call.isClient() && app.writer.ended())) {
      app.release(now);
      apps.remove(app);
    }
  }

  private boolean transmit(long now) {
    boolean any = false;
    while (endpoint.transmit(now, out)) {
      any = true;
      for (int at = 0; at < out.length(); at += out.segmentSize()) {
        Packet p = Packet.of(out, at);
        if (p.bytes().length < Header.LENGTH) {
          throw new AssertionError("a datagram of " + p.bytes().length + " bytes");
        }
        sent.add(p);
        bytes += p.bytes().length;
        if (++packets > MOST_PACKETS) {
          throw new AssertionError("a packet storm");
        }
      }
    }
    endpoint.transmitted();
    return any;
  }

  /** Everything that is due until {@code end}; nobody hears what it sends. */
  long pass(long now, long end) {
    long t = now;
    for (int steps = 0; endpoint.nextTimeout() <= end; steps++) {
      if (steps > 20_000) {
        throw new AssertionError("a timer storm");
      }
      t = Math.max(t, endpoint.nextTimeout());
      endpoint.timeout(t);
      turn(t);
      sent.clear();
    }
    return Math.max(t, end);
  }

  /** The end: at once, or when everything has died of silence; nothing may be left. */
  void end(long now, boolean atOnce) {
    long t = now;
    accepts = true;
    turn(t);
    if (!atOnce) {
      t = pass(t, t + 60_000 * MS);
    }
    for (App app : new ArrayList<>(apps)) {
      app.release(t);
    }
    turn(t);
    if (!atOnce) {
      t = pass(t, t + 60_000 * MS);
    } else {
      endpoint.close(1, t);
      turn(t);
    }
    if (endpoint.liveCalls() != 0
        || endpoint.clientConnections() != 0
        || endpoint.serviceConnections() != 0
        || endpoint.peerCount() != 0
        || endpoint.timerCount() != 0
        || pool.outstanding() != 0) {
      throw new AssertionError(
          "left over: calls %d, connections %d+%d, peers %d, timers %d, bytes %d"
              .formatted(
                  endpoint.liveCalls(),
                  endpoint.clientConnections(),
                  endpoint.serviceConnections(),
                  endpoint.peerCount(),
                  endpoint.timerCount(),
                  pool.outstanding()));
    }
  }
}
