// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.examples;

import io.rxrpc.AbortCode;
import io.rxrpc.CallAbort;
import io.rxrpc.RxrpcConnection;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.ServerCall;
import io.rxrpc.ServiceOptions;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.rxkad.ServerKeys;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A server that knows its clients by rxkad: everybody with a ticket may read its text, and a few
 * may change it. It keeps a count on each client's connection.
 */
public final class GuardedServer {
  /** The service it offers. */
  public static final int SERVICE = 101;

  /** A request of nothing but this reads the text. */
  public static final byte READ = 1;

  /** A request that begins with this changes the text. */
  public static final byte WRITE = 2;

  private static final int MAX_REQUEST = 4096;

  private final Set<String> writers;
  private final AtomicReference<byte[]> text = new AtomicReference<>(new byte[0]);

  private GuardedServer(Set<String> writers) {
    this.writers = Set.copyOf(writers);
  }

  /** The calls that came on one connection. */
  private record Visits(AtomicInteger count) {
    static Visits begin(RxrpcConnection connection) {
      connection.onClosed(() -> System.out.println("gone: " + connection));
      return new Visits(new AtomicInteger());
    }
  }

  /**
   * Opens the server.
   *
   * @param local where to listen; port 0 lets the system choose
   * @param keys what tickets are sealed with
   * @param writers the principals of those who may change the text
   * @return to be closed by the caller
   */
  public static RxrpcEndpoint open(InetSocketAddress local, ServerKeys keys, Set<String> writers)
      throws IOException {
    GuardedServer guarded = new GuardedServer(writers);
    RxrpcEndpoint server = RxrpcEndpoint.open(local);
    server.serve(
        SERVICE, ServiceOptions.rxkad(keys).minimumLevel(SecurityLevel.ENCRYPT), guarded::serve);
    return server;
  }

  private void serve(ServerCall call) throws IOException {
    Visits visits = call.connection().attachment(Visits.class, Visits::begin);
    byte[] request = call.readAll(MAX_REQUEST);
    if (request.length == 1 && request[0] == READ) {
      call.endReply(text.get());
    } else if (request.length > 0 && request[0] == WRITE) {
      call.require(SecurityLevel.ENCRYPT, client -> writers.contains(client.principal()));
      String changed = new String(request, 1, request.length - 1, StandardCharsets.UTF_8);
      int visit = visits.count().incrementAndGet();
      text.set((changed + " (change " + visit + ")").getBytes(StandardCharsets.UTF_8));
    } else {
      throw new CallAbort(AbortCode.OPCODE);
    }
  }
}
