// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import static io.rxrpc.socket.SocketWalkThroughTest.assertErrno;
import static io.rxrpc.socket.Sockets.data;
import static io.rxrpc.socket.Sockets.receive;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.udp.Errno;
import io.rxrpc.wire.Abort;
import io.rxrpc.wire.AbortCodes;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A connection goes to one service. */
class OtherServiceTest {
  @Test
  @DisplayName("reply DATA of another service is refused with an ABORT, and not delivered")
  void reply() throws IOException {
    try (RawPeer server = new RawPeer();
        RxrpcSocket client = Sockets.client()) {
      client.connect(server.address(52));
      client.sendmsg(data(1, "x"));
      byte[] request = server.await(PacketType.DATA);
      byte[] other = request.clone();
      Header.setServiceId(MemorySegment.ofArray(other), 0, 53);
      server.answer(other, PacketType.DATA, 1, 1, Flags.LAST_PACKET, RawPeer.bytes("not ours"));
      byte[] refusal = server.await(PacketType.ABORT);
      MemorySegment abort = MemorySegment.ofArray(refusal);
      assertThat(Abort.code(abort, 0)).isEqualTo(AbortCodes.RX_PROTOCOL_ERROR);
      assertThat(Header.callNumber(abort, 0)).isEqualTo(1);
      assertThat(Header.serviceId(abort, 0)).isEqualTo(53);
      assertThat(Header.flags(abort, 0) & Flags.CLIENT_INITIATED).isNotZero();
      assertErrno(Errno.EAGAIN, () -> receive(client, 100, MsgFlag.DONTWAIT));
      // as a server's, our call lives: who sent that is not the one it was made to
      server.answer(request, PacketType.DATA, 1, 1, Flags.LAST_PACKET, RawPeer.bytes("ours"));
      assertThat(receive(client, 100)).isEqualTo("4 \"ours\" USER_CALL_ID=1 [EOR]");
    }
  }

  @Test
  @DisplayName("so is the rest of a reply that began well")
  void laterPacket() throws IOException {
    try (RawPeer server = new RawPeer();
        RxrpcSocket client = Sockets.client()) {
      client.connect(server.address(52));
      client.sendmsg(data(1, "x"));
      byte[] request = server.await(PacketType.DATA);
      byte[] other = request.clone();
      Header.setServiceId(MemorySegment.ofArray(other), 0, 53);
      server.answer(request, PacketType.DATA, 1, 1, 0, RawPeer.bytes("ours"));
      server.answer(other, PacketType.DATA, 1, 2, Flags.LAST_PACKET, RawPeer.bytes(" not"));
      server.await(PacketType.ABORT);
      server.answer(request, PacketType.DATA, 1, 2, Flags.LAST_PACKET, RawPeer.bytes(" too"));
      assertThat(receive(client, 100)).isEqualTo("8 \"ours too\" USER_CALL_ID=1 [EOR]");
    }
  }
}
