package io.rxrpc.wire;

import java.lang.foreign.MemorySegment;

/**
 * The shell of a RESPONSE, client to server: what is behind the header belongs to the security
 * class.
 */
public final class Response {
  /** Where the security class's payload starts, from the start of the packet. */
  public static final int PAYLOAD = Header.LENGTH;

  private Response() {}

  /** Where the payload starts in memory. */
  public static long payloadOffset(long at) {
    return at + PAYLOAD;
  }

  /** Octets of payload in a packet of {@code length}. */
  public static int payloadLength(int length) {
    return length - PAYLOAD;
  }

  /**
   * Writes the header: for the connection (callNumber 0, channel 0), from the client; returns
   * {@link #PAYLOAD}.
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
        PacketType.RESPONSE,
        Flags.CLIENT_INITIATED,
        0,
        securityIndex,
        checksum,
        serviceId);
    return PAYLOAD;
  }
}
