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

  /** Whether both ends know each other, as far as this one can tell. */
  boolean established();

  /** Whether mutual authentication, confidentiality and integrity have all been granted. */
  boolean protects() throws GssException;

  /** Seals a message so that only the peer can read it. */
  byte[] wrap(byte[] message) throws GssException;

  /**
   * Opens what the peer has sealed; the caller erases it.
   *
   * @throws GssException also if it was sealed without confidentiality, or with an odd quality of
   *     protection
   */
  byte[] unwrap(byte[] sealed) throws GssException;

  /** A checksum of a message. */
  byte[] mic(byte[] message) throws GssException;

  /** Returns if the checksum is the peer's and of this message. */
  void verify(byte[] message, byte[] mic) throws GssException;

  /**
   * Octets that only the two ends can compute (RFC 4401, RFC 7802), under the key
   * GSS_C_PRF_KEY_FULL; the caller erases them.
   */
  byte[] pseudoRandom(byte[] input, int length) throws GssException;

  /** Who has begun the context: its exported name (RFC 2743, 3.2). */
  byte[] initiator() throws GssException;

  /** The same for people: {@code NAME@REALM}. */
  String initiatorName() throws GssException;

  /** Who accepts it: {@code NAME@REALM}. */
  String acceptorName() throws GssException;

  /** How many seconds the initiator's ticket is still valid, at least 0. */
  long secondsLeft() throws GssException;

  @Override
  void close();
}
