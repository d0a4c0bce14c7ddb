// SPDX-License-Identifier: Apache-2.0
/**
 * RxRPC for Java: remote calls over Rx, the transport of AFS and of Linux's AF_RXRPC. Five programs
 * to begin with; each is a whole file that {@code java FILE} runs.
 *
 * <h2>A call</h2>
 *
 * {@snippet lang=java :
 * import io.rxrpc.RxrpcAddress;
 * import io.rxrpc.RxrpcEndpoint;
 * import java.nio.charset.StandardCharsets;
 *
 * void main() throws Exception {
 *   try (RxrpcEndpoint endpoint = RxrpcEndpoint.open()) {
 *     RxrpcAddress server = RxrpcAddress.of("localhost", 7100, 100);
 *     byte[] reply = endpoint.call(server, "hello".getBytes(StandardCharsets.UTF_8));
 *     IO.println(new String(reply, StandardCharsets.UTF_8));
 *   }
 * }
 * }
 *
 * <h2>A server</h2>
 *
 * An endpoint that serves keeps the program alive until it is closed.
 *
 * {@snippet lang=java :
 * import io.rxrpc.RxrpcEndpoint;
 * import java.net.InetSocketAddress;
 *
 * void main() throws Exception {
 *   RxrpcEndpoint endpoint = RxrpcEndpoint.open(new InetSocketAddress(7100));
 *   endpoint.serve(100, call -> call.endReply(call.readAll(1 << 20))); // requests of at most 1 MiB
 * }
 * }
 *
 * <h2>A secured pair</h2>
 *
 * The server wants everything encrypted, and learns who calls.
 *
 * {@snippet lang=java :
 * import io.rxrpc.CallOptions;
 * import io.rxrpc.RxrpcAddress;
 * import io.rxrpc.RxrpcEndpoint;
 * import io.rxrpc.ServiceOptions;
 * import io.rxrpc.key.RxkadToken;
 * import io.rxrpc.security.SecurityLevel;
 * import io.rxrpc.security.rxkad.ServerKeys;
 * import io.rxrpc.security.rxkad.TicketIssuer;
 * import java.net.InetSocketAddress;
 * import java.nio.charset.StandardCharsets;
 * import java.security.SecureRandom;
 * import java.time.Duration;
 * import java.time.Instant;
 * import java.util.HexFormat;
 *
 * void main() throws Exception {
 *   byte[] key = HexFormat.of().parseHex("0123456789abcdef"); // of the service, with odd parity
 *   ServiceOptions secured =
 *       ServiceOptions.rxkad(ServerKeys.des(1, key)).minimumLevel(SecurityLevel.ENCRYPT);
 *   RxkadToken token =
 *       TicketIssuer.classic(1, key, new SecureRandom())
 *           .issue("alice", "", "example.com", Instant.now(), Duration.ofHours(10));
 *   try (RxrpcEndpoint server = RxrpcEndpoint.open(new InetSocketAddress("127.0.0.1", 0));
 *       RxrpcEndpoint client = RxrpcEndpoint.open()) {
 *     server.serve(
 *         100, secured, call -> call.endReply(call.identity().principal().getBytes(StandardCharsets.UTF_8)));
 *     RxrpcAddress address = RxrpcAddress.of("127.0.0.1", server.localAddress().getPort(), 100);
 *     byte[] caller =
 *         client.call(address, new byte[0], CallOptions.DEFAULT.token(token, SecurityLevel.ENCRYPT));
 *     IO.println(new String(caller, StandardCharsets.UTF_8));
 *   }
 * }
 * }
 *
 * <h2>A stream of 1 GiB</h2>
 *
 * In constant memory: whoever is faster waits for the other.
 *
 * {@snippet lang=java :
 * import io.rxrpc.ClientCall;
 * import io.rxrpc.RxrpcAddress;
 * import io.rxrpc.RxrpcEndpoint;
 * import java.io.InputStream;
 * import java.io.OutputStream;
 * import java.net.InetSocketAddress;
 *
 * void main() throws Exception {
 *   try (RxrpcEndpoint server = RxrpcEndpoint.open(new InetSocketAddress("127.0.0.1", 0));
 *       RxrpcEndpoint client = RxrpcEndpoint.open()) {
 *     server.serve(
 *         100,
 *         call -> {
 *           byte[] block = new byte[1 << 16];
 *           for (int i = 0; i < 1 << 14; i++) {
 *             call.reply().write(block);
 *           }
 *         });
 *     RxrpcAddress address = RxrpcAddress.of("127.0.0.1", server.localAddress().getPort(), 100);
 *     try (ClientCall call = client.begin(address)) {
 *       call.endRequest();
 *       try (InputStream reply = call.reply()) {
 *         IO.println(reply.transferTo(OutputStream.nullOutputStream()) + " octets");
 *       }
 *     }
 *   }
 * }
 * }
 *
 * <h2>The volumes of a cell</h2>
 *
 * With the module {@code io.rxrpc.afs} beside this one.
 *
 * {@snippet lang=java :
 * import io.rxrpc.RxrpcEndpoint;
 * import io.rxrpc.afs.WellKnownService;
 * import io.rxrpc.afs.vl.Vldb;
 *
 * void main(String[] arguments) throws Exception {
 *   try (RxrpcEndpoint endpoint = RxrpcEndpoint.open()) {
 *     Vldb vl = new Vldb(endpoint, WellKnownService.VL.at(arguments[0]));
 *     vl.entries().forEach(volume -> IO.println(volume.name() + " " + volume.sites()));
 *   }
 * }
 * }
 */
module io.rxrpc {
  requires transitive io.rxrpc.udp;
  requires static org.jspecify;

  uses io.rxrpc.AbortCodeTable;
  uses io.rxrpc.security.rxkad.WideFcryptSource;

  exports io.rxrpc;
  exports io.rxrpc.key;
  exports io.rxrpc.machine;
  exports io.rxrpc.security;
  exports io.rxrpc.security.rxgk;
  exports io.rxrpc.security.rxkad;
  exports io.rxrpc.security.krb to
      io.rxrpc.tokens,
      io.rxrpc.testkit,
      io.rxrpc.bench,
      io.rxrpc.load,
      io.rxrpc.cli;
  exports io.rxrpc.socket;
  exports io.rxrpc.tuning;
  exports io.rxrpc.wire to
      io.rxrpc.testkit,
      io.rxrpc.cli,
      io.rxrpc.load,
      io.rxrpc.bench,
      io.rxrpc.interop;
  exports io.rxrpc.engine to
      io.rxrpc.testkit,
      io.rxrpc.bench;
  exports io.rxrpc.engine.packet to
      io.rxrpc.testkit,
      io.rxrpc.bench;
  exports io.rxrpc.engine.policy to
      io.rxrpc.testkit,
      io.rxrpc.bench;
  exports io.rxrpc.engine.table to
      io.rxrpc.testkit,
      io.rxrpc.bench;
  exports io.rxrpc.driver to
      io.rxrpc.testkit,
      io.rxrpc.cli,
      io.rxrpc.bench,
      io.rxrpc.interop;
}
