// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import io.rxrpc.RxrpcAddress;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;

/** What tests of sockets have in common. */
final class Sockets {
  static final int SERVICE = 52;
  static final ControlMessage.Accept ACCEPT = new ControlMessage.Accept();
  static final ControlMessage.ChargeAccept CHARGE = new ControlMessage.ChargeAccept();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Sockets() {}

  static Tunables tunables() {
    return Tunables.defaults()
        .with(Tunable.ENDPOINT_EXPIRY, 0)
        // a final ACK kept back, as Linux does: rows ask what a server may do before it comes
        .with(Tunable.REPLY_ACKS, 0);
  }

  static RxrpcSocket client() throws IOException {
    return timed(RxrpcSocket.open(StandardProtocolFamily.INET, tunables()));
  }

  static RxrpcSocket client(RxrpcSocket server) throws IOException {
    RxrpcSocket c = client();
    c.connect(address(server));
    return c;
  }

  /** A server that listens. */
  static RxrpcSocket server() throws IOException {
    return server(tunables());
  }

  static RxrpcSocket server(Tunables tunables) throws IOException {
    RxrpcSocket s = timed(RxrpcSocket.open(StandardProtocolFamily.INET, tunables));
    s.bind(RxrpcAddress.of("127.0.0.1", 0, SERVICE));
    s.listen(100);
    return s;
  }

  /** A blocking operation that hangs fails the test instead. */
  static RxrpcSocket timed(RxrpcSocket s) throws IOException {
    s.setOption(RxrpcOption.RECEIVE_TIMEOUT, PATIENCE);
    s.setOption(RxrpcOption.SEND_TIMEOUT, PATIENCE);
    return s;
  }

  static RxrpcAddress address(RxrpcSocket s) throws IOException {
    RxrpcAddress a = s.getLocalAddress();
    if (a == null) {
      throw new IllegalStateException("not bound");
    }
    return a;
  }

  static ControlMessage.UserCallId id(long tag) {
    return new ControlMessage.UserCallId(tag);
  }

  static Message data(long tag, String text) {
    return Message.of(tag, bytes(text));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** What was received, on one line: {@code 5 "hello" USER_CALL_ID=1 [EOR]}. */
  static String receive(RxrpcSocket s, int room, MsgFlag... flags) throws IOException {
    ByteBuffer b = ByteBuffer.allocate(room);
    ReceivedMessage m = s.recvmsg(b, flags);
    String text = new String(b.array(), 0, b.position(), StandardCharsets.ISO_8859_1);
    String control = m.control().stream().map(Object::toString).collect(Collectors.joining(" "));
    return "%d \"%s\" %s %s"
        .formatted(m.length(), text, control, m.flags().stream().sorted().toList());
  }
}
