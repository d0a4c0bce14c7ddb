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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * EXAMPLE SERVER USAGE of the document, with its numbers (there is no 7, and 2 comes twice): serves
 * two calls and ends. The first request is answered; one that says "abort" is aborted.
 */
public final class DocumentServer {
  /** The service of the AFS volume location server. */
  public static final int VL_SERVICE_ID = 52;

  /** The port that server and client use if they are given no other. */
  public static final int PORT = 7000;

  private static final long FIRST_TAG = 101;
  private static final int ABORT_CODE = 4711;

  private final Steps steps;
  private final Map<Long, StringBuilder> requests = new HashMap<>();
  private long nextTag = FIRST_TAG;
  private int ended;

  private DocumentServer(PrintStream out) {
    steps = new Steps(out);
  }

  /** Runs it on port 7000, or on the one given. */
  public static void main(String[] args) throws IOException, KeyException {
    int port = args.length > 0 ? Integer.parseInt(args[0]) : PORT;
    run(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), System.out, address -> {});
  }

  /**
   * Serves two calls.
   *
   * @param local where to listen; port 0 lets the system choose
   * @param out where each step is printed
   * @param listening is told where, once clients may call
   */
  public static void run(InetSocketAddress local, PrintStream out, Consumer<RxrpcAddress> listening)
      throws IOException, KeyException {
    new DocumentServer(out).serve(local, listening);
  }

  private void serve(InetSocketAddress local, Consumer<RxrpcAddress> listening)
      throws IOException, KeyException {
    // (1) An RxRPC socket is created.
    try (RxrpcSocket server = RxrpcSocket.open()) {
      steps.step(1, "socket(AF_RXRPC, SOCK_DGRAM, PF_INET)");
      // (2) Security is set up by giving the socket a keyring with server secret keys in it.
      server.keys(KeyResolver.of(DocumentKeys.ofServer()));
      server.setOption(RxrpcOption.SECURITY_KEYRING, DocumentKeys.KEYRING);
      steps.step(2, "setsockopt RXRPC_SECURITY_KEYRING \"" + DocumentKeys.KEYRING + "\"");
      // A local address must then be bound.
      server.bind(new RxrpcAddress(local, VL_SERVICE_ID));
      RxrpcAddress address = server.getLocalAddress();
      steps.step(2, "bind " + address);
      // (3) The server is then set to listen out for incoming calls.
      server.listen(100);
      steps.step(3, "listen 100");
      if (address != null) {
        listening.accept(address);
      }
      ByteBuffer buffer = ByteBuffer.allocate(2048);
      while (ended < 2) {
        ReceivedMessage m = server.recvmsg(buffer.clear());
        if (m.has(ControlMessage.NewCall.class)) {
          steps.received(4, m, buffer);
          accept(server);
        } else if (m.endOfRecord()) {
          // (9) The final ACK from the client, or the client's abort: the tag is free.
          steps.received(9, m, buffer);
          ended++;
        } else {
          request(server, m, buffer);
        }
      }
    }
  }

  /** (4), (5) A call waits: it is accepted, and gets a tag. */
  private void accept(RxrpcSocket server) throws IOException {
    Message accept =
        Message.of(new ControlMessage.Accept(), new ControlMessage.UserCallId(nextTag++));
    server.sendmsg(accept);
    steps.sent(5, 0, accept.control());
  }

  /** (6) Request data, all but the last piece with MSG_MORE. */
  private void request(RxrpcSocket server, ReceivedMessage m, ByteBuffer buffer)
      throws IOException {
    steps.received(6, m, buffer);
    long tag = m.userCallId().orElseThrow();
    StringBuilder request = requests.computeIfAbsent(tag, t -> new StringBuilder());
    request.append(Steps.text(buffer, m.length()));
    if (m.more()) {
      return;
    }
    requests.remove(tag);
    if (request.toString().contains("abort")) {
      abort(server, tag);
    } else {
      reply(server, tag, "You said: ", MsgFlag.MORE);
      reply(server, tag, request.toString());
    }
  }

  /** (8) Reply data, all but the last message with MSG_MORE. */
  private void reply(RxrpcSocket server, long tag, String text, MsgFlag... flags)
      throws IOException {
    Message reply = Message.of(tag, text.getBytes(StandardCharsets.UTF_8));
    int n = server.sendmsg(reply, flags);
    steps.sent(8, n, reply.control(), flags);
  }

  /** (10) Until the reply has been sent the call can be aborted; nothing more comes for the tag. */
  private void abort(RxrpcSocket server, long tag) throws IOException {
    List<ControlMessage> control =
        List.of(new ControlMessage.UserCallId(tag), new ControlMessage.Abort(ABORT_CODE));
    server.sendmsg(new Message(null, control, ByteBuffer.allocate(0)));
    steps.sent(10, 0, control);
    ended++;
  }
}
