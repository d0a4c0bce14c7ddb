// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each field of the DEBUG records lies where wire.md section 8 says, and has that many octets. */
class DebugFieldsTest {
  /** Where the packet starts in these tests: not at 0, and at no multiple of anything. */
  private static final int AT = 5;

  interface Getter {
    int get(MemorySegment p, long at);
  }

  interface Setter {
    void set(MemorySegment p, long at, int value);
  }

  interface ChannelGetter {
    int get(MemorySegment p, long at, int channel);
  }

  interface ChannelSetter {
    void set(MemorySegment p, long at, int channel, int value);
  }

  record Field(String name, int offset, int octets, Getter getter, Setter setter) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Field row(String name, int offset, int octets, Getter getter, Setter setter) {
    return new Field(name, offset, octets, getter, setter);
  }

  private static Field channel(
      String name, int offset, int octets, ChannelGetter getter, ChannelSetter setter, int n) {
    return new Field(
        "DebugConnection." + name + " of channel " + n,
        offset + n * octets,
        octets,
        (p, at) -> getter.get(p, at, n),
        (p, at, value) -> setter.set(p, at, n, value));
  }

  static List<Field> fields() {
    return List.of(
        row("DebugStats.freePackets", 0, 4, DebugStats::freePackets, DebugStats::setFreePackets),
        row(
            "DebugStats.packetReclaims",
            4,
            4,
            DebugStats::packetReclaims,
            DebugStats::setPacketReclaims),
        row(
            "DebugStats.callsExecuted",
            8,
            4,
            DebugStats::callsExecuted,
            DebugStats::setCallsExecuted),
        row(
            "DebugStats.waitingForPackets",
            12,
            1,
            DebugStats::waitingForPackets,
            DebugStats::setWaitingForPackets),
        row("DebugStats.usedFds", 13, 1, DebugStats::usedFds, DebugStats::setUsedFds),
        row("DebugStats.version", 14, 1, DebugStats::version, DebugStats::setVersion),
        row("DebugStats.waiting", 16, 4, DebugStats::waiting, DebugStats::setWaiting),
        row("DebugStats.idleThreads", 20, 4, DebugStats::idleThreads, DebugStats::setIdleThreads),
        row("DebugStats.waited", 24, 4, DebugStats::waited, DebugStats::setWaited),
        row("DebugStats.packets", 28, 4, DebugStats::packets, DebugStats::setPackets),
        row("DebugConnection.host", 0, 4, DebugConnection::host, DebugConnection::setHost),
        row("DebugConnection.cid", 4, 4, DebugConnection::cid, DebugConnection::setCid),
        row("DebugConnection.serial", 8, 4, DebugConnection::serial, DebugConnection::setSerial),
        row("DebugConnection.error", 28, 4, DebugConnection::error, DebugConnection::setError),
        row("DebugConnection.port", 32, 2, DebugConnection::port, DebugConnection::setPort),
        row("DebugConnection.flags", 34, 1, DebugConnection::flags, DebugConnection::setFlags),
        row("DebugConnection.type", 35, 1, DebugConnection::type, DebugConnection::setType),
        row(
            "DebugConnection.securityIndex",
            36,
            1,
            DebugConnection::securityIndex,
            DebugConnection::setSecurityIndex),
        row(
            "DebugConnection.securityType",
            56,
            1,
            DebugConnection::securityType,
            DebugConnection::setSecurityType),
        row(
            "DebugConnection.securityLevel",
            57,
            1,
            DebugConnection::securityLevel,
            DebugConnection::setSecurityLevel),
        row(
            "DebugConnection.securityFlags",
            68,
            4,
            DebugConnection::securityFlags,
            DebugConnection::setSecurityFlags),
        row(
            "DebugConnection.securityExpires",
            72,
            4,
            DebugConnection::securityExpires,
            DebugConnection::setSecurityExpires),
        row(
            "DebugConnection.securityPacketsReceived",
            76,
            4,
            DebugConnection::securityPacketsReceived,
            DebugConnection::setSecurityPacketsReceived),
        row(
            "DebugConnection.securityPacketsSent",
            80,
            4,
            DebugConnection::securityPacketsSent,
            DebugConnection::setSecurityPacketsSent),
        row(
            "DebugConnection.securityBytesReceived",
            84,
            4,
            DebugConnection::securityBytesReceived,
            DebugConnection::setSecurityBytesReceived),
        row(
            "DebugConnection.securityBytesSent",
            88,
            4,
            DebugConnection::securityBytesSent,
            DebugConnection::setSecurityBytesSent),
        row("DebugConnection.epoch", 132, 4, DebugConnection::epoch, DebugConnection::setEpoch),
        row("DebugConnection.natMtu", 136, 4, DebugConnection::natMtu, DebugConnection::setNatMtu),
        row("DebugPeer.host", 0, 4, DebugPeer::host, DebugPeer::setHost),
        row("DebugPeer.port", 4, 2, DebugPeer::port, DebugPeer::setPort),
        row("DebugPeer.ifMtu", 6, 2, DebugPeer::ifMtu, DebugPeer::setIfMtu),
        row("DebugPeer.idleWhen", 8, 4, DebugPeer::idleWhen, DebugPeer::setIdleWhen),
        row("DebugPeer.refCount", 12, 2, DebugPeer::refCount, DebugPeer::setRefCount),
        row("DebugPeer.burstSize", 14, 1, DebugPeer::burstSize, DebugPeer::setBurstSize),
        row("DebugPeer.burst", 15, 1, DebugPeer::burst, DebugPeer::setBurst),
        row("DebugPeer.rtt", 24, 4, DebugPeer::rtt, DebugPeer::setRtt),
        row("DebugPeer.rttDev", 28, 4, DebugPeer::rttDev, DebugPeer::setRttDev),
        row(
            "DebugPeer.timeoutSeconds",
            32,
            4,
            DebugPeer::timeoutSeconds,
            DebugPeer::setTimeoutSeconds),
        row(
            "DebugPeer.timeoutMicros",
            36,
            4,
            DebugPeer::timeoutMicros,
            DebugPeer::setTimeoutMicros),
        row("DebugPeer.sent", 40, 4, DebugPeer::sent, DebugPeer::setSent),
        row("DebugPeer.resends", 44, 4, DebugPeer::resends, DebugPeer::setResends),
        row("DebugPeer.inSkew", 48, 4, DebugPeer::inSkew, DebugPeer::setInSkew),
        row("DebugPeer.outSkew", 52, 4, DebugPeer::outSkew, DebugPeer::setOutSkew),
        row("DebugPeer.rateFlag", 56, 4, DebugPeer::rateFlag, DebugPeer::setRateFlag),
        row("DebugPeer.natMtu", 60, 2, DebugPeer::natMtu, DebugPeer::setNatMtu),
        row("DebugPeer.maxMtu", 62, 2, DebugPeer::maxMtu, DebugPeer::setMaxMtu),
        row(
            "DebugPeer.maxDgramPackets",
            64,
            2,
            DebugPeer::maxDgramPackets,
            DebugPeer::setMaxDgramPackets),
        row(
            "DebugPeer.ifDgramPackets",
            66,
            2,
            DebugPeer::ifDgramPackets,
            DebugPeer::setIfDgramPackets),
        row("DebugPeer.mtu", 68, 2, DebugPeer::mtu, DebugPeer::setMtu),
        row("DebugPeer.cwind", 70, 2, DebugPeer::cwind, DebugPeer::setCwind),
        row("DebugPeer.dgramPackets", 72, 2, DebugPeer::dgramPackets, DebugPeer::setDgramPackets),
        row("DebugPeer.congestSeq", 74, 2, DebugPeer::congestSeq, DebugPeer::setCongestSeq),
        channel(
            "callNumber", 12, 4, DebugConnection::callNumber, DebugConnection::setCallNumber, 0),
        channel(
            "callNumber", 12, 4, DebugConnection::callNumber, DebugConnection::setCallNumber, 3),
        channel("callState", 40, 1, DebugConnection::callState, DebugConnection::setCallState, 0),
        channel("callState", 40, 1, DebugConnection::callState, DebugConnection::setCallState, 3),
        channel("callMode", 44, 1, DebugConnection::callMode, DebugConnection::setCallMode, 0),
        channel("callMode", 44, 1, DebugConnection::callMode, DebugConnection::setCallMode, 3),
        channel("callFlags", 48, 1, DebugConnection::callFlags, DebugConnection::setCallFlags, 0),
        channel("callFlags", 48, 1, DebugConnection::callFlags, DebugConnection::setCallFlags, 3),
        channel("callOther", 52, 1, DebugConnection::callOther, DebugConnection::setCallOther, 0),
        channel("callOther", 52, 1, DebugConnection::callOther, DebugConnection::setCallOther, 3));
  }

