package io.rxrpc.cli;

import io.rxrpc.CallAbort;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.ServerCall;
import io.rxrpc.wire.AbortCodes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;

/** The services of a soak. */
final class SoakServer {
  static final int ECHO = 1;
  static final int SINK = 2;
  static final int SOURCE = 3;
  static final int REFUSE = 4;
  static final int STALL = 5;

  /** What {@link #REFUSE} aborts with. */
  static final int CODE = AbortCodes.RXGEN_OPCODE;

  private static final int CHUNK = 64 << 10;
  private static final int STALL_MILLIS = 3_000;

  private SoakServer() {}

  static void serveOn(RxrpcEndpoint endpoint) throws IOException {
    endpoint.serve(ECHO, call -> call.endReply(call.readAll(1 << 20)));
    endpoint.serve(SINK, SoakServer::sink);
    endpoint.serve(SOURCE, SoakServer::source);
    endpoint.serve(
        REFUSE,
        call -> {
          throw new CallAbort(CODE);
        });
    endpoint.serve(STALL, SoakServer::stall);
  }

  private static void sink(ServerCall call) throws IOException {
    CRC32C checksum = new CRC32C();
    byte[] chunk = new byte[CHUNK];
    long count = 0;
    for (int n = call.read(chunk, 0, CHUNK); n >= 0; n = call.read(chunk, 0, CHUNK)) {
      checksum.update(chunk, 0, n);
      count += n;
    }
    call.endReply(DemoServer.summary(count, checksum));
  }

  private static void source(ServerCall call) throws IOException {
    long count = ByteBuffer.wrap(call.readAll(Long.BYTES)).getLong();
    CRC32C checksum = new CRC32C();
    DemoData data = new DemoData(count);
    for (int n = data.next(); n > 0; n = data.next()) {
      checksum.update(data.bytes(), 0, n);
      call.write(data.bytes(), 0, n);
    }
    call.endReply(DemoServer.summary(count, checksum));
  }

  /** Takes its time; whoever called has given up meanwhile. */
  private static void stall(ServerCall call) throws InterruptedException {
    for (int waited = 0; waited < STALL_MILLIS && !call.isAborted(); waited += 50) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }
}
