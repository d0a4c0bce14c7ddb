// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.wire.PcapReader;
import io.rxrpc.wire.PcapReader.Datagram;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PacketCaptureTest {
  private static final long NOW = 1_764_000_000_123_456_789L;

  @TempDir Path directory;

  private static InetSocketAddress address(String ip, int port) {
    try {
      return new InetSocketAddress(InetAddress.getByName(ip), port);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private Path file() {
    return directory.resolve("trace.pcap");
  }

  private List<Datagram> read() throws IOException {
    return PcapReader.read(Files.readAllBytes(file()));
  }

  @Test
  void whatIsRecordedIsRead() throws IOException {
    Random random = new Random(4);
    List<InetSocketAddress> v4 = List.of(address("127.0.0.1", 7001), address("192.0.2.77", 65535));
    List<InetSocketAddress> v6 = List.of(address("::1", 7001), address("2001:db8::5", 40000));
    List<byte[]> payloads = new ArrayList<>();
    try (PacketCapture capture = PacketCapture.open(file());
        Arena arena = Arena.ofConfined()) {
      for (int i = 0; i < 400; i++) {
        byte[] payload = new byte[i == 399 ? 65_507 : i * 7 % 1500];
        random.nextBytes(payload);
        payloads.add(payload);
        MemorySegment memory = arena.allocate(payload.length + 11);
        MemorySegment.copy(payload, 0, memory, ValueLayout.JAVA_BYTE, 11, payload.length);
        List<InetSocketAddress> ends = i % 2 == 0 ? v4 : v6;
        capture.record(NOW + i, ends.get(0), ends.get(1), memory, 11, payload.length);
      }
      assertThat(capture.count()).isEqualTo(400);
    }
    List<Datagram> read = read();
    assertThat(read).hasSize(400);
    for (int i = 0; i < 400; i++) {
      Datagram datagram = read.get(i);
      List<InetSocketAddress> ends = i % 2 == 0 ? v4 : v6;
      assertThat(datagram.epochNanos()).isEqualTo(NOW + i);
      assertThat(datagram.source()).isEqualTo(ends.get(0));
      assertThat(datagram.destination()).isEqualTo(ends.get(1));
      assertThat(Arrays.equals(datagram.payload(), payloads.get(i))).isTrue();
      checkHeaders(datagram);
    }
  }

  /** What Wireshark checks: lengths, and both checksums sum up to all ones. */
  private static void checkHeaders(Datagram datagram) {
    ByteBuffer ip = ByteBuffer.wrap(datagram.ip());
    boolean v4 = ip.get(0) >> 4 == 4;
    int header = v4 ? 20 : 40;
    int udpLength = 8 + datagram.payload().length;
    assertThat(datagram.ip()).hasSize(header + udpLength);
    assertThat(Short.toUnsignedInt(ip.getShort(v4 ? 2 : 4)))
        .isEqualTo(v4 ? header + udpLength : udpLength);
    assertThat(Short.toUnsignedInt(ip.getShort(header + 4))).isEqualTo(udpLength);
    assertThat(ip.getShort(header + 6)).as("UDP checksum").isNotZero();
    if (v4) {
      assertThat(sum(ip, 0, 20)).isEqualTo(0xffff);
    }
    long pseudo = v4 ? sum(ip, 12, 8) : sum(ip, 8, 32);
    assertThat(fold(pseudo + 17 + udpLength + sum(ip, header, udpLength))).isEqualTo(0xffff);
  }

  private static long sum(ByteBuffer octets, int from, int length) {
    long sum = 0;
    for (int i = 0; i < length; i++) {
      int octet = octets.get(from + i) & 0xff;
      sum += (i & 1) == 0 ? octet << 8 : octet;
    }
    return fold(sum);
  }

  private static long fold(long sum) {
    long folded = sum;
    while (folded > 0xffff) {
      folded = (folded >> 16) + (folded & 0xffff);
    }
    return folded;
  }

  @Test
  void theFileSaysNanosecondsAndRaw() throws IOException {
    PacketCapture.open(file()).close();
    ByteBuffer header = ByteBuffer.wrap(Files.readAllBytes(file()));
    assertThat(header.capacity()).isEqualTo(24);
    assertThat(header.getInt(0)).isEqualTo(0xa1b23c4d);
    assertThat(header.getShort(4)).isEqualTo((short) 2);
    assertThat(header.getShort(6)).isEqualTo((short) 4);
    assertThat(header.getInt(20)).isEqualTo(101);
  }

  @Test
  void aWildcardHasTheFamilyOfTheOtherEnd() throws IOException {
    MemorySegment memory = MemorySegment.ofArray(new byte[30]);
    try (PacketCapture capture = PacketCapture.open(file())) {
      capture.record(NOW, address("::", 7), address("192.0.2.1", 8), memory, 0, 30);
      capture.record(NOW, address("2001:db8::1", 7), address("0.0.0.0", 8), memory, 0, 30);
      capture.record(NOW, address("127.0.0.1", 7), address("::1", 8), memory, 0, 30);
      capture.record(
          NOW,
          InetSocketAddress.createUnresolved("x.invalid", 7),
          address("192.0.2.1", 8),
          memory,
          0,
          30);
    }
    List<Datagram> read = read();
    assertThat(read.get(0).source()).isEqualTo(address("0.0.0.0", 7));
    assertThat(read.get(1).destination()).isEqualTo(address("::", 8));
    assertThat(read.get(2).ip()).hasSize(40 + 8 + 30); // the IPv4 end is mapped
    assertThat(read.get(3).source()).isEqualTo(address("0.0.0.0", 7));
    read.forEach(PacketCaptureTest::checkHeaders);
  }

  @Test
  void flushedDatagramsAreInTheFileBeforeTheEnd() throws IOException {
    try (PacketCapture capture = PacketCapture.open(file())) {
      capture.record(
          NOW, address("::1", 7), address("::1", 8), MemorySegment.ofArray(new byte[1]), 0, 1);
      capture.flush();
      assertThat(read()).hasSize(1);
    }
    assertThat(read()).hasSize(1);
  }

  @Test
  void afterCloseNothingIsRecorded() throws IOException {
    PacketCapture capture = PacketCapture.open(file());
    capture.close();
    capture.record(
        NOW, address("::1", 7), address("::1", 8), MemorySegment.ofArray(new byte[1]), 0, 1);
    capture.flush();
    capture.close();
    assertThat(read()).isEmpty();
  }

  @Test
  void aFileThatCannotBeWritten() {
    assertThatThrownBy(() -> PacketCapture.open(directory.resolve("no/such/trace.pcap")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void threadsDoNotMixTheirRecords() throws Exception {
    byte[] payload = new byte[1000];
    MemorySegment memory = MemorySegment.ofArray(payload);
    try (PacketCapture capture = PacketCapture.open(file())) {
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        int port = 1000 + t;
        threads.add(
            Thread.ofPlatform()
                .start(
                    () -> {
                      for (int i = 0; i < 500; i++) {
                        capture.record(
                            NOW + i,
                            address("127.0.0.1", port),
                            address("127.0.0.2", 7),
                            memory,
                            0,
                            1000);
                      }
                    }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
    List<Datagram> read = read();
    assertThat(read).hasSize(2000);
    for (int t = 0; t < 4; t++) {
      int port = 1000 + t;
      assertThat(read.stream().filter(d -> d.source().getPort() == port).map(Datagram::epochNanos))
          .hasSize(500)
          .isSorted();
    }
  }
}
