// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit;

import io.rxrpc.security.ClientConnectionSecurity;
import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.security.PlainPackets;
import io.rxrpc.security.ResponsePacket;
import io.rxrpc.security.SealedPacket;
import io.rxrpc.security.SecurityFailure;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Sealing for simulations: data xored with a stream that depends on the key and the packet's place,
 * behind a length and a checksum of the plain text. It protects nothing from anybody.
 */
final class ToySeal implements ClientConnectionSecurity {
  /** Damage was found. */
  static final int SEALED_INCONSISTENT = 4711;

  private static final int ROOM = 8;
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private final ToySecurity toy;
  private final ConnectionIdentity connection;
  private final long key;

  ToySeal(ToySecurity toy, ConnectionIdentity connection) {
    this.toy = toy;
    this.connection = connection;
    key =
        mix(
            toy.secret()
                ^ mix(((long) connection.epoch() << 32) ^ (connection.cid() & 0xffffffffL)));
  }

  @Override
  public int headerRoom() {
    return ROOM;
  }

  @Override
  public int capacity(int payload) {
    return payload - ROOM;
  }

  @Override
  public int sealedLength(int dataLength) {
    return dataLength + ROOM;
  }

  @Override
  public ResponsePacket respond(byte[] challenge, int[] callNumbers) throws SecurityFailure {
    return new ResponsePacket(toy.respond(connection, challenge, callNumbers));
  }

  @Override
  public void seal(PlainPackets packets) {
    for (int k = 0; k < packets.count(); k++) {
      seal(packets, k);
    }
  }

  private void seal(PlainPackets packets, int k) {
    MemorySegment packet = packets.memory();
    int dataLength = packets.dataLength();
    long place = place(packets.cid(), packets.callNumber(), packets.seq(k));
    long data = packets.payload(k) + ROOM;
    long sum = place;
    for (int i = 0; i < dataLength; i++) {
      byte plain = packet.get(ValueLayout.JAVA_BYTE, data + i);
      sum = sum * 31 + plain;
      packet.set(ValueLayout.JAVA_BYTE, data + i, (byte) (plain ^ stream(place, i)));
    }
    sum = mix(sum + dataLength);
    packet.set(INT, data - ROOM, (int) sum);
    packet.set(INT, data - ROOM + 4, dataLength);
    packets.checksum(k, (int) (sum >>> 32) & 0xffff);
  }

  @Override
  public int unseal(SealedPacket packet, MemorySegment out, long outAt) throws SecurityFailure {
    MemorySegment memory = packet.memory();
    long at = packet.offset();
    if (packet.length() < ROOM || memory.get(INT, at + 4) != packet.length() - ROOM) {
      throw new SecurityFailure(SEALED_INCONSISTENT, "toy: length");
    }
    int length = packet.length() - ROOM;
    long place = place(packet.cid(), packet.callNumber(), packet.seq());
    long sum = place;
    for (int i = 0; i < length; i++) {
      byte plain = (byte) (memory.get(ValueLayout.JAVA_BYTE, at + ROOM + i) ^ stream(place, i));
      sum = sum * 31 + plain;
      out.set(ValueLayout.JAVA_BYTE, outAt + i, plain);
    }
    sum = mix(sum + length);
    if (memory.get(INT, at) != (int) sum || packet.checksum() != ((int) (sum >>> 32) & 0xffff)) {
      throw new SecurityFailure(SEALED_INCONSISTENT, "toy: checksum");
    }
    return length;
  }

  private long place(int cid, int call, int seq) {
    return mix(key ^ mix(((long) call << 32) ^ (seq & 0xffffffffL)) ^ ((long) cid << 7));
  }

  private static byte stream(long place, int i) {
    return (byte) ((place >>> ((i & 7) * 8)) + i);
  }

  static long mix(long z) {
    long x = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
    return x ^ (x >>> 31);
  }
}
