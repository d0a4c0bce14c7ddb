// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.wire;

/** The bits of {@link Header#FLAGS} and of a jumbo subheader (wire.md 3). */
public final class Flags {
  /** On every packet that the client side of the connection sends. */
  public static final int CLIENT_INITIATED = 0x01;

  /** DATA: acknowledge at once. ACK: set on PING. */
  public static final int REQUEST_ACK = 0x02;

  /** Last DATA of this direction of the call. */
  public static final int LAST_PACKET = 0x04;

  /** DATA: more packets of this call follow right behind. */
  public static final int MORE_PACKETS = 0x08;

  /** DATA: another subpacket follows in this datagram. */
  public static final int JUMBO_PACKET = 0x20;

  /** ACK: the same bit as {@link #JUMBO_PACKET}. */
  public static final int SLOW_START_OK = 0x20;

  /** All bits with a meaning; the others are ignored and never sent. */
  public static final int KNOWN =
      CLIENT_INITIATED | REQUEST_ACK | LAST_PACKET | MORE_PACKETS | JUMBO_PACKET;

  private Flags() {}

  /**
   * For people: {@code "client,last,req-ack"}; unknown bits as {@code "0x10"}; empty for 0. Bit
   * 0x20 reads {@code jumbo}.
   */
  public static String describe(int flags) {
    return describe(flags, PacketType.DATA);
  }

  /** As {@link #describe(int)}, with bit 0x20 named as the packet type has it. */
  static String describe(int flags, int type) {
    StringBuilder text = new StringBuilder();
    append(text, flags, CLIENT_INITIATED, "client");
    append(text, flags, LAST_PACKET, "last");
    append(text, flags, REQUEST_ACK, "req-ack");
    append(text, flags, MORE_PACKETS, "more");
    append(text, flags, JUMBO_PACKET, type == PacketType.ACK ? "slow-start-ok" : "jumbo");
    int unknown = flags & 0xff & ~KNOWN;
    append(text, unknown, unknown, "0x" + Integer.toHexString(unknown));
    return text.toString();
  }

  private static void append(StringBuilder text, int flags, int bit, String name) {
    if ((flags & bit) != 0) {
      if (!text.isEmpty()) {
        text.append(',');
      }
      text.append(name);
    }
  }
}
