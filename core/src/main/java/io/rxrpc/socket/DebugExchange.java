// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import io.rxrpc.RxrpcAddress;
import io.rxrpc.engine.DebugReply;
import io.rxrpc.udp.Errno;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** DEBUG requests of one socket that wait for their answers. Under the driver's lock. */
final class DebugExchange {
  /** A record that came for a debug id. */
  static final class Answer {
    final long id;
    final RxrpcAddress from;
    final int type;
    final byte[] payload;

    /** What was received of it. */
    int at;

    Answer(long id, RxrpcAddress from, int type, byte[] payload) {
      this.id = id;
      this.from = from;
      this.type = type;
      this.payload = payload;
    }
  }

  private record Request(long id, RxrpcAddress to, int type) {}

  private final CallTable table;

  /** By the id on the wire. */
  private final Map<Integer, Request> waiting = new HashMap<>();

  /** How many of them the engine knows of. */
  private int wanted;

  DebugExchange(CallTable table) {
    this.table = table;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Asks; the same debug id again repeats or replaces the request. */
  void ask(long id, ControlMessage.DebugRequest what, RxrpcAddress to) {
    int wire = table.driver.nextId();
    waiting.values().removeIf(r -> r.id() == id);
    waiting.put(wire, new Request(id, to, what.debugType()));
    settle();
    table.driver.engine().requestDebug(to.transport(), wire, what.debugType(), what.index());
  }

  /**
   * Waits no more.
   *
   * @throws SocketErrorException EBADSLT when there is no such request
   */
  void forget(long id) throws SocketErrorException {
    if (!waiting.values().removeIf(r -> r.id() == id)) {
      throw new SocketErrorException(
          Errno.EBADSLT, "no request has the debug id " + Long.toUnsignedString(id));
    }
    settle();
  }

  void forgetAll() {
    waiting.clear();
    settle();
  }

  /** The answer to one of the requests, or null. */
  @Nullable Answer answered(DebugReply reply) {
    Request r = reply.refused() ? null : waiting.get(reply.id());
    if (r == null || r.to().transport().getPort() != reply.from().getPort()) {
      return null;
    }
    waiting.remove(reply.id());
    settle();
    RxrpcAddress from = new RxrpcAddress(reply.from(), r.to().serviceId());
    return new Answer(r.id(), from, r.type(), reply.payload());
  }

  private void settle() {
    table.driver.engine().wantDebug(waiting.size() - wanted);
    wanted = waiting.size();
  }
}
