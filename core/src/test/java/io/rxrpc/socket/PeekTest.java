// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import static io.rxrpc.socket.SocketWalkThroughTest.assertErrno;
import static io.rxrpc.socket.Sockets.data;
import static io.rxrpc.socket.Sockets.id;
import static io.rxrpc.socket.Sockets.receive;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.socket.SteppedPair.Level;
import io.rxrpc.udp.Errno;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** MSG_PEEK: the document's note 2, and MORE with it (4). */
@SuppressWarnings("ClassEscapesDefinedScope")
class PeekTest {
  private static byte[] random(int n) {
    byte[] b = new byte[n];
    new Random(n).nextBytes(b);
    return b;
  }

  private static byte[] peek(RxrpcSocket s, int room, boolean more) throws IOException {
    ByteBuffer b = ByteBuffer.allocate(room);
    ReceivedMessage m = s.recvmsg(b, MsgFlag.PEEK);
    assertThat(m.length()).isEqualTo(b.position());
    assertThat(m.more()).as("MORE of " + m).isEqualTo(more);
    assertThat(m.endOfRecord()).isFalse(); // it takes nothing: the tag stays
    return Arrays.copyOf(b.array(), b.position());
  }

  private static byte[] read(RxrpcSocket s, int room) throws IOException {
    ByteBuffer b = ByteBuffer.allocate(room);
    s.recvmsg(b);
    return Arrays.copyOf(b.array(), b.position());
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("it shows what came after an earlier PEEK, until a header is whole")
  void afterAPeek(Level level) throws IOException {
    try (SteppedPair pair = new SteppedPair(level)) {
      byte[] all = random(9000);
      pair.server.sendmsg(Message.of(Sockets.CHARGE, id(101)));
      pair.client.sendmsg(Message.of(1, Arrays.copyOf(all, 1500)), MsgFlag.MORE);
      pair.pass();
      byte[] first = peek(pair.server, 100_000, true);
      assertThat(first).hasSizeBetween(1300, 1412);
      pair.client.sendmsg(Message.of(1, Arrays.copyOfRange(all, 1500, 4000)), MsgFlag.MORE);
      pair.pass();
      assertThat(peek(pair.server, 100_000, true)).hasSizeGreaterThan(2700);
      pair.client.sendmsg(Message.of(1, Arrays.copyOfRange(all, 4000, 9000)));
      pair.pass();
      assertThat(peek(pair.server, 100_000, false)).isEqualTo(all);
      assertThat(peek(pair.server, 9000, false)).isEqualTo(all);
      assertThat(peek(pair.server, 8999, true)).isEqualTo(Arrays.copyOf(all, 8999));
      assertThat(peek(pair.server, 3, true)).isEqualTo(Arrays.copyOf(all, 3));
      assertThat(peek(pair.server, 0, true)).isEmpty();
      assertThat(read(pair.server, 100_000)).isEqualTo(all);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("it shows what came after a partial read, from where that ended")
  void afterAPartialRead(Level level) throws IOException {
    try (SteppedPair pair = new SteppedPair(level)) {
      byte[] all = random(9000);
      pair.server.sendmsg(Message.of(Sockets.CHARGE, id(101)));
      pair.client.sendmsg(Message.of(1, Arrays.copyOf(all, 1500)), MsgFlag.MORE);
      pair.pass();
      assertThat(read(pair.server, 10)).isEqualTo(Arrays.copyOf(all, 10));
      assertThat(peek(pair.server, 5, true)).isEqualTo(Arrays.copyOfRange(all, 10, 15));
      pair.client.sendmsg(Message.of(1, Arrays.copyOfRange(all, 1500, 9000)));
      pair.pass();
      byte[] rest = Arrays.copyOfRange(all, 10, 9000);
      assertThat(peek(pair.server, 100_000, false)).isEqualTo(rest);
      assertThat(read(pair.server, 4000)).isEqualTo(Arrays.copyOf(rest, 4000));
      rest = Arrays.copyOfRange(rest, 4000, rest.length);
      assertThat(peek(pair.server, rest.length, false)).isEqualTo(rest);
      assertThat(read(pair.server, rest.length)).isEqualTo(rest);
      assertErrno(Errno.EAGAIN, () -> receive(pair.server, 10, MsgFlag.PEEK));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("it shows more than 64 packets")
  void manyPackets(Level level) throws IOException {
    try (SteppedPair pair = new SteppedPair(level)) {
      byte[] all = random(200_000); // 142 packets, and the window has room for them
      pair.server.sendmsg(Message.of(Sockets.CHARGE, id(101)));
      ByteBuffer out = ByteBuffer.wrap(all);
      for (int i = 0; i < 50 && out.hasRemaining(); i++) {
        pair.client.sendmsg(Message.of(1, out));
        pair.pass();
      }
      assertThat(peek(pair.server, 300_000, false)).isEqualTo(all);
      assertThat(read(pair.server, 33)).hasSize(33);
      assertThat(peek(pair.server, 300_000, false))
          .isEqualTo(Arrays.copyOfRange(all, 33, all.length));
      assertThat(read(pair.server, 300_000)).hasSize(all.length - 33);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("an empty packet at the end does not keep MORE set, for PEEK and for reading")
  void emptyEnd(Level level) throws IOException {
    try (SteppedPair pair = new SteppedPair(level)) {
      byte[] all = random(4000);
      pair.server.sendmsg(Message.of(Sockets.CHARGE, id(101)));
      int capacity = level == Level.AUTH ? 1408 : level == Level.ENCRYPT ? 1404 : 1412;
      byte[] two = Arrays.copyOf(all, 2 * capacity);
      pair.client.sendmsg(Message.of(1, two), MsgFlag.MORE);
      pair.client.sendmsg(data(1, ""));
      pair.pass();
      assertThat(peek(pair.server, two.length, false)).isEqualTo(two);
      ByteBuffer b = ByteBuffer.allocate(two.length);
      ReceivedMessage m = pair.server.recvmsg(b);
      assertThat(b.array()).isEqualTo(two);
      assertThat(m.more()).isFalse();
      assertErrno(Errno.EAGAIN, () -> receive(pair.server, 10));
    }
  }

  @Test
  @DisplayName("a reply is shown without EOR, and again, and read with it")
  void reply() throws IOException {
    try (SteppedPair pair = new SteppedPair(Level.NONE)) {
      pair.request(1, 101, Sockets.bytes("x"));
      receive(pair.server, 10);
      pair.server.sendmsg(data(101, "reply"));
      pair.pass();
      for (int i = 0; i < 3; i++) {
        assertThat(receive(pair.client, 5, MsgFlag.PEEK))
            .isEqualTo("5 \"reply\" USER_CALL_ID=1 []");
      }
      assertThat(receive(pair.client, 2)).isEqualTo("2 \"re\" USER_CALL_ID=1 [MORE]");
      assertThat(receive(pair.client, 9, MsgFlag.PEEK)).isEqualTo("3 \"ply\" USER_CALL_ID=1 []");
      assertThat(receive(pair.client, 9)).isEqualTo("3 \"ply\" USER_CALL_ID=1 [EOR]");
      assertErrno(Errno.EAGAIN, () -> receive(pair.client, 9, MsgFlag.PEEK));
    }
  }

  @Test
  @DisplayName("messages without data are shown as they are, and stay")
  void control() throws IOException {
    try (SteppedPair pair = new SteppedPair(Level.NONE)) {
      pair.client.sendmsg(data(1, "x"));
      pair.pass();
      for (int i = 0; i < 2; i++) {
        assertThat(receive(pair.server, 0, MsgFlag.PEEK)).isEqualTo("0 \"\" NEW_CALL []");
      }
      assertThat(receive(pair.server, 0)).isEqualTo("0 \"\" NEW_CALL []");
      assertErrno(Errno.EAGAIN, () -> receive(pair.server, 0, MsgFlag.PEEK));
      pair.server.sendmsg(Message.of(Sockets.ACCEPT, id(101)));
      pair.client.sendmsg(Message.of(id(1), new ControlMessage.Abort(7)));
      pair.pass();
      assertThat(receive(pair.server, 9, MsgFlag.PEEK)).isEqualTo("1 \"x\" USER_CALL_ID=101 []");
      receive(pair.server, 9);
      for (int i = 0; i < 2; i++) {
        assertThat(receive(pair.server, 9, MsgFlag.PEEK))
            .isEqualTo("0 \"\" USER_CALL_ID=101 ABORT=7 [EOR]");
        assertThat(SocketAccess.table(pair.server).find(101)).isNotNull();
      }
      receive(pair.server, 9);
      assertThat(SocketAccess.table(pair.server).find(101)).isNull();
    }
  }

  @Test
  @DisplayName("it shows one call, the first, and not what is behind another one's message")
  void otherCalls() throws IOException {
    try (SteppedPair pair = new SteppedPair(Level.NONE)) {
      pair.request(1, 101, Sockets.bytes("one"));
      pair.request(2, 102, Sockets.bytes("two"));
      assertThat(receive(pair.server, 9, MsgFlag.PEEK)).isEqualTo("3 \"one\" USER_CALL_ID=101 []");
      receive(pair.server, 9);
      assertThat(receive(pair.server, 9, MsgFlag.PEEK)).isEqualTo("3 \"two\" USER_CALL_ID=102 []");
      pair.client.sendmsg(Message.of(id(2), new ControlMessage.Abort(7)));
      pair.pass();
      assertThat(receive(pair.server, 9, MsgFlag.PEEK)).isEqualTo("3 \"two\" USER_CALL_ID=102 []");
      pair.server.sendmsg(Message.of(id(102), new ControlMessage.Abort(7)));
      assertErrno(Errno.EAGAIN, () -> receive(pair.server, 9, MsgFlag.PEEK));
    }
  }
}
