// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads UDP datagrams from classic pcap: micro- or nanoseconds, either byte order, link types
 * Ethernet and RAW.
 */
public final class PcapReader {
  private static final int ETHERNET = 1;
  private static final int RAW = 101;
  private static final int ETHERNET_HEADER = 14;
  private static final int UDP = 17;

  /** One datagram; {@code ip} is the whole IP packet. */
  public record Datagram(
      long epochNanos,
      InetSocketAddress source,
      InetSocketAddress destination,
      byte[] ip,
      byte[] payload) {
    public MemorySegment memory() {
      return MemorySegment.ofArray(payload);
    }

    @Override
    public String toString() {
      return source.getPort()
          + " > "
          + destination.getPort()
          + " "
          + PacketText.line(memory(), 0, payload.length);
    }
  }

  private PcapReader() {}

  /** The capture of the test resources with this name, without {@code .pcap}. */
  public static List<Datagram> capture(String name) {
    try (InputStream in = PcapReader.class.getResourceAsStream("/captures/" + name + ".pcap")) {
      return read(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static List<Datagram> read(byte[] file) {
    ByteBuffer in = ByteBuffer.wrap(file);
    int magic = in.getInt(0);
    if (magic == 0xd4c3b2a1 || magic == 0x4d3cb2a1) {
      in.order(ByteOrder.LITTLE_ENDIAN);
      magic = in.getInt(0);
    }
    int unit =
        switch (magic) {
          case 0xa1b2c3d4 -> 1000;
          case 0xa1b23c4d -> 1;
          default -> throw new IllegalArgumentException("not pcap: " + Integer.toHexString(magic));
        };
    int linkType = in.getInt(20);
    in.position(24);
    List<Datagram> datagrams = new ArrayList<>();
    while (in.hasRemaining()) {
      long nanos = Integer.toUnsignedLong(in.getInt()) * 1_000_000_000L;
      nanos += Integer.toUnsignedLong(in.getInt()) * unit;
      int length = in.getInt();
      if (in.getInt() != length) {
        throw new IllegalArgumentException("cut packet");
      }
      byte[] frame = new byte[length];
      in.get(frame);
      datagrams.add(datagram(nanos, frame, linkType));
    }
    return datagrams;
  }

  private static Datagram datagram(long nanos, byte[] frame, int linkType) {
    int start =
        switch (linkType) {
          case ETHERNET -> ETHERNET_HEADER;
          case RAW -> 0;
          default -> throw new IllegalArgumentException("link type " + linkType);
        };
    byte[] ip = Arrays.copyOfRange(frame, start, frame.length);
    ByteBuffer in = ByteBuffer.wrap(ip);
    boolean v4 = ip[0] >> 4 == 4;
    int udp = v4 ? (ip[0] & 15) * 4 : 40;
    int protocol = v4 ? ip[9] : ip[6];
    int fragment = v4 ? in.getShort(6) & 0x3fff : 0;
    if (protocol != UDP || fragment != 0) {
      throw new IllegalArgumentException("not a whole UDP datagram");
    }
    byte[] source = v4 ? Arrays.copyOfRange(ip, 12, 16) : Arrays.copyOfRange(ip, 8, 24);
    byte[] destination = v4 ? Arrays.copyOfRange(ip, 16, 20) : Arrays.copyOfRange(ip, 24, 40);
    int length = Short.toUnsignedInt(in.getShort(udp + 4));
    return new Datagram(
        nanos,
        address(source, in.getShort(udp)),
        address(destination, in.getShort(udp + 2)),
        ip,
        Arrays.copyOfRange(ip, udp + 8, udp + length));
  }

  private static InetSocketAddress address(byte[] ip, short port) {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(ip), Short.toUnsignedInt(port));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
