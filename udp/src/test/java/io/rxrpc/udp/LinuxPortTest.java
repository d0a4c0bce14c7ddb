// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.udp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rxrpc.udp.Loopback.Datagram;
import java.io.File;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What only the Linux port can do. */
@Timeout(60)
class LinuxPortTest {

  @BeforeAll
  static void needsLinux() {
    assumeTrue(LinuxSupport.missing() == null, () -> "LinuxPort: " + LinuxSupport.missing());
  }

  private static DatagramPort open(String address) throws IOException {
    return Loopback.open(PortKind.LINUX, address);
  }

  /** The reply leaves from the address that the request came to, on a wildcard bind. */
  @ParameterizedTest
  @CsvSource({
    "0.0.0.0,127.0.0.1,127.0.0.2",
    "::,127.0.0.1,127.0.0.2",
    "::,127.0.0.1,127.0.0.1",
    "::,::1,::1",
    "127.0.0.2,127.0.0.1,127.0.0.2"
  })
  void replyLeavesFromTheAddressTheRequestCameTo(String bind, String client, String called)
      throws IOException {
    try (DatagramPort server = open(bind);
        DatagramPort caller = open(client)) {
      InetSocketAddress target = Loopback.at(called, server.localAddress().getPort());
      Loopback.send(caller, target, "request");
      Datagram request = Loopback.collect(server, 1).getFirst();
      assertThat(request.local()).isEqualTo(target.getAddress());

      // A single datagram and a train: both carry the address.
      SendBatch replies = new SendBatch();
      MemorySegment memory = Loopback.text("one");
      replies.add(request.source(), request.local(), memory, 0, 3, 3, true);
      replies.add(request.source(), request.local(), Loopback.text("abcdefgh"), 0, 8, 2, false);
      assertThat(server.send(replies, 0)).isEqualTo(2);
      List<Datagram> received = Loopback.collect(caller, 5);
      assertThat(Loopback.texts(received)).containsExactly("one", "ab", "cd", "ef", "gh");
      assertThat(received).allSatisfy(reply -> assertThat(reply.source()).isEqualTo(target));
    }
  }

  @Test
  void localAddressIsTheSameObjectAgain() throws IOException {
    try (DatagramPort server = open("::");
        DatagramPort caller = open(Loopback.IPV4)) {
      InetSocketAddress target = Loopback.at("127.0.0.3", server.localAddress().getPort());
      Loopback.send(caller, target, "a");
      InetAddress first = Loopback.collect(server, 1).getFirst().local();
      Loopback.send(caller, target, "b");
      assertThat(first).isInstanceOf(Inet4Address.class).isEqualTo(target.getAddress());
      assertThat(Loopback.collect(server, 1).getFirst().local()).isSameAs(first);
    }
  }

  @Test
  void originOfTheOtherFamilyAndForeignOriginAreLocalErrors() throws IOException {
    try (DatagramPort server = open(Loopback.IPV4);
        DatagramPort client = open("::")) {
      InetSocketAddress to = server.localAddress();
      SendBatch batch = new SendBatch();
      batch.add(to, Loopback.address("::1"), Loopback.text("six"), 0, 3, 3, false);
      batch.add(to, Loopback.address("192.0.2.1"), Loopback.text("foreign"), 0, 7, 7, false);
      batch.add(to, Loopback.address("192.0.2.1"), Loopback.text("foreigns"), 0, 8, 4, false);
      batch.add(to, Loopback.address("127.0.0.9"), Loopback.text("good"), 0, 4, 4, false);
      assertThat(client.send(batch, 0)).isEqualTo(4);
      Datagram good = Loopback.collect(server, 1).getFirst();
      assertThat(good.text()).isEqualTo("good");
      assertThat(good.source().getAddress()).isEqualTo(Loopback.address("127.0.0.9"));
      assertThat(Loopback.errors(client, 3))
          .allSatisfy(error -> assertThat(error.kind()).isEqualTo(PortError.Kind.LOCAL))
          .allSatisfy(error -> assertThat(error.destination()).isEqualTo(to));
    }
  }

