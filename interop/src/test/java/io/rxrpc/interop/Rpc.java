// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.afs.WellKnownService;
import io.rxrpc.afs.error.AfsErrors;
import io.rxrpc.interop.peers.Cell;
import io.rxrpc.rpc.RpcClient;
import io.rxrpc.udp.PortKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Random;

/** What the tests of this package say often. */
final class Rpc {
  private Rpc() {}

  /** An endpoint on 127.0.0.1 and a port of the system's choice. */
  static RxrpcEndpoint open() throws IOException {
    return RxrpcEndpoint.open(loopback("127.0.0.1", 0));
  }

  static RxrpcEndpoint open(PortKind kind) throws IOException {
    assumeThatThereIs(kind);
    return RxrpcEndpoint.builder().local(loopback("127.0.0.1", 0)).port(kind).open();
  }

  /** Skips the test where the kind of port cannot be had. */
  static void assumeThatThereIs(PortKind kind) {
    boolean linux = System.getProperty("os.name").equals("Linux");
    assumeTrue(linux || kind != PortKind.LINUX, "no " + kind + " port: this is not Linux");
  }

  static InetSocketAddress loopback(String literal, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(literal), port);
  }

  static RxrpcAddress service(InetSocketAddress server, int serviceId) {
    return new RxrpcAddress(server, serviceId);
  }

  /** A typed client of a cell's server, as anybody. */
  static RpcClient client(RxrpcEndpoint endpoint, Cell cell, WellKnownService service) {
    return RpcClient.of(endpoint, at(cell, service)).errors(AfsErrors.TABLES);
  }

  /** A service of a cell. */
  static RxrpcAddress at(Cell cell, WellKnownService service) {
    return service(cell.server(service.port()), service.id());
  }

  /** A request as its octets: the opcode, and parameters that are numbers. */
  static byte[] request(int opcode, int... words) {
    ByteBuffer request = ByteBuffer.allocate(4 + 4 * words.length).putInt(opcode);
    for (int word : words) {
      request.putInt(word);
    }
    return request.array();
  }

  static byte[] random(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /**
   * Nothing was sent again but by tail-loss probes: those ask after some 10 ms already, and a
   * server on a busy machine may take longer.
   */
  static void assertNothingWasLost(RxrpcEndpoint endpoint) {
    Map<String, Long> counters = endpoint.counters();
    assertThat(counters.get("data-resent")).isLessThanOrEqualTo(counters.get("tail-probes"));
    assertThat(counters).containsEntry("timeouts-resend", 0L).containsEntry("fast-recoveries", 0L);
  }
}
