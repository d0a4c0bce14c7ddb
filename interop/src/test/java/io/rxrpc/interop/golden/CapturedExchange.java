// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop.golden;

import io.rxrpc.interop.golden.Capture.Datagram;
import io.rxrpc.wire.Abort;
import io.rxrpc.wire.Ack;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The packets between one client and one server of a capture, sorted into calls. */
final class CapturedExchange {
  /** A captured call. */
  static final class Conversation {
    final Phase request = new Phase();
    final Phase reply = new Phase();
    int abortCode;
    int serviceId;
    private int hardAcked;

    /**
     * Whether the client said that it has the whole reply. OpenAFS's servers do not insist: a
     * client that ends at once may leave it at soft ACKs.
     */
    boolean replyIsHardAcked() {
      return hardAcked == reply.packets();
    }
  }

  final InetSocketAddress client;
  final InetSocketAddress server;
  final List<Datagram> datagrams = new ArrayList<>();
  final Map<CallKey, Conversation> calls = new LinkedHashMap<>();

  private CapturedExchange(InetSocketAddress client, InetSocketAddress server) {
    this.client = client;
    this.server = server;
  }

  /** The exchanges of a capture that are without security. */
  static List<CapturedExchange> of(String capture) {
    Map<List<InetSocketAddress>, CapturedExchange> found = new LinkedHashMap<>();
    for (Datagram d : Capture.read(capture)) {
      InetSocketAddress client = d.fromClient() ? d.from() : d.to();
      InetSocketAddress server = d.fromClient() ? d.to() : d.from();
      boolean keepalive = d.type() == PacketType.VERSION;
      if (!keepalive && Header.securityIndex(d.memory(), 0) == 0) {
        found
            .computeIfAbsent(List.of(client, server), _ -> new CapturedExchange(client, server))
            .add(d);
      }
    }
    return List.copyOf(found.values());
  }

  private void add(Datagram d) {
    datagrams.add(d);
    MemorySegment p = d.memory();
    Conversation c = calls.computeIfAbsent(CallKey.of(p), _ -> new Conversation());
    if (d.type() == PacketType.DATA) {
      c.serviceId = Header.serviceId(p, 0);
      (d.fromClient() ? c.request : c.reply).add(p);
    } else if (d.type() == PacketType.ABORT) {
      c.abortCode = Abort.code(p, 0);
    } else if (d.type() == PacketType.ACK && d.fromClient()) {
      c.hardAcked = Math.max(c.hardAcked, Ack.firstPacket(p, 0) - 1);
    }
  }

  Conversation call(MemorySegment packet) {
    Conversation c = calls.get(CallKey.of(packet));
    if (c == null) {
      throw new AssertionError("no such call in the capture: " + CallKey.of(packet));
    }
    return c;
  }

  @Override
  public String toString() {
    return client + " > " + server;
  }
}
