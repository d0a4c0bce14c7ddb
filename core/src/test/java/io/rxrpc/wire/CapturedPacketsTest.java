// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.wire.PcapReader.Datagram;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Captures of real OpenAFS and Linux: every packet decodes, and says what captures/README.txt says.
 */
class CapturedPacketsTest {
  private static final List<String> LINUX =
      List.of("linux-rxkad-clear", "linux-rxkad-0", "linux-rxkad-1", "linux-rxkad-2");
  private static final List<String> OPENAFS =
      List.of(
          "01-noauth-vos-listvldb",
          "02-noauth-pts-examine",
          "03-rxdebug",
          "04-rxkad-aes213-clear-vos",
          "05-rxkad-aes213-crypt-vos",
          "06-rxkad-aes213-crypt-pts",
          "07-rxkad-krb5-256-crypt-afsio",
          "11-bulk-afsio-fetch-200k",
          "14-abort-noauth-vos-create",
          "15-abort-unknown-key",
          "20-rxkad-des3-clear-vos",
          "21-rxkad-des3-crypt-vos",
          "22-bulk-rxkad-des3-clear-vos-dump",
          "23-bulk-rxkad-des3-crypt-vos-dump",
          "25-rxkad-des3-bos",
          "30-rxperf-rxkad-auth-rpc",
          "30-rxperf-rxkad-clear-rpc",
          "30-rxperf-rxkad-crypt-rpc",
          "31-rxperf-rxkad-auth-recv-50k",
          "32-rxperf-null-recv-100k-jumbo",
          "33-rxperf-null-send-100k-nojumbo",
          "40-rxgk-auth-vos",
          "40-rxgk-clear-vos",
          "40-rxgk-crypt-vos",
          "41-rxgk-auth-pts");

  static List<String> all() {
    List<String> all = new ArrayList<>(OPENAFS);
    all.addAll(LINUX);
    return all;
  }

  /** The packets of one type. */
  private static List<MemorySegment> packets(String capture, int type) {
    return PcapReader.capture(capture).stream()
        .map(Datagram::memory)
        .filter(p -> Header.type(p, 0) == type)
        .toList();
  }

