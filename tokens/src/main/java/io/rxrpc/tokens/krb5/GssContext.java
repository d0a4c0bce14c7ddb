// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.krb5;

/**
 * One end of a security context of GSS-API (RFC 2743) by Kerberos 5, that asks for mutual
 * authentication, confidentiality and integrity. For the thread that made it; closing it clears its
 * keys. All but {@link #step} need an established context.
 */
public interface GssContext extends AutoCloseable {
  /**
   * Goes on with what the peer sent.
   *
   * @param token what came, empty for an initiator's first step
   * @return what is to be sent, empty if nothing is
   * @throws GssException if the context cannot be established; nothing can be done with it then
   */
  byte[] step(byte[] token) throws GssException;

  /** {@return whether both ends know each other, as far as this one can tell} */
  boolean established();

  /**
   * {@return whether mutual authentication, confidentiality and integrity have all been granted}
   *
   * @throws GssException if the mechanism refuses
   */
  boolean protects() throws GssException;

  /**
   * Seals a message so that only the peer can read it.
   *
   * @param message the message
   * @return the data
   * @throws GssException if the mechanism refuses
   */
  byte[] wrap(byte[] message) throws GssException;

  /**
   * Opens what the peer has sealed; the caller erases it.
   *
   * @param sealed the sealed data
   * @return the data
   * @throws GssException also if it was sealed without confidentiality, or with an odd quality of
   *     protection
   */
  byte[] unwrap(byte[] sealed) throws GssException;

  /**
   * {@return a checksum of a message}
   *
   * @param message the message
   * @throws GssException if the mechanism refuses
   */
  byte[] mic(byte[] message) throws GssException;

  /**
   * Returns if the checksum is the peer's and of this message.
   *
   * @param message the message
   * @param mic the checksum
   * @throws GssException if the mechanism refuses
   */
  void verify(byte[] message, byte[] mic) throws GssException;

  /**
   * {@return octets that only the two ends can compute (RFC 4401, RFC 7802), under the key
   * GSS_C_PRF_KEY_FULL; the caller erases them}
   *
   * @param input what it is made from
   * @param length how many bytes
   * @throws GssException if the mechanism refuses
   */
  byte[] pseudoRandom(byte[] input, int length) throws GssException;

  /**
   * {@return who has begun the context: its exported name (RFC 2743, 3.2)}
   *
   * @throws GssException if the mechanism refuses
   */
  byte[] initiator() throws GssException;

  /**
   * {@return the same for people: {@code NAME@REALM}}
   *
   * @throws GssException if the mechanism refuses
   */
  String initiatorName() throws GssException;

  /**
   * {@return who accepts it: {@code NAME@REALM}}
   *
   * @throws GssException if the mechanism refuses
   */
  String acceptorName() throws GssException;

  /**
   * {@return how many seconds the initiator's ticket is still valid, at least 0}
   *
   * @throws GssException if the mechanism refuses
   */
  long secondsLeft() throws GssException;

  @Override
  void close();
}
