// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static io.rxrpc.Ends.SERVICE;
import static io.rxrpc.Ends.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.key.RxkadToken;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.rxkad.ServerKeys;
import io.rxrpc.security.rxkad.TicketIssuer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What stands around calls on both sides. */
@Timeout(60)
class InterceptorsTest {
  private static final InetSocketAddress LOOPBACK =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final byte[] KEY = HexFormat.of().parseHex("0102040810204080");

  private static RxrpcEndpoint.Builder loopback() {
    return RxrpcEndpoint.builder().local(LOOPBACK);
  }

  private static String name(Throwable failure) {
    return failure == null ? "well" : failure.getClass().getSimpleName();
  }

  /** Notes how each call ended. */
  private static ClientInterceptor noting(String who, Queue<String> notes) {
    return call -> {
      notes.add(who + " begins " + call.to().serviceId());
      call.onEnd(failure -> notes.add(who + " ended: " + name(failure)));
    };
  }

  @Test
  void aClientsInterceptorSeesHowCallsOfEveryWayEnd() throws Exception {
    BlockingQueue<String> notes = new LinkedBlockingQueue<>();
    CountDownLatch running = new CountDownLatch(1);
    try (RxrpcEndpoint server = RxrpcEndpoint.open(LOOPBACK);
        RxrpcEndpoint client = loopback().intercept(noting("a", notes)).open()) {
      server.serve(SERVICE, CallHandler.blob(request -> request));
      server.serve(
          7,
          call -> {
            throw new CallAbort(new AbortCode(4711));
          });
      server.serve(
          8,
          call -> {
            CountDownLatch over = new CountDownLatch(1);
            call.onEnd(over::countDown);
            running.countDown();
            over.await();
          });
      RxrpcAddress good = new RxrpcAddress(server.localAddress(), SERVICE);
      RxrpcAddress bad = new RxrpcAddress(server.localAddress(), 7);
      client.call(good, bytes(3));
      assertThat(drained(notes, 2)).containsExactly("a begins 52", "a ended: well");
      assertThatThrownBy(() -> client.call(bad, bytes(3)));
      assertThat(drained(notes, 2)).containsExactly("a begins 7", "a ended: RemoteAbortException");
      assertThat(client.callAsync(good, bytes(3)).get()).isEqualTo(bytes(3));
      assertThat(drained(notes, 2)).containsExactly("a begins 52", "a ended: well");
      assertThatThrownBy(() -> client.callAsync(bad, bytes(3)).get());
      assertThat(drained(notes, 2)).containsExactly("a begins 7", "a ended: RemoteAbortException");
      try (ClientCall call = client.begin(good)) {
        call.readAll(5);
        assertThat(notes).containsExactly("a begins 52"); // it ends when it is closed
      }
      assertThat(drained(notes, 2)).containsExactly("a begins 52", "a ended: well");
      try (ClientCall call = client.begin(bad)) {
        assertThatThrownBy(() -> call.readAll(5));
      }
      assertThat(drained(notes, 2)).containsExactly("a begins 7", "a ended: RemoteAbortException");
      client.begin(good).close();
      assertThat(drained(notes, 2)).containsExactly("a begins 52", "a ended: LocalAbortException");
      CompletableFuture<byte[]> waiting =
          client.callAsync(new RxrpcAddress(server.localAddress(), 8), bytes(3));
      running.await();
      waiting.cancel(false);
      assertThat(waiting).isCancelled();
      assertThat(drained(notes, 2))
          .containsExactly("a begins 8", "a ended: " + CancellationException.class.getSimpleName());
      assertThat(notes).isEmpty();
    }
  }

  private static List<String> drained(BlockingQueue<String> notes, int count) throws Exception {
    List<String> all = new ArrayList<>();
    while (all.size() < count) {
      all.add(notes.take());
    }
    return all;
  }

  @Test
  void aClientsInterceptorGivesTheToken() throws Exception {
    RxkadToken token =
        TicketIssuer.classic(3, KEY, new SecureRandom())
            .issue("alice", "", "EXAMPLE.COM", Instant.now(), Duration.ofHours(1));
    ClientInterceptor tokens =
        call -> call.options(call.options().token(token, SecurityLevel.ENCRYPT).maxReply(5));
    try (RxrpcEndpoint server = RxrpcEndpoint.open(LOOPBACK);
        RxrpcEndpoint client = loopback().intercept(tokens).open()) {
      server.serve(
          SERVICE,
          ServiceOptions.rxkad(ServerKeys.des(3, KEY)),
          call -> {
            call.require(
                SecurityLevel.ENCRYPT, peer -> peer.principal().equals("alice@EXAMPLE.COM"));
            call.endReply(call.readAll(100));
          });
      RxrpcAddress to = new RxrpcAddress(server.localAddress(), SERVICE);
      assertThat(client.call(to, bytes(3))).isEqualTo(bytes(3));
      assertThat(client.callAsync(to, bytes(3)).get()).isEqualTo(bytes(3));
      try (ClientCall call = client.begin(to)) {
        call.write(bytes(3));
        assertThat(call.readAll(10)).isEqualTo(bytes(3));
        assertThat(call.level()).isEqualTo(SecurityLevel.ENCRYPT);
      }
      assertThatThrownBy(() -> client.call(to, bytes(6))).hasMessageContaining("EMSGSIZE");
    }
  }

