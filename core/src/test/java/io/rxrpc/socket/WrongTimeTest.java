// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import static io.rxrpc.socket.SocketWalkThroughTest.assertErrno;
import static io.rxrpc.socket.Sockets.CHARGE;
import static io.rxrpc.socket.Sockets.data;
import static io.rxrpc.socket.Sockets.id;
import static io.rxrpc.socket.Sockets.receive;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.socket.SteppedPair.Level;
import io.rxrpc.udp.Errno;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is sent when it is not the time to send. */
@SuppressWarnings("ClassEscapesDefinedScope")
class WrongTimeTest {
  @ParameterizedTest
  @EnumSource
  @DisplayName("a reply while the request is still coming is EBUSY, and leaves nothing behind")
  void replyTooEarly(Level level) throws IOException {
    try (SteppedPair pair = new SteppedPair(level)) {
      pair.server.sendmsg(Message.of(CHARGE, id(101)));
      assertErrno(Errno.EBUSY, () -> pair.server.sendmsg(data(101, "before the call")));
      pair.client.sendmsg(Message.of(1, new byte[3000]), MsgFlag.MORE);
      pair.pass();
      ControlMessage.TxLength five = new ControlMessage.TxLength(5);
      assertErrno(Errno.EBUSY, () -> pair.server.sendmsg(data(101, "early").with(five)));
      assertErrno(Errno.EBUSY, () -> pair.server.sendmsg(data(101, ""), MsgFlag.MORE));
      receive(pair.server, 100_000);
      assertErrno(Errno.EBUSY, () -> pair.server.sendmsg(data(101, "early")));
      pair.client.sendmsg(data(1, "the rest"));
      pair.pass();
      // it has come wholly, read or not
      assertThat(pair.server.sendmsg(data(101, "reply").with(five))).isEqualTo(5);
      assertErrno(Errno.EPROTO, () -> pair.server.sendmsg(data(101, "more")));
      assertErrno(Errno.EPROTO, () -> pair.client.sendmsg(data(1, "more")));
      pair.pass();
      assertThat(receive(pair.client, 100)).isEqualTo("5 \"reply\" USER_CALL_ID=1 [EOR]");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("an abort while the request is still coming ends the call")
  void abort(Level level) throws IOException {
    try (SteppedPair pair = new SteppedPair(level)) {
      pair.server.sendmsg(Message.of(CHARGE, id(101)));
      pair.client.sendmsg(Message.of(1, new byte[3000]), MsgFlag.MORE);
      pair.pass();
      pair.server.sendmsg(Message.of(id(101), new ControlMessage.Abort(7)));
      pair.pass();
      assertThat(receive(pair.client, 100)).isEqualTo("0 \"\" USER_CALL_ID=1 ABORT=7 [EOR]");
      assertErrno(Errno.EAGAIN, () -> receive(pair.server, 100));
    }
  }
}
