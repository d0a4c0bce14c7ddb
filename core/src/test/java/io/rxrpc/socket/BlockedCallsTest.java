// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import static io.rxrpc.socket.Sockets.ACCEPT;
import static io.rxrpc.socket.Sockets.data;
import static io.rxrpc.socket.Sockets.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.tuning.Tunable;
import io.rxrpc.udp.Errno;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation that can block, and everything that ends it from outside. */
class BlockedCallsTest {
  /** What blocks. */
  enum Blocked {
    /** The window is full; something was taken. */
    SEND_IN_FLOW_CONTROL,
    /** All channels are busy; nothing was taken. */
    SEND_WITHOUT_CHANNEL,
    /** Another thread sends on the call. */
    SEND_BEHIND_ANOTHER,
    /** A client waits for its reply. */
    RECEIVE_REPLY,
    /** A server waits for the rest of a request; something was copied. */
    RECEIVE_MORE,
    /** A server waits for calls. */
    RECEIVE_CALLS,
    /** A client waits for anything. */
    POLL,
    /** The same on a socket that nobody has bound or connected. */
    POLL_UNBOUND
  }

  /** What ends it. */
  enum End {
    INTERRUPT,
    CLOSE,
    SHUTDOWN
  }

  private RxrpcSocket server;
  private RxrpcSocket client;

  /** The one that blocks. */
  private RxrpcSocket subject;

  @BeforeEach
  void open() throws IOException {
    server = Sockets.server();
    client =
        Sockets.timed(
            RxrpcSocket.open(
                StandardProtocolFamily.INET,
                Sockets.tunables().with(Tunable.BUNDLE_CONNECTIONS, 1)));
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  static Stream<Arguments> matrix() {
    return Stream.of(Blocked.values())
        .flatMap(b -> Stream.of(End.values()).map(e -> Arguments.of(b, e)));
  }

  /** An operation; what it returns is told as text. */
  private interface Operation {
    Object run() throws IOException;
  }

  private Operation operation(Blocked what) throws IOException {
    if (what != Blocked.POLL_UNBOUND) {
      client.connect(Sockets.address(server));
    }
    subject = client;
    ByteBuffer big = ByteBuffer.allocate(4 << 20);
    return switch (what) {
      case SEND_IN_FLOW_CONTROL -> () -> client.sendmsg(Message.of(1, big)) > 0 ? "a part" : "0";
      case SEND_WITHOUT_CHANNEL -> {
        for (int tag = 1; tag <= 4; tag++) {
          client.sendmsg(data(tag, "x"));
        }
        yield () -> client.sendmsg(data(5, "x"));
      }
      case SEND_BEHIND_ANOTHER -> {
        blocked(() -> client.sendmsg(Message.of(1, big)));
        yield () -> client.sendmsg(data(1, "behind"));
      }
      case RECEIVE_REPLY -> {
        client.sendmsg(data(1, "x"));
        yield () -> Sockets.receive(client, 10);
      }
      case RECEIVE_MORE -> {
        client.sendmsg(Message.of(1, ByteBuffer.allocate(5_000)), MsgFlag.MORE);
        Sockets.receive(server, 0);
        server.sendmsg(Message.of(ACCEPT, id(101)));
        server.poll(EnumSet.of(PollEvent.IN), Duration.ofSeconds(20));
        subject = server;
        yield () -> server.recvmsg(ByteBuffer.allocate(100_000)).length() > 0 ? "a part" : "0";
      }
      case RECEIVE_CALLS -> {
        subject = server;
        yield () -> Sockets.receive(server, 10);
      }
      case POLL, POLL_UNBOUND ->
          () -> client.poll(EnumSet.of(PollEvent.IN), Duration.ofSeconds(60));
    };
  }

  private final BlockingQueue<Object> results = new ArrayBlockingQueue<>(4);

  /** Runs something that will block, and waits until it does. */
  private Thread blocked(Operation what) {
    Thread t =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  String text = result(what);
                  boolean flag = Thread.currentThread().isInterrupted();
                  results.add(text + (flag ? ", flag set" : ""));
                });
    while (t.getState() != Thread.State.WAITING && t.getState() != Thread.State.TIMED_WAITING) {
      assertThat(t.getState()).isNotEqualTo(Thread.State.TERMINATED);
      Thread.onSpinWait();
    }
    return t;
  }

  private static String result(Operation what) {
    try {
      return what.run().toString();
    } catch (ClosedChannelException e) {
      return "closed";
    } catch (SocketErrorException e) {
      return Errno.name(e.number());
    } catch (IOException | RuntimeException e) {
      return e.toString();
    }
  }

  private static Set<String> wanted(Blocked what, End end) {
    boolean poll = what == Blocked.POLL || what == Blocked.POLL_UNBOUND;
    boolean part = what == Blocked.SEND_IN_FLOW_CONTROL || what == Blocked.RECEIVE_MORE;
    return switch (end) {
      // as in C: what was taken or copied counts; the flag tells of the rest
      case INTERRUPT -> Set.of((part ? "a part" : "EINTR") + ", flag set");
      case CLOSE -> Set.of("closed");
      case SHUTDOWN -> Set.of(poll ? "[HUP]" : "ESHUTDOWN");
    };
  }

  @ParameterizedTest
  @MethodSource("matrix")
  @DisplayName("what blocks returns with the documented error, and nothing hangs")
  void returns(Blocked what, End end) throws Exception {
    Operation operation = operation(what);
    Thread t = blocked(operation);
    switch (end) {
      case INTERRUPT -> t.interrupt();
      case CLOSE -> subject.close();
      case SHUTDOWN -> subject.shutdown();
    }
    if (end == End.INTERRUPT) {
      assertThat(results.poll(30, TimeUnit.SECONDS)).isIn(wanted(what, end));
      assertThat(subject.isOpen()).isTrue();
      return;
    }
    int threads = what == Blocked.SEND_BEHIND_ANOTHER ? 2 : 1;
    for (int i = 0; i < threads; i++) {
      assertThat(results.poll(30, TimeUnit.SECONDS)).isIn(wanted(what, end));
    }
  }
}
