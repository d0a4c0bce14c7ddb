// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop.kernel;

import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;

/** Stands between one client and a server, and loses what it is told to lose. */
final class Relay implements AutoCloseable {
  private static final int SOCKET_BUFFER = 4 << 20;

  private final DatagramChannel front;
  private final DatagramChannel back;
  private final InetSocketAddress server;
  private final Victims victims;
  private volatile @Nullable SocketAddress client;
  private int left;

  /** A kind of packet of which so many are lost. */
  record Victims(int type, int seq, boolean ofClient, int count) {
    /** The first CHALLENGEs. */
    static Victims challenges(int count) {
      return new Victims(PacketType.CHALLENGE, 0, false, count);
    }

    /** The first RESPONSEs. */
    static Victims responses(int count) {
      return new Victims(PacketType.RESPONSE, 0, true, count);
    }

    /** The first transmissions of a DATA packet of a request. */
    static Victims ofRequest(int seq, int count) {
      return new Victims(PacketType.DATA, seq, true, count);
    }

    /** The first transmissions of a DATA packet of a reply. */
    static Victims ofReply(int seq, int count) {
      return new Victims(PacketType.DATA, seq, false, count);
    }

    private boolean has(ByteBuffer datagram) {
      MemorySegment p = MemorySegment.ofBuffer(datagram);
      return p.byteSize() >= Header.LENGTH
          && Header.type(p, 0) == type
          && ((Header.flags(p, 0) & Flags.CLIENT_INITIATED) != 0) == ofClient
          && (seq == 0 || Header.seq(p, 0) == seq);
    }
  }

  private Relay(
      DatagramChannel front, DatagramChannel back, InetSocketAddress server, Victims victims) {
    this.front = front;
    this.back = back;
    this.server = server;
    this.victims = victims;
    left = victims.count();
  }

  static Relay open(InetSocketAddress server, Victims victims) throws IOException {
    boolean six = server.getAddress() instanceof Inet6Address;
    InetAddress here = six ? Guest.host6() : Guest.host();
    Relay relay = new Relay(channel(here), channel(here), server, victims);
    Thread.ofPlatform().daemon().name("to server").start(() -> relay.run(true));
    Thread.ofPlatform().daemon().name("to client").start(() -> relay.run(false));
    return relay;
  }

  private static DatagramChannel channel(InetAddress local) throws IOException {
    return DatagramChannel.open()
        .setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER)
        .bind(new InetSocketAddress(local, 0));
  }

  InetSocketAddress address() throws IOException {
    return (InetSocketAddress) front.getLocalAddress();
  }

  /** Whether everything that was to be lost is. */
  synchronized boolean done() {
    return left == 0;
  }

  private synchronized boolean loses(ByteBuffer datagram) {
    if (left == 0 || !victims.has(datagram)) {
      return false;
    }
    left--;
    return true;
  }

  private void run(boolean toServer) {
    DatagramChannel in = toServer ? front : back;
    DatagramChannel out = toServer ? back : front;
    ByteBuffer buffer = ByteBuffer.allocateDirect(65_536);
    try {
      while (true) {
        SocketAddress from = in.receive(buffer.clear());
        if (toServer) {
          client = from;
        }
        SocketAddress to = toServer ? server : client;
        if (to != null && !loses(buffer.flip())) {
          out.send(buffer, to);
        }
      }
    } catch (ClosedChannelException e) {
      assert !in.isOpen() || !out.isOpen(); // that is how it ends
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    front.close();
    back.close();
  }
}
