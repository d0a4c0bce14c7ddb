// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.load.demo;

import io.rxrpc.CallAbort;
import io.rxrpc.CallHandler;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.ServerCall;
import io.rxrpc.ServiceOptions;
import io.rxrpc.load.data.ChecksumServices;
import io.rxrpc.load.data.EmbeddedKeys;
import io.rxrpc.security.PeerIdentity;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.wire.AbortCodes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** The services that the demo calls. */
final class DemoServer {
  static final int ECHO = 1;
  static final int SINK = 2;
  static final int SOURCE = 3;
  static final int REFUSE = 4;
  static final int GATHER = 5;
  static final int WHO = 6;
  static final int SEALED = 7;
  static final int TYPED = 8;
  static final int UNKNOWN = 99;

  /** What {@link #REFUSE} aborts with. */
  static final int CODE = AbortCodes.RXGEN_OPCODE;

  private static final int SMALL = 64 << 10;

  /** Calls of {@link #GATHER} wait for each other here. */
  private final CountDownLatch gathering;

  private final DemoTyped typed;

  /**
   * @param together calls that shall be there at the same moment before the first is answered
   */
  DemoServer(int together, DemoTyped typed) {
    gathering = new CountDownLatch(together);
    this.typed = typed;
  }

  /**
   * @param keys what tickets and tokens are sealed with, for the calls that have one
   */
  void serveOn(RxrpcEndpoint endpoint, EmbeddedKeys keys) throws IOException {
    var rxkad = ServiceOptions.rxkad(keys.server());
    var rxgk = ServiceOptions.rxgk(keys.rxgkServer()).minimumLevel(SecurityLevel.CLEAR);
    ServiceOptions both = rxgk.or(rxkad.alsoUnsecured());
    endpoint.serve(ECHO, both, DemoServer::echo);
    endpoint.serve(GATHER, this::gather);
    endpoint.serve(SINK, both, ChecksumServices::sink);
    endpoint.serve(SOURCE, both, ChecksumServices::source);
    endpoint.serve(REFUSE, DemoServer::refuse);
    endpoint.serve(TYPED, typed.handler());
    endpoint.serve(
        WHO, rxgk.or(rxkad), ((CallHandler) DemoServer::who).requiring(SecurityLevel.CLEAR));
    endpoint.serve(SEALED, rxkad.minimumLevel(SecurityLevel.ENCRYPT), DemoServer::echo);
  }

  /** Tells the client who it is, as its ticket says. */
  private static void who(ServerCall call) throws IOException {
    PeerIdentity identity = call.identity();
    String text = identity == null ? "nobody" : identity.principal() + " at level " + call.level();
    call.endReply(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void echo(ServerCall call) throws IOException {
    call.endReply(call.readAll(SMALL));
  }

  /** Echoes when all are there. */
  private void gather(ServerCall call) throws IOException, InterruptedException {
    byte[] request = call.readAll(SMALL);
    gathering.countDown();
    gathering.await();
    call.endReply(request);
  }

  private static void refuse(ServerCall call) {
    throw new CallAbort(CODE);
  }
}
