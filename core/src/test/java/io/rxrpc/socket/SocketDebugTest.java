// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import static io.rxrpc.socket.SocketWalkThroughTest.assertErrno;
import static io.rxrpc.socket.Sockets.address;
import static io.rxrpc.socket.Sockets.data;
import static io.rxrpc.socket.Sockets.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.udp.Errno;
import io.rxrpc.wire.DebugConnection;
import io.rxrpc.wire.DebugStats;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.RxStatistics;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.EnumSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Requests for debugging as control messages. */
class SocketDebugTest {
  private static Message ask(long id, int type, int index) {
    return Message.of(new ControlMessage.DebugId(id), new ControlMessage.DebugRequest(type, index));
  }

  @Test
  @DisplayName("a server that allows it tells about itself")
  void answers() throws IOException {
    try (RxrpcSocket server = Sockets.server();
        RxrpcSocket client = Sockets.client(server)) {
      server.setOption(RxrpcOption.ANSWER_DEBUG, true);
      assertThat(server.getOption(RxrpcOption.ANSWER_DEBUG)).isTrue();
      client.sendmsg(data(1, "x"));
      Sockets.receive(server, 10);
      int[] lengths = {
        DebugStats.RECORD, DebugConnection.RECORD, DebugConnection.RECORD, RxStatistics.RECORD
      };
      for (int type = 1; type <= lengths.length; type++) {
        client.sendmsg(ask(7, type, 0));
        ByteBuffer b = ByteBuffer.allocate(Header.LENGTH + 300).position(Header.LENGTH);
        ReceivedMessage m = client.recvmsg(b);
        assertThat(m.control())
            .containsExactly(new ControlMessage.DebugId(7), new ControlMessage.DebugReply(type));
        assertThat(m.length()).isEqualTo(lengths[type - 1]);
        assertThat(m.endOfRecord()).isTrue();
        if (type == 2) {
          MemorySegment record = MemorySegment.ofArray(b.array());
          assertThat(DebugConnection.port(record, 0))
              .isEqualTo(address(client).transport().getPort());
          assertThat(DebugConnection.callNumber(record, 0, 0)).isEqualTo(1);
        }
      }
      client.sendmsg(ask(7, 3, 1).to(address(server)));
      ByteBuffer b = ByteBuffer.allocate(Header.LENGTH + 300).position(Header.LENGTH);
      assertThat(client.recvmsg(b.limit(Header.LENGTH + 100)).more()).isTrue();
      assertThat(client.recvmsg(b.limit(Header.LENGTH + 300)).endOfRecord()).isTrue();
      assertThat(DebugConnection.isEnd(MemorySegment.ofArray(b.array()), 0)).isTrue();
    }
  }

  @Test
  @Tag("R-22")
  @DisplayName("R-22: a server says nothing unless it is told to")
  void silence() throws IOException {
    try (RxrpcSocket server = Sockets.server();
        RxrpcSocket client = Sockets.client(server)) {
      client.sendmsg(ask(7, 1, 0));
      assertThat(client.poll(EnumSet.of(PollEvent.IN), Duration.ofMillis(200))).isEmpty();
      Message forget = Message.of(new ControlMessage.DebugId(7), new ControlMessage.Abort(1));
      client.sendmsg(forget);
      assertErrno(Errno.EBADSLT, () -> client.sendmsg(forget));
      assertErrno(Errno.EAGAIN, () -> Sockets.receive(client, 10));
    }
  }

  @Test
  @DisplayName("a debug id takes the place of a tag, and only there")
  void ids() throws IOException {
    try (RxrpcSocket client = Sockets.client()) {
      assertErrno(Errno.EDESTADDRREQ, () -> client.sendmsg(ask(7, 1, 0)));
      assertErrno(
          Errno.EINVAL,
          () -> client.sendmsg(Message.of(id(7), new ControlMessage.DebugRequest(1, 0))));
      assertErrno(
          Errno.EINVAL, () -> client.sendmsg(Message.of(new ControlMessage.DebugId(7), id(7))));
      assertErrno(Errno.EINVAL, () -> client.sendmsg(Message.of(new ControlMessage.DebugId(7))));
    }
  }
}
