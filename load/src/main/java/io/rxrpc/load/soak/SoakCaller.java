// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.load.soak;

import io.rxrpc.AbortCode;
import io.rxrpc.CallOptions;
import io.rxrpc.CallTimeoutException;
import io.rxrpc.ClientCall;
import io.rxrpc.RemoteAbortException;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.load.data.ChecksumServices;
import io.rxrpc.load.data.DemoData;
import io.rxrpc.socket.Message;
import io.rxrpc.socket.ReceivedMessage;
import io.rxrpc.socket.RxrpcSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;

/** Makes one call after another, of any kind, and knows how each must end. */
final class SoakCaller {
  private static final CallOptions PATIENT = CallOptions.DEFAULT.timeout(Duration.ofMinutes(2));
  private static final CallOptions HASTY = CallOptions.DEFAULT.timeout(Duration.ofMillis(300));
  private static final int CHUNK = 64 << 10;
  private static final int MOST_BULK = 1 << 20;

  private final RxrpcEndpoint client;
  private final InetSocketAddress relay;
  private final SplittableRandom random;

  /** Data came that is not what was sent. */
  static final class WrongData extends Exception {
    private static final long serialVersionUID = 1L;

    WrongData(String message) {
      super(message);
    }
  }

  /**
   * @param relay where the server is to be found
   */
  SoakCaller(RxrpcEndpoint client, InetSocketAddress relay, SplittableRandom random) {
    this.client = client;
    this.relay = relay;
    this.random = random;
  }

  /** One call; it returns if it ended as it must. */
  void call(SoakKind kind) throws IOException, WrongData, InterruptedException {
    switch (kind) {
      case ECHO -> echo();
      case SEND -> send(1 + random.nextInt(MOST_BULK), true);
      case RECEIVE -> receive(1 + random.nextInt(MOST_BULK), true);
      case REFUSED -> refused();
      case TIMEOUT -> timeout();
      case CANCELLED -> cancelled();
      case ABANDONED -> send(MOST_BULK, false);
      case ABORTED -> receive(MOST_BULK, false);
      case SOCKET -> socket();
      case VANISHED -> vanished();
    }
  }

  private byte[] small() {
    byte[] request = new byte[random.nextInt(4000)];
    random.nextBytes(request);
    return request;
  }

  private void echo() throws IOException, WrongData {
    byte[] request = small();
    if (!Arrays.equals(request, client.call(at(SoakServer.ECHO), request, PATIENT))) {
      throw new WrongData("a reply that is not the request");
    }
  }

  private void send(int size, boolean whole) throws IOException, WrongData {
    CRC32C checksum = new CRC32C();
    try (ClientCall call = client.begin(at(SoakServer.SINK), PATIENT)) {
      DemoData data = new DemoData(size);
      int stop = whole ? size : random.nextInt(size);
      int done = 0;
      for (int n = data.next(); n > 0; n = data.next()) {
        checksum.update(data.bytes(), 0, n);
        call.write(data.bytes(), 0, n);
        done += n;
        if (!whole && done >= stop) {
          return;
        }
      }
      compare(call.readAll(CHUNK), size, checksum);
    }
  }

  private void receive(int size, boolean whole) throws IOException, WrongData {
    CRC32C checksum = new CRC32C();
    try (ClientCall call = client.begin(at(SoakServer.SOURCE), PATIENT)) {
      byte[] chunk = new byte[CHUNK];
      ByteBuffer.wrap(chunk).putLong(size);
      call.write(chunk, 0, Long.BYTES);
      call.endRequest();
      int stop = whole ? size : random.nextInt(size);
      int done = 0;
      while (done < size) {
        int n = call.read(chunk, 0, Math.min(CHUNK, size - done));
        if (n < 0) {
          throw new WrongData("the data ended after " + done + " bytes");
        }
        checksum.update(chunk, 0, n);
        done += n;
        if (!whole && done >= stop) {
          call.abort(new AbortCode(SoakServer.CODE));
          return;
        }
      }
      compare(call.readAll(CHUNK), size, checksum);
    }
  }

  private static void compare(byte[] summary, long size, CRC32C checksum) throws WrongData {
    if (!Arrays.equals(summary, ChecksumServices.summary(size, checksum))) {
      throw new WrongData("the checksum is wrong");
    }
  }

  private void refused() throws IOException, WrongData {
    try {
      client.call(at(SoakServer.REFUSE), small(), PATIENT);
    } catch (RemoteAbortException e) {
      if (e.code().value() == SoakServer.CODE) {
        return;
      }
      throw e;
    }
    throw new WrongData("a reply where an abort was due");
  }

  private void timeout() throws IOException, WrongData {
    try {
      client.call(at(SoakServer.STALL), small(), HASTY);
    } catch (CallTimeoutException e) {
      return;
    }
    throw new WrongData("a reply where there was none in time");
  }

  private void cancelled() throws InterruptedException {
    CompletableFuture<byte[]> future = client.callAsync(at(SoakServer.STALL), small(), PATIENT);
    TimeUnit.MILLISECONDS.sleep(random.nextInt(20));
    future.cancel(true);
  }

  private void socket() throws IOException, WrongData {
    try (RxrpcSocket socket = RxrpcSocket.open()) {
      socket.connect(at(SoakServer.ECHO));
      int calls = 1 + random.nextInt(8);
      byte[] request = small();
      for (int tag = 1; tag <= calls; tag++) {
        socket.sendmsg(Message.of(tag, request));
      }
      ByteBuffer buffer = ByteBuffer.allocate(4096);
      int[] bytes = new int[calls + 1];
      for (int live = calls; live > 0; ) {
        ReceivedMessage m = socket.recvmsg(buffer.clear());
        int tag = (int) m.userCallId().orElse(0);
        bytes[tag] += m.length();
        if (m.endOfRecord()) {
          live--;
          if (bytes[tag] != request.length) {
            throw new WrongData("a reply of " + bytes[tag] + " bytes on a socket: " + m.control());
          }
        }
      }
    }
  }

  /** A client that goes without a word to its calls; the server is left with them. */
  private void vanished() throws IOException, InterruptedException {
    try (RxrpcEndpoint other =
        RxrpcEndpoint.builder()
            .local(new InetSocketAddress(relay.getAddress(), 0))
            .tunables(client.tunables())
            .open()) {
      for (int i = random.nextInt(4); i >= 0; i--) {
        CompletableFuture<byte[]> _ =
            other.callAsync(at(random.nextBoolean() ? SoakServer.ECHO : SoakServer.STALL), small());
      }
      TimeUnit.MILLISECONDS.sleep(random.nextInt(20));
    }
  }

  private RxrpcAddress at(int service) {
    return new RxrpcAddress(relay, service);
  }
}
