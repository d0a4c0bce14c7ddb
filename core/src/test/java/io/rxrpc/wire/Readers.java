// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.wire;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Everything that may be read of a packet after {@link Malformed#NONE}; the sum is there so that
 * nothing is skipped.
 */
final class Readers {
  private Readers() {}

  static long readAll(MemorySegment p, long at, int length) {
    long sum = header(p, at);
    return sum
        + switch (Header.type(p, at)) {
          case PacketType.DATA -> data(p, at, length);
          case PacketType.ACK -> ack(p, at, length);
          case PacketType.ABORT -> Abort.code(p, at);
          case PacketType.CHALLENGE ->
              octets(p, SecurityShell.payloadOffset(at), SecurityShell.payloadLength(length));
          case PacketType.RESPONSE ->
              octets(p, SecurityShell.payloadOffset(at), SecurityShell.payloadLength(length));
          case PacketType.VERSION ->
              (Version.isRequest(p, at, length) ? 1 : 2) + Version.text(p, at, length).length();
          case PacketType.DEBUG -> debug(p, at, length);
          default -> 0;
        };
  }

  static long header(MemorySegment p, long at) {
    return (long) Header.epoch(p, at)
        + Header.cid(p, at)
        + Header.callNumber(p, at)
        + Header.seq(p, at)
        + Header.serial(p, at)
        + Header.type(p, at)
        + Header.flags(p, at)
        + Header.userStatus(p, at)
        + Header.securityIndex(p, at)
        + Header.checksum(p, at)
        + Header.serviceId(p, at);
  }

  static long data(MemorySegment p, long at, int length) {
    long sum = Jumbo.count(p, at, length);
    long data = at + Header.LENGTH;
    long end = at + length;
    int flags = Header.flags(p, at);
    while (true) {
      sum += octets(p, data, Jumbo.dataLength(flags, data, end));
      if (!Jumbo.isMore(flags)) {
        return sum;
      }
      flags = Jumbo.nextFlags(p, data);
      sum += Jumbo.nextChecksum(p, data);
      data = Jumbo.nextOffset(data);
    }
  }

  static long ack(MemorySegment p, long at, int length) {
    long sum = (long) Ack.firstPacket(p, at) + Ack.previousPacket(p, at) + Ack.serial(p, at);
    sum += Ack.reason(p, at);
    int count = Ack.count(p, at);
    for (int i = 0; i < count; i++) {
      sum += Ack.softAck(p, at, i) ? 1 : 0;
    }
    sum += Ack.trailerWords(p, at, length);
    sum += Ack.maxMtu(p, at, length) + Ack.ifMtu(p, at, length);
    return sum + Ack.rwind(p, at, length) + Ack.jumboMax(p, at, length);
  }

  private static long debug(MemorySegment p, long at, int length) {
    long sum = DebugRequest.isRequest(p, at, length) ? 1 : 2;
    sum += DebugRequest.isBadType(p, at, length) ? 1 : 2;
    sum += DebugRequest.debugType(p, at) + DebugRequest.index(p, at);
    return sum
        + switch (length) {
          case DebugStats.LENGTH -> DebugStats.packets(p, at);
          case DebugConnection.LENGTH -> DebugConnection.natMtu(p, at);
          case DebugPeer.LENGTH -> DebugPeer.bytesReceived(p, at);
          case RxStatistics.LENGTH -> RxStatistics.get(p, at, RxStatistics.SPARES + 12);
          default -> 0;
        };
  }

  private static long octets(MemorySegment p, long from, int count) {
    if (count < 0) {
      throw new AssertionError("negative length " + count);
    }
    return count == 0
        ? 0
        : p.get(ValueLayout.JAVA_BYTE, from) + p.get(ValueLayout.JAVA_BYTE, from + count - 1);
  }

  static void rewriteHeader(MemorySegment from, MemorySegment to) {
    Header.write(
        to,
        0,
        Header.epoch(from, 0),
        Header.cid(from, 0),
        Header.callNumber(from, 0),
        Header.seq(from, 0),
        Header.serial(from, 0),
        Header.type(from, 0),
        Header.flags(from, 0),
        Header.userStatus(from, 0),
        Header.securityIndex(from, 0),
        Header.checksum(from, 0),
        Header.serviceId(from, 0));
  }
}