  @Test
  void aClientsInterceptorMayRefuseAndThoseBeforeItHearOfThat() throws Exception {
    Queue<String> notes = new ConcurrentLinkedQueue<>();
    RxrpcException no = new LocalErrorException("no token", null, 126, null);
    try (RxrpcEndpoint client =
        loopback()
            .intercept(noting("first", notes))
            .intercept(
                call -> {
                  throw no;
                })
            .intercept(noting("never", notes))
            .open()) {
      RxrpcAddress to = RxrpcAddress.of("127.0.0.1", 9, SERVICE);
      assertThatThrownBy(() -> client.call(to, bytes(3))).isSameAs(no);
      assertThatThrownBy(() -> client.begin(to)).isSameAs(no);
      assertThatThrownBy(() -> client.callAsync(to, bytes(3)).get()).hasCause(no);
      assertThat(notes).hasSize(6).contains("first ended: LocalErrorException");
      assertThat(notes).noneMatch(note -> note.startsWith("never"));
      assertThat(client.counters()).containsEntry("calls-started", 0L);
    }
  }

  /** Notes what goes in and what comes out. */
  private static ServerInterceptor around(String who, Queue<String> notes) {
    return (call, next) -> {
      notes.add(who + " in " + call.serviceId());
      try {
        next.handle(call);
        notes.add(who + " out");
      } catch (CallAbort e) {
        notes.add(who + " sees " + e.code());
        throw e;
      }
    };
  }

  @Test
  void aServersInterceptorsStandAroundItsHandlersTheFirstOutermost() throws Exception {
    Queue<String> notes = new ConcurrentLinkedQueue<>();
    try (RxrpcEndpoint server =
            loopback().intercept(around("a", notes)).intercept(around("b", notes)).open();
        RxrpcEndpoint client = loopback().open()) {
      CountDownLatch over = new CountDownLatch(1);
      server.serve(
          SERVICE,
          call -> {
            notes.add("handler");
            call.write(call.readAll(100));
          });
      server.serve(7, CallHandler.blob(r -> r).requiring(SecurityLevel.CLEAR));
      RxrpcAddress to = new RxrpcAddress(server.localAddress(), SERVICE);
      assertThat(client.call(to, bytes(3))).isEqualTo(bytes(3));
      assertThat(notes).containsExactly("a in 52", "b in 52", "handler", "b out", "a out");
      notes.clear();
      // a requirement that is not met is seen, too
      assertThatThrownBy(() -> client.call(new RxrpcAddress(server.localAddress(), 7), bytes(3)))
          .hasMessageContaining("RXKADNOAUTH");
      assertThat(notes)
          .containsExactly(
              "a in 7", "b in 7", "b sees RXKADNOAUTH (19270405)", "a sees RXKADNOAUTH (19270405)");
      notes.clear();
      try (ChargedService charged = server.serveCharged(8, ServiceOptions.UNSECURED)) {
        charged.charge(
            call -> {
              try (call) {
                call.endReply(bytes(1));
              } catch (RxrpcException e) {
                throw new AssertionError(e);
              } finally {
                over.countDown();
              }
            });
        client.call(new RxrpcAddress(server.localAddress(), 8), bytes(3));
        over.await();
        assertThat(notes).startsWith("a in 8", "b in 8");
      }
    }
  }

  @Test
  void aServersInterceptorMayAnswerInPlaceOfTheHandler() throws Exception {
    ServerInterceptor guard =
        (call, next) -> {
          if (call.serviceId() == 7 || call.serviceId() == 8) {
            throw new CallAbort(new AbortCode(4711));
          }
          call.endReply(bytes(2));
        };
    try (RxrpcEndpoint server = loopback().intercept(guard).open();
        RxrpcEndpoint client = loopback().open()) {
      CallHandler never =
          call -> {
            throw new AssertionError("not asked");
          };
      server.serve(SERVICE, never);
      server.serve(7, never);
      ChargedService charged = server.serveCharged(8, ServiceOptions.UNSECURED);
      charged.charge(
          call -> {
            throw new AssertionError("not asked");
          });
      InetSocketAddress at = server.localAddress();
      assertThat(client.call(new RxrpcAddress(at, SERVICE), bytes(3))).isEqualTo(bytes(2));
      for (int refused = 7; refused <= 8; refused++) {
        RxrpcAddress to = new RxrpcAddress(at, refused);
        assertThatThrownBy(() -> client.call(to, bytes(3)))
            .isInstanceOfSatisfying(
                RemoteAbortException.class, e -> assertThat(e.code().value()).isEqualTo(4711));
      }
    }
  }
}
