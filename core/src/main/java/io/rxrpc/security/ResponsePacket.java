// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security;

/**
 * What of a RESPONSE is the security class's: its payload, and the checksum field of its header.
 *
 * @param payload what stands behind the header; whoever gets it may keep or clear it
 * @param checksum 0..65535; rxkad has 0, rxgk the number of the key that the answer is sealed with
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record ResponsePacket(byte[] payload, int checksum) {

  /**
   * One whose header has no checksum.
   *
   * @param payload the payload
   */
  public ResponsePacket(byte[] payload) {
    this(payload, 0);
  }
}
