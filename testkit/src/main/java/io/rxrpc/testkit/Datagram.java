package io.rxrpc.testkit;

import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketText;
import io.rxrpc.wire.PacketType;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;

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

  /** The content as memory. */
  public MemorySegment memory() {
    return MemorySegment.ofArray(bytes);
  }

  /** Bytes of content. */
  public int length() {
    return bytes.length;
  }

  private boolean headed() {
    return bytes.length >= Header.LENGTH;
  }

  /** The packet's type. */
  public int type() {
    return headed() ? Header.type(memory(), 0) : 0;
  }

  /** The packet's flags. */
  public int flags() {
    return headed() ? Header.flags(memory(), 0) : 0;
  }

  /** The connection's epoch. */
  public int epoch() {
    return headed() ? Header.epoch(memory(), 0) : 0;
  }

  /** The connection id with channel bits. */
  public int cid() {
    return headed() ? Header.cid(memory(), 0) : 0;
  }

  /** The call number. */
  public int callNumber() {
    return headed() ? Header.callNumber(memory(), 0) : 0;
  }

  /** The sequence number. */
  public int seq() {
    return headed() ? Header.seq(memory(), 0) : 0;
  }

  /** The serial number. */
  public int serial() {
    return headed() ? Header.serial(memory(), 0) : 0;
  }

  /** Whether it is DATA. */
  public boolean isData() {
    return headed() && type() == PacketType.DATA;
  }

  /** Whether one of these flags is set. */
  public boolean has(int flag) {
    return (flags() & flag) != 0;
  }

  /** Whether the client of the connection sent it. */
  public boolean fromClient() {
    return has(Flags.CLIENT_INITIATED);
  }

  /** The same datagram with other content. */
  public Datagram with(byte[] other) {
    return new Datagram(from, to, other, dontFragment);
  }

  @Override
  public String toString() {
    return from.getPort() + " > " + to.getPort() + ": " + PacketText.line(memory(), 0, length());
  }
}
