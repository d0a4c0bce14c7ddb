// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.wire;

import java.lang.foreign.MemorySegment;

/**
 * The shell of a CHALLENGE and a RESPONSE: both are for the connection (callNumber 0, channel 0),
 * and what is behind the header belongs to the security class, as the header's checksum does.
 */
public final class SecurityShell {
  /** Where the security class's payload starts, from the start of the packet. */
  public static final int PAYLOAD = Header.LENGTH;

  private SecurityShell() {}

  /** Where the payload starts in memory. */
  public static long payloadOffset(long at) {
    return at + PAYLOAD;
  }

  /** Octets of payload in a packet of {@code length}. */
  public static int payloadLength(int length) {
    return length - PAYLOAD;
  }

  /** Writes the header of a CHALLENGE, server to client; returns {@link #PAYLOAD}. */
  public static int writeChallenge(
      MemorySegment p,
      long at,
      int epoch,
      int cid,
      int serial,
      int securityIndex,
      int checksum,
      int serviceId) {
    return write(
        p, at, epoch, cid, serial, PacketType.CHALLENGE, 0, securityIndex, checksum, serviceId);
  }

  /** Writes the header of a RESPONSE, client to server; returns {@link #PAYLOAD}. */
  public static int writeResponse(
      MemorySegment p,
      long at,
      int epoch,
      int cid,
      int serial,
      int securityIndex,
      int checksum,
      int serviceId) {
    return write(
        p,
        at,
        epoch,
        cid,
        serial,
        PacketType.RESPONSE,
        Flags.CLIENT_INITIATED,
        securityIndex,
        checksum,
        serviceId);
  }

  private static int write(
      MemorySegment p,
      long at,
      int epoch,
      int cid,
      int serial,
      int type,
      int flags,
      int securityIndex,
      int checksum,
      int serviceId) {
    Header.write(
        p,
        at,
        epoch,
        Header.connectionId(cid),
        0,
        0,
        serial,
        type,
        flags,
        0,
        securityIndex,
        checksum,
        serviceId);
    return PAYLOAD;
  }
}
