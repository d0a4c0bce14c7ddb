// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import io.rxrpc.tuning.Tunables;
import io.rxrpc.udp.PortKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Random;

/** A server and a client on loopback. */
record Ends(RxrpcEndpoint server, RxrpcEndpoint client) implements AutoCloseable {
  static final int SERVICE = 52;

  /** One way of talking: an implementation of the port and an address family. */
  record Way(PortKind kind, String host) {
    Ends open() throws IOException {
      return open(Tunables.fromProperties());
    }

    Ends open(Tunables tunables) throws IOException {
      RxrpcEndpoint server = endpoint(tunables);
      return new Ends(server, endpoint(tunables));
    }

    private RxrpcEndpoint endpoint(Tunables tunables) throws IOException {
      return RxrpcEndpoint.builder().local(local()).port(kind).tunables(tunables).open();
    }

    InetSocketAddress local() throws IOException {
      return new InetSocketAddress(InetAddress.ofLiteral(host), 0);
    }

    @Override
    public String toString() {
      return kind + " " + host;
    }
  }

  static final Way DEFAULT = new Way(PortKind.LINUX, "127.0.0.1");

  static List<Way> ways() {
    return List.of(
        DEFAULT,
        new Way(PortKind.LINUX, "::1"),
        new Way(PortKind.NIO, "127.0.0.1"),
        new Way(PortKind.NIO, "::1"));
  }

  static List<Way> kinds() {
    return List.of(DEFAULT, new Way(PortKind.NIO, "127.0.0.1"));
  }

  RxrpcAddress address() {
    return address(SERVICE);
  }

  RxrpcAddress address(int service) {
    return new RxrpcAddress(server.localAddress(), service);
  }

  static byte[] bytes(int length) {
    byte[] data = new byte[length];
    new Random(length).nextBytes(data);
    return data;
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