  private static int length(MemorySegment p) {
    return (int) p.byteSize();
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyPacketDecodes(String capture) {
    List<Datagram> datagrams = PcapReader.capture(capture);
    assertThat(datagrams).isNotEmpty();
    for (Datagram datagram : datagrams) {
      MemorySegment p = datagram.memory();
      assertThat(Packets.check(p)).as(datagram.toString()).isEqualTo(Malformed.NONE);
      Readers.readAll(p, 0, length(p));
      assertThat(Header.flags(p, 0) & ~Flags.KNOWN).as(datagram.toString()).isZero();
      MemorySegment copy = MemorySegment.ofArray(datagram.payload().clone());
      Readers.rewriteHeader(p, copy);
      assertThat(copy.mismatch(p)).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyAckHasAWholeTrailer(String capture) {
    for (MemorySegment p : packets(capture, PacketType.ACK)) {
      int n = length(p);
      boolean linux = LINUX.contains(capture);
      String line = PacketText.line(p, 0, n);
      assertThat(n).as(line).isEqualTo(28 + 18 + Ack.count(p, 0) + 3 + 16);
      assertThat(Ack.trailerWords(p, 0, n)).as(line).isEqualTo(4);
      assertThat(Ack.maxMtu(p, 0, n)).as(line).isIn(5692, 1444);
      assertThat(Ack.ifMtu(p, 0, n)).as(line).isIn(1444, linux ? 65_479 : 1568);
      assertThat(Ack.rwind(p, 0, n)).as(line).isBetween(linux ? 250 : 1, linux ? 255 : 32);
      assertThat(Ack.jumboMax(p, 0, n)).as(line).isIn(1, 4);
      assertThat(Ack.reason(p, 0)).as(line).isBetween(AckReason.REQUESTED, AckReason.IDLE);
      for (int i = 0; i < 3; i++) { // the peers obey R-4, too
        assertThat(Layouts.uint8(p, Ack.MIN_LENGTH + Ack.count(p, 0) + i)).as(line).isZero();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void acksWrittenAgainAreTheSame(String capture) {
    for (MemorySegment p : packets(capture, PacketType.ACK)) {
      int count = Ack.count(p, 0);
      MemorySegment copy = MemorySegment.ofArray(new byte[length(p)]);
      copy.fill((byte) 0xa5);
      Readers.rewriteHeader(p, copy);
      Ack.write(
          copy,
          0,
          Ack.firstPacket(p, 0),
          Ack.previousPacket(p, 0),
          Ack.serial(p, 0),
          Ack.reason(p, 0),
          count);
      for (int i = 0; i < count; i++) {
        Ack.setSoftAck(copy, 0, i, Ack.softAck(p, 0, i));
      }
      int n = length(p);
      int written =
          Ack.writeTrailer(
              copy,
              0,
              count,
              Ack.maxMtu(p, 0, n),
              Ack.ifMtu(p, 0, n),
              Ack.rwind(p, 0, n),
              Ack.jumboMax(p, 0, n));
      assertThat(written).isEqualTo(n);
      assertThat(copy.mismatch(p)).as(PacketText.line(p, 0, n)).isEqualTo(-1);
    }
  }

  @ParameterizedTest(name = "{0}: security index {1}, service {2}")
  @CsvSource({
    "01-noauth-vos-listvldb, 0, 52",
    "02-noauth-pts-examine, 0, 73",
    "06-rxkad-aes213-crypt-pts, 2, 73",
    "25-rxkad-des3-bos, 2, 1",
    "31-rxperf-rxkad-auth-recv-50k, 2, 147",
    "40-rxgk-crypt-vos, 4, 52",
    "41-rxgk-auth-pts, 4, 73",
    "linux-rxkad-clear, 0, 100",
    "linux-rxkad-1, 2, 100",
  })
  void securityAndService(String capture, int securityIndex, int serviceId) {
    assertThat(packets(capture, PacketType.DATA))
        .isNotEmpty()
        .allSatisfy(
            p -> {
              assertThat(Header.securityIndex(p, 0)).isEqualTo(securityIndex);
              assertThat(Header.serviceId(p, 0)).isEqualTo(serviceId);
            });
  }

  @Test
  void callsFollowOneAnotherOnOneChannel() {
    Set<Integer> cids = new HashSet<>();
    Set<Integer> calls = new TreeSet<>();
    for (MemorySegment p : packets("02-noauth-pts-examine", PacketType.DATA)) {
      cids.add(Header.cid(p, 0));
      calls.add(Header.callNumber(p, 0));
    }
    assertThat(cids).hasSize(1);
    assertThat(calls).containsExactly(1, 2, 3, 4, 5, 6, 7);
  }

  @Test
  @Tag("R-20")
  @DisplayName("R-20: the NAT keepalives of OpenAFS and Linux are no questions")
  void keepalives() {
    for (String capture : List.of("02-noauth-pts-examine", "linux-rxkad-clear", "linux-rxkad-0")) {
      List<MemorySegment> versions = packets(capture, PacketType.VERSION);
      assertThat(versions).isNotEmpty();
      for (MemorySegment p : versions) {
        assertThat(Version.isRequest(p, 0, length(p))).isFalse();
      }
    }
  }

  @Test
  void rxdebug() {
    List<MemorySegment> versions = packets("03-rxdebug", PacketType.VERSION);
    assertThat(versions).hasSize(2);
    assertThat(Version.isRequest(versions.get(0), 0, length(versions.get(0)))).isTrue();
    assertThat(Version.text(versions.get(1), 0, length(versions.get(1))))
        .isEqualTo("OpenAFS 1.8.9-1+deb12u1-debian 2024-12-25");

    List<String> peers = new ArrayList<>();
    List<Integer> connections = new ArrayList<>();
    for (Datagram datagram : PcapReader.capture("03-rxdebug")) {
      MemorySegment p = datagram.memory();
      if (Header.isClientInitiated(p, 0) || Header.type(p, 0) != PacketType.DEBUG) {
        continue;
      }
      switch (length(p)) {
        case DebugStats.LENGTH -> {
          assertThat(DebugStats.version(p, 0)).isEqualTo('S');
          assertThat(DebugStats.freePackets(p, 0)).isEqualTo(341);
          assertThat(DebugStats.packets(p, 0)).isEqualTo(907);
          assertThat(DebugStats.callsExecuted(p, 0)).isEqualTo(516);
          assertThat(DebugStats.usedFds(p, 0)).isEqualTo(13);
          assertThat(DebugStats.idleThreads(p, 0)).isEqualTo(16);
        }
        case RxStatistics.LENGTH -> {
          assertThat(RxStatistics.get(p, 0, RxStatistics.PACKET_REQUESTS)).isEqualTo(1062);
          assertThat(RxStatistics.packetsRead(p, 0, PacketType.DATA)).isEqualTo(516);
          assertThat(RxStatistics.packetsRead(p, 0, PacketType.RESPONSE)).isEqualTo(27);
          assertThat(RxStatistics.packetsSent(p, 0, PacketType.ABORT)).isEqualTo(275);
          assertThat(RxStatistics.packetsSent(p, 0, PacketType.CHALLENGE)).isEqualTo(27);
          assertThat(RxStatistics.get(p, 0, RxStatistics.ACKED_IGNORED)).isEqualTo(2);
          assertThat(RxStatistics.get(p, 0, RxStatistics.RTT_SAMPLES)).isEqualTo(2);
          assertThat(RxStatistics.get(p, 0, RxStatistics.SERVER_CONNECTIONS)).isEqualTo(3);
          assertThat(RxStatistics.get(p, 0, RxStatistics.PEERS)).isEqualTo(12);
          assertThat(RxStatistics.get(p, 0, RxStatistics.CALLS)).isEqualTo(17);
          assertThat(RxStatistics.get(p, 0, RxStatistics.FREE_CALLS)).isEqualTo(16);
        }
        case DebugConnection.LENGTH -> {
          if (!DebugConnection.isEnd(p, 0)) {
            connections.add(DebugConnection.port(p, 0));
            assertThat(DebugConnection.natMtu(p, 0)).isEqualTo(1444);
            assertThat(DebugConnection.type(p, 0)).isEqualTo(1);
            if (DebugConnection.port(p, 0) == 33089) {
              assertThat(DebugConnection.epoch(p, 0)).isEqualTo(0xb867cfb2);
              assertThat(DebugConnection.cid(p, 0)).isEqualTo(0xdfc3d6c4);
              assertThat(DebugConnection.serial(p, 0)).isEqualTo(2);
              assertThat(DebugConnection.callNumber(p, 0, 0)).isEqualTo(1);
              assertThat(DebugConnection.callState(p, 0, 0)).isEqualTo(3); // dally
              assertThat(DebugConnection.callMode(p, 0, 0)).isEqualTo(4); // eof
            }
          }
        }
        case DebugPeer.LENGTH -> {
          if (!DebugPeer.isEnd(p, 0)) {
            peers.add(
                DebugPeer.port(p, 0)
                    + " "
                    + DebugPeer.sent(p, 0)
                    + " "
                    + DebugPeer.bytesSent(p, 0)
                    + " "
                    + DebugPeer.bytesReceived(p, 0)
                    + " "
                    + (DebugPeer.rtt(p, 0) >> 3)
                    + " "
                    + (DebugPeer.rttDev(p, 0) >> 2));
          }
        }
        default -> throw new AssertionError("reply of " + length(p));
      }
    }
    assertThat(connections).contains(46573, 33089, 37271);
    assertThat(peers)
        .hasSize(12)
        .startsWith("55417 4 3204 264 3000 0", "38573 7 6348 427 3000 0")
        .contains("37271 2 1916 111 2625 750", "55279 4 3256 802 3000 0");
  }

  @ParameterizedTest(name = "{0}: kvno {1}, a ticket of {2} octets")
  @CsvSource({
    "04-rxkad-aes213-clear-vos, 213, 154",
    "05-rxkad-aes213-crypt-vos, 213, 154",
    "06-rxkad-aes213-crypt-pts, 213, 154",
    "07-rxkad-krb5-256-crypt-afsio, 256, 446",
    "20-rxkad-des3-clear-vos, 3, 32",
    "21-rxkad-des3-crypt-vos, 3, 32",
    "15-abort-unknown-key, 9, 32",
  })
  void challengeAndResponse(String capture, int kvno, int ticketLength) {
    for (MemorySegment p : packets(capture, PacketType.CHALLENGE)) {
      assertThat(SecurityShell.payloadLength(length(p))).isEqualTo(16);
    }
    List<MemorySegment> responses = packets(capture, PacketType.RESPONSE);
    assertThat(responses).isNotEmpty();
    for (MemorySegment p : responses) {
      assertThat(SecurityShell.payloadLength(length(p))).isEqualTo(64 + ticketLength - 8);
      assertThat(Layouts.int32(p, SecurityShell.payloadOffset(0) + 48)).isEqualTo(kvno);
      assertThat(Layouts.int32(p, SecurityShell.payloadOffset(0) + 52)).isEqualTo(ticketLength);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"40-rxgk-auth-vos", "40-rxgk-clear-vos", "40-rxgk-crypt-vos", "41-rxgk-auth-pts"})
  void rxgkChallenge(String capture) {
    List<MemorySegment> challenges = packets(capture, PacketType.CHALLENGE);
    assertThat(challenges).hasSize(1);
    assertThat(SecurityShell.payloadLength(length(challenges.getFirst()))).isEqualTo(20);
  }

  @Test
  void aborts() {
    List<MemorySegment> calls = packets("14-abort-noauth-vos-create", PacketType.ABORT);
    assertThat(calls).hasSize(2);
    assertThat(calls).allSatisfy(p -> assertThat(Header.callNumber(p, 0)).isPositive());
    assertThat(Abort.code(calls.getFirst(), 0)).isEqualTo(363_524);
    assertThat(Abort.code(calls.getLast(), 0)).isEqualTo(363_546); // VL_PERM

    List<MemorySegment> connection = packets("15-abort-unknown-key", PacketType.ABORT);
    assertThat(connection).hasSize(1);
    assertThat(Header.callNumber(connection.getFirst(), 0)).isZero();
    assertThat(AbortCodes.describe(Abort.code(connection.getFirst(), 0)))
        .isEqualTo("RXKADUNKNOWNKEY (19270408)");
  }

  @Test
  @Tag("R-8")
  @DisplayName("R-8: the jumbo capture splits into its subpackets, seq 1 to 73 without a gap")
  void jumbos() {
    List<Integer> sequence = new ArrayList<>();
    int jumbos = 0;
    int most = 0;
    int octets = 0;
    for (MemorySegment p : packets("32-rxperf-null-recv-100k-jumbo", PacketType.DATA)) {
      if (Header.isClientInitiated(p, 0)) {
        continue;
      }
      int count = Jumbo.count(p, 0, length(p));
      jumbos += count > 1 ? 1 : 0;
      most = Math.max(most, count);
      int flags = Header.flags(p, 0);
      long data = Header.LENGTH;
      for (int i = 0; i < count; i++) {
        sequence.add(Header.seq(p, 0) + i);
        int n = Jumbo.dataLength(flags, data, p.byteSize());
        octets += n;
        boolean last = Header.seq(p, 0) + i == 73;
        assertThat((flags & Flags.LAST_PACKET) != 0).isEqualTo(last);
        assertThat(n).isEqualTo(last ? 740 : Jumbo.DATA_LENGTH);
        if (i < count - 1) {
          assertThat(Layouts.uint8(p, data + Jumbo.DATA_LENGTH + Jumbo.PAD)).isZero();
          flags = Jumbo.nextFlags(p, data);
          data = Jumbo.nextOffset(data);
        }
      }
      assertThat(Jumbo.isMore(flags)).isFalse();
    }
    assertThat(sequence).hasSize(73).isSorted().doesNotHaveDuplicates();
    assertThat(most).isEqualTo(4);
    assertThat(jumbos).isEqualTo(21);
    assertThat(octets).isEqualTo(100 * 1024 + 4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "33-rxperf-null-send-100k-nojumbo",
        "linux-rxkad-clear",
        "31-rxperf-rxkad-auth-recv-50k"
      })
  void noJumbosElsewhere(String capture) {
    for (MemorySegment p : packets(capture, PacketType.DATA)) {
      assertThat(Jumbo.count(p, 0, length(p))).isEqualTo(1);
    }
  }

  @Test
  void linuxEchoesWhatItWasSent() {
    // two connections: "hello", and 3000 octets of which number j is (7 j + 1) >> 3
    byte[] large = new byte[3000];
    for (int j = 0; j < large.length; j++) {
      large[j] = (byte) ((7 * j + 1) >> 3);
    }
    byte[] small = "hello".getBytes(StandardCharsets.US_ASCII);
    for (int client = 0; client < 2; client++) {
      ByteArrayOutputStream sent = new ByteArrayOutputStream();
      for (MemorySegment p : packets("linux-rxkad-clear", PacketType.DATA)) {
        if (Header.isClientInitiated(p, 0) == (client == 1)) {
          byte[] octets = p.toArray(ValueLayout.JAVA_BYTE);
          sent.write(octets, Header.LENGTH, octets.length - Header.LENGTH);
        }
      }
      assertThat(Arrays.copyOf(sent.toByteArray(), 5)).isEqualTo(small);
      assertThat(Arrays.copyOfRange(sent.toByteArray(), 5, sent.size())).isEqualTo(large);
    }
  }
}
