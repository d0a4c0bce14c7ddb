// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.wire;

import java.lang.foreign.MemorySegment;
import java.util.HexFormat;

/**
 * One packet as one line, for traces, in the manner of tcpdump:
 *
 * <pre>
 * DATA cid 6b8f1234.0 call 7 seq 1 serial 3 [client,last,req-ack] svc 52 len 4
 * ACK cid 6b8f1234.0 call 7 serial 2 first 2 prev 1 serial 3 DELAY nacks 2 [+-] mtu 5692/1444 rwind 32 jumbo 4
 * </pre>
 *
 * The cid is given without its channel, which stands behind the dot. Nothing here throws for any
 * octets.
 */
public final class PacketText {
  private static final HexFormat HEX = HexFormat.of();

  private PacketText() {}

  /** The line, without line end. */
  public static String line(MemorySegment p, long at, int length) {
    StringBuilder out = new StringBuilder(128);
    append(out, p, at, length);
    return out.toString();
  }

  /** Appends the line to {@code out}. */
  public static void append(StringBuilder out, MemorySegment p, long at, int length) {
    if (length < Header.LENGTH) {
      out.append(Malformed.SHORT_HEADER).append(" len ").append(length);
      return;
    }
    header(out, p, at);
    Malformed malformed = PacketCheck.check(p, at, length);
    if (malformed == Malformed.NONE) {
      payload(out, p, at, length);
    } else {
      out.append(' ').append(malformed).append(" len ").append(length - Header.LENGTH);
    }
  }

  private static void header(StringBuilder out, MemorySegment p, long at) {
    int type = Header.type(p, at);
    int cid = Header.cid(p, at);
    out.append(PacketType.name(type)).append(" cid ");
    out.append(HEX.toHexDigits(Header.connectionId(cid))).append('.').append(Header.channel(cid));
    optional(out, " call ", Header.callNumber(p, at));
    optional(out, " seq ", Header.seq(p, at));
    optional(out, " serial ", Header.serial(p, at));
    String flags = Flags.describe(Header.flags(p, at), type);
    if (!flags.isEmpty()) {
      out.append(" [").append(flags).append(']');
    }
    optional(out, " user ", Header.userStatus(p, at));
    optional(out, " sec ", Header.securityIndex(p, at));
    int checksum = Header.checksum(p, at);
    if (checksum != 0) {
      out.append(" sum ").append(HEX.toHexDigits((short) checksum));
    }
    // an ACK, BUSY or ACKALL of a call says nothing new with it
    if (type == PacketType.DATA || type == PacketType.CHALLENGE || type == PacketType.RESPONSE) {
      out.append(" svc ").append(Header.serviceId(p, at));
    }
  }

  private static void payload(StringBuilder out, MemorySegment p, long at, int length) {
    switch (Header.type(p, at)) {
      case PacketType.DATA -> data(out, p, at, length);
      case PacketType.ACK -> ack(out, p, at, length);
      case PacketType.ABORT -> {
        int index = Header.securityIndex(p, at);
        String name = AbortCodes.name(Abort.code(p, at), index);
        out.append(' ').append(name == null ? "code" : name);
        out.append(' ').append(Abort.code(p, at));
      }
      case PacketType.VERSION -> version(out, p, at, length);
      case PacketType.DEBUG -> {
        if (DebugRequest.isRequest(p, at, length)) {
          out.append(" type ").append(DebugRequest.debugType(p, at));
          out.append(" index ").append(DebugRequest.index(p, at));
        } else {
          out.append(" reply len ").append(length - Header.LENGTH);
        }
      }
      case PacketType.CHALLENGE, PacketType.RESPONSE ->
          out.append(" len ").append(length - Header.LENGTH);
      default -> {
        // BUSY and ACKALL have no payload
      }
    }
  }

  private static void data(StringBuilder out, MemorySegment p, long at, int length) {
    int flags = Header.flags(p, at);
    long data = at + Header.LENGTH;
    long end = at + length;
    out.append(" len ").append(Jumbo.dataLength(flags, data, end));
    while (Jumbo.isMore(flags)) {
      flags = Jumbo.nextFlags(p, data);
      data = Jumbo.nextOffset(data);
      out.append('+').append(Jumbo.dataLength(flags, data, end));
      if ((flags & Flags.LAST_PACKET) != 0) {
        out.append(" last");
      }
    }
  }

  private static void ack(StringBuilder out, MemorySegment p, long at, int length) {
    out.append(" first ").append(Integer.toUnsignedString(Ack.firstPacket(p, at)));
    out.append(" prev ").append(Integer.toUnsignedString(Ack.previousPacket(p, at)));
    out.append(" serial ").append(Integer.toUnsignedString(Ack.serial(p, at)));
    out.append(' ').append(AckReason.name(Ack.reason(p, at)));
    int count = Ack.count(p, at);
    out.append(" nacks ").append(count);
    if (count > 0) {
      out.append(" [");
      for (int i = 0; i < count; i++) {
        out.append(Ack.softAck(p, at, i) ? '+' : '-');
      }
      out.append(']');
    }
    int words = Ack.trailerWords(p, at, length);
    if (words >= 2) {
      out.append(" mtu ").append(Ack.maxMtu(p, at, length));
      out.append('/').append(Ack.ifMtu(p, at, length));
    }
    if (words >= 3) {
      out.append(" rwind ").append(Ack.rwind(p, at, length));
    }
    if (words >= 4) {
      out.append(" jumbo ").append(Ack.jumboMax(p, at, length));
    }
    int fill = length - (Ack.MIN_LENGTH + count + Ack.PADDING + Ack.TRAILER_LENGTH);
    if (fill > 0) {
      out.append(" fill ").append(fill);
    }
  }

  private static void version(StringBuilder out, MemorySegment p, long at, int length) {
    if (Header.isClientInitiated(p, at)) {
      out.append(Version.isRequest(p, at, length) ? " request" : " request not to be answered");
    } else if (length < Version.REPLY_LENGTH) {
      out.append(" keepalive");
    } else {
      out.append(" \"").append(Version.text(p, at, length)).append('"');
    }
  }

  private static void optional(StringBuilder out, String name, int value) {
    if (value != 0) {
      out.append(name).append(Integer.toUnsignedString(value));
    }
  }
}
