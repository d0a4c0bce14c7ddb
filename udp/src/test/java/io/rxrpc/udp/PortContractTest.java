// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.udp.Loopback.Datagram;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What every port promises, on real sockets. */
@Timeout(60)
class PortContractTest {

  @ParameterizedTest
  @CsvSource({"LINUX,127.0.0.1", "LINUX,::1", "NIO,127.0.0.1", "NIO,::1"})
  void answersAnEcho(PortKind kind, String address) throws IOException {
    try (DatagramPort server = Loopback.open(kind, address);
        DatagramPort client = Loopback.open(kind, address)) {
      assertThat(server.kind()).isEqualTo(kind);
      Loopback.send(client, server.localAddress(), "hello");
      Datagram request = Loopback.collect(server, 1).getFirst();
      assertThat(request.text()).isEqualTo("hello");
      assertThat(request.source()).isEqualTo(client.localAddress());

      Loopback.send(server, request.source(), "hello yourself");
      Datagram reply = Loopback.collect(client, 1).getFirst();
      assertThat(reply.text()).isEqualTo("hello yourself");
      assertThat(reply.source()).isEqualTo(server.localAddress());
    }
  }

  @ParameterizedTest
  @EnumSource(PortKind.class)
  void dualStackWildcardSpeaksBothFamiliesAndNormalisesMappedAddresses(PortKind kind)
      throws IOException {
    try (DatagramPort server = Loopback.open(kind, "::");
        DatagramPort four = Loopback.open(kind, Loopback.IPV4);
        DatagramPort six = Loopback.open(kind, Loopback.IPV6)) {
      int port = server.localAddress().getPort();
      Loopback.send(four, Loopback.at(Loopback.IPV4, port), "four");
      Datagram fromFour = Loopback.collect(server, 1).getFirst();
      assertThat(fromFour.source().getAddress()).isInstanceOf(Inet4Address.class);
      assertThat(fromFour.source()).isEqualTo(four.localAddress());
      Loopback.send(server, fromFour.source(), "to four");
      assertThat(Loopback.texts(Loopback.collect(four, 1))).containsExactly("to four");

      Loopback.send(six, Loopback.at(Loopback.IPV6, port), "six");
      Datagram fromSix = Loopback.collect(server, 1).getFirst();
      assertThat(fromSix.source().getAddress()).isInstanceOf(Inet6Address.class);
      Loopback.send(server, fromSix.source(), "to six");
      assertThat(Loopback.texts(Loopback.collect(six, 1))).containsExactly("to six");
    }
  }

  @ParameterizedTest
  @EnumSource(PortKind.class)
  void wildcardOfIpv4SpeaksIpv4(PortKind kind) throws IOException {
    try (DatagramPort server = Loopback.open(kind, "0.0.0.0");
        DatagramPort client = Loopback.open(kind, "0.0.0.0")) {
      int port = server.localAddress().getPort();
      Loopback.send(client, Loopback.at(Loopback.IPV4, port), "x");
      assertThat(Loopback.texts(Loopback.collect(server, 1))).containsExactly("x");
    }
  }

  /** Trains: of one size, with a shorter last, and longer than a system takes at once. */
  @ParameterizedTest
  @CsvSource({
    "LINUX,127.0.0.1,14120,1412",
    "LINUX,127.0.0.1,14121,1412",
    "LINUX,::1,80700,1412",
    "LINUX,127.0.0.1,300000,1412",
    "LINUX,127.0.0.1,100001,9000",
    "LINUX,127.0.0.1,130000,40000",
    "LINUX,::1,5003,20",
    "NIO,127.0.0.1,14121,1412",
    "NIO,::1,300000,1412"
  })
  void trainArrivesAsItsDatagrams(PortKind kind, String address, int length, int segment)
      throws IOException {
    byte[] bytes = Loopback.pattern(length);
    try (DatagramPort server = Loopback.open(kind, address);
        DatagramPort client = Loopback.open(kind, address)) {
      SendBatch batch = new SendBatch();
      MemorySegment memory = Loopback.bytes(bytes);
      assertThat(batch.add(server.localAddress(), null, memory, 0, length, segment, true)).isTrue();
      assertThat(client.send(batch, 0)).isEqualTo(1);

      int count = (length + segment - 1) / segment;
      List<Datagram> datagrams = Loopback.collect(server, count);
      for (int i = 0; i < count; i++) {
        int start = i * segment;
        assertThat(datagrams.get(i).bytes())
            .isEqualTo(Arrays.copyOfRange(bytes, start, Math.min(start + segment, length)));
      }
      assertThat(datagrams).hasSize(count);
      assertThat(batch.length(0)).as("the batch is unchanged").isEqualTo(length);
    }
  }

