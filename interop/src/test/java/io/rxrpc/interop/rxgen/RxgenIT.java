// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop.rxgen;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.RemoteAbortException;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.RxrpcException;
import io.rxrpc.interop.peers.Needs;
import io.rxrpc.interop.peers.Needs.Peer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From one description C's rxgen and ours make a client and a server each, and all four pairs
 * exchange every type at its bounds, with the octets that the codec without generated code has.
 */
@Needs(Peer.C_RXGEN)
class RxgenIT {
  @TempDir private static Path folder;
  private static Zoo java;
  private static ZooC c;
  private static RxrpcEndpoint endpoint;
  private static RxrpcEndpoint javaServer;
  private static ZooC.Server server;
  private static List<ZooVectors.Vector> vectors;

  @BeforeAll
  static void make() throws Exception {
    java = Zoo.make(folder.resolve("java"));
    c = ZooC.make(folder.resolve("c"));
    vectors = ZooVectors.all(Zoo.description());
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    endpoint = RxrpcEndpoint.open(loopback);
    javaServer = RxrpcEndpoint.open(loopback);
    java.serve(javaServer);
    server = c.serve();
  }

  @AfterAll
  static void end() throws IOException {
    server.close();
    endpoint.close();
    javaServer.close();
    java.close();
  }

  private static void exchange(BinaryOperator<String> client) {
    List<String> wrong = new ArrayList<>();
    for (ZooVectors.Vector vector : vectors) {
      String reply = client.apply(vector.procedure(), vector.request());
      if (!reply.equals(vector.reply())) {
        wrong.add(vector + "\nbut came: " + reply);
      }
    }
    assertThat(vectors).hasSizeGreaterThan(50);
    assertThat(wrong).isEmpty();
  }

  @Test
  void clientInCServerInC() throws IOException {
    try (ZooC.Client client = c.client(server.address())) {
      exchange(client);
    }
  }

  @Test
  void clientInCServerInJava() throws IOException {
    try (ZooC.Client client = c.client(javaServer.localAddress())) {
      exchange(client);
    }
  }

  @Test
  void clientInJavaServerInC() throws ReflectiveOperationException {
    exchange(java.client(endpoint, server.address()));
  }

  @Test
  void clientInJavaServerInJava() throws ReflectiveOperationException {
    exchange(java.client(endpoint, javaServer.localAddress()));
  }

  /** What is wrong with a request is answered alike. */
  @Test
  void bothServersRefuseTheSame() throws IOException {
    for (String request :
        List.of(
            "", // no opcode
            "000000", // less than one
            "00000063", // one that nobody has
            "00000001", // no parameters
            "0000000100000005", // too few
            "0000000c", // the stub that zoo.xg names
            "0000000900000000", // cut within the first of three
            "00000005000000010000000000000011" + "61".repeat(20), // a name of 17, where 16 is most
            "000000070000000600000000ffffffff", // a list with a hostile length
            "0000000700000001" + "00".repeat(8), // cut within a union
            "0000000a")) { // all is well
      assertThat(answer(javaServer.localAddress(), request))
          .as(request)
          .isEqualTo(answer(server.address(), request));
    }
  }

  private static String answer(InetSocketAddress to, String request) throws RxrpcException {
    try {
      byte[] octets = HexFormat.of().parseHex(request);
      byte[] reply = endpoint.call(new RxrpcAddress(to, Zoo.ZOO), octets);
      return HexFormat.of().formatHex(reply);
    } catch (RemoteAbortException e) {
      return "abort " + e.code().value();
    }
  }
}
