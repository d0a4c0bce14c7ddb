// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import static io.rxrpc.socket.SocketWalkThroughTest.assertErrno;
import static io.rxrpc.socket.Sockets.ACCEPT;
import static io.rxrpc.socket.Sockets.data;
import static io.rxrpc.socket.Sockets.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.RxrpcAddress;
import io.rxrpc.key.KeyException;
import io.rxrpc.key.KeyFacility;
import io.rxrpc.key.KeyType;
import io.rxrpc.key.Keyring;
import io.rxrpc.key.RxkadToken;
import io.rxrpc.key.TokenWriter;
import io.rxrpc.security.rxkad.TicketIssuer;
import io.rxrpc.udp.Errno;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** MANAGE_RESPONSE: challenges that the application answers, with a server that takes rxkad. */
@Tag("long")
class ChallengeTest {
  private static final byte[] SECRET = {0x10, 0x32, 0x54, 0x76, 0x19, 0x3b, 0x5d, 0x7f};
  private static final ControlMessage.Respond RESPOND = new ControlMessage.Respond();

  private RxrpcSocket server;
  private RxrpcSocket client;

  @BeforeEach
  void open() throws IOException, KeyException {
    RxkadToken token =
        TicketIssuer.classic(5, SECRET, new SecureRandom())
            .issue("user", "", "", Instant.now().minusSeconds(60), Duration.ofHours(10));
    KeyFacility facility = new KeyFacility(InstantSource.system());
    Keyring ring = facility.process().addKeyring("AFSkeys");
    ring.add(KeyType.RXRPC_S, Sockets.SERVICE + ":2", SECRET.clone());
    facility.process().add(KeyType.RXRPC, "key", TokenWriter.versionOne(token));
    server = Sockets.client();
    server.keys(KeyResolver.of(facility)).setOption(RxrpcOption.SECURITY_KEYRING, "AFSkeys");
    server.bind(RxrpcAddress.of("127.0.0.1", 0, Sockets.SERVICE));
    server.listen(10);
    client = Sockets.client();
    client.keys(KeyResolver.of(facility)).setOption(RxrpcOption.SECURITY_KEY, "key");
    client.setOption(RxrpcOption.MANAGE_RESPONSE, true);
    client.connect(Sockets.address(server));
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  /** The next message, which is a CHALLENGE; returns its id. */
  private ControlMessage.OobId challenged() throws IOException {
    ReceivedMessage m = client.recvmsg(ByteBuffer.allocate(100));
    assertThat(m.control()).hasSize(2);
    assertThat(m.userCallId()).isEmpty();
    assertThat(m.length()).isZero();
    assertThat(m.flags()).containsExactly(MsgFlag.OOB);
    assertThat(m.address()).isEqualTo(Sockets.address(server));
    ControlMessage.Challenged c = m.find(ControlMessage.Challenged.class);
    assertThat(c.toString()).isEqualTo("CHALLENGED=52:2");
    assertThat(c.challenge().remaining()).isEqualTo(16);
    return m.find(ControlMessage.OobId.class);
  }

  private void answered() throws IOException {
    Sockets.receive(server, 100);
    server.sendmsg(Message.of(ACCEPT, id(101)));
    assertThat(Sockets.receive(server, 100)).isEqualTo("5 \"hello\" USER_CALL_ID=101 []");
    server.sendmsg(data(101, "world"));
    assertThat(Sockets.receive(client, 100)).isEqualTo("5 \"world\" USER_CALL_ID=1 [EOR]");
  }

  @Test
  @DisplayName("RESPOND without data lets the key answer, and the call goes through")
  void keyAnswers() throws IOException {
    client.sendmsg(data(1, "hello"));
    assertThat(client.poll(EnumSet.of(PollEvent.IN), Duration.ofSeconds(20)))
        .containsExactly(PollEvent.IN);
    ReceivedMessage peeked = client.recvmsg(ByteBuffer.allocate(0), MsgFlag.PEEK);
    ControlMessage.OobId oob = challenged();
    assertThat(peeked.control()).contains(oob);
    assertThat(server.poll(EnumSet.of(PollEvent.IN), Duration.ofMillis(50))).isEmpty();
    assertThat(client.sendmsg(Message.of(oob, RESPOND))).isZero();
    assertErrno(Errno.EBADSLT, () -> client.sendmsg(Message.of(oob, RESPOND)));
    answered();
  }

  @Test
  @DisplayName("data is the RESPONSE")
  void applicationAnswers() throws IOException {
    client.sendmsg(data(1, "hello"));
    ControlMessage.OobId oob = challenged();
    byte[] wrong = {1, 2, 3};
    Message m = Message.of(oob, RESPOND);
    assertThat(client.sendmsg(new Message(null, m.control(), ByteBuffer.wrap(wrong)), MsgFlag.OOB))
        .isEqualTo(3);
    assertThat(Sockets.receive(client, 100))
        .isEqualTo("0 \"\" USER_CALL_ID=1 ABORT=RXKADPACKETSHORT (19270401) [EOR]");
  }

  @Test
  @DisplayName("an ABORT beside it rejects the challenge: the connection and its calls are aborted")
  void rejects() throws IOException {
    client.sendmsg(data(1, "hello"));
    client.sendmsg(data(2, "hello"));
    // each has a connection of its own until the server has believed who calls
    for (ControlMessage.OobId oob : List.of(challenged(), challenged())) {
      client.sendmsg(Message.of(oob, RESPOND, new ControlMessage.Abort(4711)));
    }
    assertThat(List.of(Sockets.receive(client, 100), Sockets.receive(client, 100)))
        .containsExactlyInAnyOrder(
            "0 \"\" USER_CALL_ID=1 ABORT=4711 [EOR]", "0 \"\" USER_CALL_ID=2 ABORT=4711 [EOR]");
    assertErrno(Errno.EAGAIN, () -> Sockets.receive(client, 100));
    assertThat(server.poll(EnumSet.of(PollEvent.IN), Duration.ofMillis(50))).isEmpty();
  }

  @Test
  @Tag("R-74")
  @DisplayName("R-74: a challenge expires with the last call on its connection")
  void expires() throws IOException {
    client.sendmsg(data(1, "hello"));
    client.sendmsg(data(2, "hello"));
    ControlMessage.OobId oob = challenged();
    client.sendmsg(Message.of(id(1), new ControlMessage.Abort(1)));
    client.sendmsg(Message.of(id(2), new ControlMessage.Abort(1)));
    assertErrno(Errno.EBADSLT, () -> client.sendmsg(Message.of(oob, RESPOND)));
    // one that nobody has received is not delivered any more
    client.sendmsg(data(3, "hello"));
    client.poll(EnumSet.of(PollEvent.IN), Duration.ofSeconds(20));
    client.sendmsg(Message.of(id(3), new ControlMessage.Abort(1)));
    assertThat(client.poll()).containsExactly(PollEvent.OUT);
    assertErrno(Errno.EAGAIN, () -> Sockets.receive(client, 100));
  }

  @Test
  @DisplayName("a connection is challenged once")
  void once() throws IOException {
    client.sendmsg(data(1, "hello"));
    client.sendmsg(Message.of(challenged(), RESPOND));
    answered();
    client.sendmsg(data(1, "hello"));
    answered(); // secured for its lifetime: no challenge again
  }

  @Test
  @DisplayName("what cannot be")
  void refused() throws IOException {
    ControlMessage.OobId oob = new ControlMessage.OobId(1);
    assertErrno(Errno.EBADSLT, () -> client.sendmsg(Message.of(oob, RESPOND)));
    assertErrno(Errno.EBADSLT, () -> client.sendmsg(Message.of(oob, new ControlMessage.Abort(1))));
    assertErrno(Errno.EINVAL, () -> client.sendmsg(Message.of(oob)));
    assertErrno(Errno.EINVAL, () -> client.sendmsg(Message.of(RESPOND)));
    assertErrno(Errno.EINVAL, () -> client.sendmsg(Message.of(id(1), RESPOND)));
    assertErrno(Errno.EINVAL, () -> client.sendmsg(Message.of(id(1), oob, RESPOND)));
    assertErrno(Errno.EINVAL, () -> client.sendmsg(Message.of(oob, RESPOND, ACCEPT)));
    assertErrno(Errno.EOPNOTSUPP, () -> client.sendmsg(data(1, "x"), MsgFlag.OOB));
    assertErrno(Errno.EISCONN, () -> client.setOption(RxrpcOption.MANAGE_RESPONSE, false));
    assertThat(client.getOption(RxrpcOption.SUPPORTED_CMSG)).isEqualTo(14);
  }
}
