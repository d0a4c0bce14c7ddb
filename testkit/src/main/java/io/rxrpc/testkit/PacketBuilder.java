// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit;

import io.rxrpc.wire.Abort;
import io.rxrpc.wire.Ack;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.Jumbo;
import io.rxrpc.wire.PacketType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Builds exact packets, field by field; what is not said is 0. */
public final class PacketBuilder {
  private final int type;
  private int epoch;
  private int cid;
  private int callNumber;
  private int seq;
  private int serial;
  private int flags;
  private int userStatus;
  private int securityIndex;
  private int checksum;
  private int serviceId;
  private byte[] payload = new byte[0];

  /**
   * A packet of a {@link PacketType}.
   *
   * @param type the type
   */
  public PacketBuilder(int type) {
    this.type = type;
  }

  /**
   * {@return DATA}
   *
   * @param seq the sequence number
   * @param payload the payload
   */
  public static PacketBuilder data(int seq, byte[] payload) {
    return new PacketBuilder(PacketType.DATA).seq(seq).payload(payload);
  }

  /**
   * {@return an ABORT}
   *
   * @param code the code
   */
  public static PacketBuilder abort(int code) {
    byte[] packet = new byte[Abort.LENGTH];
    Abort.write(MemorySegment.ofArray(packet), 0, code);
    return new PacketBuilder(PacketType.ABORT)
        .payload(Arrays.copyOfRange(packet, Header.LENGTH, packet.length));
  }

  /**
   * {@return an ACK with all four trailer words}
   *
   * @param reason the reason
   * @param first the first packet not hard-acked
   * @param previous the last DATA seen
   * @param about the serial it answers
   * @param rwind the receive window told
   * @param acks soft ACKs from {@code first} on
   */
  public static PacketBuilder ack(
      int reason, int first, int previous, int about, int rwind, boolean... acks) {
    return ack(reason, first, previous, about, new int[] {5692, 1444, rwind, 4}, acks);
  }

  /**
   * {@return an ACK with 0, 2, 3 or 4 trailer words}
   *
   * @param reason the reason
   * @param first the first packet that is not acknowledged hard
   * @param previous the highest packet seen
   * @param about the serial number of the packet that it answers
   * @param trailer the words behind the acknowledgements
   * @param acks which packets have arrived, from the first one that is not acknowledged hard
   */
  public static PacketBuilder ack(
      int reason, int first, int previous, int about, int[] trailer, boolean... acks) {
    byte[] packet = new byte[Ack.MAX_LENGTH];
    MemorySegment p = MemorySegment.ofArray(packet);
    Ack.write(p, 0, first, previous, about, reason, acks.length);
    for (int i = 0; i < acks.length; i++) {
      Ack.setSoftAck(p, 0, i, acks[i]);
    }
    int[] words = Arrays.copyOf(trailer, 4);
    int length = Ack.writeTrailer(p, 0, acks.length, words[0], words[1], words[2], words[3]);
    length -= 4 * (4 - trailer.length);
    return new PacketBuilder(PacketType.ACK)
        .payload(Arrays.copyOfRange(packet, Header.LENGTH, length));
  }

  /**
   * {@return a jumbo of these payloads, all but the last of 1412 bytes}
   *
   * @param seq the sequence number
   * @param last whether it is the last
   * @param parts the data of each packet
   */
  public static PacketBuilder jumbo(int seq, boolean last, byte[]... parts) {
    byte[] packet = new byte[Header.LENGTH + parts.length * Jumbo.STRIDE];
    MemorySegment p = MemorySegment.ofArray(packet);
    long at = Header.LENGTH;
    for (int i = 0; i < parts.length; i++) {
      System.arraycopy(parts[i], 0, packet, (int) at, parts[i].length);
      if (i + 1 < parts.length) {
        boolean end = i + 2 == parts.length;
        Jumbo.writeNext(p, at, !end ? Flags.JUMBO_PACKET : last ? Flags.LAST_PACKET : 0, 0);
        at = Jumbo.nextOffset(at);
      } else {
        at += parts[i].length;
      }
    }
    return data(seq, Arrays.copyOfRange(packet, Header.LENGTH, (int) at))
        .flags(parts.length > 1 ? Flags.JUMBO_PACKET : last ? Flags.LAST_PACKET : 0);
  }

  /**
   * {@return the connection}
   *
   * @param connectionEpoch its epoch
   * @param connectionId its id, without a channel
   */
  public PacketBuilder connection(int connectionEpoch, int connectionId) {
    epoch = connectionEpoch;
    cid = connectionId;
    return this;
  }

  /**
   * {@return the call}
   *
   * @param number the number
   */
  public PacketBuilder call(int number) {
    callNumber = number;
    return this;
  }

  /**
   * {@return the sequence number}
   *
   * @param value the value
   */
  public PacketBuilder seq(int value) {
    seq = value;
    return this;
  }

  /**
   * {@return the serial number}
   *
   * @param value the value
   */
  public PacketBuilder serial(int value) {
    serial = value;
    return this;
  }

  /**
   * Adds flags.
   *
   * @param value the value
   * @return this
   */
  public PacketBuilder flags(int value) {
    flags |= value;
    return this;
  }

  /**
   * {@return the security index and the checksum of the header}
   *
   * @param index which one, from 0
   * @param sum the checksum
   */
  public PacketBuilder security(int index, int sum) {
    securityIndex = index;
    checksum = sum;
    return this;
  }

  /**
   * {@return the user status}
   *
   * @param value the value
   */
  public PacketBuilder userStatus(int value) {
    userStatus = value;
    return this;
  }

  /**
   * {@return the service}
   *
   * @param id the id
   */
  public PacketBuilder service(int id) {
    serviceId = id;
    return this;
  }

  /**
   * {@return what follows the header}
   *
   * @param bytes the data
   */
  public PacketBuilder payload(byte[] bytes) {
    payload = bytes;
    return this;
  }

  /** {@return the packet} */
  public byte[] build() {
    byte[] packet = new byte[Header.LENGTH + payload.length];
    MemorySegment p = MemorySegment.ofArray(packet);
    System.arraycopy(payload, 0, packet, Header.LENGTH, payload.length);
    Header.write(
        p,
        0,
        epoch,
        cid,
        callNumber,
        seq,
        serial,
        type,
        0,
        userStatus,
        securityIndex,
        checksum,
        serviceId);
    packet[Header.FLAGS] = (byte) flags; // as said, even bits that have no meaning
    return packet;
  }
}
