// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.security.ClientConnectionSecurity;
import io.rxrpc.security.ClientSecurity;
import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.security.ConnectionSecurity;
import io.rxrpc.security.PlainPackets;
import io.rxrpc.security.ResponsePacket;
import io.rxrpc.security.SealedPacket;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.ServerSecurity;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A class with everything that real ones have: a header, padding to 8, a trailer, changed data, a
 * checksum over call number and sequence number, and a challenge. It protects nothing.
 */
final class TestSecurity implements ClientSecurity, ServerSecurity, ClientConnectionSecurity {
  static final int INDEX = 77;
  static final int BAD = 4242;

  /** Of the header of a RESPONSE. */
  static final int CHECKSUM = 0xfade;

  private static final int HEADER = 8;
  private static final int TRAILER = 6;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;

  private final boolean challenges;
  int responses;
  int verified;
  int destroyed;
  boolean refuses;

  /** What it likes to be given at once, and was given. */
  int atOnce = 6;

  final List<Integer> runs = new ArrayList<>();

  /** User data of a packet at most. */
  int most = Integer.MAX_VALUE;

  TestSecurity(boolean challenges) {
    this.challenges = challenges;
  }

  @Override
  public int securityIndex() {
    return INDEX;
  }

  @Override
  public ClientConnectionSecurity connect(ConnectionIdentity connection) {
    return this;
  }

  @Override
  public ResponsePacket respond(byte[] challenge, int[] callNumbers) throws SecurityFailure {
    if (challenge.length != 4) {
      throw new SecurityFailure(BAD, "challenge of " + challenge.length + " bytes");
    }
    responses++;
    ByteBuffer b = ByteBuffer.allocate(20).putInt(ByteBuffer.wrap(challenge).getInt() + 1);
    for (int n : callNumbers) {
      b.putInt(n);
    }
    return new ResponsePacket(b.array(), CHECKSUM);
  }

  @Override
  public boolean challenges() {
    return challenges;
  }

  @Override
  public int nonceLength() {
    return 4;
  }

  @Override
  public ConnectionSecurity unchallenged(ConnectionIdentity connection) {
    return this;
  }

  @Override
  public byte[] challenge(ConnectionIdentity connection, byte[] nonce) {
    return nonce;
  }

  @Override
  public Verified verify(ConnectionIdentity connection, byte[] nonce, ResponsePacket response)
      throws SecurityFailure {
    ByteBuffer b = ByteBuffer.wrap(response.payload());
    if (refuses
        || b.remaining() < 20
        || b.getInt() != ByteBuffer.wrap(nonce).getInt() + 1
        || response.checksum() != CHECKSUM) {
      throw new SecurityFailure(BAD, "wrong response");
    }
    verified++;
    return new Verified(this, new int[] {b.getInt(), b.getInt(), b.getInt(), b.getInt()});
  }

  @Override
  public int headerRoom() {
    return HEADER;
  }

  @Override
  public int trailerRoom() {
    return 7 + TRAILER;
  }

  @Override
  public int capacity(int payload) {
    return Math.min(most, payload - HEADER - TRAILER & ~7);
  }

  @Override
  public int sealedLength(int dataLength) {
    return HEADER + ((dataLength + 7) & ~7) + TRAILER;
  }

  @Override
  public int sealsAtOnce() {
    return atOnce;
  }

  @Override
  public void seal(PlainPackets packets) {
    runs.add(packets.count());
    for (int i = 0; i < packets.count(); i++) {
      seal(packets, i);
    }
  }

  private static void seal(PlainPackets packets, int k) {
    MemorySegment packet = packets.memory();
    int dataLength = packets.dataLength();
    int seq = packets.seq(k);
    long data = packets.payload(k) + HEADER;
    int padded = dataLength + 7 & ~7;
    for (int i = 0; i < padded; i++) {
      byte b = i < dataLength ? packet.get(ValueLayout.JAVA_BYTE, data + i) : 0;
      packet.set(ValueLayout.JAVA_BYTE, data + i, (byte) (b ^ seq * 31 + i));
    }
    packet.set(INT, data - HEADER, dataLength);
    packet.set(INT, data - 4, seq);
    packet.set(INT, data + padded, ~dataLength);
    packet.set(ValueLayout.JAVA_SHORT_UNALIGNED, data + padded + 4, (short) 0);
    packets.checksum(k, sum(packets.cid(), packets.callNumber(), seq));
  }

  @Override
  public int unseal(SealedPacket p, MemorySegment out, long outAt) throws SecurityFailure {
    MemorySegment memory = p.memory();
    int length = p.length() < HEADER + TRAILER ? -1 : memory.get(INT, p.offset());
    int padded = length + 7 & ~7;
    if (length < 0
        || HEADER + padded + TRAILER != p.length()
        || memory.get(INT, p.offset() + 4) != p.seq()
        || memory.get(INT, p.offset() + HEADER + padded) != ~length
        || p.checksum() != sum(p.cid(), p.callNumber(), p.seq())) {
      throw new SecurityFailure(BAD, "packet " + p.seq() + " of call " + p.callNumber());
    }
    for (int i = 0; i < length; i++) {
      byte b = memory.get(ValueLayout.JAVA_BYTE, p.offset() + HEADER + i);
      out.set(ValueLayout.JAVA_BYTE, outAt + i, (byte) (b ^ p.seq() * 31 + i));
    }
    return length;
  }

  @Override
  public void destroy() {
    destroyed++;
  }

  private static int sum(int cid, int callNumber, int seq) {
    return ((cid * 7 + callNumber * 31 + seq) & 0xffff) | 1;
  }
}
