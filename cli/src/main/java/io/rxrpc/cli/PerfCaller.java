package io.rxrpc.cli;

import io.rxrpc.CallOptions;
import io.rxrpc.ClientCall;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import java.io.IOException;

/** Makes the calls of one plan, one after the other. Keeps its buffers; one thread. */
final class PerfCaller {
  /** Up to this, requests and replies go as whole arrays. */
  private static final int SMALL = 16 << 10;

  private final RxrpcEndpoint endpoint;
  private final RxrpcAddress to;
  private final CallOptions options;
  private final byte[] request;
  private final long requestFilling;
  private final long replyBytes;
  private final byte[] scratch;

  PerfCaller(RxrpcEndpoint endpoint, RxrpcAddress to, CallOptions options, PerfPlan plan) {
    this.options = options;
    this.endpoint = endpoint;
    this.to = to;
    byte[] head =
        switch (plan.kind()) {
          case SEND -> Rxperf.send(plan.bytes());
          case RECV -> Rxperf.receive(plan.bytes());
          case RPC -> Rxperf.rpc(plan.bytes(), plan.replyBytes());
        };
    long filling = plan.kind() == PerfPlan.Kind.RECV ? 0 : plan.bytes();
    if (filling <= SMALL) {
      request = new byte[head.length + (int) filling];
      System.arraycopy(head, 0, request, 0, head.length);
      Filling.copy(request, head.length, (int) filling);
      requestFilling = 0;
    } else {
      request = head;
      requestFilling = filling;
    }
    replyBytes = plan.kind() == PerfPlan.Kind.RECV ? plan.bytes() : plan.replyBytes();
    scratch = isSmall() ? new byte[0] : new byte[Filling.CHUNK];
  }

  /**
   * Makes one call.
   *
   * @throws IOException when it fails, or when the reply is not what rxperf says
   */
  void call() throws IOException {
    if (isSmall()) {
      byte[] reply = endpoint.call(to, request, options);
      if (reply.length != replyBytes + Rxperf.WORD
          || Rxperf.getInt(reply, reply.length - Rxperf.WORD) != Rxperf.MAGIC) {
        throw notRxperf(reply.length);
      }
      return;
    }
    try (ClientCall call = endpoint.begin(to, options)) {
      call.write(request, 0, request.length);
      if (requestFilling > 0) {
        Filling.write(call::write, requestFilling);
      }
      call.endRequest();
      readReply(call);
    }
  }

  private boolean isSmall() {
    return requestFilling == 0 && replyBytes <= SMALL;
  }

  private void readReply(ClientCall call) throws IOException {
    long total = 0;
    int last = 0; // the latest four octets
    for (int n = call.read(scratch, 0, scratch.length);
        n >= 0;
        n = call.read(scratch, 0, scratch.length)) {
      for (int i = Math.max(0, n - Rxperf.WORD); i < n; i++) {
        last = last << 8 | (scratch[i] & 0xff);
      }
      total += n;
    }
    if (total != replyBytes + Rxperf.WORD || last != Rxperf.MAGIC) {
      throw notRxperf(total);
    }
  }

  private IOException notRxperf(long length) {
    return new IOException(
        to + " is no rxperf server: it replied " + length + " bytes, not as rxperf does");
  }
}