  @ParameterizedTest
  @MethodSource("fields")
  void liesWhereThePageSays(Field field) {
    byte[] before = new byte[400];
    Arrays.fill(before, (byte) 0xa5);
    byte[] expected = before.clone();
    ByteBuffer value = ByteBuffer.allocate(4).putInt(0x81c2d3e4);
    for (int i = 0; i < field.octets; i++) {
      expected[AT + 28 + field.offset + i] = value.get(4 - field.octets + i);
    }
    MemorySegment p = MemorySegment.ofArray(before);
    field.setter.set(p, AT, 0x81c2d3e4);
    assertThat(before).isEqualTo(expected);
    int mask = field.octets == 4 ? -1 : (1 << (8 * field.octets)) - 1;
    assertThat(field.getter.get(p, AT)).isEqualTo(0x81c2d3e4 & mask);
  }

  @Test
  void octetsOfAPeerHaveTwoWords() {
    byte[] memory = new byte[400];
    MemorySegment p = MemorySegment.ofArray(memory);
    DebugPeer.setBytesSent(p, AT, 0x0102030405060708L);
    DebugPeer.setBytesReceived(p, AT, 0x1112131415161718L);
    byte[] expected = new byte[400];
    ByteBuffer.wrap(expected, AT + 28 + 76, 16)
        .putLong(0x0102030405060708L)
        .putLong(0x1112131415161718L);
    assertThat(memory).isEqualTo(expected);
    assertThat(DebugPeer.bytesSent(p, AT)).isEqualTo(0x0102030405060708L);
    assertThat(DebugPeer.bytesReceived(p, AT)).isEqualTo(0x1112131415161718L);
  }

