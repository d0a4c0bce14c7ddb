// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.load.soak;

import io.rxrpc.CallAbort;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.ServerCall;
import io.rxrpc.load.data.ChecksumServices;
import io.rxrpc.wire.AbortCodes;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** The services of a soak. */
final class SoakServer {
  static final int ECHO = 1;
  static final int SINK = 2;
  static final int SOURCE = 3;
  static final int REFUSE = 4;
  static final int STALL = 5;

  /** What {@link #REFUSE} aborts with. */
  static final int CODE = AbortCodes.RXGEN_OPCODE;

  private static final int STALL_MILLIS = 3_000;

  private SoakServer() {}

  static void serveOn(RxrpcEndpoint endpoint) throws IOException {
    endpoint.serve(ECHO, call -> call.endReply(call.readAll(1 << 20)));
    endpoint.serve(SINK, ChecksumServices::sink);
    endpoint.serve(SOURCE, ChecksumServices::source);
    endpoint.serve(
        REFUSE,
        call -> {
          throw new CallAbort(CODE);
        });
    endpoint.serve(STALL, SoakServer::stall);
  }

  /** Takes its time; whoever called has given up meanwhile. */
  private static void stall(ServerCall call) throws InterruptedException {
    for (int waited = 0; waited < STALL_MILLIS && !call.isAborted(); waited += 50) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }
}