  /** Equal neighbours may travel together; order and borders stay. */
  @ParameterizedTest
  @EnumSource(PortKind.class)
  void runOfSmallDatagramsArrivesInOrder(PortKind kind) throws IOException {
    try (DatagramPort server = Loopback.open(kind, Loopback.IPV4);
        DatagramPort client = Loopback.open(kind, Loopback.IPV4)) {
      SendBatch batch = new SendBatch(400);
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        // Runs of equal sizes, each ended by a shorter one, then a longer one, then an empty one.
        String text =
            switch (i % 100) {
              case 70 -> "s" + i;
              case 71 -> "much longer than the others " + i;
              case 72 -> "";
              default -> "number %4d".formatted(i);
            };
        expected.add(text);
        Loopback.add(batch, server.localAddress(), text);
      }
      assertThat(client.send(batch, 0)).isEqualTo(400);
      assertThat(Loopback.texts(Loopback.collect(server, 400))).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @EnumSource(PortKind.class)
  void neighboursToDifferentDestinationsAreNotMixed(PortKind kind) throws IOException {
    try (DatagramPort one = Loopback.open(kind, Loopback.IPV4);
        DatagramPort two = Loopback.open(kind, Loopback.IPV4);
        DatagramPort client = Loopback.open(kind, Loopback.IPV4)) {
      SendBatch batch = new SendBatch();
      Loopback.add(batch, one.localAddress(), "a1");
      Loopback.add(batch, two.localAddress(), "b1");
      Loopback.add(batch, two.localAddress(), "b2");
      Loopback.add(batch, one.localAddress(), "a2");
      assertThat(client.send(batch, 0)).isEqualTo(4);
      assertThat(Loopback.texts(Loopback.collect(one, 2))).containsExactly("a1", "a2");
      assertThat(Loopback.texts(Loopback.collect(two, 2))).containsExactly("b1", "b2");
    }
  }

  @ParameterizedTest
  @EnumSource(PortKind.class)
  void sendStartsAtTheIndexGiven(PortKind kind) throws IOException {
    try (DatagramPort server = Loopback.open(kind, Loopback.IPV4);
        DatagramPort client = Loopback.open(kind, Loopback.IPV4)) {
      SendBatch batch = new SendBatch();
      Loopback.add(batch, server.localAddress(), "gone");
      Loopback.add(batch, server.localAddress(), "new");
      assertThat(client.send(batch, 1)).isEqualTo(2);
      assertThat(client.send(batch, 2)).isEqualTo(2);
      assertThat(Loopback.texts(Loopback.collect(server, 1))).containsExactly("new");
    }
  }

  @ParameterizedTest
  @EnumSource(PortKind.class)
  void sameSourceIsTheSameObject(PortKind kind) throws IOException {
    try (DatagramPort server = Loopback.open(kind, Loopback.IPV4);
        DatagramPort one = Loopback.open(kind, Loopback.IPV4);
        DatagramPort two = Loopback.open(kind, Loopback.IPV4)) {
      List<InetSocketAddress> sources = new ArrayList<>();
      for (DatagramPort client : List.of(one, two, one, two)) {
        Loopback.send(client, server.localAddress(), "x");
        sources.add(Loopback.collect(server, 1).getFirst().source());
      }
      assertThat(sources.get(2)).isSameAs(sources.get(0));
      assertThat(sources.get(3)).isSameAs(sources.get(1));
    }
  }

  @ParameterizedTest
  @EnumSource(PortKind.class)
  void datagramTooLargeIsALocalErrorAndTheOthersLeave(PortKind kind) throws IOException {
    try (DatagramPort server = Loopback.open(kind, Loopback.IPV4);
        DatagramPort client = Loopback.open(kind, Loopback.IPV4)) {
      SendBatch batch = new SendBatch();
      InetSocketAddress to = server.localAddress();
      MemorySegment huge = Arena.ofAuto().allocate(70_000);
      Loopback.add(batch, to, "before");
      batch.add(to, null, huge, 0, 65_508, 65_508, true);
      batch.add(to, null, huge, 0, 70_000, 70_000, false);
      Loopback.add(batch, to, "after");
      assertThat(client.send(batch, 0)).isEqualTo(4);
      assertThat(Loopback.texts(Loopback.collect(server, 2))).containsExactly("before", "after");
      assertThat(Loopback.errors(client, 2))
          .allSatisfy(
              error -> {
                assertThat(error.errno()).isEqualTo(Errno.EMSGSIZE.number());
                assertThat(error.kind()).isEqualTo(PortError.Kind.LOCAL);
                assertThat(error.destination()).isEqualTo(to);
              });
      assertThat(client.errors(error -> {})).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(PortKind.class)
  void destinationOfTheOtherFamilyIsALocalError(PortKind kind) throws IOException {
    try (DatagramPort server = Loopback.open(kind, Loopback.IPV4);
        DatagramPort client = Loopback.open(kind, Loopback.IPV4)) {
      SendBatch batch = new SendBatch();
      InetSocketAddress six = Loopback.at(Loopback.IPV6, 7003);
      Loopback.add(batch, six, "nowhere");
      Loopback.add(batch, server.localAddress(), "somewhere");
      Loopback.add(batch, six, "nowhere");
      assertThat(client.send(batch, 0)).isEqualTo(3);
      assertThat(Loopback.texts(Loopback.collect(server, 1))).containsExactly("somewhere");
      PortError expected = new PortError(six, Errno.EAFNOSUPPORT.number(), PortError.Kind.LOCAL, 0);
      assertThat(Loopback.errors(client, 2)).containsExactly(expected, expected);
    }
  }

  @ParameterizedTest
  @EnumSource(PortKind.class)
  void reportsTheBufferSizesGot(PortKind kind) throws IOException {
    PortOptions options = PortOptions.of(Loopback.at(Loopback.IPV4, 0)).withForced(kind);
    try (DatagramPort standard = DatagramPorts.open(options);
        DatagramPort small = DatagramPorts.open(options.withBuffers(20_000, 30_000))) {
      assertThat(standard.receiveBufferSize()).isPositive();
      assertThat(standard.sendBufferSize()).isPositive();
      assertThat(small.receiveBufferSize()).isEqualTo(20_000);
      assertThat(small.sendBufferSize()).isEqualTo(30_000);
    }
  }

  @ParameterizedTest
  @EnumSource(PortKind.class)
  void pollAndShortTimeoutsReturnNothing(PortKind kind) throws IOException {
    try (DatagramPort port = Loopback.open(kind, Loopback.IPV4)) {
      ReceiveBatch batch = new ReceiveBatch();
      assertThat(port.receive(batch, 0)).isZero();
      assertThat(port.receive(batch, 1)).isZero();
      long start = System.nanoTime();
      assertThat(port.receive(batch, 5_000_000)).isZero();
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(5_000_000);
    }
  }

  @ParameterizedTest
  @EnumSource(PortKind.class)
  void wakeupMadeBeforeEndsTheNextReceiveAndOnlyThat(PortKind kind) throws IOException {
    try (DatagramPort port = Loopback.open(kind, Loopback.IPV4)) {
      ReceiveBatch batch = new ReceiveBatch();
      port.wakeup();
      port.wakeup();
      assertThat(port.receive(batch, -1)).isZero();
      long start = System.nanoTime();
      assertThat(port.receive(batch, 2_000_000)).isZero();
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(2_000_000);
    }
  }

  @ParameterizedTest
  @EnumSource(PortKind.class)
  void wakeupEndsABlockedReceive(PortKind kind) throws Exception {
    try (DatagramPort port = Loopback.open(kind, Loopback.IPV4)) {
      BlockingQueue<Integer> returned = new ArrayBlockingQueue<>(1);
      Thread receiver =
          Thread.ofPlatform()
              .start(
                  () -> {
                    ReceiveBatch batch = new ReceiveBatch();
                    for (int i = 0; i < 200; i++) {
                      try {
                        returned.put(port.receive(batch, -1));
                      } catch (IOException | InterruptedException e) {
                        throw new IllegalStateException(e);
                      }
                    }
                  });
      for (int i = 0; i < 200; i++) {
        if (i < 20) {
          await(() -> waits(receiver));
        }
        port.wakeup();
        assertThat(returned.poll(20, TimeUnit.SECONDS)).isZero();
      }
      receiver.join();
    }
  }

  @ParameterizedTest
  @EnumSource(PortKind.class)
  void closeEndsABlockedReceiveAndAllLaterCallsFail(PortKind kind) throws Exception {
    for (int round = 0; round < 20; round++) {
      DatagramPort port = Loopback.open(kind, Loopback.IPV4);
      BlockingQueue<Exception> thrown = new ArrayBlockingQueue<>(1);
      CountDownLatch started = new CountDownLatch(1);
      Thread receiver =
          Thread.ofPlatform()
              .start(
                  () -> {
                    started.countDown();
                    try {
                      port.receive(new ReceiveBatch(), -1);
                    } catch (IOException | RuntimeException e) {
                      thrown.add(e);
                    }
                  });
      started.await();
      if (round % 2 == 0) {
        await(() -> waits(receiver));
      }
      port.close();
      assertThat(thrown.poll(20, TimeUnit.SECONDS)).isInstanceOf(ClosedChannelException.class);
      receiver.join();
      port.close();
      port.wakeup();
      assertThat(port.errors(error -> {})).isZero();
      assertThat(port.localAddress().getPort()).isPositive();
      SendBatch batch = new SendBatch();
      Loopback.add(batch, port.localAddress(), "late");
      assertThatThrownBy(() -> port.send(batch, 0)).isInstanceOf(ClosedChannelException.class);
      assertThatThrownBy(() -> port.receive(new ReceiveBatch(), 0))
          .isInstanceOf(ClosedChannelException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(PortKind.class)
  void virtualThreadMayPollButNotWait(PortKind kind) throws Exception {
    try (DatagramPort port = Loopback.open(kind, Loopback.IPV4)) {
      BlockingQueue<Object> results = new ArrayBlockingQueue<>(3);
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  results.add(port.receive(new ReceiveBatch(), 0));
                  Loopback.send(port, port.localAddress(), "to myself");
                  results.add(port.receive(new ReceiveBatch(), -1));
                  results.add(port.receive(new ReceiveBatch(), -1));
                } catch (IOException | RuntimeException e) {
                  results.add(e);
                }
              })
          .join();
      assertThat(results.take()).isEqualTo(0);
      assertThat(results.take()).isEqualTo(1);
      assertThat(results.take()).isInstanceOf(IllegalStateException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(PortKind.class)
  void portInUseIsABindException(PortKind kind) throws IOException {
    try (DatagramPort port = Loopback.open(kind, Loopback.IPV4)) {
      PortOptions same = PortOptions.of(port.localAddress()).withForced(kind);
      assertThatThrownBy(() -> DatagramPorts.open(same)).isInstanceOf(BindException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(PortKind.class)
  void reusePortLetsSeveralBind(PortKind kind) throws IOException {
    PortOptions any = new PortOptions(Loopback.at(Loopback.IPV4, 0), kind, 0, 0, true);
    try (DatagramPort first = DatagramPorts.open(any)) {
      PortOptions same = new PortOptions(first.localAddress(), kind, 0, 0, true);
      try (DatagramPort second = DatagramPorts.open(same)) {
        assertThat(second.localAddress()).isEqualTo(first.localAddress());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(PortKind.class)
  void receiveFillsNoMoreThanTheBatchHolds(PortKind kind) throws IOException {
    try (DatagramPort server = Loopback.open(kind, Loopback.IPV4);
        DatagramPort client = Loopback.open(kind, Loopback.IPV4)) {
      for (int i = 0; i < 40; i++) {
        Loopback.send(client, server.localAddress(), "x".repeat(i + 1));
      }
      ReceiveBatch two = new ReceiveBatch(2);
      assertThat(server.receive(two, 0)).isEqualTo(2);
      assertThat(two.length(1)).isEqualTo(2);
      ReceiveBatch large = new ReceiveBatch(64);
      int rest = 0;
      for (int n = server.receive(large, 0); n > 0; n = server.receive(large, 0)) {
        rest += n;
      }
      assertThat(rest).isEqualTo(38);
    }
  }

  /** Whether the thread is inside a native wait or a lock, as far as the JVM shows. */
  private static boolean waits(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .anyMatch(
            frame ->
                frame.getMethodName().equals("ppoll") || frame.getMethodName().equals("select"));
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }
}
