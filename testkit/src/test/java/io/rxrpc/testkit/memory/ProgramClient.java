// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.memory;

import io.rxrpc.CallInterruptedException;
import io.rxrpc.CallOptions;
import io.rxrpc.CallTimeoutException;
import io.rxrpc.ClientCall;
import io.rxrpc.RemoteAbortException;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.RxrpcException;
import io.rxrpc.testkit.memory.ProgramServer.Wish;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A thread of the client of a {@link ProgramLife}. */
final class ProgramClient {
  /** The ways to call; each has its count. */
  enum Deed {
    BLOCKING,
    FUTURES,
    BUFFERS,
    STREAMS,
    NONBLOCKING,
    TIME_LIMIT,
    SERVERS_LIMIT,
    CANCELLED,
    INTERRUPTED,
    REFUSED,
    SECURED,
    SOCKETS
  }

  private final MemoryNetwork network;
  private final RxrpcEndpoint endpoint;
  private final RxrpcAddress plain;
  private final RxrpcAddress secure;
  private final CallOptions secured;
  private final ProgramSockets sockets;
  private final SplittableRandom random;
  private final Map<Deed, Integer> done;

  /** Whether the server is started again, so that calls may fail. */
  private final boolean rough;

  ProgramClient(ProgramLife life, RxrpcEndpoint endpoint, ProgramSockets sockets) {
    network = life.network;
    this.endpoint = endpoint;
    this.sockets = sockets;
    plain = life.server(ProgramServer.PLAIN);
    secure = life.server(ProgramServer.SECURE);
    secured = life.secured();
    random = life.random.split();
    done = life.done;
    rough = life.rough;
  }

  void live(int deeds) throws Exception {
    for (int i = 0; i < deeds; i++) {
      Deed deed = Deed.values()[random.nextInt(Deed.values().length)];
      try {
        act(deed);
        done.merge(deed, 1, Integer::sum);
      } catch (RxrpcException | ExecutionException e) {
        boolean call = e instanceof RxrpcException || e.getCause() instanceof RxrpcException;
        if (!rough || !call) {
          throw new IllegalStateException(deed + " failed", e);
        }
        network.note(deed + ": " + e.getMessage());
      }
      if (random.nextInt(3) == 0) {
        network.pause(Duration.ofMillis(random.nextInt(200)));
      }
    }
  }

  private void act(Deed deed) throws Exception {
    byte[] data = new byte[size()];
    random.nextBytes(data);
    switch (deed) {
      case BLOCKING ->
          same(endpoint.call(plain, Wish.CHANGED.request(0, data)), ProgramServer.changed(data, 0));
      case FUTURES -> futures(data);
      case BUFFERS -> buffers(data);
      case STREAMS -> streams(data);
      case NONBLOCKING -> nonblocking();
      case TIME_LIMIT -> timeLimit();
      case SERVERS_LIMIT -> fails(Wish.LIMITED, random.nextInt(1, 300));
      case CANCELLED -> cancelled();
      case INTERRUPTED -> interrupted();
      case REFUSED -> fails(Wish.REFUSED, 0);
      case SECURED ->
          same(
              endpoint.call(secure, Wish.LATER.request(random.nextInt(20), data), secured),
              ProgramServer.changed(data, 0));
      case SOCKETS -> same(sockets.call(data), ProgramServer.changed(data, 0));
    }
  }

  private int size() {
    return random.nextInt(4) == 0 ? random.nextInt(1, 30_000) : random.nextInt(1, 2000);
  }

  private static void same(byte[] got, byte[] expected) {
    if (!Arrays.equals(got, expected)) {
      throw new IllegalStateException(
          "a reply of " + got.length + " bytes is not what was expected: " + expected.length);
    }
  }

