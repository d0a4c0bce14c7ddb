// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import io.rxrpc.CallHandler;
import io.rxrpc.ClientCall;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.ServerCall;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.MessageDigest;

/** A Java client and a Java server with the same relay between them, to compare with OpenAFS. */
final class LossyPair implements AutoCloseable {
  private static final int SERVICE = 100;
  private static final CallHandler HANDLER = LossyPair::serve;

  private final RxrpcEndpoint server;
  private final RxrpcEndpoint client;
  private final LossyRelay relay;
  private final RxrpcAddress address;
  private final long seed;
  private final int parallel;

  LossyPair(double loss, long seed, int parallel) throws IOException {
    this.seed = seed;
    this.parallel = parallel;
    server = Rpc.open();
    server.serve(SERVICE, HANDLER);
    client = Rpc.open();
    relay = LossyRelay.open(Rpc.loopback("127.0.0.1", 0), server.localAddress(), loss, seed);
    address = Rpc.service(relay.localAddress(), SERVICE);
  }

  /** A request says which data it has or wants; the reply is its digest, or the data. */
  private static void serve(ServerCall call) throws IOException {
    DataInputStream request = new DataInputStream(call.request());
    boolean store = request.readBoolean();
    LossyData data = new LossyData(request.readLong(), request.readLong());
    if (store) {
      call.endReply(LossyData.digestOf(request, data.length()));
    } else {
      data.writeTo(call.reply());
      call.endReply();
    }
  }

  LossyPhase store(long bytes, int count) {
    return LossyWork.run(
        "sent to a Java server", count, parallel, i -> move(true, data(i, bytes / count)));
  }

  LossyPhase fetch(long bytes, int count) {
    return LossyWork.run(
        "got from a Java server", count, parallel, i -> move(false, data(i, bytes / count)));
  }

  private LossyData data(int number, long length) {
    return new LossyData(seed * 1000 + number, length + number);
  }

  private long move(boolean store, LossyData data) throws IOException {
    try (ClientCall call = client.begin(address)) {
      try (DataOutputStream request = new DataOutputStream(call.request())) {
        request.writeBoolean(store);
        request.writeLong(data.seed());
        request.writeLong(data.length());
        if (store) {
          data.writeTo(request);
        }
      }
      if (!store) {
        data.expectFrom(call.reply());
      } else if (!MessageDigest.isEqual(call.readAll(64), data.digest())) {
        throw new LossyWork.WrongData("the server got other data");
      }
    }
    return data.length();
  }

  @Override
  public void close() throws IOException {
    client.close();
    server.close();
    relay.close();
  }
}
