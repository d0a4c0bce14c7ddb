// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.udp.PortKind;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import java.lang.foreign.MemorySegment;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A name with several addresses, of which not all have a server. */
@Tag("long")
class SeveralAddressesTest {
  private static final int SERVICE = 52;
  private static final byte[] REQUEST = {1, 2, 3};
  private static final Tunables IMPATIENT =
      Tunables.fromProperties().with(Tunable.ADDRESS_PATIENCE, 200_000_000);

  private static RxrpcEndpoint server(String address, int port, String answer) throws Exception {
    RxrpcEndpoint server =
        RxrpcEndpoint.open(new InetSocketAddress(InetAddress.ofLiteral(address), port));
    server.serve(SERVICE, CallHandler.blob(request -> text(answer)));
    return server;
  }

  private static RxrpcEndpoint client(PortKind kind) throws Exception {
    return RxrpcEndpoint.builder().port(kind).tunables(IMPATIENT).open();
  }

  private static byte[] text(String s) {
    return s.getBytes(StandardCharsets.UTF_8);
  }

  private static int port(RxrpcEndpoint server) {
    return server.localAddress().getPort();
  }

  private static RxrpcAddress name(int port, String... addresses) throws Exception {
    return RxrpcAddress.of(
        "cell.example",
        port,
        SERVICE,
        host -> Arrays.stream(addresses).map(InetAddress::ofLiteral).toList());
  }

  private static byte[] streamed(RxrpcEndpoint client, RxrpcAddress to) throws Exception {
    try (ClientCall call = client.begin(to)) {
      call.write(REQUEST, 0, REQUEST.length);
      return call.readAll(100);
    }
  }

  @ParameterizedTest
  @EnumSource(PortKind.class)
  void localhostWithAServerOnIpv6Only(PortKind kind) throws Exception {
    try (RxrpcEndpoint server = server("::1", 0, "six")) {
      RxrpcAddress localhost = name(port(server), "127.0.0.1", "::1");
      try (RxrpcEndpoint client = client(kind)) {
        assertThat(client.call(localhost, REQUEST)).isEqualTo(text("six"));
        assertThat(client.call(localhost, REQUEST)).isEqualTo(text("six"));
      }
      try (RxrpcEndpoint client = client(kind)) {
        assertThat(client.callAsync(localhost, REQUEST).get()).isEqualTo(text("six"));
      }
      try (RxrpcEndpoint client = client(kind)) {
        assertThat(streamed(client, localhost)).isEqualTo(text("six"));
      }
    }
  }

  @Test
  void aSilentAddressIsPassedOverAndGetsNoRequest() throws Exception {
    try (DatagramSocket silent = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.2"));
        RxrpcEndpoint server = server("127.0.0.3", silent.getLocalPort(), "three");
        RxrpcEndpoint client = client(PortKind.LINUX)) {
      RxrpcAddress to = name(port(server), "127.0.0.2", "127.0.0.3");
      assertThat(client.call(to, REQUEST)).isEqualTo(text("three"));
      assertThat(streamed(client, to)).isEqualTo(text("three"));
      assertThat(types(silent)).containsExactly(PacketType.VERSION);
    }
  }

  /** What has come until now. */
  private static Set<Integer> types(DatagramSocket socket) throws Exception {
    socket.setSoTimeout(1);
    Set<Integer> types = new HashSet<>();
    DatagramPacket p = new DatagramPacket(new byte[2000], 2000);
    try {
      while (true) {
        socket.receive(p);
        types.add(Header.type(MemorySegment.ofArray(p.getData()), 0));
      }
    } catch (SocketTimeoutException e) {
      return types;
    }
  }

  @Test
  void theFirstAddressThatAnswersIsCalled() throws Exception {
    try (RxrpcEndpoint a = server("127.0.0.2", 0, "a");
        RxrpcEndpoint b = server("127.0.0.3", port(a), "b");
        RxrpcEndpoint client = client(PortKind.LINUX)) {
      assertThat(client.call(name(port(b), "127.0.0.2", "127.0.0.3"), REQUEST))
          .isEqualTo(text("a"));
      assertThat(client.call(name(port(b), "127.0.0.3", "127.0.0.2"), REQUEST))
          .isEqualTo(text("b"));
    }
  }