  @Test
  void timesOfTheStatisticsHaveSecondsAndMicroseconds() {
    byte[] memory = new byte[400];
    MemorySegment p = MemorySegment.ofArray(memory);
    RxStatistics.setMicros(p, AT, RxStatistics.TOTAL_RTT, 12_345_678);
    RxStatistics.set(p, AT, RxStatistics.PACKET_REQUESTS, 7);
    byte[] expected = new byte[400];
    ByteBuffer.wrap(expected, AT + 28, 4).putInt(7);
    ByteBuffer.wrap(expected, AT + 28 + 196, 8).putInt(12).putInt(345_678);
    assertThat(memory).isEqualTo(expected);
    assertThat(RxStatistics.micros(p, AT, RxStatistics.TOTAL_RTT)).isEqualTo(12_345_678);
    assertThat(RxStatistics.get(p, AT, RxStatistics.PACKET_REQUESTS)).isEqualTo(7);
  }

  @Test
  void countersByTypeAreThirteenWords() {
    MemorySegment p = MemorySegment.ofArray(new byte[400]);
    for (int type = 1; type <= RxStatistics.TYPES; type++) {
      p.set(ValueLayout.JAVA_BYTE, AT + 28 + 44 + 4 * type - 1, (byte) type);
      p.set(ValueLayout.JAVA_BYTE, AT + 28 + 112 + 4 * type - 1, (byte) (100 + type));
    }
    for (int type = 1; type <= RxStatistics.TYPES; type++) {
      assertThat(RxStatistics.packetsRead(p, AT, type)).isEqualTo(type);
      assertThat(RxStatistics.packetsSent(p, AT, type)).isEqualTo(100 + type);
    }
  }

  @Test
  void anOldServersConnectionIsMovedToWhereItIsRead() {
    byte[] memory = new byte[300];
    for (int i = 0; i < memory.length; i++) {
      memory[i] = (byte) i;
    }
    byte[] expected = memory.clone();
    System.arraycopy(memory, AT + 28 + 37, expected, AT + 28 + 40, 16);
    DebugConnection.align(MemorySegment.ofArray(memory), AT);
    assertThat(memory).isEqualTo(expected);
  }

  @Test
  void eachVersionLetterBringsWhatThePageSays() {
    StringBuilder told = new StringBuilder();
    for (int letter = 'L'; letter <= 'S'; letter++) {
      told.append((char) letter)
          .append(DebugStats.hasAllConnections(letter) ? '+' : '-')
          .append(DebugStats.hasWaiting(letter) ? '+' : '-')
          .append(DebugStats.hasIdleThreads(letter) ? '+' : '-')
          .append(DebugStats.hasPeers(letter) ? '+' : '-')
          .append(DebugStats.hasWaited(letter) ? '+' : '-')
          .append(DebugStats.hasPackets(letter) ? "+ " : "- ");
    }
    assertThat(told.toString())
        .isEqualTo("L------ M+----- N++---- O+++--- P+++--- Q++++-- R+++++- S++++++ ");
  }

  @Test
  void aBadTypeIsMinusEightTwice() {
    MemorySegment p = MemorySegment.ofArray(new byte[60]);
    assertThat(DebugRequest.writeBadType(p, AT)).isEqualTo(36);
    assertThat(Layouts.int32(p, AT + 28)).isEqualTo(-8);
    assertThat(Layouts.int32(p, AT + 32)).isEqualTo(-8);
    Layouts.setInt32(p, AT + 28, 1);
    assertThat(DebugRequest.isBadType(p, AT, 36)).isFalse();
    Layouts.setInt32(p, AT + 28, -8);
    Layouts.setInt32(p, AT + 32, 1);
    assertThat(DebugRequest.isBadType(p, AT, 36)).isFalse();
  }
}
