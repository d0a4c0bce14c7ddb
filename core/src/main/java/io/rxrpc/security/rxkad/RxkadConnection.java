// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxkad;

import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.security.ConnectionSecurity;
import io.rxrpc.security.PeerIdentity;
import io.rxrpc.security.PlainPackets;
import io.rxrpc.security.SealedPacket;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.SecurityRefusal;
import io.rxrpc.wire.AbortCodes;
import io.rxrpc.wire.Header;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * The packets of one rxkad connection (rxkad.md 5 and 6): the checksum in every header, and what
 * the connection's level makes of the data. Safe for all threads; allocates nothing per packet.
 */
class RxkadConnection implements ConnectionSecurity {
  /** The security index. */
  static final int INDEX = 2;

  /** What vouches for those whom it verifies. */
  static final String MECHANISM = "rxkad";

  /** check << 16 | length. */
  private static final int AUTH_HEADER = 4;

  /** The same and a word of zero. */
  private static final int ENCRYPT_HEADER = 8;

  private static final int MAX_LENGTH = 0xffff;

  /** As packets of an Ethernet carry. */
  private static final int SMALL_PAYLOAD = 1_412;

  private static final int SEQ_MASK = 0x3fffffff;
  private static final int CHANNEL_SHIFT = 30;

  private final FcryptKey key;
  private final SecurityLevel level;
  private final KeyCheck beforeSealing;
  private final KeyCheck beforeUnsealing;
  private final @Nullable PeerIdentity peer;
  private long connectionIv;

  RxkadConnection(
      ConnectionIdentity connection,
      FcryptKey key,
      SecurityLevel level,
      KeyCheck beforeSealing,
      KeyCheck beforeUnsealing,
      @Nullable PeerIdentity peer) {
    this.key = key;
    this.level = level;
    this.beforeSealing = beforeSealing;
    this.beforeUnsealing = beforeUnsealing;
    this.peer = peer;
    connectionIv = connectionIv(key, connection);
  }

  /** The last block of the connection's numbers under the session key. */
  static long connectionIv(FcryptKey key, ConnectionIdentity connection) {
    long first = Rounds.join(connection.epoch(), Header.connectionId(connection.cid()));
    long second = Rounds.join(0, connection.securityIndex());
    long c = key.encrypt(first ^ key.iv());
    return key.encrypt(second ^ first ^ c);
  }

  /** The header checksum, 1..65535. */
  private int checksum(int cid, int callNumber, int seq) {
    int channel = cid << CHANNEL_SHIFT;
    long block = Rounds.join(callNumber, channel | (seq & SEQ_MASK));
    int checksum = (int) key.encrypt(block ^ connectionIv) >>> 16;
    return checksum == 0 ? 1 : checksum;
  }

  @Override
  public int headerRoom() {
    return switch (level) {
      case CLEAR -> 0;
      case AUTH -> AUTH_HEADER;
      case ENCRYPT -> ENCRYPT_HEADER;
    };
  }

  @Override
  public int capacity(int payload) {
    return switch (level) {
      case CLEAR -> payload;
      case AUTH -> capacityOf(payload);
      case ENCRYPT -> capacityOf(sealsAtOnce() == TableFcrypt.RUN ? payload : manySmall(payload));
    };
  }

  private int capacityOf(int payload) {
    return Math.clamp(payload - payload % Pcbc.BLOCK - headerRoom(), 0, MAX_LENGTH);
  }

  /** Who encrypts many packets at once is better off with many small ones than with few large. */
  private static int manySmall(int payload) {
    return Math.min(payload, SMALL_PAYLOAD);
  }

  /** Padding to whole blocks of the cipher. */
  @Override
  public int trailerRoom() {
    return level == SecurityLevel.CLEAR ? 0 : Pcbc.BLOCK - 1;
  }

  @Override
  public void seal(PlainPackets packets) throws SecurityFailure {
    beforeSealing.check();
    MemorySegment p = packets.memory();
    int count = packets.count();
    int payload = sealedLength(packets.dataLength());
    for (int i = 0; i < count; i++) {
      prepare(packets, i, payload);
    }
    switch (level) {
      case CLEAR -> {}
      case AUTH -> {
        for (int i = 0; i < count; i++) {
          long first = packets.payload(i);
          Pcbc.setBlock(p, first, key.encrypt(Pcbc.block(p, first)));
        }
      }
      case ENCRYPT -> encrypt(packets, payload);
    }
    if (key.destroyed()) {
      for (int i = 0; i < count; i++) {
        zero(p, packets.payload(i), payload);
      }
      throw RxkadFailures.revoked("the connection's key");
    }
  }

  @Override
  public int sealedLength(int dataLength) {
    if (level == SecurityLevel.CLEAR) {
      return dataLength;
    }
    if (dataLength > MAX_LENGTH) {
      throw new IllegalArgumentException(dataLength + " bytes do not fit into a sealed packet");
    }
    // padded as Linux does, at level auth too
    return (dataLength + headerRoom() + Pcbc.BLOCK - 1) & -Pcbc.BLOCK;
  }

