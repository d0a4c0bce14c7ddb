// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A file for Wireshark and tcpdump with the datagrams that an endpoint sent and received: classic
 * pcap with nanoseconds, link type RAW (101). There is no link layer to copy from, so the IP and
 * UDP headers are made up from the addresses; lengths and checksums are right.
 *
 * <p>Thread-safe. Datagrams are gathered in memory and written when 256 KiB are full, at {@link
 * #flush} and at {@link #close}.
 */
public final class PacketCapture implements Closeable {
  private static final int MAGIC_NANOSECONDS = 0xa1b23c4d;
  private static final int LINKTYPE_RAW = 101;
  private static final int SNAP_LENGTH = 262_144;
  private static final int BUFFER = 256 * 1024;

  private static final int RECORD_HEADER = 16;
  private static final int IPV4_HEADER = 20;
  private static final int IPV6_HEADER = 40;
  private static final int UDP_HEADER = 8;
  private static final int UDP = 17;
  private static final int HOP_LIMIT = 64;
  private static final int MAX_UDP_OVER_IPV4 = 65_535 - IPV4_HEADER - UDP_HEADER;

  private final ReentrantLock lock = new ReentrantLock();
  private final WritableByteChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.BIG_ENDIAN);
  private final MemorySegment bufferMemory = MemorySegment.ofBuffer(buffer);
  private @Nullable IOException failure;
  private boolean closed;
  private long count;

  private PacketCapture(WritableByteChannel channel) {
    this.channel = channel;
    buffer.putInt(MAGIC_NANOSECONDS).putShort((short) 2).putShort((short) 4);
    buffer.putInt(0).putInt(0).putInt(SNAP_LENGTH).putInt(LINKTYPE_RAW);
  }

  /**
   * Creates the file, or empties it.
   *
   * @param file the file
   * @return the packet capture
   * @throws IOException when it cannot be written
   */
  public static PacketCapture open(Path file) throws IOException {
    PacketCapture capture =
        new PacketCapture(
            Files.newByteChannel(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE));
    try {
      capture.flush(); // an empty capture is a readable file, too
    } catch (IOException e) {
      capture.channel.close();
      throw e;
    }
    return capture;
  }

  /**
   * Records one datagram. The memory is copied before this returns. A datagram that cannot be
   * written ends the capture, and not the traffic: {@link #flush} and {@link #close} throw what
   * happened. After {@link #close} nothing happens.
   *
   * @param epochNanos nanoseconds since 1970
   * @param from source; an address that is the wildcard is recorded as such, in the family of
   *     {@code to}
   * @param to destination
   * @param memory where the UDP payload is, at [offset, offset + length)
   * @param offset where they begin
   * @param length how many bytes
   */
  public void record(
      long epochNanos,
      InetSocketAddress from,
      InetSocketAddress to,
      MemorySegment memory,
      long offset,
      int length) {
    lock.lock();
    try {
      if (closed || failure != null) {
        return;
      }
      boolean v4 = isIpv4(from, to);
      int payload = Math.min(length, MAX_UDP_OVER_IPV4);
      int packet = (v4 ? IPV4_HEADER : IPV6_HEADER) + UDP_HEADER + payload;
      if (buffer.remaining() < RECORD_HEADER + packet) {
        drain();
      }
      buffer.putInt((int) Math.floorDiv(epochNanos, 1_000_000_000L));
      buffer.putInt((int) Math.floorMod(epochNanos, 1_000_000_000L));
      buffer.putInt(packet).putInt(packet);
      long pseudo = v4 ? ipv4(from, to, packet) : ipv6(from, to, UDP_HEADER + payload);
      udp(from, to, memory, offset, payload, pseudo);
      count++;
    } catch (IOException e) {
      failure = e;
    } finally {
      lock.unlock();
    }
  }

  /** {@return how many datagrams have been recorded} */
  public long count() {
    lock.lock();
    try {
      return count;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Writes what is gathered.
   *
   * @throws IOException the first failure of this capture
   */
  public void flush() throws IOException {
    lock.lock();
    try {
      if (failure != null) {
        throw new IOException("packet capture ended: " + failure.getMessage(), failure);
      }
      if (!closed) {
        drain();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Writes what is gathered and closes the file. A second close does nothing.
   *
   * @throws IOException the first failure of this capture
   */
  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      try (channel) {
        flush();
      } finally {
        closed = true;
      }
    } finally {
      lock.unlock();
    }
  }

  private void drain() throws IOException {
    buffer.flip();
    try {
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException e) {
      failure = e;
      throw e;
    } finally {
      buffer.clear();
    }
  }

  /** Writes the IPv4 header; returns the sum of the pseudo header without the UDP length. */
  private long ipv4(InetSocketAddress from, InetSocketAddress to, int packet) {
    int start = buffer.position();
    buffer.putShort((short) 0x4500).putShort((short) packet);
    buffer.putShort((short) 0).putShort((short) 0x4000); // DF: so the id may be 0
    buffer.put((byte) HOP_LIMIT).put((byte) UDP).putShort((short) 0);
    int addresses = buffer.position();
    address(from, 4);
    address(to, 4);
    buffer.putShort(start + 10, checksum(sum(start, IPV4_HEADER)));
    return sum(addresses, 8) + UDP;
  }

  /** Writes the IPv6 header; returns the sum of the pseudo header without the UDP length. */
  private long ipv6(InetSocketAddress from, InetSocketAddress to, int udpLength) {
    buffer.putInt(0x60000000).putShort((short) udpLength);
    buffer.put((byte) UDP).put((byte) HOP_LIMIT);
    int addresses = buffer.position();
    address(from, 16);
    address(to, 16);
    return sum(addresses, 32) + UDP;
  }

  private void udp(
      InetSocketAddress from,
      InetSocketAddress to,
      MemorySegment memory,
      long offset,
      int payload,
      long pseudo) {
    int start = buffer.position();
    int length = UDP_HEADER + payload;
    buffer.putShort((short) from.getPort()).putShort((short) to.getPort());
    buffer.putShort((short) length).putShort((short) 0);
    MemorySegment.copy(memory, offset, bufferMemory, buffer.position(), payload);
    buffer.position(start + length);
    short checksum = checksum(pseudo + length + sum(start, length));
    buffer.putShort(start + 6, checksum == 0 ? (short) 0xffff : checksum); // 0 would mean none
  }

  private long sum(int start, int length) {
    long sum = 0;
    int end = start + (length & ~1);
    for (int i = start; i < end; i += 2) {
      sum += Short.toUnsignedInt(buffer.getShort(i));
    }
    return (length & 1) == 0 ? sum : sum + (Byte.toUnsignedInt(buffer.get(end)) << 8);
  }

  private static short checksum(long sum) {
    long folded = sum;
    while (folded > 0xffff) {
      folded = (folded & 0xffff) + (folded >>> 16);
    }
    return (short) ~folded;
  }

  /** An IPv4 packet unless a real address is IPv6: a wildcard stands for either. */
  private static boolean isIpv4(InetSocketAddress from, InetSocketAddress to) {
    return (isIpv4(from) || isWildcard(from)) && (isIpv4(to) || isWildcard(to));
  }

  private static boolean isIpv4(InetSocketAddress address) {
    return address.getAddress() instanceof Inet4Address;
  }

  private static boolean isWildcard(InetSocketAddress address) {
    InetAddress ip = address.getAddress();
    return ip == null || ip.isAnyLocalAddress();
  }

  /**
   * Writes an address in the octets of its packet's family: an IPv4 one in an IPv6 packet is
   * mapped, a wildcard is all 0.
   */
  private void address(InetSocketAddress address, int octets) {
    if (isWildcard(address)) {
      for (int i = 0; i < octets; i++) {
        buffer.put((byte) 0);
      }
      return;
    }
    byte[] ip = address.getAddress().getAddress();
    if (ip.length < octets) {
      buffer.putLong(0).putShort((short) 0).putShort((short) 0xffff);
    }
    buffer.put(ip);
  }
}
