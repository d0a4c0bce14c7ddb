// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxkad;

import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.security.ConnectionSecurity;
import io.rxrpc.security.PlainPackets;
import io.rxrpc.security.SealedPacket;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.Jumbo;
import io.rxrpc.wire.PacketType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Whole packets in and out of a connection's security, for tests. */
public final class WholePacket {
  private WholePacket() {}

  /** A received datagram's parts: one, or those of a jumbo. */
  public record Part(int cid, int callNumber, int seq, int checksum, int at, int length) {}

  /** The packets of a datagram. */
  public static List<Part> parts(byte[] udp) {
    MemorySegment p = MemorySegment.ofArray(udp);
    List<Part> parts = new ArrayList<>();
    long data = Header.LENGTH;
    int flags = Header.flags(p, 0);
    int checksum = Header.checksum(p, 0);
    int seq = Header.seq(p, 0);
    while (true) {
      int n = Jumbo.dataLength(flags, data, udp.length);
      parts.add(new Part(Header.cid(p, 0), Header.callNumber(p, 0), seq, checksum, (int) data, n));
      if (!Jumbo.isMore(flags)) {
        return parts;
      }
      flags = Jumbo.nextFlags(p, data);
      checksum = Jumbo.nextChecksum(p, data);
      data = Jumbo.nextOffset(data);
      seq++;
    }
  }

  /** The numbers of its connection. */
  public static ConnectionIdentity identity(byte[] udp) {
    MemorySegment p = MemorySegment.ofArray(udp);
    return new ConnectionIdentity(
        Header.epoch(p, 0),
        Header.connectionId(Header.cid(p, 0)),
        Header.serviceId(p, 0),
        Header.securityIndex(p, 0));
  }

  /** Its type. */
  public static int type(byte[] udp) {
    return Header.type(MemorySegment.ofArray(udp), 0);
  }

  /** What is behind its header. */
  public static byte[] payload(byte[] udp) {
    return Arrays.copyOfRange(udp, Header.LENGTH, udp.length);
  }

  /** Unseals a datagram and checks that it was not changed. */
  public static byte[] unseal(ConnectionSecurity security, byte[] udp) throws SecurityFailure {
    byte[] before = udp.clone();
    byte[] out = new byte[udp.length];
    int length = 0;
    SealedPacket packet = new SealedPacket();
    for (Part part : parts(udp)) {
      packet.set(
          MemorySegment.ofArray(udp),
          part.at(),
          part.length(),
          part.cid(),
          part.callNumber(),
          part.seq(),
          part.checksum());
      length += security.unseal(packet, MemorySegment.ofArray(out), length);
    }
    if (!Arrays.equals(before, udp)) {
      throw new AssertionError("R-14: the packet was changed");
    }
    return Arrays.copyOf(out, length);
  }

  /** Seals a packet that has its header; returns the octets of its payload. */
  static int seal(ConnectionSecurity security, MemorySegment p, long at, int dataLength)
      throws SecurityFailure {
    security.seal(run(p, at, 0, 1, dataLength));
    return security.sealedLength(dataLength);
  }

  /** Packets that have their headers. */
  public static PlainPackets run(MemorySegment p, long at, long stride, int count, int dataLength) {
    PlainPackets packets = new PlainPackets(PlainPackets.Sent.NOTHING);
    packets.set(
        p,
        at,
        stride,
        count,
        dataLength,
        Header.cid(p, at),
        Header.callNumber(p, at),
        Header.seq(p, at));
    return packets;
  }

  /** Seals data into a packet with this header. */
  static byte[] seal(
      ConnectionSecurity security,
      ConnectionIdentity id,
      int channel,
      int call,
      int seq,
      byte[] data)
      throws SecurityFailure {
    byte[] udp = new byte[Header.LENGTH + security.headerRoom() + data.length + 8];
    Arrays.fill(udp, (byte) 0xa5); // what memory held before must not get out
    MemorySegment p = MemorySegment.ofArray(udp);
    Header.write(
        p,
        0,
        id.epoch(),
        id.cid() | channel,
        call,
        seq,
        1,
        PacketType.DATA,
        1,
        0,
        id.securityIndex(),
        0,
        id.serviceId());
    System.arraycopy(data, 0, udp, Header.LENGTH + security.headerRoom(), data.length);
    int payload = seal(security, p, 0, data.length);
    return Arrays.copyOf(udp, Header.LENGTH + payload);
  }
}
