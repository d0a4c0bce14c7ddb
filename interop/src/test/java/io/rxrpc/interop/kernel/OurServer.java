// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop.kernel;

import io.rxrpc.CallAbort;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.ServerCall;
import io.rxrpc.ServiceOptions;
import io.rxrpc.security.SecurityLevel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** The services that kernel clients call. */
final class OurServer implements AutoCloseable {
  static final int PORT = 7150;

  /** Takes calls at the level encrypt only. */
  static final int SEALED = 101;

  private static final int LARGEST = 1 << 24;

  private final RxrpcEndpoint endpoint;
  private final RxrpcEndpoint endpoint6;

  OurServer() throws IOException {
    endpoint = open(Guest.host(), PORT);
    endpoint6 = open(Guest.host6(), PORT);
  }

  private static RxrpcEndpoint open(InetAddress local, int port) throws IOException {
    RxrpcEndpoint endpoint = RxrpcEndpoint.open(new InetSocketAddress(local, port));
    var secured = ServiceOptions.rxkad(LabKeys.server());
    endpoint.serve(Served.ECHO, secured.alsoUnsecured(), OurServer::echo);
    endpoint.serve(SEALED, secured.minimumLevel(SecurityLevel.ENCRYPT), OurServer::echo);
    endpoint.serve(
        Served.REFUSES,
        call -> {
          throw new CallAbort(Served.REFUSAL);
        });
    endpoint.serve(Bulk.SERVICE, OurServer::bulk);
    return endpoint;
  }

  InetSocketAddress address() {
    return endpoint.localAddress();
  }

  Served served() {
    return new Served(endpoint.localAddress(), endpoint6.localAddress(), endpoint.localAddress());
  }

  private static void echo(ServerCall call) throws IOException {
    call.endReply(call.readAll(LARGEST));
  }

  /** SEND and RECV of the rxperf protocol, with a cookie at the end of requests and replies. */
  private static void bulk(ServerCall call) throws IOException {
    byte[] piece = new byte[1 << 16];
    ByteBuffer head = ByteBuffer.wrap(call.request().readNBytes(20));
    for (int n = call.read(piece, 0, piece.length); n >= 0; ) {
      n = call.read(piece, 0, piece.length);
    }
    if (head.getInt(4) == Bulk.RECV) {
      long left = Integer.toUnsignedLong(head.getInt(16));
      for (; left > 0; left -= piece.length) {
        call.write(piece, 0, (int) Math.min(left, piece.length));
      }
    }
    call.endReply(ByteBuffer.allocate(4).putInt(Bulk.COOKIE).array());
  }

  /** One that can be stopped and started on the same port. */
  static final class Restartable implements Faults.Restart, AutoCloseable {
    private static final int ANOTHER_PORT = 7160;

    private RxrpcEndpoint endpoint;

    Restartable() throws IOException {
      endpoint = open(Guest.host(), ANOTHER_PORT);
    }

    Served served() {
      InetSocketAddress address = endpoint.localAddress();
      return new Served(address, address, address);
    }

    @Override
    public void stop() {
      endpoint.close();
    }

    @Override
    public void start() throws IOException {
      endpoint = open(Guest.host(), ANOTHER_PORT);
    }

    @Override
    public void close() {
      endpoint.close();
    }
  }

  @Override
  public void close() {
    endpoint.close();
    endpoint6.close();
  }
}
