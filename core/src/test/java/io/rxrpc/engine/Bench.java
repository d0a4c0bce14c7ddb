// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.engine.packet.BufferPool;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.wire.Abort;
import io.rxrpc.wire.Ack;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** One endpoint on a bench: packets are made by hand, and what it answers is looked at. */
final class Bench {
  static final InetSocketAddress PEER =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 7009);
  static final int SERVICE = 52;
  static final int EPOCH = 0x8badf00d;
  static final int CID = 0x1234_5670;
  static final long MS = 1_000_000;

  final BufferPool pool = new BufferPool(Pipe.MARKED, 4 << 20);
  final Endpoint endpoint;
  final List<App> served = new ArrayList<>();

  /** Work of security classes that nobody has done yet. */
  final ArrayDeque<SecurityTask> tasks = new ArrayDeque<>();

  long now = 1_000_000 * MS;
  int serial;
  private final Transmission out = new Transmission();

  Bench() {
    this(Tunables.defaults());
  }

  Bench(Tunables tunables) {
    endpoint = new Endpoint(tunables, new Random(5), pool, "bench", now);
    endpoint.addService(SERVICE, List.of(NullSecurity.INSTANCE), this);
  }

  /** A client call to {@link #PEER}. */
  App open() {
    return new App(endpoint.open(PEER, SERVICE, NullSecurity.INSTANCE, now));
  }

  /** Takes events; arriving calls are accepted and read. */
  void events() {
    for (EngineEvent event = endpoint.poll(); event != null; event = endpoint.poll()) {
      switch (event) {
        case EngineEvent.OfCall happened -> happened(happened.call());
        case EngineEvent.Work(SecurityTask task) -> tasks.add(task);
        case EngineEvent.Challenged _, EngineEvent.VersionTold _, EngineEvent.DebugTold _ -> {}
      }
    }
  }

  private void happened(Call call) {
    int events = call.takeEvents();
    if (call.attachment() instanceof App app) {
      app.events |= events;
      app.run(now);
    } else if ((events & Call.NEW) != 0 && call.completion() == null) {
      call.accept();
      App app = new App(call);
      served.add(app);
      app.run(now);
    }
  }

  /** What it sends now. */
  List<Packet> sent() {
    List<Packet> packets = new ArrayList<>();
    events();
    while (endpoint.transmit(now, out)) {
      for (int at = 0; at < out.length(); at += out.segmentSize()) {
        packets.add(Packet.of(out, at));
      }
    }
    endpoint.transmitted();
    return packets;
  }

  /** What it sends in the time to come. */
  List<Packet> sentWithin(long nanos) {
    List<Packet> packets = new ArrayList<>(sent());
    long end = now + nanos;
    while (endpoint.nextTimeout() <= end) {
      now = Math.max(now, endpoint.nextTimeout());
      endpoint.timeout(now);
      packets.addAll(sent());
    }
    now = end;
    return packets;
  }

  /** Gives it a datagram and returns what it answers at once. */
  List<Packet> feed(Packet p) {
    return feed(PEER, p);
  }

  List<Packet> feed(InetSocketAddress from, Packet p) {
    endpoint.datagram(now, from, null, p.memory(), 0, p.bytes().length);
    return sent();
  }

  // packets of a client to the service here

  Packet data(int call, int seq, int flags, int length) {
    return data(EPOCH, CID, call, seq, flags | Flags.CLIENT_INITIATED, length);
  }

  Packet data(int epoch, int cid, int call, int seq, int flags, int length) {
    Packet p = packet(PacketType.DATA, epoch, cid, call, flags, length);
    Header.setSeq(p.memory(), 0, seq);
    return p;
  }

  Packet packet(int type, int epoch, int cid, int call, int flags, int payload) {
    Packet p = new Packet(PEER, new byte[Header.LENGTH + payload]);
    Header.write(p.memory(), 0, epoch, cid, call, 0, ++serial, type, flags, 0, 0, 0, SERVICE);
    return p;
  }

  Packet abort(int call, int code) {
    Packet p =
        packet(PacketType.ABORT, EPOCH, CID, call, Flags.CLIENT_INITIATED, Abort.LENGTH - 28);
    Abort.write(p.memory(), 0, code);
    return p;
  }

  Packet ack(int call, int flags, int first, int acked, int reason, int rwind, boolean... soft) {
    return ack(EPOCH, CID, call, flags | Flags.CLIENT_INITIATED, first, acked, reason, rwind, soft);
  }

  Packet ack(
      int epoch,
      int cid,
      int call,
      int flags,
      int first,
      int acked,
      int reason,
      int rwind,
      boolean... soft) {
    Packet p = packet(PacketType.ACK, epoch, cid, call, flags, Ack.MAX_LENGTH);
    MemorySegment m = p.memory();
    Ack.write(m, 0, first, first - 1, acked, reason, soft.length);
    for (int i = 0; i < soft.length; i++) {
      Ack.setSoftAck(m, 0, i, soft[i]);
    }
    int length = Ack.writeTrailer(m, 0, soft.length, 1444, 1444, rwind, 1);
    return new Packet(PEER, Arrays.copyOf(p.bytes(), length));
  }

  // packets of a server to the client call here

  Packet dataTo(App app, int seq, int flags, int length) {
    return data(app.call.epoch(), app.call.cid(), app.call.number(), seq, flags, length);
  }

  Packet ackTo(App app, int flags, int first, int acked, int reason, int rwind, boolean... soft) {
    return ack(
        app.call.epoch(),
        app.call.cid(),
        app.call.number(),
        flags,
        first,
        acked,
        reason,
        rwind,
        soft);
  }

  Packet to(App app, int type, int payload) {
    return packet(type, app.call.epoch(), app.call.cid(), app.call.number(), 0, payload);
  }

  Call onlyCall() {
    Peer peer = Objects.requireNonNull(endpoint.peers.find(PEER));
    for (Connection c : peer.connections) {
      for (int i = 0; i < Connection.CHANNELS; i++) {
        Call call = c.call(i);
        if (call != null) {
          return call;
        }
      }
    }
    throw new AssertionError("no call");
  }
}