  /** Offload on both ends: few entries, and each one says how its datagrams are cut. */
  @Test
  void trainIsReceivedAsTrain() throws IOException {
    try (DatagramPort server = open(Loopback.IPV4);
        DatagramPort client = open(Loopback.IPV4)) {
      int length = 30 * 1412 + 100;
      SendBatch batch = new SendBatch();
      MemorySegment memory = Loopback.bytes(Loopback.pattern(length));
      batch.add(server.localAddress(), null, memory, 0, length, 1412, true);
      client.send(batch, 0);
      ReceiveBatch received = new ReceiveBatch();
      int bytes = 0;
      int entries = 0;
      while (bytes < length) {
        entries += server.receive(received, Loopback.PATIENCE);
        for (int i = 0; i < received.count(); i++) {
          assertThat(received.segmentSize(i)).isEqualTo(Math.min(1412, received.length(i)));
          MemorySegment got = received.memory(i).asSlice(received.offset(i), received.length(i));
          assertThat(got.mismatch(memory.asSlice(bytes, received.length(i)))).isEqualTo(-1);
          bytes += received.length(i);
        }
      }
      assertThat(bytes).isEqualTo(length);
      assertThat(entries).isLessThan(31);
    }
  }

  /** Neighbours of equal size and scattered memory leave as one train. */
  @Test
  void runOfEqualNeighboursIsOneMessage() throws IOException {
    FaultyCalls calls = new FaultyCalls();
    PortOptions options = PortOptions.of(Loopback.at(Loopback.IPV4, 0));
    try (DatagramPort server = open(Loopback.IPV4);
        DatagramPort client = LinuxPort.open(options, calls)) {
      SendBatch batch = new SendBatch();
      for (int i = 0; i < 70; i++) {
        Loopback.add(batch, server.localAddress(), "call %3d".formatted(i));
      }
      assertThat(client.send(batch, 0)).isEqualTo(70);
      List<Datagram> received = Loopback.collect(server, 70);
      assertThat(received.get(69).text()).isEqualTo("call  69");
      assertThat(calls.sendCalls).isEqualTo(1);
      assertThat(calls.sentMessages).isEqualTo(2);
    }
  }

  /** A receiver without GRO pays for each piece of a train, and more than for a datagram. */
  @Test
  void datagramsThatAreApartAreAMessageEach() throws IOException {
    FaultyCalls calls = new FaultyCalls();
    PortOptions options = PortOptions.of(Loopback.at(Loopback.IPV4, 0));
    try (DatagramPort server = open(Loopback.IPV4);
        DatagramPort client = LinuxPort.open(options, calls)) {
      SendBatch batch = new SendBatch();
      MemorySegment memory = Loopback.bytes(Loopback.pattern(40_000));
      for (int i = 0; i < 3; i++) {
        batch.add(server.localAddress(), null, memory, 0, 40_000, 5688, true);
        batch.apart();
      }
      batch.add(server.localAddress(), null, memory, 0, 20_000, 1000, true);
      assertThat(client.send(batch, 0)).isEqualTo(4);
      assertThat(calls.sentMessages).as("8 datagrams three times, and a train").isEqualTo(25);
      List<Datagram> received = Loopback.collect(server, 44);
      assertThat(received.get(7).text()).hasSize(40_000 - 7 * 5688);
    }
  }

  /** What was received stays where it is, and the next one comes to other memory. */
  @Test
  void receivedMemoryIsKeptInExchangeForOther() throws IOException {
    try (DatagramPort server = open(Loopback.IPV4);
        DatagramPort client = open(Loopback.IPV4)) {
      ReceiveBatch batch = new ReceiveBatch();
      MemorySegment[] given = {
        Loopback.bytes(new byte[1 << 16]), Loopback.bytes(new byte[1 << 16])
      };
      assertThat(batch.exchanges()).isFalse();
      for (int i = 0; i < 4; i++) {
        Loopback.send(client, server.localAddress(), "number " + i);
        while (server.receive(batch, Loopback.PATIENCE) == 0) {
          // woken for something else
        }
        assertThat(text(batch)).isEqualTo("number " + i);
        assertThat(batch.exchanges()).isTrue();
        if (i == 1 || i == 2) {
          assertThat(batch.memory(0)).isSameAs(given[i - 1]);
          assertThat(batch.offset(0)).isZero();
        }
        batch.exchange(0, i < 2 ? given[i] : null);
      }
      assertThat(given[0].getString(0)).as("nobody has written to it again").isEqualTo("number 1");
      assertThat(given[1].getString(0)).isEqualTo("number 2");
    }
  }

