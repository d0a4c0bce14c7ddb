// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.memory;

import io.rxrpc.AbortCode;
import io.rxrpc.CallAbort;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.RxrpcException;
import io.rxrpc.ServerCall;
import io.rxrpc.ServiceOptions;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.rxkad.ServerKeys;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.SplittableRandom;

/** A server of a {@link ProgramLife}: it does what requests ask for, and may be started again. */
final class ProgramServer {
  static final int PORT = 7000;
  static final int PLAIN = 52;
  static final int SECURE = 53;
  static final int KVNO = 5;
  static final byte[] KEY = {0x10, 0x32, 0x54, 0x76, 0x19, 0x3b, 0x5d, 0x7f};
  static final AbortCode REFUSAL = new AbortCode(4711);

  /** What a request asks for, in its first byte; a number of 32 bits follows. */
  enum Wish {
    /** The rest of it, changed. */
    CHANGED,
    /** The same, after so many milliseconds. */
    LATER,
    /** An abort with {@link #REFUSAL}. */
    REFUSED,
    /** So many bytes. */
    BULK,
    /** Nothing within so many milliseconds, at which the server ends the call. */
    LIMITED,
    /** A handler that throws. */
    BROKEN;

    byte[] request(int number, byte[] rest) {
      return ByteBuffer.allocate(5 + rest.length)
          .put((byte) ordinal())
          .putInt(number)
          .put(rest)
          .array();
    }
  }

  private final MemoryNetwork network;
  private final MemoryHost host;
  private final SplittableRandom random;
  private RxrpcEndpoint endpoint;

  /** Handlers that were interrupted as their call had failed. */
  int interrupted;

  ProgramServer(MemoryNetwork network, SplittableRandom random) throws IOException {
    this.network = network;
    this.random = random;
    host = network.host("server");
    endpoint = open();
  }

  static byte[] changed(byte[] request, int from) {
    byte[] reply = new byte[request.length - from];
    for (int i = 0; i < reply.length; i++) {
      reply[i] = (byte) (request[from + i] ^ 0x5a);
    }
    return reply;
  }

  static byte[] bulk(int length) {
    byte[] data = new byte[length];
    for (int i = 0; i < length; i++) {
      data[i] = (byte) (i * 31 + (i >> 8));
    }
    return data;
  }

  private RxrpcEndpoint open() throws IOException {
    RxrpcEndpoint opened =
        RxrpcEndpoint.builder()
            .surroundings(host.surroundings())
            .local(new InetSocketAddress(host.address(), PORT))
            .open();
    opened.serve(PLAIN, ServiceOptions.UNSECURED.interruptHandlers(true), this::serve);
    opened.serve(
        SECURE,
        ServiceOptions.rxkad(ServerKeys.des(KVNO, KEY))
            .minimumLevel(SecurityLevel.ENCRYPT)
            .wallClock(network.clock()),
        call -> {
          if (call.identity() == null || call.level() != SecurityLevel.ENCRYPT) {
            throw new IllegalStateException("a call at " + call.level() + " of nobody");
          }
          serve(call);
        });
    return opened;
  }

  private void serve(ServerCall call) throws IOException, InterruptedException {
    byte[] request = call.readAll(1 << 20);
    ByteBuffer in = ByteBuffer.wrap(request);
    Wish wish = Wish.values()[in.get()];
    int number = in.getInt();
    try {
      switch (wish) {
        case CHANGED -> call.endReply(changed(request, 5));
        case LATER -> {
          network.pause(Duration.ofMillis(number));
          call.endReply(changed(request, 5));
        }
        case REFUSED -> throw new CallAbort(REFUSAL);
        case BULK -> {
          byte[] data = bulk(number);
          int half = data.length / 2;
          call.write(data, 0, half);
          call.flush();
          call.write(data, half, data.length - half);
        }
        case LIMITED -> {
          call.limit(Duration.ofMillis(number));
          network.pause(Duration.ofDays(1));
        }
        case BROKEN -> throw new CallAbort(AbortCode.USER_ABORT);
      }
    } catch (InterruptedException e) {
      interrupted++;
      throw e;
    }
  }

  /** Ends, in one way or another, and comes back after a while. */
  void restart() throws IOException, InterruptedException {
    if (random.nextBoolean()) {
      endpoint.close();
    } else {
      try {
        endpoint.shutdown(Duration.ofMillis(random.nextInt(1, 500)));
      } catch (RxrpcException e) {
        throw new IllegalStateException("nobody interrupts it", e);
      }
    }
    network.pause(Duration.ofMillis(random.nextInt(0, 1500)));
    endpoint = open();
  }

  void close() {
    endpoint.close();
  }
}
