// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.peer;

import io.rxrpc.testkit.Datagram;
import io.rxrpc.testkit.SimHandler;
import io.rxrpc.testkit.SimNet;
import io.rxrpc.testkit.SimNode;
import io.rxrpc.testkit.ToyHandshake;
import io.rxrpc.wire.Malformed;
import io.rxrpc.wire.PacketCheck;
import io.rxrpc.wire.PacketType;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A model peer as a node: makes calls, serves calls, without security. */
public final class ModelPeer implements SimNode {
  /**
   * How a client call ended.
   *
   * @param ok whether it was answered
   * @param abortCode the code it was aborted with, or 0
   * @param remote whether the peer aborted it
   * @param reply the reply
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record End(boolean ok, int abortCode, boolean remote, byte[] reply) {}

  private final SimNet net;
  private final InetSocketAddress address;
  private final Habits habits;
  private final long readPause;
  final ModelClient client;
  private final ModelServer server;
  private final Map<Integer, Supplier<SimHandler>> services = new HashMap<>();
  private @Nullable ToyHandshake secret;
  private final List<Datagram> outbox = new ArrayList<>();

  /**
   * Adds a peer to a network.
   *
   * @param net the network
   * @param address the address
   * @param habits what it does as which implementation
   * @param seed of its epoch and connection ids
   * @param readPause nanoseconds its applications take for a few packets
   */
  public ModelPeer(SimNet net, InetSocketAddress address, Habits habits, int seed, long readPause) {
    this.net = net;
    this.address = address;
    this.habits = habits;
    this.readPause = readPause;
    client = new ModelClient(this, (seed & 0x3fffffff) | 0x80000000, seed * 31 & ~3);
    server = new ModelServer(this);
    net.add(this);
  }

  /** {@return what it is like} */
  public Habits habits() {
    return habits;
  }

  /**
   * Offers a service.
   *
   * @param id the id
   * @param handlers makes a handler for each call
   */
  public void serve(int id, Supplier<SimHandler> handlers) {
    services.put(id, handlers);
  }

  /**
   * Connections of this security class are asked for the secret.
   *
   * @param known what both sides know
   */
  public void secret(ToyHandshake known) {
    secret = known;
  }

  /**
   * Makes a call.
   *
   * @param to where it goes
   * @param serviceId the service id
   * @param request the request
   * @param onEnd told how it ended
   */
  public void call(InetSocketAddress to, int serviceId, byte[] request, Consumer<End> onEnd) {
    client.call(to, serviceId, request, onEnd, net.now());
    net.at(net.now(), () -> act(net.now()));
  }

  /** {@return served calls that are not over} */
  public int serving() {
    return server.live();
  }

  // for the rooms of this package

  @Nullable Supplier<SimHandler> service(int id) {
    return services.get(id);
  }

  @Nullable ToyHandshake secret() {
    return secret;
  }

  SimNet net() {
    return net;
  }

  long readPause() {
    return readPause;
  }

  void send(Datagram d) {
    outbox.add(d);
  }

  /** A phase has been read to its end. */
  void received(ModelCall call, long now) {
    if (call.connection.client) {
      ended(call, true, 0, false, now);
    } else {
      server.received(call, now);
    }
  }

  /** A call is over. */
  void ended(ModelCall call, boolean ok, int code, boolean remote, long now) {
    if (call.over) {
      return;
    }
    call.over = true;
    ModelConnection.Channel ch = call.connection.channels[call.channel];
    if (ch.call == call) {
      ch.call = null;
      ch.endedWell = ok;
      ch.abortCode = remote ? -1 : code;
      ch.lastSeq = call.receiver().last();
    }
    if (call.connection.client) {
      client.ended(call, new End(ok, code, remote, call.receiver().bytes()), now);
    } else {
      server.ended(call);
    }
  }

  // the node

  @Override
  public InetSocketAddress address() {
    return address;
  }

  @Override
  public void datagram(long now, Datagram d) {
    if (PacketCheck.check(d.memory(), 0, d.length()) != Malformed.NONE) {
      return;
    }
    if (d.type() == PacketType.VERSION || d.type() == PacketType.DEBUG) {
      return;
    }
    if (d.fromClient()) {
      server.datagram(now, d);
    } else {
      client.datagram(now, d);
    }
  }

  @Override
  public void error(long now, InetSocketAddress destination, int errno, int mtu) {
    if (mtu == 0) {
      client.unreachable(destination, now);
      server.unreachable(destination, now);
    }
  }

  @Override
  public void act(long now) {
    client.act(now);
    server.act(now);
    List<Datagram> batch = List.copyOf(outbox);
    outbox.clear();
    for (Datagram d : batch) {
      net.send(d);
    }
  }

  @Override
  public long wakeAt() {
    return Math.min(client.wakeAt(), server.wakeAt());
  }

  @Override
  public String toString() {
    return habits.name() + " " + address;
  }
}