  private static String text(ReceiveBatch batch) {
    MemorySegment bytes = batch.memory(0).asSlice(batch.offset(0), batch.length(0));
    return new String(bytes.toArray(ValueLayout.JAVA_BYTE), UTF_8);
  }

  /** An idle port keeps no memory for what may come: 64 ports would keep 64 MiB. */
  @Test
  void receiveMemoryIsTakenWhereSomethingIsReceived() throws IOException {
    List<DatagramPort> ports = new ArrayList<>();
    try {
      ports.add(open(Loopback.IPV4));
      long before = residentBytes();
      for (int i = 0; i < 64; i++) {
        ports.add(open(Loopback.IPV4));
      }
      assertThat(residentBytes() - before).isLessThan(64L * 300_000);
    } finally {
      ports.forEach(DatagramPort::close);
    }
  }

  private static long residentBytes() throws IOException {
    String pages = Files.readString(Path.of("/proc/self/statm")).split(" ", 3)[1];
    return Long.parseLong(pages) * 4096;
  }

  /** The error of one destination must not cost a datagram to another. */
  @ParameterizedTest
  @CsvSource({"127.0.0.1,127.0.0.1", "::1,::1", "::,127.0.0.1", "::,::1", "0.0.0.0,127.0.0.1"})
  void refusalArrivesAsErrorAndCostsNobodyADatagram(String bind, String address)
      throws IOException {
    try (DatagramPort good = open(address);
        DatagramPort client = open(bind)) {
      InetSocketAddress closed = Loopback.closedPort(address);
      int rounds = 10;
      SendBatch batch = new SendBatch();
      for (int i = 0; i < rounds; i++) {
        // On loopback the ICMP is there before the next datagram is sent.
        batch.clear();
        Loopback.add(batch, closed, "nobody there");
        Loopback.add(batch, good.localAddress(), "good %d".formatted(i));
        Loopback.add(batch, closed, "nobody there either");
        Loopback.add(batch, good.localAddress(), "well %d".formatted(i));
        assertThat(client.send(batch, 0)).isEqualTo(4);
      }
      List<Datagram> received = Loopback.collect(good, 2 * rounds);
      for (int i = 0; i < rounds; i++) {
        assertThat(received.get(2 * i).text()).isEqualTo("good " + i);
        assertThat(received.get(2 * i + 1).text()).isEqualTo("well " + i);
      }
      // How many ICMP messages the kernel sends is its own affair (it limits the rate).
      assertThat(Loopback.refusals(client, closed))
          .isNotEmpty()
          .allSatisfy(
              error ->
                  assertThat(error)
                      .isEqualTo(
                          new PortError(
                              closed, Errno.ECONNREFUSED.number(), PortError.Kind.ICMP, 0)));
    }
  }

  @Test
  void blockedReceiveReturnsForAnErrorOnce() throws IOException {
    try (DatagramPort client = open(Loopback.IPV4)) {
      InetSocketAddress closed = Loopback.closedPort(Loopback.IPV4);
      long start = System.nanoTime();
      assertThat(Loopback.refusals(client, closed)).hasSize(1);
      assertThat(System.nanoTime() - start).isLessThan(Loopback.PATIENCE);
      long again = System.nanoTime();
      assertThat(client.receive(new ReceiveBatch(), 2_000_000)).isZero();
      assertThat(System.nanoTime() - again).isGreaterThanOrEqualTo(2_000_000);
    }
  }

  @Test
  void datagramsWaitingAreDeliveredDespiteAnError() throws IOException {
    try (DatagramPort good = open(Loopback.IPV4);
        DatagramPort client = open(Loopback.IPV4)) {
      Loopback.send(good, client.localAddress(), "waiting");
      Loopback.send(client, Loopback.closedPort(Loopback.IPV4), "nobody there");
      assertThat(Loopback.texts(Loopback.collect(client, 1))).containsExactly("waiting");
      client.errors(error -> assertThat(error.kind()).isEqualTo(PortError.Kind.ICMP));
    }
  }

