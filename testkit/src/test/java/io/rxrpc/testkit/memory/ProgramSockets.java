// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.memory;

import io.rxrpc.RxrpcAddress;
import io.rxrpc.socket.ControlMessage;
import io.rxrpc.socket.Message;
import io.rxrpc.socket.MsgFlag;
import io.rxrpc.socket.PollEvent;
import io.rxrpc.socket.ReceivedMessage;
import io.rxrpc.socket.RxrpcSocket;
import io.rxrpc.tuning.Tunables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;

/** Both ends of calls made by AF_RXRPC-style sockets. */
final class ProgramSockets implements AutoCloseable {
  private static final int PORT = 7001;
  private static final int SERVICE = 60;

  private final RxrpcSocket server;
  private final MemoryHost clients;
  private long tags = 100;

  ProgramSockets(MemoryNetwork network) throws IOException {
    clients = network.host("client");
    server = open(network.host("server"));
    InetSocketAddress at = new InetSocketAddress(network.host("server").address(), PORT);
    server.bind(new RxrpcAddress(at, SERVICE));
    server.listen(20);
  }

  private static RxrpcSocket open(MemoryHost at) throws IOException {
    return RxrpcSocket.open(StandardProtocolFamily.INET, Tunables.defaults(), at.surroundings());
  }

  /** Serves until it is closed: the request comes back, changed. */
  void serve() throws IOException {
    Map<Long, ByteArrayOutputStream> requests = new HashMap<>();
    ByteBuffer buffer = ByteBuffer.allocate(8192);
    try {
      while (true) {
        ReceivedMessage m = server.recvmsg(buffer.clear());
        if (m.has(ControlMessage.NewCall.class)) {
          server.sendmsg(
              Message.of(new ControlMessage.Accept(), new ControlMessage.UserCallId(tags++)));
        } else if (!m.endOfRecord()) {
          long tag = m.userCallId().orElseThrow();
          ByteArrayOutputStream request =
              requests.computeIfAbsent(tag, t -> new ByteArrayOutputStream());
          request.write(buffer.array(), 0, m.length());
          if (!m.more()) {
            requests.remove(tag);
            server.sendmsg(Message.of(tag, ProgramServer.changed(request.toByteArray(), 0)));
          }
        } else {
          m.userCallId().ifPresent(requests::remove); // its client has everything, or is gone
        }
      }
    } catch (ClosedChannelException e) {
      // that is its end
    }
  }

  /** Makes a call; returns the reply. */
  byte[] call(byte[] request) throws IOException {
    try (RxrpcSocket client = open(clients)) {
      client.connect(
          new RxrpcAddress(
              new InetSocketAddress(server.getLocalAddress().transport().getAddress(), PORT),
              SERVICE));
      int half = request.length / 2;
      client.sendmsg(Message.of(1, ByteBuffer.wrap(request, 0, half)), MsgFlag.MORE);
      client.sendmsg(Message.of(1, ByteBuffer.wrap(request, half, request.length - half)));
      ByteArrayOutputStream reply = new ByteArrayOutputStream();
      ByteBuffer buffer = ByteBuffer.allocate(4096);
      while (true) {
        if (client.poll(EnumSet.of(PollEvent.IN), Duration.ofHours(1)).isEmpty()) {
          throw new IOException("nothing came in an hour");
        }
        ReceivedMessage m = client.recvmsg(buffer.clear());
        reply.write(buffer.array(), 0, m.length());
        if (m.endOfRecord()) {
          if (m.has(ControlMessage.Abort.class) || m.has(ControlMessage.NetError.class)) {
            throw new IOException("the call ended with " + m);
          }
          return reply.toByteArray();
        }
      }
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
