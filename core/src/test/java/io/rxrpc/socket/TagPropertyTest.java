// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import static io.rxrpc.socket.Sockets.CHARGE;
import static io.rxrpc.socket.Sockets.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.udp.Errno;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A tag is never seen again after its EOR, and not after an abort of one's own: under load, with
 * aborts from both sides. The seed is the test's argument.
 */
class TagPropertyTest {
  private static final int CALLS = 600;
  private static final int AT_ONCE = 24;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  @DisplayName("a tag is silent from its EOR on")
  void tagsAreSilentAfterTheirEnd(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    try (RxrpcSocket server = Sockets.server();
        RxrpcSocket client = Sockets.client(server)) {
      SplittableRandom serverRandom = random.split();
      Thread serving =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      serve(server, serverRandom);
                    } catch (IOException | RuntimeException | AssertionError e) {
                      failure.set(e);
                    }
                  });
      call(client, random);
      server.shutdown();
      serving.join();
    }
    assertThat(failure.get()).as("the server, seed " + seed).isNull();
  }

  /** Live tags, with the number of the call that each stands for. */
  private static final class Live {
    final Map<Long, Integer> calls = new HashMap<>();

    /** Tags that must be silent. */
    void seen(ReceivedMessage m) {
      long tag = m.userCallId().orElseThrow();
      assertThat(calls).as("a message of tag " + tag + ": " + m).containsKey(tag);
      if (m.endOfRecord()) {
        calls.remove(tag);
      }
    }
  }

  private static void call(RxrpcSocket client, SplittableRandom random) throws IOException {
    Live live = new Live();
    ByteBuffer buffer = ByteBuffer.allocate(4096);
    int begun = 0;
    while (begun < CALLS || !live.calls.isEmpty()) {
      int action = random.nextInt(10);
      if (action < 5 && begun < CALLS && live.calls.size() < AT_ONCE) {
        long tag = free(live, random);
        live.calls.put(tag, begun++);
        boolean more = random.nextInt(8) == 0;
        byte[] request = new byte[random.nextInt(6000)];
        if (more) {
          client.sendmsg(Message.of(tag, request), MsgFlag.MORE);
          abort(client, live, tag);
        } else {
          client.sendmsg(Message.of(tag, request));
        }
      } else if (action == 9 && !live.calls.isEmpty()) {
        abort(client, live, live.calls.keySet().iterator().next());
      } else if (!live.calls.isEmpty()) {
        buffer.clear();
        live.seen(client.recvmsg(buffer.limit(1 + random.nextInt(4000))));
      }
    }
    assertThat(SocketAccess.table(client).size()).isZero();
  }

  /** Few tags, so that each is used again soon. */
  private static long free(Live live, SplittableRandom random) {
    long tag = random.nextInt(AT_ONCE * 2);
    while (live.calls.containsKey(tag)) {
      tag = (tag + 1) % (AT_ONCE * 2);
    }
    return tag;
  }

  private static void abort(RxrpcSocket s, Live live, long tag) throws IOException {
    s.sendmsg(Message.of(id(tag), new ControlMessage.Abort(7)));
    live.calls.remove(tag);
  }

  private static void serve(RxrpcSocket server, SplittableRandom random) throws IOException {
    Live live = new Live();
    for (long tag = 0; tag < AT_ONCE * 2; tag++) {
      charge(server, live, tag);
    }
    ByteBuffer buffer = ByteBuffer.allocate(4096);
    try {
      while (true) {
        buffer.clear();
        ReceivedMessage m = server.recvmsg(buffer);
        live.seen(m);
        long tag = m.userCallId().orElseThrow();
        if (m.endOfRecord()) {
          charge(server, live, tag);
        } else if (!m.more()) {
          answer(server, live, tag, random);
        }
      }
    } catch (SocketErrorException e) {
      assertThat(e.errno()).isEqualTo(Errno.ESHUTDOWN); // the client is done
    }
  }

  private static void answer(RxrpcSocket server, Live live, long tag, SplittableRandom random)
      throws IOException {
    try {
      if (random.nextInt(6) == 0) {
        abort(server, live, tag);
        charge(server, live, tag);
      } else {
        server.sendmsg(Message.of(tag, new byte[random.nextInt(9000)]));
      }
    } catch (SocketErrorException e) {
      // the client has aborted it: its end is about to be received
      assertThat(e.errno()).isIn(Errno.ESHUTDOWN, Errno.ECONNABORTED);
    }
  }

  private static void charge(RxrpcSocket server, Live live, long tag) throws IOException {
    live.calls.put(tag, 0);
    server.sendmsg(Message.of(CHARGE, id(tag)));
  }
}
