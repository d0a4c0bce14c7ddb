// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.peer;

import io.rxrpc.testkit.Datagram;
import io.rxrpc.testkit.PacketBuilder;
import io.rxrpc.testkit.peer.ModelConnection.Channel;
import io.rxrpc.wire.Abort;
import io.rxrpc.wire.Ack;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The client role of a model peer: up to two connections of four channels to a server. */
final class ModelClient {
  private static final int CONNECTIONS = 2;
  private static final int PROTOCOL_ERROR = -5;

  private record Waiting(
      InetSocketAddress to, int service, byte[] request, Consumer<ModelPeer.End> onEnd) {}

  private final ModelPeer owner;
  private final int epoch;
  private int nextCid;
  private final List<ModelConnection> connections = new ArrayList<>();
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private final Map<ModelCall, Consumer<ModelPeer.End>> onEnd = new HashMap<>();

  ModelClient(ModelPeer owner, int epoch, int firstCid) {
    this.owner = owner;
    this.epoch = epoch;
    nextCid = firstCid;
  }

  void call(
      InetSocketAddress to, int service, byte[] request, Consumer<ModelPeer.End> end, long now) {
    waiting.add(new Waiting(to, service, request, end));
    serveWaiting(now);
  }

  private void serveWaiting(long now) {
    for (Waiting w = waiting.peek(); w != null; w = waiting.peek()) {
      ModelConnection c = connection(w);
      int free = c == null ? -1 : free(c);
      if (c == null || free < 0) {
        return;
      }
      waiting.remove();
      Channel ch = c.channels[free];
      ch.number++;
      ch.finalAckAt = Long.MAX_VALUE; // the request's DATA acks the last reply
      ModelCall call = new ModelCall(c, free, ch.number, owner.readPause(), now);
      ch.call = call;
      onEnd.put(call, w.onEnd());
      call.write(w.request());
    }
  }

  private @Nullable ModelConnection connection(Waiting w) {
    connections.removeIf(c -> c.dead && c.idle());
    int n = 0;
    for (ModelConnection c : connections) {
      if (!c.dead && c.peer.equals(w.to()) && c.serviceId == w.service()) {
        n++;
        if (free(c) >= 0) {
          return c;
        }
      }
    }
    if (n >= CONNECTIONS) {
      return null;
    }
    nextCid += Header.CID_INCREMENT;
    ModelConnection c = new ModelConnection(owner, w.to(), epoch, nextCid, w.service(), true);
    connections.add(c);
    return c;
  }

  private static int free(ModelConnection c) {
    for (int i = 0; i < c.channels.length; i++) {
      if (c.channels[i].call == null) {
        return i;
      }
    }
    return -1;
  }

  void ended(ModelCall call, ModelPeer.End end, long now) {
    Channel ch = call.connection.channels[call.channel];
    if (end.ok()) {
      ch.finalAckAt = now + owner.habits().finalAckDelay();
    } else if (!end.remote()) {
      call.connection.dead = true;
    }
    Consumer<ModelPeer.End> then = onEnd.remove(call);
    if (then != null) {
      then.accept(end);
    }
    serveWaiting(now);
  }

  void datagram(long now, Datagram d) {
    ModelConnection found = null;
    for (ModelConnection c : connections) {
      if (c.cid == Header.connectionId(d.cid())
          && d.epoch() == epoch
          && c.peer.getPort() == d.from().getPort()) {
        found = c;
      }
    }
    if (found == null) {
      rejectUnknown(d);
      return;
    }
    if (d.callNumber() == 0) {
      if (d.type() == PacketType.ABORT) {
        found.dead = true;
        failAll(found, Abort.code(d.memory(), 0), now);
      }
      return;
    }
    Channel ch = found.channels[Header.channel(d.cid())];
    if (d.callNumber() != ch.number) {
      if (d.callNumber() > ch.number) {
        rejectUnknown(d);
      }
      return;
    }
    ModelCall call = ch.call;
    if (call == null) {
      finished(found, ch, d);
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

  private void failAll(ModelConnection c, int code, long now) {
    for (Channel ch : c.channels) {
      if (ch.call != null) {
        owner.ended(ch.call, false, code, true, now);
      }
    }
  }

  private void finished(ModelConnection c, Channel ch, Datagram d) {
    int channel = Header.channel(d.cid());
    boolean openafs = owner.habits().answersFinished();
    if (!ch.endedWell) {
      if (d.type() == PacketType.DATA) {
        c.abort(channel, ch.number, ch.abortCode == 0 ? -1 : ch.abortCode);
      }
    } else if (d.type() == PacketType.DATA) {
      c.finalAck(channel, AckReason.DUPLICATE, d.serial());
    } else if (d.type() == PacketType.ACK && !openafs) {
      boolean asks =
          d.has(Flags.REQUEST_ACK) && Ack.reason(d.memory(), 0) != AckReason.PING_RESPONSE;
      if (asks) {
        c.finalAck(channel, AckReason.PING_RESPONSE, d.serial());
      }
    }
  }

  private void rejectUnknown(Datagram d) {
    if (owner.habits().abortsUnknown() && d.type() != PacketType.ABORT) {
      byte[] bytes =
          PacketBuilder.abort(PROTOCOL_ERROR)
              .connection(d.epoch(), d.cid())
              .call(d.callNumber())
              .flags(Flags.CLIENT_INITIATED)
              .service(Header.serviceId(d.memory(), 0))
              .build();
      owner.send(new Datagram(owner.address(), d.from(), bytes, false));
    }
  }

  void unreachable(InetSocketAddress destination, long now) {
    for (ModelConnection c : List.copyOf(connections)) {
      if (c.peer.equals(destination)) {
        failAll(c, -1, now);
      }
    }
  }

  void act(long now) {
    for (ModelConnection c : List.copyOf(connections)) {
      for (int i = 0; i < c.channels.length; i++) {
        Channel ch = c.channels[i];
        if (ch.call != null) {
          ch.call.act(now);
        }
        if (ch.finalAckAt <= now) {
          c.finalAck(i, owner.habits().finalAckReason(), 0);
        }
      }
    }
  }

  long wakeAt() {
    long wake = Long.MAX_VALUE;
    for (ModelConnection c : connections) {
      for (Channel ch : c.channels) {
        wake = Math.min(wake, ch.finalAckAt);
        if (ch.call != null) {
          wake = Math.min(wake, ch.call.wakeAt());
        }
      }
    }
    return wake;
  }
}