  private void futures(byte[] data) throws InterruptedException, ExecutionException {
    List<CompletableFuture<byte[]>> all = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      all.add(endpoint.callAsync(plain, Wish.LATER.request(random.nextInt(50), data)));
    }
    byte[] expected = ProgramServer.changed(data, 0);
    for (CompletableFuture<byte[]> f : all) {
      same(f.get(), expected);
    }
  }

  private void buffers(byte[] data) throws InterruptedException, ExecutionException {
    ByteBuffer request = ByteBuffer.wrap(Wish.CHANGED.request(0, data));
    ByteBuffer reply = ByteBuffer.allocateDirect(data.length + 10);
    int n = endpoint.callAsync(plain, request, reply, CallOptions.DEFAULT).get();
    byte[] got = new byte[n];
    reply.flip().get(got);
    same(got, ProgramServer.changed(data, 0));
  }

  private void streams(byte[] data) throws IOException {
    try (ClientCall call = endpoint.begin(plain)) {
      byte[] request = Wish.CHANGED.request(0, data);
      try (OutputStream out = call.request()) {
        for (int at = 0; at < request.length; at += 700) {
          out.write(request, at, Math.min(700, request.length - at));
          out.flush();
        }
      }
      same(call.reply().readAllBytes(), ProgramServer.changed(data, 0));
    }
  }

  /** Reads whenever it is told that there may be something. */
  private void nonblocking() throws Exception {
    int length = random.nextInt(1, 40_000);
    ByteBuffer got = ByteBuffer.allocate(length + 1);
    CompletableFuture<Integer> end = new CompletableFuture<>();
    try (ClientCall call = endpoint.begin(plain)) {
      call.write(Wish.BULK.request(length, new byte[0]));
      call.endRequest();
      call.onReadable(
          () -> {
            try {
              int n = call.readNow(got);
              while (n > 0) {
                n = call.readNow(got);
              }
              if (n < 0) {
                end.complete(got.position());
              }
            } catch (RxrpcException e) {
              end.completeExceptionally(e);
            }
          });
      network.await(end);
    }
    same(Arrays.copyOf(got.array(), got.position()), ProgramServer.bulk(length));
  }

  private void timeLimit() throws RxrpcException {
    Duration limit = Duration.ofMillis(random.nextInt(1, 2000));
    Duration before = network.elapsed();
    try {
      endpoint.call(
          plain, Wish.LATER.request(3_600_000, new byte[1]), CallOptions.DEFAULT.timeout(limit));
      throw new IllegalStateException("an hour has not passed");
    } catch (CallTimeoutException e) {
      if (!rough && !network.elapsed().minus(before).equals(limit)) {
        throw new IllegalStateException("a limit of " + limit + " took otherwise", e);
      }
    }
  }

  private void fails(Wish wish, int number) throws RxrpcException {
    try {
      endpoint.call(plain, wish.request(number, new byte[2]));
      throw new IllegalStateException(wish + " was answered");
    } catch (RemoteAbortException e) {
      if (!rough && wish == Wish.REFUSED && !e.code().equals(ProgramServer.REFUSAL)) {
        throw new IllegalStateException("another code", e);
      }
    }
  }

  private void cancelled() throws InterruptedException {
    CompletableFuture<byte[]> call =
        endpoint.callAsync(plain, Wish.LATER.request(3_600_000, new byte[3]));
    network.pause(Duration.ofMillis(random.nextInt(100)));
    call.cancel(false);
    if (!rough && !call.isCancelled()) {
      throw new IllegalStateException("an hour has not passed");
    }
  }

  private void interrupted() throws InterruptedException {
    Running caller =
        network.start(
            "interrupted",
            () -> {
              try {
                endpoint.call(plain, Wish.LATER.request(3_600_000, new byte[4]));
              } catch (CallInterruptedException e) {
                if (!Thread.interrupted()) {
                  throw new IllegalStateException("the flag is gone", e);
                }
              } catch (RxrpcException e) {
                if (!rough) {
                  throw e;
                }
              }
            });
    network.pause(Duration.ofMillis(random.nextInt(100)));
    caller.interrupt();
    caller.join();
  }
}
