// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxgk;

import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.security.ConnectionSecurity;
import io.rxrpc.security.PeerIdentity;
import io.rxrpc.security.PlainPackets;
import io.rxrpc.security.SealedPacket;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.SecurityRefusal;
import io.rxrpc.security.krb.KerberosKey;
import io.rxrpc.security.krb.KrbException;
import io.rxrpc.security.krb.UsageKey;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The packets of one connection (rxgk.md section 6): at auth a checksum stands in front of the
 * data, at encrypt all of the payload is sealed. What is covered names the packet's place as well,
 * so that none can be put in another's. Safe for all threads.
 */
class RxgkConnection implements ConnectionSecurity {
  /** Epoch, cid with channel, call, sequence number, security index, length of the data. */
  private static final int PLACE = 24;

  /** Of these all but the length have to be the expected ones. */
  private static final int FIXED_PLACE = 20;

  private static final int WIRE = 0xffff;

  private static final ValueLayout.OfInt WORD =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  /** Under which usages packets of one direction are sealed. */
  record Direction(int encrypt, int checksum) {
    static final Direction TO_SERVER = new Direction(1026, 1027);
    static final Direction TO_CLIENT = new Direction(1028, 1029);
  }

  /** What does not change in a connection's life. */
  record Terms(
      RxgkForm form,
      SecurityLevel level,
      RandomGenerator random,
      Scratch.Pool scratch,
      KeyLife life,
      @Nullable PeerIdentity peer) {}

  private final Terms terms;
  private final TransportKeys keys;
  private final KeyNumbers numbers;
  private final Direction outgoing;
  private final Direction incoming;

  /** What was used last in each direction: most packets have the same key as the one before. */
  private volatile @Nullable Used sealing;

  private volatile @Nullable Used opening;

  /** A key with a number, for the use that this level has for it. */
  private record Used(long number, UsageKey key) {}

  RxgkConnection(
      Terms terms, TransportKeys keys, KeyNumbers numbers, Direction outgoing, Direction incoming) {
    this.terms = terms;
    this.keys = keys;
    this.numbers = numbers;
    this.outgoing = outgoing;
    this.incoming = incoming;
  }

  final Terms terms() {
    return terms;
  }

  final TransportKeys keys() {
    return keys;
  }

  final KeyNumbers numbers() {
    return numbers;
  }

  private UsageKey sealing(long number, boolean anew) throws KrbException {
    Used used = sealing;
    if (anew || used == null || used.number != number) {
      used = new Used(number, usage(number, outgoing));
      sealing = used;
    }
    return used.key;
  }

  private UsageKey opening(long number, boolean anew) throws KrbException {
    Used used = opening;
    if (anew || used == null || used.number != number) {
      used = new Used(number, usage(number, incoming));
      opening = used;
    }
    return used.key;
  }

  private UsageKey usage(long number, Direction direction) throws KrbException {
    boolean auth = terms.level() == SecurityLevel.AUTH;
    return keys.key(number).usage(auth ? direction.checksum() : direction.encrypt());
  }

  @Override
  public int headerRoom() {
    return switch (terms.level()) {
      case CLEAR -> 0;
      case AUTH -> keys.checksumLength();
      case ENCRYPT -> KerberosKey.CONFOUNDER + PLACE;
    };
  }

  @Override
  public int trailerRoom() {
    return terms.level() == SecurityLevel.ENCRYPT ? keys.overhead() - KerberosKey.CONFOUNDER : 0;
  }

  @Override
  public int capacity(int payload) {
    return Math.max(0, payload - headerRoom() - trailerRoom());
  }

  @Override
  public int sealedLength(int dataLength) {
    return headerRoom() + dataLength + trailerRoom();
  }

  @Override
  public void seal(PlainPackets packets) throws SecurityFailure {
    terms.life().check();
    if (terms.level() == SecurityLevel.CLEAR) { // nothing of it wears a key out
      int number = (int) numbers.current() & WIRE;
      for (int i = 0; i < packets.count(); i++) {
        packets.checksum(i, number);
      }
      return;
    }
    int sealed = sealedLength(packets.dataLength());
    Scratch s = terms.scratch().take();
    s.room(sealed + PLACE);
    try {
      for (int i = 0; i < packets.count(); i++) {
        long number = numbers.take(packets, i, sealed);
        packets.checksum(i, (int) number & WIRE);
        seal(packets, i, number, s);
      }
    } finally {
      s.giveBack();
    }
  }

  private void seal(PlainPackets packets, int i, long number, Scratch s) throws SecurityFailure {
    int length = packets.dataLength();
    int at = terms.level() == SecurityLevel.AUTH ? 0 : KerberosKey.CONFOUNDER;
    MemorySegment memory = packets.memory();
    long payload = packets.payload(i);
    boolean again = false;
    while (true) {
      place(s.in, at, packets.cid(), packets.callNumber(), packets.seq(i), length);
      MemorySegment.copy(
          memory, ValueLayout.JAVA_BYTE, payload + headerRoom(), s.in, at + PLACE, length);
      try {
        UsageKey key = sealing(number, again);
        if (at == 0) {
          key.checksum(s.in, 0, PLACE + length, s.out, 0);
          copy(s.out, memory, payload, keys.checksumLength());
        } else {
          s.confounders.next(terms.random(), s.in);
          key.encrypt(s.in, 0, at + PLACE + length, s.out, 0);
          copy(s.out, memory, payload, at + PLACE + length + trailerRoom());
        }
        return;
      } catch (KrbException e) {
        if (again || keys.destroyed()) {
          throw RxgkFault.REVOKED.in(terms.form(), "the connection's key is gone");
        }
        again = true; // it was forgotten meanwhile, and is made anew
      }
    }
  }

