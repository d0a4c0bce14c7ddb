// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import io.rxrpc.RxrpcAddress;
import io.rxrpc.wire.Abort;
import io.rxrpc.wire.Ack;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import io.rxrpc.wire.Version;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A bare UDP socket that sends and receives packets by hand. */
final class RawPeer implements AutoCloseable {
  static final int EPOCH = 0x80001234;
  static final int CID = 0x1110;

  private final DatagramSocket socket;

  /** Who sent the last packet. */
  private @Nullable InetSocketAddress from;

  RawPeer() throws IOException {
    socket = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"));
  }

  RxrpcAddress address(int service) {
    return new RxrpcAddress(
        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), socket.getLocalPort()), service);
  }

  /** A packet of a client. */
  static byte[] packet(
      int type, int call, int seq, int flags, int security, int service, byte[] body) {
    byte[] p = Arrays.copyOf(new byte[Header.LENGTH], Header.LENGTH + body.length);
    Header.write(
        MemorySegment.ofArray(p),
        0,
        EPOCH,
        CID,
        call,
        seq,
        1,
        type,
        flags,
        0,
        security,
        0,
        service);
    System.arraycopy(body, 0, p, Header.LENGTH, body.length);
    return p;
  }

  void send(byte[] packet, InetSocketAddress to) throws IOException {
    socket.send(new DatagramPacket(packet, packet.length, to));
  }

  /** Answers a packet in its connection, as its server. */
  void answer(byte[] to, int type, int call, int seq, int flags, byte[] body) throws IOException {
    MemorySegment t = MemorySegment.ofArray(to);
    byte[] p =
        packet(type, call, seq, flags, Header.securityIndex(t, 0), Header.serviceId(t, 0), body);
    MemorySegment m = MemorySegment.ofArray(p);
    Header.setEpoch(m, 0, Header.epoch(t, 0));
    Header.setCid(m, 0, Header.cid(t, 0));
    InetSocketAddress address = from;
    if (address == null) {
      throw new IllegalStateException("nobody to answer");
    }
    send(p, address);
  }

  static byte[] int32(int value) {
    return new byte[] {
      (byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value
    };
  }

  /** The next packet, or null when none comes in time. */
  byte @Nullable [] receive(Duration patience) throws IOException {
    DatagramPacket p = new DatagramPacket(new byte[2000], 2000);
    socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
    try {
      socket.receive(p);
    } catch (SocketTimeoutException e) {
      return null;
    }
    from = (InetSocketAddress) p.getSocketAddress();
    return Arrays.copyOf(p.getData(), p.getLength());
  }

  /** The next packet of a type; others are passed over. */
  byte[] await(int type) throws IOException {
    while (true) {
      byte[] p = receive(Duration.ofSeconds(10));
      if (p == null) {
        throw new IOException("no " + PacketType.name(type));
      }
      if (Header.type(MemorySegment.ofArray(p), 0) == type) {
        return p;
      }
    }
  }

  /** As the file writes it. */
  static String text(byte @Nullable [] packet) {
    if (packet == null) {
      return "nothing";
    }
    MemorySegment p = MemorySegment.ofArray(packet);
    int flags = Header.flags(p, 0);
    String head =
        "%s call=%d seq=%d serial=%d flags=%s sec=%d svc=%d len=%d"
            .formatted(
                PacketType.name(Header.type(p, 0)),
                Header.callNumber(p, 0),
                Header.seq(p, 0),
                Header.serial(p, 0),
                flags == 0 ? "0" : "0x" + Integer.toHexString(flags),
                Header.securityIndex(p, 0),
                Header.serviceId(p, 0),
                packet.length);
    return switch (Header.type(p, 0)) {
      case PacketType.ABORT -> head + " code=" + Abort.code(p, 0);
      case PacketType.ACK -> head + " reason=" + Ack.reason(p, 0) + " nacks=" + Ack.count(p, 0);
      case PacketType.VERSION -> head + " \"" + Version.text(p, 0, packet.length) + "\"";
      default -> head;
    };
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    socket.close();
  }
}
