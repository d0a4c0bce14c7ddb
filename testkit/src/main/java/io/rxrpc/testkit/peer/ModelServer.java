// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.peer;

import io.rxrpc.testkit.Datagram;
import io.rxrpc.testkit.PacketBuilder;
import io.rxrpc.testkit.SimHandler;
import io.rxrpc.testkit.SimHandler.Answer;
import io.rxrpc.testkit.ToyHandshake;
import io.rxrpc.testkit.peer.ModelConnection.Channel;
import io.rxrpc.wire.Abort;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The server role of a model peer. */
final class ModelServer {
  private static final int INVALID_OPERATION = -2;
  private static final int PROTOCOL_ERROR = -5;
  private static final int CALL_DEAD = -1;

  private record Key(InetSocketAddress peer, int epoch, int cid) {}

  private final ModelPeer owner;
  private final Map<Key, ModelConnection> connections = new HashMap<>();
  private final List<ModelCall> calls = new ArrayList<>();
  private final Map<ModelCall, SimHandler> handlers = new HashMap<>();

  private final Charges charges;

  ModelServer(ModelPeer owner) {
    this.owner = owner;
    charges = new Charges(owner);
  }

  int live() {
    return calls.size();
  }

  void datagram(long now, Datagram d) {
    Key key = new Key(d.from(), d.epoch(), Header.connectionId(d.cid()));
    ModelConnection c = connections.get(key);
    if (c == null) {
      if (d.type() != PacketType.DATA) {
        if (owner.habits().abortsUnknown() && d.type() != PacketType.ABORT) {
          reject(d, PROTOCOL_ERROR);
        }
        return;
      }
      int service = Header.serviceId(d.memory(), 0);
      if (owner.service(service) == null) {
        reject(d, INVALID_OPERATION);
        return;
      }
      ToyHandshake secret = null;
      if (Header.securityIndex(d.memory(), 0) == ToyHandshake.INDEX) {
        secret = owner.secret();
        if (secret == null) {
          reject(d, INVALID_OPERATION);
          return;
        }
      }
      int nonce = d.cid() * 31 + d.epoch();
      c = new ModelConnection(owner, d.from(), d.epoch(), key.cid(), service, false, secret, nonce);
      connections.put(key, c);
    }
    if (c.dead) {
      return;
    }
    if (d.callNumber() == 0) {
      Guard guard = c.guard;
      if (d.type() == PacketType.RESPONSE && guard != null) {
        guard.responded(d, now);
      }
      if (d.type() == PacketType.ABORT) {
        connections.remove(key);
        for (Channel ch : c.channels) {
          if (ch.call != null) {
            owner.ended(ch.call, false, Abort.code(d.memory(), 0), true, now);
          }
        }
      }
      return;
    }
    packet(c, c.channels[Header.channel(d.cid())], d, now);
  }

  private void packet(ModelConnection c, Channel ch, Datagram d, long now) {
    if (d.callNumber() < ch.number) {
      return;
    }
    if (d.callNumber() > ch.number) {
      if (d.type() == PacketType.DATA) {
        newCall(c, ch, d, now);
      } else if (owner.habits().abortsUnknown() && d.type() != PacketType.ABORT) {
        reject(d, PROTOCOL_ERROR);
      }
      return;
    }
    ModelCall call = ch.call;
    if (call == null) {
      finished(c, ch, d);
      return;
    }
    call.heard(now);
    switch (d.type()) {
      case PacketType.DATA -> call.data(d, now);
      case PacketType.ACK -> call.ack(d, now);
      case PacketType.ACKALL -> call.ackAll(now);
      case PacketType.ABORT -> owner.ended(call, false, Abort.code(d.memory(), 0), true, now);
      default -> {}
    }
  }

