// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security;

/** The client's end of a connection, which may have to say who it is. */
public interface ClientConnectionSecurity extends ConnectionSecurity {

  /**
   * Answers a CHALLENGE. Called outside the engine's lock, never in the loop, while threads seal
   * and unseal; again for each CHALLENGE that differs, and when a call has begun since.
   *
   * @param challenge the CHALLENGE's payload
   * @param callNumbers the call number of each of the four channels, 0 = never used
   * @return the RESPONSE, which is repeated as it is until the server is seen to believe it
   * @throws SecurityFailure if the challenge cannot be met: the connection is aborted
   */
  ResponsePacket respond(byte[] challenge, int[] callNumbers) throws SecurityFailure;
}
