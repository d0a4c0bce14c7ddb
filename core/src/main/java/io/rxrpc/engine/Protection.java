// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.security.ConnectionSecurity;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.security.PeerIdentity;
import io.rxrpc.security.PlainPackets;
import io.rxrpc.security.SealedPacket;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.SecurityRefusal;
import io.rxrpc.wire.AbortCodes;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The security of one connection as the engine has it: what does not change was asked once, outside
 * the lock, and what the class answers is checked. A class that throws or answers what cannot be
 * has refused the packet: its call fails, and nobody else notices.
 *
 * @param headerRoom bytes in front of the user data
 * @param trailerRoom bytes behind it at most
 * @param level the protection in force, null for none
 * @param peer who the peer is, null if that was not verified
 * @param notPermitted the abort code for {@link SecurityRefusal#NOT_PERMITTED}
 * @param levelTooLow the abort code for {@link SecurityRefusal#LEVEL_TOO_LOW}
 */
record Protection(
    ConnectionSecurity security,
    int headerRoom,
    int trailerRoom,
    @Nullable SecurityLevel level,
    @Nullable PeerIdentity peer,
    int notPermitted,
    int levelTooLow) {
  static final Protection NONE =
      new Protection(
          NullSecurity.INSTANCE,
          0,
          0,
          null,
          null,
          NullSecurity.INSTANCE.abortCode(SecurityRefusal.NOT_PERMITTED),
          NullSecurity.INSTANCE.abortCode(SecurityRefusal.LEVEL_TOO_LOW));

  /** More than this beside the data leaves too little for it. */
  private static final int MOST_ROOM = 512;

  /** The number of rxkad. */
  private static final int RXKAD = 2;

  /** The payload of a packet that fits an Ethernet. */
  private static final int ORDINARY = 1412;

  /** Asks the class what it does; not under the lock. */
  static Protection of(@Nullable ConnectionSecurity security) throws SecurityFailure {
    if (security == null) {
      throw nonsense("no security for a connection");
    }
    if (security == NullSecurity.INSTANCE) {
      return NONE;
    }
    int header;
    int trailer;
    SecurityLevel level;
    PeerIdentity peer;
    int notPermitted;
    int levelTooLow;
    try {
      header = security.headerRoom();
      trailer = security.trailerRoom();
      level = security.level();
      peer = security.peer();
      notPermitted = security.abortCode(SecurityRefusal.NOT_PERMITTED);
      levelTooLow = security.abortCode(SecurityRefusal.LEVEL_TOO_LOW);
    } catch (RuntimeException | Error e) {
      throw defect(e);
    }
    if (header < 0 || header > MOST_ROOM || trailer < 0 || trailer > MOST_ROOM) {
      throw nonsense("a header of " + header + " and a trailer of " + trailer + " bytes");
    }
    if (notPermitted == 0 || levelTooLow == 0) {
      throw nonsense("an abort code of 0");
    }
    return new Protection(security, header, trailer, level, peer, notPermitted, levelTooLow);
  }

  /** With which code the class refuses so. */
  int abortCode(SecurityRefusal why) {
    return switch (why) {
      case NOT_PERMITTED -> notPermitted;
      case LEVEL_TOO_LOW -> levelTooLow;
    };
  }

  /**
   * The payload of packets where the path carries so much. The blocks of a packet that rxkad
   * encrypts are a chain, and packets are encrypted side by side: many ordinary ones go faster than
   * a few large ones.
   */
  int payload(int securityIndex, int most) {
    boolean chained = securityIndex == RXKAD && level == SecurityLevel.ENCRYPT;
    return chained ? Math.min(most, ORDINARY) : most;
  }

  /** Bytes of user data that fit into a packet of so much payload. */
  int capacity(int payload) throws SecurityFailure {
    int n;
    try {
      n = security.capacity(payload);
    } catch (RuntimeException | Error e) {
      throw defect(e);
    }
    if (n < 1 || n > payload - headerRoom) {
      throw nonsense("room for " + n + " bytes in " + payload);
    }
    return n;
  }

  /** Bytes of payload that so much user data becomes, where there is room for so many. */
  int sealedLength(int dataLength, int payload) throws SecurityFailure {
    int n;
    try {
      n = security.sealedLength(dataLength);
    } catch (RuntimeException | Error e) {
      throw defect(e);
    }
    if (n < headerRoom + dataLength || n > payload) {
      throw nonsense(n + " bytes sealed of " + dataLength + ", with room for " + payload);
    }
    return n;
  }

  /** Packets to seal at once at most. */
  int sealsAtOnce() throws SecurityFailure {
    try {
      return Math.clamp(security.sealsAtOnce(), 1, 64);
    } catch (RuntimeException | Error e) {
      throw defect(e);
    }
  }

  void seal(PlainPackets packets) throws SecurityFailure {
    try {
      security.seal(packets);
    } catch (RuntimeException | Error e) {
      throw defect(e);
    }
  }

  /** Returns the bytes of user data. */
  int unseal(SealedPacket packet, MemorySegment out, long outAt) throws SecurityFailure {
    int most = packet.length();
    int n;
    try {
      n = security.unseal(packet, out, outAt);
    } catch (RuntimeException | Error e) {
      throw defect(e);
    }
    if (n < 0 || n > most) {
      throw nonsense(n + " bytes unsealed of " + most);
    }
    return n;
  }

  /** Whether a packet of so much payload may have no user data in it. */
  boolean maybeEmpty(int payload) throws SecurityFailure {
    try {
      return payload <= security.sealedLength(0);
    } catch (RuntimeException | Error e) {
      throw defect(e);
    }
  }

  /** The class has thrown what it must not. */
  static SecurityFailure defect(Throwable why) {
    SecurityFailure failure =
        new SecurityFailure(AbortCodes.RX_PROTOCOL_ERROR, "the security class failed");
    failure.initCause(why);
    return failure;
  }

  /** The class has answered what cannot be. */
  static SecurityFailure nonsense(String what) {
    return defect(new IllegalStateException("the security class answers " + what));
  }
}
