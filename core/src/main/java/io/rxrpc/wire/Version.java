// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.wire;

import java.lang.foreign.MemorySegment;

/**
 * The VERSION packet (wire.md 7): a question from a client, its reply with 65 octets of text, or,
 * without CLIENT_INITIATED and never answered, a NAT keepalive. {@code at} is the start of the
 * packet.
 */
public final class Version {
  /** Octets of NUL-padded ASCII in a reply. */
  public static final int TEXT_LENGTH = 65;

  /** Length of a whole reply. */
  public static final int REPLY_LENGTH = Header.LENGTH + TEXT_LENGTH;

  /** Length of a whole request or keepalive: one zero octet behind the header. */
  public static final int REQUEST_LENGTH = Header.LENGTH + 1;

  /** The epoch that the tools of OpenAFS use for their questions. */
  public static final int TOOL_EPOCH = 999;

  private Version() {}

  /**
   * Whether this VERSION packet asks: CLIENT_INITIATED and a first payload octet that is 0,
   * as Linux wants it.
   */
  public static boolean isRequest(MemorySegment p, long at, int length) {
    return length >= REQUEST_LENGTH
        && Header.isClientInitiated(p, at)
        && Layouts.uint8(p, at + Header.LENGTH) == 0;
  }

  /**
   * Writes a request with {@link #TOOL_EPOCH}; {@code callNumber} comes back in the reply. Returns
   * the whole length.
   */
  public static int writeRequest(MemorySegment p, long at, int callNumber) {
    int flags = Flags.CLIENT_INITIATED | Flags.LAST_PACKET;
    Header.write(p, at, TOOL_EPOCH, 0, callNumber, 0, 0, PacketType.VERSION, flags, 0, 0, 0, 0);
    Layouts.setUint8(p, at + Header.LENGTH, 0);
    return REQUEST_LENGTH;
  }

  /**
   * Writes a NAT keepalive in the shape of Linux: a VERSION that nobody answers. Returns the whole
   * length.
   */
  public static int writeKeepalive(MemorySegment p, long at, int epoch) {
    Header.write(p, at, epoch, 0, 0, 0, 0, PacketType.VERSION, Flags.LAST_PACKET, 0, 0, 0, 0);
    Layouts.setUint8(p, at + Header.LENGTH, 0);
    return REQUEST_LENGTH;
  }

  /**
   * Writes a reply to the request with this epoch, cid, callNumber and serviceId, in the shape of
   * Linux (seq, serial 0; flags LAST). Of the text the first 64 characters go out, those outside
   * ASCII as '?'. Returns the whole length.
   */
  public static int writeReply(
      MemorySegment p, long at, int epoch, int cid, int callNumber, int serviceId, String text) {
    Header.write(
        p,
        at,
        epoch,
        cid,
        callNumber,
        0,
        0,
        PacketType.VERSION,
        Flags.LAST_PACKET,
        0,
        0,
        0,
        serviceId);
    long to = at + Header.LENGTH;
    int n = Math.min(text.length(), TEXT_LENGTH - 1);
    for (int i = 0; i < n; i++) {
      char c = text.charAt(i);
      Layouts.setUint8(p, to + i, c < 0x80 ? c : '?');
    }
    Layouts.zero(p, to + n, to + TEXT_LENGTH);
    return REPLY_LENGTH;
  }

  /**
   * The text of a reply of any length, up to its first NUL; octets that do not print come as '?',
   * as it may go to a terminal.
   */
  public static String text(MemorySegment p, long at, int length) {
    StringBuilder text = new StringBuilder(TEXT_LENGTH);
    for (int i = Header.LENGTH; i < length; i++) {
      int c = Layouts.uint8(p, at + i);
      if (c == 0) {
        break;
      }
      text.append(c >= 0x20 && c < 0x7f ? (char) c : '?');
    }
    return text.toString();
  }
}
