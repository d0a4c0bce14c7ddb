// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.wire.Abort;
import io.rxrpc.wire.Ack;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketText;
import io.rxrpc.wire.PacketType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;

/** A copy of one datagram, and where it went. */
record Packet(InetSocketAddress to, byte[] bytes) {
  static Packet of(Transmission t, int at) {
    int n = Math.min(t.segmentSize(), t.length() - at);
    return new Packet(
        t.to(), t.memory().asSlice(t.offset() + at, n).toArray(ValueLayout.JAVA_BYTE));
  }

  MemorySegment memory() {
    return MemorySegment.ofArray(bytes);
  }

  int type() {
    return Header.type(memory(), 0);
  }

  int flags() {
    return Header.flags(memory(), 0);
  }

  boolean has(int flag) {
    return (flags() & flag) != 0;
  }

  boolean isData() {
    return type() == PacketType.DATA;
  }

  boolean isAck() {
    return type() == PacketType.ACK;
  }

  boolean isAck(int reason) {
    return isAck() && reason() == reason;
  }

  boolean isAbort() {
    return type() == PacketType.ABORT;
  }

  boolean isLast() {
    return has(Flags.LAST_PACKET);
  }

  int cid() {
    return Header.cid(memory(), 0);
  }

  int callNumber() {
    return Header.callNumber(memory(), 0);
  }

  int seq() {
    return Header.seq(memory(), 0);
  }

  int serial() {
    return Header.serial(memory(), 0);
  }

  int serviceId() {
    return Header.serviceId(memory(), 0);
  }

  int securityIndex() {
    return Header.securityIndex(memory(), 0);
  }

  int reason() {
    return Ack.reason(memory(), 0);
  }

  int firstPacket() {
    return Ack.firstPacket(memory(), 0);
  }

  int ackedSerial() {
    return Ack.serial(memory(), 0);
  }

  int code() {
    return Abort.code(memory(), 0);
  }

  @Override
  public String toString() {
    return PacketText.line(memory(), 0, bytes.length);
  }
}
