// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.examples;

import io.rxrpc.RxrpcAddress;
import io.rxrpc.key.KeyException;
import io.rxrpc.socket.ControlMessage;
import io.rxrpc.socket.KeyResolver;
import io.rxrpc.socket.Message;
import io.rxrpc.socket.MsgFlag;
import io.rxrpc.socket.ReceivedMessage;
import io.rxrpc.socket.RxrpcOption;
import io.rxrpc.socket.RxrpcSocket;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * EXAMPLE CLIENT USAGE of the document, with its numbers: two calls at once, one of which the
 * server aborts.
 */
public final class DocumentClient {
  private final Steps steps;

  private DocumentClient(PrintStream out) {
    steps = new Steps(out);
  }

  /** Calls the server on port 7000 of this host, or on the one given. */
  public static void main(String[] args) throws IOException, KeyException {
    int port = args.length > 0 ? Integer.parseInt(args[0]) : DocumentServer.PORT;
    run(RxrpcAddress.of("127.0.0.1", port, DocumentServer.VL_SERVICE_ID), System.out);
  }

  /**
   * Makes two calls to a {@link DocumentServer}.
   *
   * @param out where each step is printed
   * @return whether they ended as they should: one with a reply, one with the server's abort
   */
  public static boolean run(RxrpcAddress server, PrintStream out) throws IOException, KeyException {
    return new DocumentClient(out).call(server);
  }

  private boolean call(RxrpcAddress server) throws IOException, KeyException {
    // (1) An RxRPC socket is set up.
    try (RxrpcSocket client = RxrpcSocket.open()) {
      steps.step(1, "socket(AF_RXRPC, SOCK_DGRAM, PF_INET)");
      // (2) A local address can optionally be bound; service 0: we are a client.
      client.bind(RxrpcAddress.of("0.0.0.0", 0, 0));
      steps.step(2, "bind " + client.getLocalAddress());
      // (3) The security is set: a key, and the level that calls need at least.
      client.keys(KeyResolver.of(DocumentKeys.ofClient()));
      client.setOption(RxrpcOption.SECURITY_KEY, DocumentKeys.KEY);
      steps.step(3, "setsockopt RXRPC_SECURITY_KEY \"" + DocumentKeys.KEY + "\"");
      client.setOption(RxrpcOption.MIN_SECURITY_LEVEL, RxrpcOption.SECURITY_ENCRYPTED);
      steps.step(3, "setsockopt RXRPC_MIN_SECURITY_LEVEL RXRPC_SECURITY_ENCRYPTED");
      // (4) The server to be contacted can then be specified.
      client.connect(server);
      steps.step(4, "connect " + server);
      // (5) The request data, MSG_MORE on all but the last part. Several calls may be made at once.
      send(client, 1, "Hello, ", MsgFlag.MORE);
      send(client, 1, "world");
      send(client, 2, "please abort");
      // (6) The replies, in the order in which they come; MSG_EOR ends each call.
      ByteBuffer buffer = ByteBuffer.allocate(2048);
      boolean replied = false;
      boolean aborted = false;
      for (int live = 2; live > 0; ) {
        ReceivedMessage m = client.recvmsg(buffer.clear());
        steps.received(6, m, buffer);
        live -= m.endOfRecord() ? 1 : 0;
        replied |= m.length() > 0;
        aborted |= m.has(ControlMessage.Abort.class);
      }
      return replied && aborted;
    }
  }

  private void send(RxrpcSocket client, long tag, String text, MsgFlag... flags)
      throws IOException {
    Message m = Message.of(tag, text.getBytes(StandardCharsets.UTF_8));
    int n = client.sendmsg(m, flags);
    steps.sent(5, n, m.control(), flags);
  }
}
