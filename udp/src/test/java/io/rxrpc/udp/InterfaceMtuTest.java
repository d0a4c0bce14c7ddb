// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a port knows of the interface by which a peer is reached. */
class InterfaceMtuTest {
  private static int loopback() throws SocketException {
    return NetworkInterface.networkInterfaces()
        .filter(i -> i.getName().equals("lo"))
        .findFirst()
        .orElseThrow()
        .getMTU();
  }

  @ParameterizedTest
  @CsvSource({
    "LINUX,127.0.0.1,127.0.0.1",
    "LINUX,::1,::1",
    "LINUX,0.0.0.0,127.0.0.1",
    "LINUX,::,127.0.0.1",
    "LINUX,127.9.9.9,127.9.9.9",
    "NIO,127.0.0.1,127.0.0.1",
    "NIO,::1,::1",
    "NIO,0.0.0.0,127.0.0.1"
  })
  void isThatOfLoopbackForWhoIsHere(PortKind kind, String bind, String to) throws IOException {
    try (DatagramPort server = Loopback.open(kind, bind);
        DatagramPort client = Loopback.open(kind, to.equals("::1") ? to : "127.0.0.1")) {
      InetAddress peer = client.localAddress().getAddress();
      InetSocketAddress address = Loopback.at(to, server.localAddress().getPort());
      Loopback.send(client, address, "hello");
      ReceiveBatch batch = new ReceiveBatch();
      while (server.receive(batch, Loopback.PATIENCE) == 0) {
        // woken for something else
      }
      assertThat(server.interfaceMtu(batch.local(0), peer)).isEqualTo(loopback());
    }
  }

  @Test
  void isUnknownBeforeAnythingHasCome() throws IOException {
    try (DatagramPort port = Loopback.open(PortKind.LINUX, "127.0.0.1")) {
      InetAddress here = port.localAddress().getAddress();
      assertThat(port.interfaceMtu(here, here)).isZero();
      assertThat(port.interfaceMtu(null, here)).isZero();
    }
  }

  @Test
  void isTheLeastOfAllWhereThePortCannotTellByWhichAPeerIsReached() throws IOException {
    int least =
        NetworkInterface.networkInterfaces()
            .filter(i -> !i.getName().equals("lo"))
            .mapToInt(InterfaceMtuTest::mtuIfUp)
            .filter(mtu -> mtu > 0)
            .min()
            .orElse(0);
    try (DatagramPort port = Loopback.open(PortKind.NIO, "0.0.0.0")) {
      InetAddress far = InetAddress.ofLiteral("192.0.2.1");
      assertThat(port.interfaceMtu(null, far)).isEqualTo(least);
    }
  }

  private static int mtuIfUp(NetworkInterface i) {
    try {
      return i.isUp() ? i.getMTU() : 0;
    } catch (SocketException e) {
      throw new AssertionError(e);
    }
  }
}