  @Test
  void aServerThatIsGoneIsLeftForTheNextAddress() throws Exception {
    try (RxrpcEndpoint b = server("127.0.0.3", 0, "b");
        RxrpcEndpoint client = client(PortKind.LINUX)) {
      RxrpcAddress to = name(port(b), "127.0.0.2", "127.0.0.3");
      try (RxrpcEndpoint a = server("127.0.0.2", port(b), "a")) {
        assertThat(client.call(to, REQUEST)).isEqualTo(text("a"));
        assertThat(client.status().peers()).isPositive();
      }
      assertThat(client.call(to, REQUEST)).as("refused, and sent elsewhere").isEqualTo(text("b"));
      assertThat(client.callAsync(to, REQUEST).get()).isEqualTo(text("b"));
    }
  }

  @Test
  void aRequestThatWasTakenIsSentToNobodyElse() throws Exception {
    AtomicInteger elsewhere = new AtomicInteger();
    CountDownLatch taken = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    try (RxrpcEndpoint a =
            RxrpcEndpoint.open(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), 0));
        RxrpcEndpoint b =
            RxrpcEndpoint.open(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.3"), port(a)));
        RxrpcEndpoint client = client(PortKind.LINUX)) {
      a.serve(
          SERVICE,
          call -> {
            taken.countDown();
            end.await();
          });
      b.serve(
          SERVICE,
          CallHandler.blob(
              request -> {
                elsewhere.incrementAndGet();
                return request;
              }));
      RxrpcAddress to = name(port(a), "127.0.0.2", "127.0.0.3");
      CallTimeoutException e =
          catchThrowableOfType(
              CallTimeoutException.class,
              () -> client.call(to, REQUEST, CallOptions.DEFAULT.timeout(Duration.ofMillis(500))));
      assertThat(e.address()).hasToString("127.0.0.2:" + port(a) + "/52");
      taken.await();
      assertThat(elsewhere).hasValue(0);
      end.countDown();
    }
  }

  @Test
  void whatFailsEverywhereSaysSo() throws Exception {
    int port;
    try (RxrpcEndpoint gone = server("127.0.0.2", 0, "")) {
      port = port(gone);
    }
    RxrpcAddress to = name(port, "127.0.0.2", "127.0.0.3");
    try (RxrpcEndpoint client = client(PortKind.LINUX)) {
      String text =
          "cell.example:"
              + port
              + "/52 (127.0.0.2, 127.0.0.3) refused: nobody listens on UDP port ";
      assertThatThrownBy(() -> client.call(to, REQUEST))
          .isInstanceOf(NetworkErrorException.class)
          .hasMessageStartingWith(text);
      assertThatThrownBy(() -> client.callAsync(to, REQUEST).get())
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOf(NetworkErrorException.class)
          .hasMessageStartingWith(text);
      assertThatThrownBy(() -> streamed(client, to)).isInstanceOf(NetworkErrorException.class);
    }
  }

  @Test
  void theLimitOfTheCallHoldsForTheSearchToo() throws Exception {
    try (DatagramSocket one = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.2"));
        DatagramSocket two =
            new DatagramSocket(one.getLocalPort(), InetAddress.ofLiteral("127.0.0.3"));
        RxrpcEndpoint client = client(PortKind.LINUX)) {
      RxrpcAddress to = name(two.getLocalPort(), "127.0.0.2", "127.0.0.3");
      assertThatThrownBy(
              () -> client.call(to, REQUEST, CallOptions.DEFAULT.timeout(Duration.ofMillis(100))))
          .isInstanceOf(CallTimeoutException.class);
      assertThat(types(one)).contains(PacketType.VERSION);
    }
  }
}
