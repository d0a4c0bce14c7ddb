// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit;

import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.Jumbo;
import io.rxrpc.wire.PacketText;
import io.rxrpc.wire.PacketType;
import io.rxrpc.wire.Sequence;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One datagram of the simulated network. The accessors of header fields answer 0 for one that is
 * shorter than a header.
 *
 * @param from its source
 * @param to its destination
 * @param bytes its content, not to be changed
 * @param dontFragment whether it must not be fragmented on its way
 */
@SuppressWarnings("ArrayRecordComponent") // compared by identity only
public record Datagram(
    InetSocketAddress from, InetSocketAddress to, byte[] bytes, boolean dontFragment) {

  /** {@return the content as memory} */
  public MemorySegment memory() {
    return MemorySegment.ofArray(bytes);
  }

  /** {@return bytes of content} */
  public int length() {
    return bytes.length;
  }

  /**
   * {@return the packets of a well-formed jumbo datagram, each as if alone; of any other itself}
   */
  public List<Datagram> parts() {
    if (!isData() || !has(Flags.JUMBO_PACKET)) {
      return List.of(this);
    }
    List<Datagram> parts = new ArrayList<>();
    MemorySegment p = memory();
    int flags = flags();
    int checksum = Header.checksum(p, 0);
    int serial = serial();
    long data = Header.LENGTH;
    while (true) {
      int n = Jumbo.dataLength(flags, data, bytes.length);
      byte[] part = Arrays.copyOf(bytes, Header.LENGTH + n);
      System.arraycopy(bytes, (int) data, part, Header.LENGTH, n);
      MemorySegment m = MemorySegment.ofArray(part);
      Header.setFlags(m, 0, flags & ~Flags.JUMBO_PACKET);
      Header.setChecksum(m, 0, checksum);
      Header.setSeq(m, 0, seq() + parts.size());
      Header.setSerial(m, 0, serial);
      parts.add(with(part));
      if (!Jumbo.isMore(flags)) {
        return parts;
      }
      flags = Jumbo.nextFlags(p, data);
      checksum = Jumbo.nextChecksum(p, data);
      data = Jumbo.nextOffset(data);
      serial = Sequence.nextSerial(serial);
    }
  }

  private boolean headed() {
    return bytes.length >= Header.LENGTH;
  }

  /** {@return the packet's type} */
  public int type() {
    return headed() ? Header.type(memory(), 0) : 0;
  }

  /** {@return the packet's flags} */
  public int flags() {
    return headed() ? Header.flags(memory(), 0) : 0;
  }

  /** {@return the connection's epoch} */
  public int epoch() {
    return headed() ? Header.epoch(memory(), 0) : 0;
  }

  /** {@return the connection id with channel bits} */
  public int cid() {
    return headed() ? Header.cid(memory(), 0) : 0;
  }

  /** {@return the call number} */
  public int callNumber() {
    return headed() ? Header.callNumber(memory(), 0) : 0;
  }

  /** {@return the sequence number} */
  public int seq() {
    return headed() ? Header.seq(memory(), 0) : 0;
  }

  /** {@return the serial number} */
  public int serial() {
    return headed() ? Header.serial(memory(), 0) : 0;
  }

  /** {@return whether it is DATA} */
  public boolean isData() {
    return headed() && type() == PacketType.DATA;
  }

  /**
   * {@return whether one of these flags is set}
   *
   * @param flag bits of the header's flags
   */
  public boolean has(int flag) {
    return (flags() & flag) != 0;
  }

  /** {@return whether the client of the connection sent it} */
  public boolean fromClient() {
    return has(Flags.CLIENT_INITIATED);
  }

  /**
   * {@return the same datagram with other content}
   *
   * @param other the other
   */
  public Datagram with(byte[] other) {
    return new Datagram(from, to, other, dontFragment);
  }

  @Override
  public String toString() {
    return from.getPort() + " > " + to.getPort() + ": " + PacketText.line(memory(), 0, length());
  }
}
