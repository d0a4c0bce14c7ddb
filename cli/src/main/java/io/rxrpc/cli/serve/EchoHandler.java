// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.serve;

import io.rxrpc.CallAbort;
import io.rxrpc.CallHandler;
import io.rxrpc.ServerCall;
import io.rxrpc.wire.AbortCodes;
import java.io.IOException;

/** Replies with the request. */
final class EchoHandler implements CallHandler {
  private static final int CHUNK = 32 << 10;

  private final long limit;

  /**
   * @param limit bytes of a request beyond which the call is aborted
   */
  EchoHandler(long limit) {
    this.limit = limit;
  }

  @Override
  public void handle(ServerCall call) throws IOException {
    byte[] chunk = new byte[CHUNK];
    try (Spool spool = new Spool(limit)) {
      for (int n = call.read(chunk, 0, CHUNK); n >= 0; n = call.read(chunk, 0, CHUNK)) {
        spool.write(chunk, 0, n);
      }
      spool.copyTo(call.reply());
    } catch (Spool.SpoolFullException e) {
      throw new CallAbort(AbortCodes.RX_USER_ABORT);
    }
  }
}