  private void newCall(ModelConnection c, Channel ch, Datagram d, long now) {
    ModelCall previous = ch.call;
    if (previous != null) {
      if (previous.writing()) {
        owner.ended(previous, true, 0, false, now); // the implicit ACK
      } else if (owner.habits().busyOnNext()) {
        // the old call fails; its thread has to notice before the channel is free
        if (!previous.failed) {
          previous.failed = true;
          owner
              .net()
              .at(now + 30_000_000, () -> owner.ended(previous, false, CALL_DEAD, true, now));
        }
        send(c, d, new PacketBuilder(PacketType.BUSY));
        return;
      } else {
        owner.ended(previous, false, CALL_DEAD, true, now);
      }
    }
    if (d.seq() > owner.habits().firstSeqLimit()) {
      return;
    }
    Supplier<SimHandler> service = owner.service(c.serviceId);
    if (service == null) {
      reject(d, INVALID_OPERATION);
      return;
    }
    if (owner.habits().backlog() > 0 && charges.full()) {
      busy(d);
      return;
    }
    ch.number = d.callNumber();
    ModelCall call = new ModelCall(c, Header.channel(d.cid()), ch.number, owner.readPause(), now);
    ch.call = call;
    calls.add(call);
    charges.spend(call);
    handlers.put(call, service.get());
    if (owner.habits().pingsAtStart()) {
      call.ping(now);
    }
    Guard guard = c.guard;
    if (guard != null) {
      guard.called(now);
    }
    call.data(d, now);
  }

  private void finished(ModelConnection c, Channel ch, Datagram d) {
    if (!ch.endedWell) {
      if (d.type() != PacketType.ABORT && ch.number > 0) {
        c.abort(Header.channel(d.cid()), ch.number, ch.abortCode == 0 ? -1 : ch.abortCode);
      }
    } else if (owner.habits().answersFinished() && d.type() == PacketType.DATA) {
      c.finalAck(Header.channel(d.cid()), AckReason.DUPLICATE, d.serial());
    }
  }

  /** The whole request has been read. */
  void received(ModelCall call, long now) {
    SimHandler handler = handlers.remove(call);
    if (handler == null) {
      return;
    }
    charges.charge(call);
    byte[] request = call.receiver().bytes();
    Answer early = handler.early(request, request.length);
    Answer answer = early != null ? early : handler.answer(request);
    owner.net().at(now + answer.think(), () -> reply(call, answer));
  }

  private void reply(ModelCall call, Answer answer) {
    long now = owner.net().now();
    if (call.over || call.failed) {
      return;
    }
    byte[] reply = answer.reply();
    if (reply == null) {
      call.fail(answer.abortCode(), now);
    } else {
      call.write(reply);
    }
    owner.act(now);
  }

  void ended(ModelCall call) {
    calls.remove(call);
    handlers.remove(call);
    charges.charge(call);
  }

  private void reject(Datagram d, int code) {
    send(null, d, PacketBuilder.abort(code));
  }

  /** Nothing is kept of the call, and its security class is not echoed. */
  private void busy(Datagram d) {
    byte[] bytes =
        new PacketBuilder(PacketType.BUSY)
            .connection(d.epoch(), d.cid())
            .call(d.callNumber())
            .service(Header.serviceId(d.memory(), 0))
            .build();
    owner.send(new Datagram(owner.address(), d.from(), bytes, false));
  }

  private void send(@Nullable ModelConnection c, Datagram d, PacketBuilder packet) {
    byte[] bytes =
        packet
            .connection(d.epoch(), d.cid())
            .call(d.callNumber())
            .serial(c == null ? 0 : c.nextSerial())
            .service(Header.serviceId(d.memory(), 0))
            .security(Header.securityIndex(d.memory(), 0), 0)
            .build();
    owner.send(new Datagram(owner.address(), d.from(), bytes, false));
  }

  void unreachable(InetSocketAddress destination, long now) {
    for (ModelCall call : List.copyOf(calls)) {
      if (call.connection.peer.equals(destination)) {
        owner.ended(call, false, CALL_DEAD, true, now);
      }
    }
  }

  void act(long now) {
    for (ModelCall call : List.copyOf(calls)) {
      call.act(now);
    }
    for (ModelConnection c : connections.values()) {
      Guard guard = c.guard;
      if (guard != null && !c.idle()) {
        guard.act(now);
      }
    }
  }

  long wakeAt() {
    long wake = Long.MAX_VALUE;
    for (ModelCall call : calls) {
      wake = Math.min(wake, call.wakeAt());
    }
    for (ModelConnection c : connections.values()) {
      Guard guard = c.guard;
      if (guard != null && !c.idle()) {
        wake = Math.min(wake, guard.wakeAt());
      }
    }
    return wake;
  }
}
