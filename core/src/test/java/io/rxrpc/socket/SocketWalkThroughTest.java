// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import static io.rxrpc.socket.Sockets.ACCEPT;
import static io.rxrpc.socket.Sockets.CHARGE;
import static io.rxrpc.socket.Sockets.data;
import static io.rxrpc.socket.Sockets.id;
import static io.rxrpc.socket.Sockets.receive;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.udp.Errno;
import java.io.IOException;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The two examples of the document, step by step. */
class SocketWalkThroughTest {
  static void assertErrno(Errno errno, ThrowingCallable what) {
    Assertions.assertThatExceptionOfType(SocketErrorException.class)
        .isThrownBy(what)
        .satisfies(e -> assertThat(e.errno()).isEqualTo(errno));
  }

  @Test
  @DisplayName("the document's client and server, by NEW_CALL and ACCEPT")
  void newCallAndAccept() throws IOException {
    try (RxrpcSocket server = Sockets.server();
        RxrpcSocket client = Sockets.client(server)) {
      assertThat(client.sendmsg(data(1, "hello "), MsgFlag.MORE)).isEqualTo(6);
      assertThat(client.sendmsg(data(1, "world"))).isEqualTo(5);

      assertThat(receive(server, 100)).isEqualTo("0 \"\" NEW_CALL []");
      assertErrno(
          Errno.EAGAIN, () -> receive(server, 100, MsgFlag.DONTWAIT)); // nothing before ACCEPT
      assertThat(server.sendmsg(Message.of(ACCEPT, id(101)))).isZero();
      assertErrno(Errno.ENODATA, () -> server.sendmsg(Message.of(ACCEPT, id(102))));
      assertThat(receive(server, 4)).isEqualTo("4 \"hell\" USER_CALL_ID=101 [MORE]");
      assertThat(receive(server, 4, MsgFlag.PEEK)).isEqualTo("4 \"o wo\" USER_CALL_ID=101 [MORE]");
      assertThat(receive(server, 100)).isEqualTo("7 \"o world\" USER_CALL_ID=101 []");
      assertThat(server.sendmsg(data(101, "good"), MsgFlag.MORE)).isEqualTo(4);
      assertThat(server.sendmsg(data(101, "bye"))).isEqualTo(3);

      assertThat(receive(client, 2)).isEqualTo("2 \"go\" USER_CALL_ID=1 [MORE]");
      assertThat(receive(client, 100, MsgFlag.PEEK)).isEqualTo("5 \"odbye\" USER_CALL_ID=1 []");
      assertThat(receive(client, 100)).isEqualTo("5 \"odbye\" USER_CALL_ID=1 [EOR]");
      assertErrno(Errno.EAGAIN, () -> receive(client, 100));
      assertThat(receive(server, 100)).isEqualTo("0 \"\" USER_CALL_ID=101 ACK [EOR]");
    }
  }

  @Test
  @DisplayName("calls that were charged for need no ACCEPT")
  void charged() throws IOException {
    try (RxrpcSocket server = Sockets.server();
        RxrpcSocket client = Sockets.client(server)) {
      server.sendmsg(Message.of(CHARGE, id(101)));
      assertErrno(Errno.EBADSLT, () -> server.sendmsg(Message.of(CHARGE, id(101))));
      assertErrno(Errno.EBUSY, () -> server.sendmsg(data(101, "early")));
      client.sendmsg(data(1, ""));
      assertThat(receive(server, 100)).isEqualTo("0 \"\" USER_CALL_ID=101 []");
      server.sendmsg(data(101, ""));
      assertThat(receive(client, 100)).isEqualTo("0 \"\" USER_CALL_ID=1 [EOR]");
      assertThat(receive(server, 100)).isEqualTo("0 \"\" USER_CALL_ID=101 ACK [EOR]");
    }
  }

  @Test
  @DisplayName("an abort frees the tag at once here, and is delivered there")
  void abort() throws IOException {
    try (RxrpcSocket server = Sockets.server();
        RxrpcSocket client = Sockets.client(server)) {
      server.sendmsg(Message.of(CHARGE, id(101)));
      client.sendmsg(data(1, "x"));
      assertThat(receive(server, 0)).isEqualTo("0 \"\" USER_CALL_ID=101 [MORE]");
      server.sendmsg(Message.of(new ControlMessage.Abort(1234), id(101)));
      assertErrno(
          Errno.EBADSLT, () -> server.sendmsg(Message.of(new ControlMessage.Abort(1234), id(101))));
      assertErrno(Errno.EAGAIN, () -> receive(server, 10, MsgFlag.DONTWAIT));
      assertThat(receive(client, 100)).isEqualTo("0 \"\" USER_CALL_ID=1 ABORT=1234 [EOR]");
    }
  }
}
