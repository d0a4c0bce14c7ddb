package io.rxrpc.security;

import io.rxrpc.wire.AbortCodes;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * What one connection does to the packets it sends and receives. Used by application threads, many
 * at once: an implementation is immutable or guards itself.
 */
public interface ConnectionSecurity {

  /** Bytes in front of the user data inside a packet's payload. */
  int headerRoom();

  /**
   * Bytes of user data that fit into one packet.
   *
   * @param payload bytes that the packet may carry behind its 28-byte header
   */
  int capacity(int payload);

  /** Bytes of payload that {@link #seal} makes of this much user data, padding included. */
  int sealedLength(int dataLength);

  /**
   * Seals a DATA packet in place. The 28-byte header is complete but for the checksum, which this
   * method sets; the user data stands at {@code at + 28 + headerRoom()}.
   *
   * @param packet the packet's memory, with room for padding up to the payload that {@link
   *     #capacity} was asked for
   * @param at where the header begins
   * @param dataLength bytes of user data
   * @return bytes of payload, that is, of everything behind the 28-byte header: {@link
   *     #sealedLength}
   */
  int seal(MemorySegment packet, long at, int dataLength) throws SecurityFailure;

  /**
   * Seals several packets with equally much user data, which may be faster than one by one. As
   * {@link #seal}, the header of packet {@code i} begins at {@code at + i * stride}. If it fails,
   * none of them may be sent.
   */
  default void sealRun(MemorySegment packets, long at, long stride, int count, int dataLength)
      throws SecurityFailure {
    for (int i = 0; i < count; i++) {
      seal(packets, at + i * stride, dataLength);
    }
  }

  /**
   * Unseals one packet's payload into the reader's memory. The packet is not changed.
   *
   * @param packet what was received
   * @param out where the user data goes
   * @param outAt offset in {@code out}, with room for {@code packet.length()} bytes
   * @return bytes of user data
   */
  int unseal(SealedPacket packet, MemorySegment out, long outAt) throws SecurityFailure;

  /** The protection in force on the connection, or null if the class has none to give. */
  default @Nullable SecurityLevel level() {
    return null;
  }

  /** Who the peer is, or null if that was not verified: always so on the client's side. */
  default @Nullable PeerIdentity peer() {
    return null;
  }

  /**
   * What a client is told that a service turns away although the connection is good.
   *
   * @return an abort code of the class's own, never 0
   */
  default int abortCode(SecurityRefusal why) {
    return AbortCodes.RX_INVALID_OPERATION;
  }

  /**
   * Clears the connection's secrets. It seals and unseals nothing afterwards. The engine calls it
   * when the connection is closed and the last of its calls has been let go of, outside its lock.
   */
  default void destroy() {}
}
