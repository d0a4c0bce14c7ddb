// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security;

import io.rxrpc.wire.AbortCodes;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * What one connection does to the packets it sends and receives. Used by application threads, many
 * at once and for four channels: an implementation is immutable or guards itself.
 *
 * <p>A packet's payload is {@link #headerRoom()} octets, the user data, and up to {@link
 * #trailerRoom()} octets of padding and trailer. What is sealed once goes out as it is, however
 * often; so a class that changes its key says in each packet's checksum field which one it used.
 */
public interface ConnectionSecurity {

  /**
   * {@return octets in front of the user data inside a packet's payload, 0..512} Does not change;
   * asked once.
   */
  int headerRoom();

  /**
   * {@return octets behind the user data at most, padding included, 0..512} Does not change; asked
   * once. A packet that is smaller than the path allows gets memory for so many.
   */
  default int trailerRoom() {
    return 0;
  }

  /**
   * {@return octets of user data that fit into one packet, at least 1}
   *
   * @param payload octets that the packet may carry behind its 28-octet header
   */
  int capacity(int payload);

  /**
   * {@return octets of payload that {@link #seal} makes of this much user data, all included}
   *
   * @param dataLength 0..{@link #capacity}
   */
  int sealedLength(int dataLength);

  /**
   * Seals packets where they lie, all of them or none: if it fails, none may be sent.
   *
   * @param packets the packets
   * @throws SecurityFailure if the key may not be used (any more): the call is over
   */
  void seal(PlainPackets packets) throws SecurityFailure;

  /**
   * {@return how many packets {@link #seal} likes to be given at once, 1..64; fewer come all the
   * same, and more never} Few are still in the processor's nearest cache when they are sealed.
   * Asked often; may change.
   */
  default int sealsAtOnce() {
    return 6;
  }

  /**
   * Unseals one packet's payload into the reader's memory. The packet is not changed. It may
   * be unsealed more than once, by who looks at data without taking it; those of a call come in
   * their order, those of other calls between them.
   *
   * @param packet what was received
   * @param out where the user data goes
   * @param outAt offset in {@code out}, with room for {@code packet.length()} octets
   * @return octets of user data
   * @throws SecurityFailure if it is not what its security says: the call is over
   */
  int unseal(SealedPacket packet, MemorySegment out, long outAt) throws SecurityFailure;

  /**
   * {@return the protection in force on the connection, or null if the class has none to
   * give}
   */
  default @Nullable SecurityLevel level() {
    return null;
  }

  /** {@return who the peer is, or null if that was not verified: always so on the client's side} */
  default @Nullable PeerIdentity peer() {
    return null;
  }

  /**
   * What a client is told that a service turns away although the connection is good. Asked once.
   *
   * @param why the refusal
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
