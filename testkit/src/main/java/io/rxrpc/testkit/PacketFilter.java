// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit;

import io.rxrpc.wire.Ack;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import java.util.function.Predicate;

/** A choice of datagrams: {@code data(last())}, {@code fromServer().and(ack())}. */
public interface PacketFilter extends Predicate<Datagram> {

  /** Both. */
  default PacketFilter and(PacketFilter other) {
    return d -> test(d) && other.test(d);
  }

  /** Every datagram. */
  static PacketFilter any() {
    return d -> true;
  }

  /** What the client of a connection sends. */
  static PacketFilter clientToServer() {
    return Datagram::fromClient;
  }

  /** What the server of a connection sends. */
  static PacketFilter serverToClient() {
    return d -> !d.fromClient();
  }

  /** Packets of one type; see {@link PacketType}. */
  static PacketFilter type(int type) {
    return d -> d.type() == type;
  }

  /** DATA. */
  static PacketFilter data() {
    return Datagram::isData;
  }

  /** DATA of which more is true. */
  static PacketFilter data(PacketFilter which) {
    return d -> d.isData() && which.test(d);
  }

  /** The last packet of a phase. */
  static PacketFilter last() {
    return d -> d.has(Flags.LAST_PACKET);
  }

  /** A sequence number. */
  static PacketFilter seq(int seq) {
    return d -> d.seq() == seq;
  }

  /** ACKs. */
  static PacketFilter ack() {
    return type(PacketType.ACK);
  }

  /** ACKs with one reason; see {@link io.rxrpc.wire.AckReason}. */
  static PacketFilter ack(int reason) {
    return d ->
        d.type() == PacketType.ACK
            && d.length() >= Header.LENGTH + Ack.ACKS
            && Ack.reason(d.memory(), 0) == reason;
  }
}
