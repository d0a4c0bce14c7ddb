// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import io.rxrpc.CallHandler;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.ServiceOptions;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A Java server in the place of one of OpenAFS's: on its port, which is fixed, and a loopback
 * address of its own.
 */
final class StandIn implements AutoCloseable {
  private static final int ADDRESSES = 20;

  private final RxrpcEndpoint endpoint;

  private StandIn(RxrpcEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  /** Serves one service, on 127.2.0.1 or the first address after it where the port is free. */
  static StandIn open(int port, int serviceId, CallHandler handler) throws IOException {
    return open(port, serviceId, ServiceOptions.UNSECURED, handler);
  }

  /** The same, with security. */
  static StandIn open(int port, int serviceId, ServiceOptions options, CallHandler handler)
      throws IOException {
    IOException taken = null;
    for (int i = 0; i < ADDRESSES; i++) {
      try {
        RxrpcEndpoint endpoint =
            RxrpcEndpoint.builder()
                .local(Rpc.loopback("127.2." + i + ".1", port))
                .version("a Java stand-in")
                .open();
        endpoint.serve(serviceId, options, handler);
        return new StandIn(endpoint);
      } catch (BindException e) {
        taken = e;
      }
    }
    throw new IOException("port " + port + " is taken on all addresses tried", taken);
  }

  String host() {
    return endpoint.localAddress().getAddress().getHostAddress();
  }

  RxrpcEndpoint endpoint() {
    return endpoint;
  }

  /** Writes the configuration of a client whose cell has its database here. */
  String clientConfiguration(Path directory) throws IOException {
    Files.writeString(directory.resolve("ThisCell"), "test.example\n");
    Files.writeString(
        directory.resolve("CellServDB"), ">test.example\n%s\t#%s\n".formatted(host(), host()));
    return directory.toString();
  }

  /** The address as AFS has it in a word. */
  int ipv4() {
    int word = 0;
    for (byte b : endpoint.localAddress().getAddress().getAddress()) {
      word = (word << 8) | (b & 0xff);
    }
    return word;
  }

  static String name(int ipv4) throws IOException {
    byte[] bytes = {(byte) (ipv4 >>> 24), (byte) (ipv4 >>> 16), (byte) (ipv4 >>> 8), (byte) ipv4};
    return InetAddress.getByAddress(bytes).getHostAddress();
  }

  @Override
  public void close() {
    endpoint.close();
  }
}
