// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.serve;

import io.rxrpc.CallHandler;
import io.rxrpc.ServerCall;
import io.rxrpc.cli.frame.Filling;
import java.io.IOException;

/** Reads the request away and replies with bytes that mean nothing, perhaps none. */
final class SourceHandler implements CallHandler {
  private static final int CHUNK = 64 << 10;

  private final long size;

  SourceHandler(long size) {
    this.size = size;
  }

  @Override
  public void handle(ServerCall call) throws IOException {
    discard(call);
    Filling.write(call::write, size);
  }

  /** Reads to the end of the request: before that, a server must not reply (calls.md 3). */
  private static void discard(ServerCall call) throws IOException {
    byte[] scratch = new byte[CHUNK];
    int n;
    do {
      n = call.read(scratch, 0, scratch.length);
    } while (n >= 0);
  }
}
