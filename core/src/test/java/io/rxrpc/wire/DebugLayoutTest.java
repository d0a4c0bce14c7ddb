// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DebugLayoutTest {
  private static MemorySegment request(String vector) {
    return MemorySegment.ofArray(Vectors.openafs(vector).packets().getFirst().udp());
  }

  private static MemorySegment reply(String vector) {
    return MemorySegment.ofArray(Vectors.openafs(vector).packets().getLast().udp());
  }

  private static byte[] octets(MemorySegment p, int length) {
    return p.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
  }

  private static MemorySegment marked() {
    byte[] memory = new byte[400];
    Arrays.fill(memory, (byte) 0xa5);
    return MemorySegment.ofArray(memory);
  }

  @Test
  void asksAsOpenAfsDoes() {
    MemorySegment p = marked();
    int length = DebugRequest.write(p, 0, 0x4f, DebugRequest.GETALLCONN, 999);
    MemorySegment real = request("debug getallconn 999");
    assertThat(octets(p, length)).isEqualTo(octets(real, (int) real.byteSize()));
    assertThat(DebugRequest.isRequest(real, 0, 36)).isTrue();
    assertThat(DebugRequest.debugType(real, 0)).isEqualTo(DebugRequest.GETALLCONN);
    assertThat(DebugRequest.index(real, 0)).isEqualTo(999);
  }

  @Test
  void stats() {
    MemorySegment p = reply("debug getstats");
    assertThat(p.byteSize()).isEqualTo(DebugStats.LENGTH);
    assertThat(DebugStats.freePackets(p, 0)).isEqualTo(0x158);
    assertThat(DebugStats.packetReclaims(p, 0)).isEqualTo(0x10);
    assertThat(DebugStats.callsExecuted(p, 0)).isEqualTo(0xf);
    assertThat(DebugStats.waitingForPackets(p, 0)).isZero();
    assertThat(DebugStats.usedFds(p, 0)).isEqualTo(4);
    assertThat(DebugStats.version(p, 0)).isEqualTo(DebugStats.CURRENT_VERSION).isEqualTo('S');
    assertThat(DebugStats.waiting(p, 0)).isZero();
    assertThat(DebugStats.idleThreads(p, 0)).isEqualTo(4);
    assertThat(DebugStats.waited(p, 0)).isZero();
    assertThat(DebugStats.packets(p, 0)).isEqualTo(0x1f3);

    MemorySegment ours = marked();
    DebugRequest.writeReplyHeader(ours, 0, request("debug getstats"), 0);
    int length = DebugStats.clear(ours, 0);
    DebugStats.setFreePackets(ours, 0, 0x158);
    DebugStats.setPacketReclaims(ours, 0, 0x10);
    DebugStats.setCallsExecuted(ours, 0, 0xf);
    DebugStats.setUsedFds(ours, 0, 4);
    DebugStats.setVersion(ours, 0, 'S');
    DebugStats.setIdleThreads(ours, 0, 4);
    DebugStats.setPackets(ours, 0, 0x1f3);
    assertThat(octets(ours, length)).isEqualTo(octets(p, DebugStats.LENGTH));
  }

  @Test
  void versionLetters() {
    assertThat(DebugStats.hasAllConnections('L')).isFalse();
    assertThat(DebugStats.hasAllConnections('M')).isTrue();
    assertThat(DebugStats.hasWaiting('M') || DebugStats.hasIdleThreads('N')).isFalse();
    assertThat(DebugStats.hasPeers('P') || DebugStats.hasWaited('Q')).isFalse();
    assertThat(DebugStats.hasPackets('R')).isFalse();
    assertThat(DebugStats.hasPeers('S') && DebugStats.hasPackets('S')).isTrue();
  }

  @Test
  void connection() {
    MemorySegment p = reply("debug getconn 0");
    assertThat(p.byteSize()).isEqualTo(DebugConnection.LENGTH);
    assertThat(DebugConnection.isEnd(p, 0)).isFalse();
    assertThat(DebugConnection.host(p, 0)).isEqualTo(0x7f000001);
    assertThat(DebugConnection.cid(p, 0)).isEqualTo(0x2145ccfc);
    assertThat(DebugConnection.serial(p, 0)).isEqualTo(3);
    assertThat(DebugConnection.callNumber(p, 0, 0)).isZero();
    assertThat(DebugConnection.callNumber(p, 0, 1)).isEqualTo(1);
    assertThat(DebugConnection.error(p, 0)).isEqualTo(AbortCodes.RXKADLEVELFAIL);
    assertThat(DebugConnection.port(p, 0)).isEqualTo(0xdcc6);
    assertThat(DebugConnection.flags(p, 0)).isEqualTo(4);
    assertThat(DebugConnection.type(p, 0)).isEqualTo(1); // the server's side
    assertThat(DebugConnection.securityIndex(p, 0)).isEqualTo(2);
    assertThat(DebugConnection.callState(p, 0, 1)).isEqualTo(1); // PRECALL
    assertThat(DebugConnection.callFlags(p, 0, 1)).isEqualTo(0x40);
    assertThat(DebugConnection.securityType(p, 0)).isEqualTo(3);
    assertThat(DebugConnection.securityFlags(p, 0)).isEqualTo(8);
    assertThat(DebugConnection.epoch(p, 0)).isEqualTo(0x99000222);
    assertThat(DebugConnection.natMtu(p, 0)).isEqualTo(1444);
  }

  @Test
  void peer() {
    MemorySegment p = reply("debug getpeer 0");
    assertThat(p.byteSize()).isEqualTo(DebugPeer.LENGTH);
    assertThat(DebugPeer.isEnd(p, 0)).isFalse();
    assertThat(DebugPeer.host(p, 0)).isEqualTo(0x7f000001);
    assertThat(DebugPeer.port(p, 0)).isEqualTo(0xcf9e);
    assertThat(DebugPeer.ifMtu(p, 0)).isEqualTo(1444);
    assertThat(DebugPeer.refCount(p, 0)).isEqualTo(2);
    assertThat(DebugPeer.rtt(p, 0)).isEqualTo(0x584a);
    assertThat(DebugPeer.rttDev(p, 0)).isEqualTo(0x575);
    assertThat(DebugPeer.sent(p, 0)).isEqualTo(1);
    assertThat(DebugPeer.resends(p, 0)).isZero();
    assertThat(DebugPeer.natMtu(p, 0)).isEqualTo(1444);
    assertThat(DebugPeer.maxMtu(p, 0)).isEqualTo(1444);
    assertThat(DebugPeer.maxDgramPackets(p, 0)).isEqualTo(1);
    assertThat(DebugPeer.ifDgramPackets(p, 0)).isEqualTo(4);
    assertThat(DebugPeer.mtu(p, 0)).isEqualTo(1444);
    assertThat(DebugPeer.cwind(p, 0)).isEqualTo(1);
    assertThat(DebugPeer.dgramPackets(p, 0)).isEqualTo(1);
    assertThat(DebugPeer.bytesSent(p, 0)).isEqualTo(0x3d);
    assertThat(DebugPeer.bytesReceived(p, 0)).isEqualTo(0x75);

    MemorySegment ours = marked();
    DebugPeer.clear(ours, 0);
    DebugPeer.setBytesSent(ours, 0, 0x1_0000_0002L);
    assertThat(DebugPeer.bytesSent(ours, 0)).isEqualTo(0x1_0000_0002L);
  }

  @Test
  void statistics() {
    MemorySegment p = reply("debug rxstats");
    assertThat(p.byteSize()).isEqualTo(RxStatistics.LENGTH);
    assertThat(RxStatistics.get(p, 0, RxStatistics.PACKET_REQUESTS)).isEqualTo(0x5f);
    assertThat(RxStatistics.packetsRead(p, 0, PacketType.DATA)).isEqualTo(0x1f);
    assertThat(RxStatistics.packetsRead(p, 0, PacketType.ACK)).isEqualTo(0xb);
    assertThat(RxStatistics.packetsRead(p, 0, PacketType.RESPONSE)).isEqualTo(0x1f);
    assertThat(RxStatistics.packetsRead(p, 0, PacketType.DEBUG)).isEqualTo(5);
    assertThat(RxStatistics.packetsRead(p, 0, PacketType.VERSION)).isZero();
    assertThat(RxStatistics.get(p, 0, RxStatistics.DATA_READ)).isEqualTo(0x1f);
    assertThat(RxStatistics.get(p, 0, RxStatistics.ACKS_READ)).isEqualTo(0xb);
    assertThat(RxStatistics.packetsSent(p, 0, PacketType.DATA)).isEqualTo(0xb);
    assertThat(RxStatistics.packetsSent(p, 0, PacketType.ABORT)).isEqualTo(0x14);
    assertThat(RxStatistics.packetsSent(p, 0, PacketType.CHALLENGE)).isEqualTo(0x1f);
    assertThat(RxStatistics.get(p, 0, RxStatistics.DATA_SENT)).isEqualTo(0xb);
    assertThat(RxStatistics.micros(p, 0, RxStatistics.TOTAL_RTT))
        .isEqualTo(17 * 1_000_000 + 0x98959);
    assertThat(RxStatistics.get(p, 0, RxStatistics.RTT_SAMPLES)).isEqualTo(0xb);
    assertThat(RxStatistics.get(p, 0, RxStatistics.SERVER_CONNECTIONS)).isEqualTo(0x1f);
    assertThat(RxStatistics.get(p, 0, RxStatistics.CALLS)).isEqualTo(0x15);
    assertThat(RxStatistics.get(p, 0, RxStatistics.FREE_CALLS)).isEqualTo(7);
  }

  @Test
  void theEndOfAListIsSaidInTwoWays() {
    MemorySegment connections = reply("debug getallconn 999");
    assertThat(DebugConnection.isEnd(connections, 0)).isTrue();
    assertThat(DebugConnection.host(connections, 0)).isZero();
    MemorySegment peers = reply("debug getpeer 999");
    assertThat(DebugPeer.isEnd(peers, 0)).isTrue();

    MemorySegment ours = marked();
    DebugRequest.writeReplyHeader(ours, 0, request("debug getallconn 999"), 0);
    int length = DebugConnection.writeEnd(ours, 0);
    assertThat(octets(ours, length)).isEqualTo(octets(connections, DebugConnection.LENGTH));
    DebugRequest.writeReplyHeader(ours, 0, request("debug getpeer 999"), 0);
    length = DebugPeer.writeEnd(ours, 0);
    assertThat(octets(ours, length)).isEqualTo(octets(peers, DebugPeer.LENGTH));
  }

  @Test
  void unknownType() {
    MemorySegment p = reply("debug badtype 9");
    assertThat(DebugRequest.isBadType(p, 0, (int) p.byteSize())).isTrue();
    MemorySegment ours = marked();
    DebugRequest.writeReplyHeader(ours, 0, request("debug badtype 9"), 0);
    assertThat(octets(ours, DebugRequest.writeBadType(ours, 0))).isEqualTo(octets(p, 36));
    MemorySegment stats = reply("debug getstats");
    assertThat(DebugRequest.isBadType(stats, 0, (int) stats.byteSize())).isFalse();
  }

  @Test
  @Tag("R-20")
  @DisplayName("R-20: a DEBUG reply is no question")
  void repliesAreNoQuestions() {
    for (String vector : List.of("debug getstats", "debug getconn 0", "debug badtype 9")) {
      MemorySegment p = reply(vector);
      assertThat(Packets.check(p)).isEqualTo(Malformed.NONE);
      assertThat(DebugRequest.isRequest(p, 0, (int) p.byteSize())).isFalse();
    }
  }

  @Test
  @Tag("R-11")
  @DisplayName("R-11: the header of a DEBUG reply does not echo unknown flags")
  void noEcho() {
    MemorySegment request = request("debug getstats");
    request.set(ValueLayout.JAVA_BYTE, Header.FLAGS, (byte) 0xd5);
    MemorySegment p = marked();
    DebugRequest.writeReplyHeader(p, 0, request, 0);
    assertThat(Header.flags(p, 0)).isEqualTo(Flags.LAST_PACKET);
  }

  @Test
  @Tag("R-4")
  @DisplayName("R-4: spare fields of the records are zero")
  void clearedRecords() {
    MemorySegment p = marked();
    assertThat(DebugStats.clear(p, 0)).isEqualTo(28 + 56);
    assertThat(DebugPeer.clear(p, 0)).isEqualTo(28 + 132);
    assertThat(DebugConnection.clear(p, 0)).isEqualTo(28 + 176);
    assertThat(RxStatistics.clear(p, 0)).isEqualTo(28 + 284);
    assertThat(octets(p.asSlice(28), 284)).containsOnly(0);
    assertThat(p.get(ValueLayout.JAVA_BYTE, 28 + 284)).isEqualTo((byte) 0xa5);
  }
}