  /** Header checksum, sealed header and padding. */
  private void prepare(PlainPackets packets, int i, int payload) {
    int callNumber = packets.callNumber();
    int seq = packets.seq(i);
    packets.checksum(i, checksum(packets.cid(), callNumber, seq));
    if (level == SecurityLevel.CLEAR) {
      return;
    }
    MemorySegment p = packets.memory();
    long body = packets.payload(i);
    int dataLength = packets.dataLength();
    int data = headerRoom();
    zero(p, body + data + dataLength, payload - data - dataLength);
    int word = ((seq ^ callNumber) & 0xffff) << 16 | dataLength;
    if (level == SecurityLevel.AUTH) {
      Pcbc.setBlock(p, body, (long) word << 32 | (Pcbc.block(p, body) & 0xffffffffL));
    } else {
      Pcbc.setBlock(p, body, (long) word << 32);
    }
  }

  private void encrypt(PlainPackets packets, int payload) {
    int count = packets.count();
    long first = packets.payload(0);
    long stride = count > 1 ? packets.payload(1) - first : 0;
    WideFcrypt wide = TableFcrypt.WIDE;
    WideFcrypt fcrypt = wide != null && wide.encrypts(count, payload) ? wide : TableFcrypt.INSTANCE;
    fcrypt.encrypt(key.encryption(), key.iv(), packets.memory(), first, stride, count, payload);
  }

  @Override
  public int sealsAtOnce() {
    WideFcrypt wide = level == SecurityLevel.ENCRYPT ? TableFcrypt.WIDE : null;
    return wide != null ? Math.max(wide.packetsAtOnce(), TableFcrypt.RUN) : TableFcrypt.RUN;
  }

  @Override
  public int unseal(SealedPacket packet, MemorySegment out, long outAt) throws SecurityFailure {
    beforeUnsealing.check();
    // a missing checksum is a wrong one; both are one comparison of ints
    if (packet.checksum() != checksum(packet.cid(), packet.callNumber(), packet.seq())) {
      throw RxkadFailures.sealed("wrong header checksum");
    }
    int length =
        switch (level) {
          case CLEAR -> {
            MemorySegment.copy(packet.memory(), packet.offset(), out, outAt, packet.length());
            yield packet.length();
          }
          case AUTH -> openAuth(packet, out, outAt);
          case ENCRYPT -> openEncrypted(packet, out, outAt);
        };
    if (key.destroyed()) {
      zero(out, outAt, length);
      throw RxkadFailures.revoked("the connection's key");
    }
    return length;
  }

  /** OpenAFS pads to 8 bytes, Linux to a multiple of 8: the length says what is data. */
  private int openAuth(SealedPacket packet, MemorySegment out, long outAt) throws SecurityFailure {
    MemorySegment in = packet.memory();
    long block = key.decrypt(firstBlock(packet));
    int length = sealedLength(packet, block, packet.length() - AUTH_HEADER);
    int head = Math.min(length, Pcbc.BLOCK - AUTH_HEADER);
    for (int i = 0; i < head; i++) {
      out.set(ValueLayout.JAVA_BYTE, outAt + i, (byte) (block >>> (24 - 8 * i)));
    }
    MemorySegment.copy(in, packet.offset() + Pcbc.BLOCK, out, outAt + head, length - head);
    return length;
  }

  private int openEncrypted(SealedPacket packet, MemorySegment out, long outAt)
      throws SecurityFailure {
    long c = firstBlock(packet);
    long block = key.decrypt(c) ^ key.iv();
    int whole = packet.length() & -Pcbc.BLOCK; // what is behind the last block is no data
    int rest = whole - ENCRYPT_HEADER;
    int length = sealedLength(packet, block, rest);
    if ((int) block != 0) {
      throw RxkadFailures.sealed("the sealed header's second word is not 0");
    }
    WideFcrypt wide = TableFcrypt.WIDE;
    WideFcrypt fcrypt = wide != null && wide.decrypts(rest) ? wide : TableFcrypt.INSTANCE;
    long from = packet.offset() + Pcbc.BLOCK;
    fcrypt.decrypt(key.decryption(), block ^ c, packet.memory(), from, out, outAt, rest);
    return length;
  }

  private static long firstBlock(SealedPacket packet) throws SecurityFailure {
    if (packet.length() < Pcbc.BLOCK) {
      throw RxkadFailures.sealed("a sealed packet of " + packet.length() + " bytes");
    }
    return Pcbc.block(packet.memory(), packet.offset());
  }

  private static int sealedLength(SealedPacket packet, long block, int room)
      throws SecurityFailure {
    int word = (int) (block >>> 32);
    if ((word >>> 16) != ((packet.seq() ^ packet.callNumber()) & 0xffff)) {
      throw RxkadFailures.sealed("the sealed header is not of this packet");
    }
    int length = word & 0xffff;
    if (length > room) {
      throw RxkadFailures.dataLength(length, room); // strictly what follows, no slack
    }
    return length;
  }

  private static void zero(MemorySegment p, long at, int length) {
    for (int i = 0; i < length; i++) {
      p.set(ValueLayout.JAVA_BYTE, at + i, (byte) 0);
    }
  }

  @Override
  public SecurityLevel level() {
    return level;
  }

  @Override
  public @Nullable PeerIdentity peer() {
    return peer;
  }

  @Override
  public int abortCode(SecurityRefusal why) {
    return switch (why) {
      case NOT_PERMITTED -> AbortCodes.RXKADNOAUTH;
      case LEVEL_TOO_LOW -> AbortCodes.RXKADLEVELFAIL;
    };
  }

  @Override
  public void destroy() {
    key.destroy();
    connectionIv = 0;
  }

  @Override
  public String toString() {
    return "rxkad " + level;
  }
}
