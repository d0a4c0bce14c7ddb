// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.recorded;

import io.rxrpc.AbortCode;
import io.rxrpc.CallAbort;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.ServerCall;
import io.rxrpc.afs.BuiltInService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Answers what real servers have answered to the same request, and nothing else. Each service has
 * an id of its own, for several have id 1.
 */
public final class RecordedServer implements AutoCloseable {
  private static final int MOST = 1 << 20;

  private volatile List<RecordedCall> calls;
  private final RxrpcEndpoint endpoint;
  private final Queue<byte[]> requests = new ConcurrentLinkedQueue<>();

  public RecordedServer() throws IOException {
    calls = RecordedCall.all();
    endpoint = RxrpcEndpoint.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    for (BuiltInService service : BuiltInService.values()) {
      endpoint.serve(id(service), call -> answer(service, call));
    }
  }

  static int id(BuiltInService service) {
    return 100 + service.ordinal();
  }

  public RxrpcAddress address(BuiltInService service) {
    return new RxrpcAddress(endpoint.localAddress(), id(service));
  }

  /** Answers this call only: some were made twice, and answered differently. */
  void only(RecordedCall call) {
    calls = List.of(call);
  }

  /** The requests that came, in order; each one is told once. */
  public byte[] nextRequest() {
    return requests.poll();
  }

  private void answer(BuiltInService service, ServerCall call) throws IOException {
    byte[] request = call.readAll(MOST);
    requests.add(request);
    RecordedCall found = find(service, request);
    if (found == null) {
      throw new CallAbort(AbortCode.OPCODE);
    }
    if (found.abort() != 0) {
      throw new CallAbort(found.abort());
    }
    call.endReply(found.reply());
  }

  private RecordedCall find(BuiltInService service, byte[] request) {
    for (RecordedCall call : calls) {
      if (call.service() == service
          && Arrays.equals(
              RecordedCallsTest.signed(call.request(), call),
              RecordedCallsTest.signed(request, call))) {
        return call;
      }
    }
    return null;
  }

  @Override
  public void close() {
    endpoint.close();
  }
}
