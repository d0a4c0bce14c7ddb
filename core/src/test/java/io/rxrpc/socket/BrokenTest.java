// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import static io.rxrpc.socket.SocketWalkThroughTest.assertErrno;
import static io.rxrpc.socket.Sockets.address;
import static io.rxrpc.socket.Sockets.data;
import static io.rxrpc.socket.Sockets.id;
import static io.rxrpc.socket.Sockets.receive;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.security.ClientConnectionSecurity;
import io.rxrpc.security.ClientSecurity;
import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.security.PlainPackets;
import io.rxrpc.security.ResponsePacket;
import io.rxrpc.security.SealedPacket;
import io.rxrpc.socket.SteppedPair.Level;
import io.rxrpc.udp.Errno;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tags end when what sockets stand on breaks. */
class BrokenTest {
  @Test
  @DisplayName("a port that fails ends each tag once, then everything is EIO")
  void port() throws IOException {
    try (SteppedPair pair = new SteppedPair(Level.NONE)) {
      for (int tag = 1; tag <= 3; tag++) {
        pair.request(tag, 100 + tag, Sockets.bytes("x"));
      }
      pair.net.fail(address(pair.client).transport());
      pair.client.sendmsg(data(4, "one too many"));
      pair.pass();
      assertThat(pair.client.poll()).containsExactly(PollEvent.IN, PollEvent.ERR);
      Set<Long> ended = new HashSet<>();
      for (int n = 0; n < 4; n++) {
        ReceivedMessage m = pair.client.recvmsg(ByteBuffer.allocate(10));
        assertThat(m.endOfRecord()).isTrue();
        assertThat(m.has(ControlMessage.Abort.class)).as(m.toString()).isTrue();
        assertThat(ended.add(m.userCallId().orElseThrow())).isTrue();
      }
      assertErrno(Errno.EIO, () -> receive(pair.client, 10));
      assertErrno(Errno.EIO, () -> receive(pair.client, 10, MsgFlag.PEEK));
      assertErrno(Errno.EIO, () -> pair.client.sendmsg(data(1, "x")));
    }
  }

  /** Fails in a way that is no answer. */
  private static final class Defect implements ClientSecurity, ClientConnectionSecurity {
    private final boolean seals;

    Defect(boolean seals) {
      this.seals = seals;
    }

    @Override
    public int securityIndex() {
      return 0;
    }

    @Override
    public ClientConnectionSecurity connect(ConnectionIdentity connection) {
      return this;
    }

    @Override
    public ResponsePacket respond(byte[] challenge, int[] callNumbers) {
      throw new IllegalStateException("planted");
    }

    @Override
    public int headerRoom() {
      return 0;
    }

    @Override
    public int capacity(int payload) {
      return payload;
    }

    @Override
    public int sealedLength(int dataLength) {
      return dataLength;
    }

    @Override
    public void seal(PlainPackets packets) {
      if (!seals) {
        throw new IllegalStateException("planted");
      }
    }

    @Override
    public int unseal(SealedPacket packet, MemorySegment out, long outAt) {
      throw new IllegalStateException("planted");
    }
  }

  /** Whatever the description, the key is this one. */
  private record Key(ClientSecurity security) implements KeyResolver {
    @Override
    public ClientKey key(String description) {
      return level -> security;
    }

    @Override
    public ServerKeyring keyring(String description) throws SocketErrorException {
      throw new SocketErrorException(Errno.ENOKEY, description);
    }
  }

  @ParameterizedTest(name = "seals: {0}")
  @ValueSource(booleans = {false, true})
  @DisplayName("a security class with a defect ends the calls it fails, each once")
  void securityClass(boolean seals) throws IOException {
    try (RxrpcSocket server = Sockets.server();
        RxrpcSocket client = Sockets.client()) {
      client.keys(new Key(new Defect(seals))).setOption(RxrpcOption.SECURITY_KEY, "key");
      client.connect(address(server));
      server.sendmsg(Message.of(Sockets.CHARGE, id(101)));
      if (seals) {
        client.sendmsg(data(1, "x"));
        receive(server, 10);
        server.sendmsg(data(101, "reply"));
        assertThat(receive(client, 10)).contains("USER_CALL_ID=1 ABORT=").endsWith("[EOR]");
      } else {
        client.sendmsg(data(1, "x")); // taken, but it never leaves
        assertThat(receive(client, 10)).contains("USER_CALL_ID=1 LOCAL_ERROR=").endsWith("[EOR]");
      }
      assertErrno(Errno.EAGAIN, () -> receive(client, 10));
    }
  }
}
