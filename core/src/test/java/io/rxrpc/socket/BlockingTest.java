// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import static io.rxrpc.socket.SocketWalkThroughTest.assertErrno;
import static io.rxrpc.socket.Sockets.ACCEPT;
import static io.rxrpc.socket.Sockets.data;
import static io.rxrpc.socket.Sockets.id;
import static io.rxrpc.socket.Sockets.receive;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.udp.Errno;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who blocks, and what ends it. */
class BlockingTest {
  private final ByteBuffer big = ByteBuffer.allocate(4 << 20);

  /** Runs something that will block, and waits until it does. */
  private static <T> FutureTask<T> blocked(Callable<T> what) {
    FutureTask<T> task = new FutureTask<>(what);
    Thread t = Thread.ofPlatform().daemon().start(task);
    while (t.getState() != Thread.State.WAITING && t.getState() != Thread.State.TIMED_WAITING) {
      if (task.isDone()) {
        break;
      }
      Thread.onSpinWait();
    }
    return task;
  }

  private static Throwable failure(FutureTask<?> task) throws Exception {
    try {
      Object value = task.get(20, TimeUnit.SECONDS);
      throw new AssertionError("no failure but " + value);
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }

  private static void assertFails(FutureTask<?> task, Errno errno) throws Exception {
    assertThat(failure(task))
        .isInstanceOfSatisfying(
            SocketErrorException.class, e -> assertThat(e.errno()).isEqualTo(errno));
  }

  @Test
  @DisplayName("close ends recvmsg, sendmsg and poll of other threads")
  void close() throws Exception {
    try (RxrpcSocket server = Sockets.server()) {
      RxrpcSocket client = Sockets.client(server);
      FutureTask<?> sending = blocked(() -> client.sendmsg(Message.of(1, big)));
      FutureTask<?> receiving = blocked(() -> receive(client, 10));
      FutureTask<?> polling =
          blocked(() -> client.poll(EnumSet.of(PollEvent.IN), Duration.ofSeconds(20)));
      client.close();
      assertThat(failure(receiving)).isInstanceOf(ClosedChannelException.class);
      assertThat(failure(polling)).isInstanceOf(ClosedChannelException.class);
      assertThat(failure(sending)).isInstanceOf(ClosedChannelException.class);
      assertThatThrownBy(() -> receive(client, 10)).isInstanceOf(ClosedChannelException.class);
      assertThatThrownBy(() -> client.sendmsg(data(1, "")))
          .isInstanceOf(ClosedChannelException.class);
      assertThat(client.isOpen()).isFalse();
      client.close();
    }
  }

  @Test
  @DisplayName("shutdown ends them with ESHUTDOWN, and the peer's calls with an ABORT")
  void shutdown() throws Exception {
    try (RxrpcSocket server = Sockets.server();
        RxrpcSocket client = Sockets.client(server)) {
      FutureTask<?> receiving = blocked(() -> receive(server, 10));
      FutureTask<?> polling =
          blocked(() -> server.poll(EnumSet.of(PollEvent.IN), Duration.ofSeconds(20)));
      server.shutdown();
      assertFails(receiving, Errno.ESHUTDOWN);
      assertThat(polling.get(20, TimeUnit.SECONDS)).isEqualTo(EnumSet.of(PollEvent.HUP));
      assertErrno(Errno.ESHUTDOWN, server::shutdown);
      client.sendmsg(data(1, "x"));
      assertThat(receive(client, 10))
          .isEqualTo("0 \"\" USER_CALL_ID=1 ABORT=RX_INVALID_OPERATION (-2) [EOR]");
    }
  }

  @Test
  @DisplayName("an interrupt is EINTR, the flag stays set and the socket open")
  void interrupt() throws Exception {
    try (RxrpcSocket server = Sockets.server();
        RxrpcSocket client = Sockets.client(server)) {
      BlockingQueue<Object> seen = new ArrayBlockingQueue<>(2);
      Thread t =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      seen.add(receive(server, 10));
                    } catch (Exception e) {
                      seen.add(e);
                    }
                    seen.add(Thread.currentThread().isInterrupted());
                  });
      t.interrupt();
      assertThat(seen.poll(20, TimeUnit.SECONDS))
          .isInstanceOfSatisfying(
              SocketErrorException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EINTR));
      assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo(true);
      client.sendmsg(data(1, "x"));
      assertThat(receive(server, 10)).contains("NEW_CALL");
    }
  }

  @Test
  @DisplayName("a non-blocking sender gets a part, then EAGAIN, then OUT when there is room")
  void nonBlocking() throws Exception {
    try (RxrpcSocket server = Sockets.server();
        RawPeer silent = new RawPeer();
        RxrpcSocket client = Sockets.client(server)) {
      client.configureBlocking(false);
      ByteBuffer lost = ByteBuffer.allocate(4 << 20);
      int taken = client.sendmsg(Message.of(2, lost).to(silent.address(9)));
      assertThat(taken).isPositive().isLessThan(lost.capacity());
      assertThat(client.poll()).doesNotContain(PollEvent.OUT); // nothing is acked, so none comes
      assertErrno(Errno.EAGAIN, () -> client.sendmsg(Message.of(2, lost)));
      int part = client.sendmsg(Message.of(1, big));
      assertThat(part).isPositive().isLessThan(big.capacity());
      assertThat(receive(server, 0)).contains("NEW_CALL");
      server.sendmsg(Message.of(ACCEPT, id(101)));
      FutureTask<Long> reading = blocked(() -> readAll(server));
      while (big.hasRemaining()) {
        client.poll(EnumSet.of(PollEvent.OUT), Duration.ofSeconds(20));
        try {
          client.sendmsg(Message.of(1, big));
        } catch (SocketErrorException e) {
          assertThat(e.errno()).isEqualTo(Errno.EAGAIN);
        }
      }
      assertThat(reading.get(20, TimeUnit.SECONDS)).isEqualTo(big.capacity());
    }
  }

  private static long readAll(RxrpcSocket s) throws Exception {
    ByteBuffer b = ByteBuffer.allocate(100_000);
    long n = 0;
    while (true) {
      ReceivedMessage m = s.recvmsg(b.clear());
      n += m.length();
      if (!m.more()) {
        return n;
      }
      assertThat(m.length()).isEqualTo(b.capacity()); // (d): it fills the buffer
    }
  }

  @Test
  @DisplayName("a call that waits for a channel is sent when there is one")
  void waitingForAChannel() throws Exception {
    Tunables one = Sockets.tunables().with(Tunable.BUNDLE_CONNECTIONS, 1);
    try (RxrpcSocket server = Sockets.server();
        RxrpcSocket client = Sockets.timed(RxrpcSocket.open(StandardProtocolFamily.INET, one))) {
      client.connect(Sockets.address(server));
      for (int i = 1; i <= 4; i++) {
        client.sendmsg(data(i, "x"));
      }
      assertErrno(Errno.EAGAIN, () -> client.sendmsg(data(5, "fifth"), MsgFlag.DONTWAIT));
      FutureTask<Integer> fifth = blocked(() -> client.sendmsg(data(5, "fifth")));
      assertThat(fifth.isDone()).isFalse();
      client.sendmsg(Message.of(id(2), new ControlMessage.Abort(1)));
      assertThat(fifth.get(20, TimeUnit.SECONDS)).isEqualTo(5);
    }
  }

  @Test
  @DisplayName("readiness is told for messages")
  void readiness() throws Exception {
    try (RxrpcSocket server = Sockets.server();
        RxrpcSocket client = Sockets.client(server)) {
      Semaphore told = new Semaphore(0);
      server.onReady(s -> told.release());
      client.sendmsg(data(1, "x"));
      assertThat(told.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
      assertThat(server.poll()).contains(PollEvent.IN);
      assertThat(receive(server, 10, MsgFlag.DONTWAIT)).contains("NEW_CALL");
    }
  }

  @Test
  @DisplayName("poll with no time returns at once, and binds nothing")
  void pollLooks() throws Exception {
    try (RxrpcSocket server = Sockets.server();
        RxrpcSocket fresh = Sockets.client();
        RxrpcSocket client = Sockets.client(server)) {
      assertThat(server.poll(EnumSet.of(PollEvent.IN), Duration.ZERO)).isEmpty();
      assertThat(server.poll(EnumSet.noneOf(PollEvent.class), Duration.ZERO)).isEmpty();
      assertThat(server.poll(EnumSet.allOf(PollEvent.class), Duration.ZERO))
          .containsExactly(PollEvent.OUT);
      assertThat(fresh.poll(EnumSet.allOf(PollEvent.class), Duration.ZERO))
          .containsExactly(PollEvent.OUT);
      assertThat(fresh.getLocalAddress()).isNull();
      client.sendmsg(data(1, "x"));
      assertThat(server.await(EnumSet.of(PollEvent.IN))).containsExactly(PollEvent.IN);
      assertThat(server.poll(EnumSet.of(PollEvent.IN), Duration.ZERO))
          .containsExactly(PollEvent.IN);
      server.shutdown();
      assertThat(server.poll(EnumSet.of(PollEvent.IN), Duration.ZERO))
          .containsExactly(PollEvent.HUP);
    }
  }

  @Test
  @DisplayName("poll takes every duration but a negative one; await waits for ever")
  void pollDurations() throws Exception {
    try (RxrpcSocket server = Sockets.server();
        RxrpcSocket client = Sockets.client(server)) {
      Set<PollEvent> in = EnumSet.of(PollEvent.IN);
      assertErrno(Errno.EINVAL, () -> server.poll(in, Duration.ofNanos(-1)));
      assertErrno(Errno.EINVAL, () -> server.poll(in, Duration.ofSeconds(Long.MIN_VALUE)));
      assertThat(server.poll(in, Duration.ofNanos(1))).isEmpty();
      FutureTask<?> huge = blocked(() -> server.poll(in, Duration.ofSeconds(Long.MAX_VALUE)));
      FutureTask<?> endless = blocked(() -> server.await(in));
      assertThat(huge.isDone()).isFalse();
      assertThat(endless.isDone()).isFalse();
      client.sendmsg(data(1, "x"));
      assertThat(huge.get(20, TimeUnit.SECONDS)).isEqualTo(in);
      assertThat(endless.get(20, TimeUnit.SECONDS)).isEqualTo(in);
    }
  }
}