  /** Loopback's MTU is 65536 as a rule: only IPv6 has a datagram that exceeds it. */
  @ParameterizedTest
  @ValueSource(strings = {"::1", "::"})
  void datagramBeyondTheMtuIsRefusedWithDfAndFragmentedWithout(String bind) throws IOException {
    assumeTrue(NetworkInterface.getByName("lo").getMTU() == 65_536, "another MTU");
    try (DatagramPort server = open(Loopback.IPV6);
        DatagramPort client = open(bind)) {
      InetSocketAddress to = server.localAddress();
      byte[] bytes = Loopback.pattern(65_500);
      MemorySegment memory = Loopback.bytes(bytes);
      SendBatch batch = new SendBatch();
      batch.add(to, null, memory, 0, 65_500, 65_500, true);
      batch.add(to, null, memory, 0, 65_500, 65_500, false);
      Loopback.add(batch, to, "after");
      assertThat(client.send(batch, 0)).isEqualTo(3);
      List<Datagram> received = Loopback.collect(server, 2);
      assertThat(received.get(0).bytes()).isEqualTo(bytes);
      assertThat(received.get(1).text()).isEqualTo("after");
      assertThat(Loopback.errors(client, 1))
          .containsExactly(
              new PortError(to, Errno.EMSGSIZE.number(), PortError.Kind.LOCAL, 65_536));
    }
  }

