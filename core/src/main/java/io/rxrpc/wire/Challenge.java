package io.rxrpc.wire;

import java.lang.foreign.MemorySegment;

/**
 * The shell of a CHALLENGE, server to client: what is behind the header belongs to the security
 * class.
 */
public final class Challenge {
  /** Where the security class's payload starts, from the start of the packet. */
  public static final int PAYLOAD = Header.LENGTH;

  private Challenge() {}

  /** Where the payload starts in memory. */
  public static long payloadOffset(long at) {
    return at + PAYLOAD;
  }

  /** Octets of payload in a packet of {@code length}. */
  public static int payloadLength(int length) {
    return length - PAYLOAD;
  }

  /**
   * Writes the header: for the connection (callNumber 0, channel 0), without flags; returns {@link
   * #PAYLOAD}.
   */
  public static int writeHeader(
      MemorySegment p,
      long at,
      int epoch,
      int cid,
      int serial,
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
        PacketType.CHALLENGE,
        0,
        0,
        securityIndex,
        checksum,
        serviceId);
    return PAYLOAD;
  }
}
