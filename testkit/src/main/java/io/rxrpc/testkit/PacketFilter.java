// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit;

import io.rxrpc.wire.Ack;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import java.util.function.Predicate;

/** A choice of datagrams: {@code data(last())}, {@code fromServer().and(ack())}. */
public interface PacketFilter extends Predicate<Datagram> {

  /**
   * {@return both}
   *
   * @param other the other
   */
  default PacketFilter and(PacketFilter other) {
    return d -> test(d) && other.test(d);
  }

  /** {@return every datagram} */
  static PacketFilter any() {
    return d -> true;
  }

  /** {@return what the client of a connection sends} */
  static PacketFilter clientToServer() {
    return Datagram::fromClient;
  }

  /** {@return what the server of a connection sends} */
  static PacketFilter serverToClient() {
    return d -> !d.fromClient();
  }

  /**
   * {@return packets of one type; see {@link PacketType}}
   *
   * @param type the type
   */
  static PacketFilter type(int type) {
    return d -> d.type() == type;
  }

  /** {@return DATA} */
  static PacketFilter data() {
    return Datagram::isData;
  }

  /**
   * {@return DATA of which more is true}
   *
   * @param which which ones
   */
  static PacketFilter data(PacketFilter which) {
    return d -> d.isData() && which.test(d);
  }

  /** {@return the last packet of a phase} */
  static PacketFilter last() {
    return d -> d.has(Flags.LAST_PACKET);
  }

  /**
   * {@return a sequence number}
   *
   * @param seq the sequence number
   */
  static PacketFilter seq(int seq) {
    return d -> d.seq() == seq;
  }

  /** {@return ACKs} */
  static PacketFilter ack() {
    return type(PacketType.ACK);
  }

  /**
   * {@return ACKs with one reason; see {@link io.rxrpc.wire.AckReason}}
   *
   * @param reason the reason
   */
  static PacketFilter ack(int reason) {
    return d ->
        d.type() == PacketType.ACK
            && d.length() >= Header.LENGTH + Ack.ACKS
            && Ack.reason(d.memory(), 0) == reason;
  }
}
