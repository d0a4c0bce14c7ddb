// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.examples;

import io.rxrpc.RxrpcEndpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A server: answers each request with itself. It goes on when {@code main} has returned. */
public final class EchoServer {
  /** The service it offers. */
  public static final int SERVICE = 100;

  /** The port that it has if it is given no other. */
  public static final int PORT = 7100;

  private static final int MAX_REQUEST = 1 << 20;

  private EchoServer() {}

  /** Serves on port 7100 of this host, or on the one given, until the process is ended. */
  public static void main(String[] args) throws IOException {
    int port = args.length > 0 ? Integer.parseInt(args[0]) : PORT;
    RxrpcEndpoint server = open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    System.out.println("listening on " + server.localAddress());
  }

  /**
   * Opens the server.
   *
   * @param local where to listen; port 0 lets the system choose
   * @return to be closed by the caller, unless it shall go on for ever
   */
  public static RxrpcEndpoint open(InetSocketAddress local) throws IOException {
    RxrpcEndpoint server = RxrpcEndpoint.open(local);
    server.serve(SERVICE, call -> call.endReply(call.readAll(MAX_REQUEST)));
    return server;
  }
}
