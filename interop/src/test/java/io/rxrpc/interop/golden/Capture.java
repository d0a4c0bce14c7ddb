// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop.golden;

import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A capture of the test resources: classic pcap, Ethernet, IPv4, whole datagrams. */
final class Capture {
  private static final int FILE_HEADER = 24;
  private static final int ETHERNET_HEADER = 14;

  /** One datagram; times are nanoseconds since the first one. */
  record Datagram(long at, InetSocketAddress from, InetSocketAddress to, byte[] payload) {
    MemorySegment memory() {
      return MemorySegment.ofArray(payload);
    }

    int type() {
      return Header.type(memory(), 0);
    }

    boolean fromClient() {
      return Header.isClientInitiated(memory(), 0);
    }

    @Override
    public String toString() {
      return at / 1000
          + " us "
          + from.getPort()
          + " > "
          + to.getPort()
          + " "
          + PacketText.line(memory(), 0, payload.length);
    }
  }

  private Capture() {}

  /** The datagrams of a capture, in the order they were captured. */
  static List<Datagram> read(String name) {
    try (InputStream in = Capture.class.getResourceAsStream("/captures/" + name + ".pcap")) {
      if (in == null) {
        throw new IllegalArgumentException("no capture " + name);
      }
      return parse(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Datagram> parse(byte[] file) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    if (in.getInt(0) != 0xa1b2c3d4) {
      throw new IOException("not a little-endian pcap with microseconds");
    }
    in.position(FILE_HEADER);
    List<Datagram> datagrams = new ArrayList<>();
    long start = -1;
    while (in.hasRemaining()) {
      long nanos = in.getInt() * 1_000_000_000L + in.getInt() * 1000L;
      start = start < 0 ? nanos : start;
      int length = in.getInt();
      in.getInt();
      byte[] frame = new byte[length];
      in.get(frame);
      datagrams.add(datagram(nanos - start, frame));
    }
    return datagrams;
  }

  private static Datagram datagram(long at, byte[] frame) throws IOException {
    int ip = ETHERNET_HEADER;
    int udp = ip + (frame[ip] & 15) * 4;
    ByteBuffer in = ByteBuffer.wrap(frame);
    int end = udp + Short.toUnsignedInt(in.getShort(udp + 4));
    return new Datagram(
        at,
        address(frame, ip + 12, in.getShort(udp)),
        address(frame, ip + 16, in.getShort(udp + 2)),
        Arrays.copyOfRange(frame, udp + 8, end));
  }

  private static InetSocketAddress address(byte[] frame, int at, short port) throws IOException {
    InetAddress ip = InetAddress.getByAddress(Arrays.copyOfRange(frame, at, at + 4));
    return new InetSocketAddress(ip, Short.toUnsignedInt(port));
  }
}
