// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import static io.rxrpc.socket.SocketWalkThroughTest.assertErrno;
import static io.rxrpc.socket.Sockets.data;
import static io.rxrpc.socket.Sockets.id;
import static io.rxrpc.socket.Sockets.receive;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.socket.SteppedPair.Level;
import io.rxrpc.udp.Errno;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Data that fails its check ends the call with exactly one terminal message, whatever had become of
 * the call before it was read: the tag is free then, and silent.
 */
@SuppressWarnings("ClassEscapesDefinedScope")
class RefusedDataTest {
  private static final String REFUSED = "USER_CALL_ID=%d ABORT=RXKADSEALEDINCON (19270410) [EOR]";
  private static final byte[] LONG = new byte[20_000];

  private static void nothingElse(RxrpcSocket s, long tag) throws IOException {
    assertErrno(Errno.EAGAIN, () -> receive(s, 100));
    assertErrno(Errno.EBADSLT, () -> s.sendmsg(Message.of(id(tag), new ControlMessage.Abort(7))));
    assertThat(SocketAccess.table(s).find(tag)).isNull();
  }

  private static void refusedOnce(RxrpcSocket s, long tag) throws IOException {
    assertThat(receive(s, 100)).endsWith(REFUSED.formatted(tag));
    nothingElse(s, tag);
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  @DisplayName("a whole reply with a wrong checksum: recvmsg tells of the end at once")
  void wholeReply(Level level) throws IOException {
    try (SteppedPair pair = new SteppedPair(level)) {
      pair.request(1, 101, Sockets.bytes("x"));
      receive(pair.server, 10);
      pair.ofServer = SteppedPair.flip(1, Header.CHECKSUM);
      pair.server.sendmsg(data(101, "reply"));
      pair.pass();
      refusedOnce(pair.client, 1);
      pair.pass(Duration.ofMinutes(1));
      nothingElse(pair.client, 1);
      assertThat(receive(pair.server, 10)).contains("USER_CALL_ID=101 ACK [EOR]");
      pair.ofServer = p -> p;
      pair.request(1, 101, Sockets.bytes("the tags again"));
      assertThat(receive(pair.server, 100)).contains("the tags again");
    }
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  @DisplayName("a whole reply of several packets, the last of them wrong, part of it read before")
  void lastPacket(Level level) throws IOException {
    try (SteppedPair pair = new SteppedPair(level)) {
      pair.request(1, 101, Sockets.bytes("x"));
      receive(pair.server, 10);
      int packets = (LONG.length + 1499) / 1412 + 1; // the last has the least to do with the others
      int[] seen = {0};
      pair.ofServer =
          p -> {
            if (Header.seq(MemorySegment.ofArray(p), 0) > seen[0]) {
              seen[0] = Header.seq(MemorySegment.ofArray(p), 0);
            }
            if ((p[Header.FLAGS] & Flags.LAST_PACKET) != 0) {
              p[Header.CHECKSUM] ^= 1;
            }
            return p;
          };
      pair.server.sendmsg(Message.of(101, LONG));
      pair.pass(Duration.ofSeconds(2));
      assertThat(seen[0]).isGreaterThan(packets / 8); // jumbo datagrams count once
      assertThat(receive(pair.client, 5000)).endsWith("USER_CALL_ID=1 [MORE]");
      receive(pair.client, 5000, MsgFlag.PEEK);
      String m = receive(pair.client, 100_000);
      while (!m.endsWith("[EOR]")) {
        m = receive(pair.client, 100_000);
      }
      assertThat(m).endsWith(REFUSED.formatted(1));
      nothingElse(pair.client, 1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AUTH", "ENCRYPT"})
  @DisplayName("a wrong sealed length is no other")
  void sealedLength(Level level) throws IOException {
    try (SteppedPair pair = new SteppedPair(level)) {
      pair.request(1, 101, Sockets.bytes("x"));
      receive(pair.server, 10);
      pair.ofServer = SteppedPair.flip(1, Header.LENGTH + 3);
      pair.server.sendmsg(data(101, "reply"));
      pair.pass();
      String m = receive(pair.client, 100);
      assertThat(m).contains("USER_CALL_ID=1 ABORT=").endsWith("[EOR]");
      nothingElse(pair.client, 1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  @DisplayName("PEEK meets the wrong packet: it shows the end, and leaves it there")
  void peek(Level level) throws IOException {
    try (SteppedPair pair = new SteppedPair(level)) {
      pair.request(1, 101, Sockets.bytes("x"));
      receive(pair.server, 10);
      pair.ofServer = SteppedPair.flip(1, Header.CHECKSUM);
      pair.server.sendmsg(data(101, "reply"));
      pair.pass();
      assertThat(receive(pair.client, 100, MsgFlag.PEEK)).endsWith(REFUSED.formatted(1));
      assertThat(receive(pair.client, 100, MsgFlag.PEEK)).endsWith(REFUSED.formatted(1));
      refusedOnce(pair.client, 1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  @DisplayName("a request that is wrong: the call is aborted, and both tags end")
  void request(Level level) throws IOException {
    try (SteppedPair pair = new SteppedPair(level)) {
      pair.ofClient = SteppedPair.flip(1, Header.CHECKSUM);
      pair.request(1, 101, Sockets.bytes("request"));
      refusedOnce(pair.server, 101);
      pair.pass();
      refusedOnce(pair.client, 1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  @DisplayName("a request that is wrong and was aborted by its client before it was read")
  void abortedRequest(Level level) throws IOException {
    try (SteppedPair pair = new SteppedPair(level)) {
      pair.ofClient = SteppedPair.flip(1, Header.CHECKSUM);
      pair.request(1, 101, Sockets.bytes("request"));
      pair.client.sendmsg(Message.of(id(1), new ControlMessage.Abort(7)));
      pair.pass();
      assertThat(receive(pair.server, 100)).isEqualTo("0 \"\" USER_CALL_ID=101 ABORT=7 [EOR]");
      nothingElse(pair.server, 101);
    }
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  @DisplayName("a request that is wrong and is read only when its reply has been acknowledged")
  void answeredRequest(Level level) throws IOException {
    try (SteppedPair pair = new SteppedPair(level)) {
      pair.ofClient = SteppedPair.flip(1, Header.CHECKSUM);
      pair.request(1, 101, Sockets.bytes("request"));
      pair.server.sendmsg(data(101, "blind"));
      pair.pass();
      assertThat(receive(pair.client, 100)).endsWith("USER_CALL_ID=1 [EOR]");
      pair.pass();
      refusedOnce(pair.server, 101);
    }
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  @DisplayName("a request that is wrong and whose client has fallen silent: the time limit's end")
  void silentClient(Level level) throws IOException {
    try (SteppedPair pair = new SteppedPair(level)) {
      pair.ofClient = SteppedPair.flip(1, Header.CHECKSUM);
      pair.server.sendmsg(Message.of(Sockets.CHARGE, id(101)));
      pair.client.sendmsg(Message.of(1, new byte[3000]), MsgFlag.MORE);
      pair.pass();
      pair.ofClient = p -> new byte[0];
      pair.client.shutdown();
      pair.pass(Duration.ofMinutes(3));
      String m = receive(pair.server, 100);
      assertThat(m).contains("USER_CALL_ID=101 ABORT=").endsWith("[EOR]");
      nothingElse(pair.server, 101);
    }
  }
}
