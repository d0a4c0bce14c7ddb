// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.examples;

import io.rxrpc.AbortCode;
import io.rxrpc.CallAbort;
import io.rxrpc.ClientCall;
import io.rxrpc.RemoteAbortException;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.ServerCall;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A server that hands its calls on to another one, of any length and in constant memory. When its
 * client gives a call up, so does it at once; when the other server aborts a call, its client gets
 * that code.
 */
public final class StreamingProxy {
  private StreamingProxy() {}

  /** {@code StreamingProxy 7200 127.0.0.1 7100 100}: its port, and where calls go. */
  public static void main(String[] args) throws IOException {
    RxrpcAddress upstream =
        RxrpcAddress.of(args[1], Integer.parseInt(args[2]), Integer.parseInt(args[3]));
    open(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])),
            upstream)
        .awaitClosed();
  }

  /**
   * Opens the proxy.
   *
   * @param local where to listen; port 0 lets the system choose
   * @param upstream where calls go; it has the same service id
   * @return to be closed by the caller
   */
  public static RxrpcEndpoint open(InetSocketAddress local, RxrpcAddress upstream)
      throws IOException {
    RxrpcEndpoint proxy = RxrpcEndpoint.open(local);
    proxy.serve(upstream.serviceId(), call -> relay(call, proxy, upstream));
    return proxy;
  }

  private static void relay(ServerCall call, RxrpcEndpoint proxy, RxrpcAddress upstream)
      throws IOException {
    try (ClientCall onward = proxy.begin(upstream)) {
      call.onEnd(() -> onward.abort(AbortCode.USER_ABORT));
      call.input().transferTo(onward.output());
      onward.endOutput();
      onward.input().transferTo(call.output());
    } catch (RemoteAbortException e) {
      throw new CallAbort(e.code(), "handed on from " + upstream, e);
    }
  }
}