  /** DF is an option of the socket, and of its two families apart: set when the wish changes. */
  @Test
  void fragmentationIsSetWhenTheWishChanges() throws IOException {
    FaultyCalls calls = new FaultyCalls();
    PortOptions options = PortOptions.of(Loopback.at("::", 0));
    try (DatagramPort server = open("::");
        DatagramPort client = LinuxPort.open(options, calls)) {
      int port = server.localAddress().getPort();
      InetSocketAddress four = Loopback.at(Loopback.IPV4, port);
      InetSocketAddress six = Loopback.at(Loopback.IPV6, port);
      assertThat(calls.options).noneMatch(option -> option.endsWith("!"));
      calls.options.clear();
      SendBatch batch = new SendBatch();
      MemorySegment memory = Loopback.text("x");
      batch.add(four, null, memory, 0, 1, 1, true);
      batch.add(four, null, memory, 0, 1, 1, true);
      batch.add(six, null, memory, 0, 1, 1, false);
      batch.add(four, null, memory, 0, 1, 1, true);
      batch.add(four, null, memory, 0, 1, 1, false);
      batch.add(six, null, memory, 0, 1, 1, true);
      assertThat(client.send(batch, 0)).isEqualTo(6);
      assertThat(Loopback.collect(server, 6)).hasSize(6);
      assertThat(calls.options).containsExactly("0/10=2", "41/23=0", "0/10=0", "41/23=2");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {11, 105, 12})
  void fullSendBufferReturnsTheIndex(int errno) throws IOException {
    FaultyCalls calls = new FaultyCalls();
    PortOptions options = PortOptions.of(Loopback.at(Loopback.IPV4, 0));
    try (DatagramPort server = open(Loopback.IPV4);
        DatagramPort client = LinuxPort.open(options, calls)) {
      SendBatch batch = new SendBatch();
      for (int i = 0; i < 10; i++) {
        Loopback.add(batch, server.localAddress(), "x".repeat(i + 1)); // growing: no trains
      }
      calls.script.add(4);
      calls.script.add(-errno);
      assertThat(client.send(batch, 0)).isEqualTo(4);
      assertThat(client.errors(error -> {})).isZero();
      // There is room, which receive tells once.
      assertThat(client.receive(new ReceiveBatch(), -1)).isZero();
      calls.script.add(-errno);
      assertThat(client.send(batch, 4)).isEqualTo(4);
      assertThat(client.send(batch, 4)).isEqualTo(10);
      assertThat(Loopback.collect(server, 10)).hasSize(10);
    }
  }

  @Test
  void longTrainGoesOnWhereTheBufferWasFull() throws IOException {
    FaultyCalls calls = new FaultyCalls();
    PortOptions options = PortOptions.of(Loopback.at(Loopback.IPV4, 0));
    try (DatagramPort server = open(Loopback.IPV4);
        DatagramPort client = LinuxPort.open(options, calls)) {
      int length = 100 * 1000 + 1;
      byte[] bytes = Loopback.pattern(length);
      SendBatch batch = new SendBatch();
      Loopback.add(batch, server.localAddress(), "x");
      batch.add(server.localAddress(), null, Loopback.bytes(bytes), 0, length, 1000, false);
      calls.script.add(2); // the single one and the first 64 of the train
      calls.script.add(-Errno.EAGAIN.number());
      assertThat(client.send(batch, 0)).isEqualTo(1);
      assertThat(batch.length(1)).isEqualTo(36_001);
      assertThat(client.send(batch, 1)).isEqualTo(2);
      List<Datagram> received = Loopback.collect(server, 102);
      assertThat(received).hasSize(102);
      assertThat(received.get(64).bytes()[0]).isEqualTo(bytes[63 * 1000]);
      assertThat(received.get(65).bytes()[0]).isEqualTo(bytes[64 * 1000]);
      assertThat(received.get(101).bytes()).containsExactly(bytes[100_000]);
    }
  }

  /** A device that cannot segment: the destination gets single datagrams from then on. */
  @ParameterizedTest
  @CsvSource({"5,false", "22,true", "90,true"})
  void refusedTrainIsSentSinglyAndRemembered(int errno, boolean shorterMayStillGo)
      throws IOException {
    FaultyCalls calls = new FaultyCalls();
    PortOptions options = PortOptions.of(Loopback.at(Loopback.IPV4, 0));
    try (DatagramPort server = open(Loopback.IPV4);
        DatagramPort client = LinuxPort.open(options, calls)) {
      MemorySegment memory = Loopback.bytes(Loopback.pattern(14_200));
      SendBatch batch = new SendBatch();
      batch.add(server.localAddress(), null, memory, 0, 14_200, 1412, true);
      calls.trainErrno = errno;
      assertThat(client.send(batch, 0)).isEqualTo(1);
      assertThat(Loopback.collect(server, 11)).hasSize(11);
      assertThat(client.errors(error -> {})).isZero();

      calls.sendCalls = 0;
      assertThat(client.send(batch, 0)).isEqualTo(1);
      assertThat(calls.sendCalls).as("no second try of a train").isEqualTo(1);
      assertThat(Loopback.collect(server, 11)).hasSize(11);

      calls.trainErrno = 0;
      calls.sentMessages = 0;
      batch.clear();
      batch.add(server.localAddress(), null, memory, 0, 14_200, 1000, true);
      assertThat(client.send(batch, 0)).isEqualTo(1);
      assertThat(Loopback.collect(server, 15)).hasSize(15);
      assertThat(calls.sentMessages).isEqualTo(shorterMayStillGo ? 1 : 15);
    }
  }

  /** An error that stays is reported, and does not hold up the rest. */
  @Test
  void ownFailureIsReportedOnceAndSkipped() throws IOException {
    FaultyCalls calls = new FaultyCalls();
    PortOptions options = PortOptions.of(Loopback.at(Loopback.IPV4, 0));
    try (DatagramPort server = open(Loopback.IPV4);
        DatagramPort client = LinuxPort.open(options, calls)) {
      InetSocketAddress filtered = Loopback.at("127.0.0.77", 7001);
      SendBatch batch = new SendBatch();
      Loopback.add(batch, filtered, "filtered");
      Loopback.add(batch, server.localAddress(), "good");
      calls.script.add(-Errno.EINTR.number());
      calls.script.add(-Errno.EPERM.number());
      calls.script.add(-Errno.EPERM.number());
      assertThat(client.send(batch, 0)).isEqualTo(2);
      assertThat(Loopback.texts(Loopback.collect(server, 1))).containsExactly("good");
      assertThat(Loopback.errors(client, 1))
          .containsExactly(new PortError(filtered, Errno.EPERM.number(), PortError.Kind.LOCAL, 0));
    }
  }

  @Test
  void memoryOfTheBatchIsDeadAfterClose() throws IOException {
    ReceiveBatch batch = new ReceiveBatch();
    try (DatagramPort port = open(Loopback.IPV4)) {
      Loopback.send(port, port.localAddress(), "x");
      assertThat(port.receive(batch, -1)).isEqualTo(1);
    }
    assertThat(batch.memory(0).scope().isAlive()).isFalse();
  }

  @Test
  void manyPortsLeaveNothingOpen() throws IOException {
    long before = openFiles();
    for (int i = 0; i < 300; i++) {
      open("::").close();
    }
    assertThat(openFiles()).isLessThan(before + 50);
  }

  private static long openFiles() {
    return Objects.requireNonNull(new File("/proc/self/fd").list()).length;
  }
}