  private static void copy(byte[] from, MemorySegment to, long at, int length) {
    MemorySegment.copy(from, 0, to, ValueLayout.JAVA_BYTE, at, length);
  }

  private void place(byte[] out, int at, int cid, int callNumber, int seq, int length) {
    ConnectionIdentity connection = keys.connection();
    MemorySegment words = MemorySegment.ofArray(out);
    words.set(WORD, at, connection.epoch());
    words.set(WORD, at + 4L, cid);
    words.set(WORD, at + 8L, callNumber);
    words.set(WORD, at + 12L, seq);
    words.set(WORD, at + 16L, terms.form().index());
    words.set(WORD, at + 20L, length);
  }

  @Override
  public int unseal(SealedPacket packet, MemorySegment out, long outAt) throws SecurityFailure {
    terms.life().check();
    if (terms.level() == SecurityLevel.CLEAR) {
      return clear(packet, out, outAt);
    }
    int least = headerRoom() + trailerRoom();
    if (packet.length() < least) {
      RxgkFault fault =
          terms.level() == SecurityLevel.AUTH ? RxgkFault.PACKET_SHORT : RxgkFault.SEALED_SHORT;
      throw fault.in(terms.form(), "a packet of " + packet.length() + " octets");
    }
    long number = numbers.whole(packet);
    Scratch s = terms.scratch().take();
    s.room(packet.length() + PLACE);
    try {
      int length = unseal(packet, number, s);
      int from = terms.level() == SecurityLevel.AUTH ? PLACE : KerberosKey.CONFOUNDER + PLACE;
      byte[] plain = terms.level() == SecurityLevel.AUTH ? s.in : s.out;
      MemorySegment.copy(plain, from, out, ValueLayout.JAVA_BYTE, outAt, length);
      numbers.verified(number, packet);
      return length;
    } finally {
      s.giveBack();
    }
  }

  private int unseal(SealedPacket packet, long number, Scratch s) throws SecurityFailure {
    boolean again = false;
    while (true) {
      try {
        UsageKey key = opening(number, again);
        return terms.level() == SecurityLevel.AUTH
            ? authentic(packet, key, s)
            : decrypted(packet, key, s);
      } catch (KrbException e) {
        if (e.fault() != KrbException.Fault.KEY) {
          throw RxgkFault.SEALED.in(terms.form(), "a packet that does not verify");
        }
        if (again || keys.destroyed()) {
          throw RxgkFault.REVOKED.in(terms.form(), "the connection's key is gone");
        }
        again = true;
      }
    }
  }

  /** OpenAFS does not look at the key number here; Linux does, and follows. */
  private int clear(SealedPacket packet, MemorySegment out, long outAt) throws SecurityFailure {
    if (terms.form() == RxgkForm.YFS) {
      numbers.verified(numbers.whole(packet), packet);
    }
    MemorySegment.copy(packet.memory(), packet.offset(), out, outAt, packet.length());
    return packet.length();
  }

  /** Checksum, data: the checksum is over the place and the data. */
  private int authentic(SealedPacket packet, UsageKey key, Scratch s)
      throws KrbException, SecurityFailure {
    int sum = keys.checksumLength();
    int length = packet.length() - sum;
    place(s.in, 0, packet.cid(), packet.callNumber(), packet.seq(), length);
    byte[] told = s.out;
    MemorySegment.copy(packet.memory(), ValueLayout.JAVA_BYTE, packet.offset(), told, 0, sum);
    MemorySegment.copy(
        packet.memory(), ValueLayout.JAVA_BYTE, packet.offset() + sum, s.in, PLACE, length);
    if (!key.verifies(s.in, 0, PLACE + length, told, 0)) {
      throw RxgkFault.SEALED.in(terms.form(), "a packet with another checksum");
    }
    return length;
  }

  /** Confounder, place, data, padding that nobody needs. */
  private int decrypted(SealedPacket packet, UsageKey key, Scratch s)
      throws KrbException, SecurityFailure {
    MemorySegment.copy(
        packet.memory(), ValueLayout.JAVA_BYTE, packet.offset(), s.in, 0, packet.length());
    int whole = key.decrypt(s.in, 0, packet.length(), s.out, 0);
    place(s.in, 0, packet.cid(), packet.callNumber(), packet.seq(), 0);
    int wrong = 0;
    for (int i = 0; i < FIXED_PLACE; i++) {
      wrong |= s.in[i] ^ s.out[KerberosKey.CONFOUNDER + i];
    }
    if (wrong != 0) {
      throw RxgkFault.MISPLACED.in(terms.form(), "a packet of another place");
    }
    int room = whole - KerberosKey.CONFOUNDER - PLACE;
    int length =
        MemorySegment.ofArray(s.out).get(WORD, (long) KerberosKey.CONFOUNDER + FIXED_PLACE);
    if (Integer.compareUnsigned(length, room) > 0) {
      throw RxgkFault.DATA_LENGTH.in(
          terms.form(), Integer.toUnsignedString(length) + " octets where " + room + " follow");
    }
    return length;
  }

  @Override
  public SecurityLevel level() {
    return terms.level();
  }

  @Override
  public @Nullable PeerIdentity peer() {
    return terms.peer();
  }

  @Override
  public int abortCode(SecurityRefusal why) {
    return switch (why) {
      case NOT_PERMITTED -> RxgkFault.NOT_PERMITTED.code(terms.form());
      case LEVEL_TOO_LOW -> RxgkFault.LEVEL.code(terms.form());
    };
  }

  @Override
  public void destroy() {
    keys.destroy();
  }

  @Override
  public String toString() {
    return terms.form() + " " + terms.level();
  }
}
