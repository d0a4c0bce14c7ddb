// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.load.perf;

import io.rxrpc.CallOptions;
import io.rxrpc.ClientCall;
import io.rxrpc.RemoteAbortException;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.cli.frame.Filling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/** Makes the calls of one plan, one after the other. Keeps its buffers; one thread. */
final class PerfCaller {
  /** Up to this, requests and replies go as whole arrays. */
  static final int SMALL = 16 << 10;

  private static final byte[] MAGIC = {0, 0, 0x47, 0x11};

  private final RxrpcEndpoint endpoint;
  private final RxrpcAddress to;
  private final CallOptions options;
  private final RxperfDialect dialect;
  private final byte[] request;

  /** The same with the magic number behind it, where all of the request is in it. */
  private final byte[] ended;

  private final long requestFilling;
  private final long replyBytes;
  private final byte[] scratch;

  /** Whether this one has told the others how its calls succeed. */
  private boolean known;

  PerfCaller(
      RxrpcEndpoint endpoint,
      RxrpcAddress to,
      CallOptions options,
      RxperfDialect dialect,
      PerfPlan plan) {
    this.dialect = dialect;
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
    ended = Arrays.copyOf(request, request.length + Rxperf.WORD);
    System.arraycopy(MAGIC, 0, ended, request.length, Rxperf.WORD);
    replyBytes = plan.kind() == PerfPlan.Kind.RECV ? plan.bytes() : plan.replyBytes();
    scratch = isSmall() ? new byte[0] : new byte[Filling.CHUNK];
  }

  /**
   * Makes one call.
   *
   * @throws IOException when it fails, or when the reply is not what rxperf says
   */
  void call() throws IOException {
    boolean end = dialect.endsRequests();
    try {
      call(end);
    } catch (RemoteAbortException e) {
      if (end || !dialect.suggestsAnotherTry(e)) {
        throw e;
      }
      end = true;
      call(true);
    }
    if (end != dialect.endsRequests() || !known) {
      known = true;
      dialect.worked(end);
    }
  }

  /**
   * Makes one small call without waiting, of a server whose dialect a {@link #call} has found out.
   * The future fails as that would.
   */
  CompletableFuture<Void> callAsync() {
    return endpoint
        .callAsync(to, dialect.endsRequests() ? ended : request, options)
        .thenAccept(
            reply -> {
              if (!isRight(reply)) {
                throw new UncheckedIOException(notRxperf(reply.length));
              }
            });
  }

  private boolean isRight(byte[] reply) {
    return reply.length == replyBytes + Rxperf.WORD
        && Rxperf.getInt(reply, reply.length - Rxperf.WORD) == Rxperf.MAGIC;
  }

  private void call(boolean end) throws IOException {
    if (isSmall()) {
      byte[] reply = endpoint.call(to, end ? ended : request, options);
      if (!isRight(reply)) {
        throw notRxperf(reply.length);
      }
      return;
    }
    try (ClientCall call = endpoint.begin(to, options)) {
      boolean whole = requestFilling == 0;
      byte[] begin = whole && end ? ended : request;
      call.write(begin, 0, begin.length);
      if (!whole) {
        Filling.write(call::write, requestFilling);
        if (end) {
          call.write(MAGIC, 0, MAGIC.length);
        }
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
      last = Rxperf.latest(last, scratch, n);
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
