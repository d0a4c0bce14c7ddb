// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.rekey;

import io.rxrpc.security.ClientConnectionSecurity;
import io.rxrpc.security.PeerIdentity;
import io.rxrpc.security.PlainPackets;
import io.rxrpc.security.ResponsePacket;
import io.rxrpc.security.SealedPacket;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.SecurityRefusal;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One connection of {@link RekeyingSecurity}. At auth a tag stands in front of the data; at encrypt
 * 16 octets that begin the stream stand in front, and the tag behind.
 */
final class RekeyingConnection implements ClientConnectionSecurity {
  private static final int IV = 16;

  private final ToyCipher cipher;
  final ShiftingKeys keys;
  private final SecurityLevel level;
  private final boolean client;
  private final @Nullable PeerIdentity peer;

  RekeyingConnection(
      ToyCipher cipher,
      ShiftingKeys keys,
      SecurityLevel level,
      boolean client,
      @Nullable PeerIdentity peer) {
    this.cipher = cipher;
    this.keys = keys;
    this.level = level;
    this.client = client;
    this.peer = peer;
  }

  @Override
  public ResponsePacket respond(byte[] challenge, int[] callNumbers) throws SecurityFailure {
    if (challenge.length < RekeyingSecurity.NONCE_LENGTH) {
      throw new SecurityFailure(
          RekeyingSecurity.BAD_CHALLENGE, "toy: CHALLENGE of " + challenge.length + " octets");
    }
    byte[] nonce = Arrays.copyOf(challenge, RekeyingSecurity.NONCE_LENGTH);
    return RekeyingSecurity.answer(cipher, keys.current(), nonce, level, callNumbers);
  }

  @Override
  public int headerRoom() {
    return switch (level) {
      case CLEAR -> 0;
      case AUTH -> ToyCipher.TAG;
      case ENCRYPT -> IV;
    };
  }

  @Override
  public int trailerRoom() {
    return level == SecurityLevel.ENCRYPT ? ToyCipher.TAG : 0;
  }

  @Override
  public int capacity(int payload) {
    return payload - headerRoom() - trailerRoom();
  }

  @Override
  public int sealedLength(int dataLength) {
    return headerRoom() + dataLength + trailerRoom();
  }

  @Override
  public void seal(PlainPackets packets) {
    MemorySegment memory = packets.memory();
    int length = packets.dataLength();
    for (int i = 0; i < packets.count(); i++) {
      int number = keys.take(packets, i, sealedLength(length));
      packets.checksum(i, number & 0xffff);
      if (level == SecurityLevel.CLEAR) {
        continue;
      }
      byte[] place = place(packets.cid(), packets.callNumber(), packets.seq(i), length);
      long at = packets.payload(i);
      byte[] data = bytes(memory, at + headerRoom(), length);
      if (level == SecurityLevel.AUTH) {
        put(memory, at, cipher.tag(number, usage(client), place, data));
      } else {
        byte[] iv = Arrays.copyOf(cipher.tag(number, "iv" + usage(client), place), IV);
        byte[] sealed = cipher.crypt(number, iv, data);
        put(memory, at, iv);
        put(memory, at + IV, sealed);
        put(memory, at + IV + length, cipher.tag(number, usage(client), place, iv, sealed));
      }
    }
  }

  @Override
  public int unseal(SealedPacket packet, MemorySegment out, long outAt) throws SecurityFailure {
    // at clear nobody can follow, and nothing depends on it
    int number = level == SecurityLevel.CLEAR ? 0 : keys.whole(packet.checksum());
    int length = packet.length() - headerRoom() - trailerRoom();
    if (length < 0) {
      throw new SecurityFailure(
          RekeyingSecurity.SEALED_INCONSISTENT, "toy: a packet of " + packet.length() + " octets");
    }
    MemorySegment memory = packet.memory();
    long at = packet.offset();
    byte[] data = bytes(memory, at + headerRoom(), length);
    if (level != SecurityLevel.CLEAR) {
      byte[] place = place(packet.cid(), packet.callNumber(), packet.seq(), length);
      boolean auth = level == SecurityLevel.AUTH;
      byte[] iv = auth ? new byte[0] : bytes(memory, at, IV);
      byte[] told = bytes(memory, auth ? at : at + IV + length, ToyCipher.TAG);
      if (!MessageDigest.isEqual(told, cipher.tag(number, usage(!client), place, iv, data))) {
        throw new SecurityFailure(RekeyingSecurity.SEALED_INCONSISTENT, "toy: wrong tag");
      }
      data = auth ? data : cipher.crypt(number, iv, data);
      keys.verified(number);
    }
    put(out, outAt, data);
    return length;
  }

  private static String usage(boolean fromClient) {
    return fromClient ? "to server" : "to client";
  }

  /** What binds a packet to its place, and does not go out. */
  private byte[] place(int cid, int callNumber, int seq, int length) {
    return ByteBuffer.allocate(24)
        .putInt(cipher.connection().epoch())
        .putInt(cid)
        .putInt(callNumber)
        .putInt(seq)
        .putInt(RekeyingSecurity.INDEX)
        .putInt(length)
        .array();
  }

  private static byte[] bytes(MemorySegment memory, long at, int length) {
    return memory.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE);
  }

  private static void put(MemorySegment memory, long at, byte[] bytes) {
    MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, at, bytes.length);
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
      case NOT_PERMITTED -> RekeyingSecurity.NOT_AUTHORISED;
      case LEVEL_TOO_LOW -> RekeyingSecurity.BAD_LEVEL;
    };
  }

  @Override
  public void destroy() {
    cipher.forget();
  }
}
