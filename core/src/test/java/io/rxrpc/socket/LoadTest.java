// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import static io.rxrpc.socket.Sockets.CHARGE;
import static io.rxrpc.socket.Sockets.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.RxrpcAddress;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many calls, many threads. */
@Tag("long")
class LoadTest {
  private static final int OPEN = 10_000;

  /** Bytes of a request: three packets. */
  private static final int REQUEST = 3000;

  private static Tunables wide() {
    return Sockets.tunables()
        .with(Tunable.SOCKET_BACKLOG, 20_000)
        .with(Tunable.BUNDLE_CONNECTIONS, 4_000)
        .with(Tunable.DEAD_TIME, Duration.ofSeconds(60));
  }

  private static RxrpcSocket open(Tunables t) throws Exception {
    return Sockets.timed(RxrpcSocket.open(StandardProtocolFamily.INET, t));
  }

  @Test
  @DisplayName("10,000 calls of one socket are open at once, and then answered")
  void manyCallsAtOnce() throws Exception {
    try (RxrpcSocket server = open(wide());
        RxrpcSocket client = open(wide())) {
      server.bind(RxrpcAddress.of("127.0.0.1", 0, 5)).listen(OPEN);
      client.connect(Sockets.address(server));
      for (int i = 0; i < OPEN; i++) {
        server.sendmsg(Message.of(CHARGE, id(i)));
      }
      Thread calling =
          Thread.ofVirtual()
              .start(
                  () ->
                      Seen.must(
                          () -> {
                            for (int i = 0; i < OPEN; i++) {
                              ByteBuffer b = ByteBuffer.allocate(4).putInt(i).flip();
                              client.sendmsg(Message.of(1_000_000 + i, b));
                            }
                            return 0;
                          }));
      Map<Long, Integer> requests = new HashMap<>();
      ByteBuffer buffer = ByteBuffer.allocate(16);
      while (requests.size() < OPEN) {
        ReceivedMessage m = server.recvmsg(buffer.clear());
        assertThat(m.length()).isEqualTo(4);
        requests.put(m.userCallId().orElseThrow(), buffer.getInt(0));
      }
      calling.join();
      assertThat(SocketAccess.table(client).size()).isEqualTo(OPEN);
      for (Map.Entry<Long, Integer> r : requests.entrySet()) {
        ByteBuffer reply = ByteBuffer.allocate(4).putInt(~r.getValue()).flip();
        server.sendmsg(Message.of(r.getKey(), reply));
      }
      int replies = 0;
      while (replies < OPEN) {
        ReceivedMessage m = client.recvmsg(buffer.clear());
        assertThat(m.endOfRecord()).isTrue();
        assertThat(buffer.getInt(0)).isEqualTo(~(int) (m.userCallId().orElseThrow() - 1_000_000));
        replies++;
      }
      assertThat(SocketAccess.table(client).size()).isZero();
    }
  }

  @Test
  @DisplayName("64 threads on one socket lose, double and mix up nothing")
  void manyThreads() throws Exception {
    int threads = 64;
    int each = 20;
    // -Drxrpc.socket.seconds=60 for a soak
    long end = System.nanoTime() + Long.getLong("rxrpc.socket.seconds", 1) * 1_000_000_000L;
    ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    Map<Long, Long> replies = new ConcurrentHashMap<>();
    AtomicInteger ended = new AtomicInteger();
    Map<Long, Integer> pieces = new ConcurrentHashMap<>();
    try (RxrpcSocket server = Sockets.server();
        RxrpcSocket client = Sockets.client(server)) {
      server.listen(4000);
      for (int i = 0; i < threads * each; i++) {
        server.sendmsg(Message.of(CHARGE, id(i)));
      }
      List<Thread> callers = new ArrayList<>();
      List<Thread> servers = new ArrayList<>();
      AtomicLong calls = new AtomicLong();
      for (int t = 0; t < threads; t++) {
        servers.add(start(failures, () -> echo(server, ended, pieces)));
        callers.add(
            start(
                failures,
                () -> {
                  do {
                    round(client, calls.getAndAdd(each), each, replies);
                  } while (System.nanoTime() - end < 0 && failures.isEmpty());
                }));
      }
      join(callers);
      while (ended.get() < calls.get() && failures.isEmpty()) {
        Thread.onSpinWait(); // the last final ACKs are on their way
      }
      server.close();
      join(servers);
      assertThat(failures).isEmpty();
      assertThat(pieces).isEmpty();
      assertThat(replies).hasSize((int) calls.get());
      replies.forEach((tag, value) -> assertThat(value).isEqualTo(tag));
      System.out.println("64 threads on one socket: " + calls + " calls");
    }
  }

  private static void join(List<Thread> threads) throws InterruptedException {
    for (Thread t : threads) {
      t.join();
    }
  }

  private static void round(RxrpcSocket client, long firstTag, int calls, Map<Long, Long> replies)
      throws Exception {
    for (long tag = firstTag; tag < firstTag + calls; tag++) {
      ByteBuffer request = ByteBuffer.allocate(REQUEST);
      while (request.hasRemaining()) {
        request.putInt((int) tag); // each piece shall tell whose it is
      }
      client.sendmsg(Message.of(tag, request.flip()));
    }
    for (int i = 0; i < calls; i++) {
      reply(client, replies);
    }
  }

  private static void reply(RxrpcSocket client, Map<Long, Long> replies) throws Exception {
    ByteBuffer b = ByteBuffer.allocate(8);
    ReceivedMessage m = client.recvmsg(b);
    assertThat(m.endOfRecord()).as(m.toString()).isTrue();
    assertThat(replies.put(m.userCallId().orElseThrow(), b.getLong(0))).as("twice").isNull();
  }

  /** Serves until the socket is closed. */
  private static void echo(RxrpcSocket server, AtomicInteger ended, Map<Long, Integer> pieces)
      throws Exception {
    try {
      while (true) {
        echoOne(server, ended, pieces);
      }
    } catch (ClosedChannelException e) {
      return; // all calls have got their final ACK
    }
  }

  private static void echoOne(RxrpcSocket server, AtomicInteger ended, Map<Long, Integer> pieces)
      throws Exception {
    ByteBuffer b = ByteBuffer.allocate(4000);
    ReceivedMessage m = server.recvmsg(b);
    long tag = m.userCallId().orElseThrow();
    if (m.endOfRecord()) {
      assertThat(m.has(ControlMessage.Ack.class)).as(m.toString()).isTrue();
      server.sendmsg(Message.of(CHARGE, id(tag)));
      ended.incrementAndGet();
    } else {
      int value = b.getInt(0);
      for (int at = 0; at < m.length(); at += 4) {
        assertThat(b.getInt(at)).isEqualTo(value);
      }
      // a message of another call may have come between: then others have the other pieces
      if (pieces.merge(tag, m.length(), Integer::sum) == REQUEST) {
        pieces.remove(tag);
        server.sendmsg(Message.of(tag, ByteBuffer.allocate(8).putLong(0, value)));
      }
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  private static Thread start(ConcurrentLinkedQueue<Throwable> failures, Work work) {
    return Thread.ofVirtual()
        .start(
            () -> {
              try {
                work.run();
              } catch (Exception | AssertionError e) {
                failures.add(e);
              }
            });
  }
}
