// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Stands between a client and a server, and alters the data of one direction. */
final class TamperingRelay implements AutoCloseable {
  private final DatagramChannel front;
  private final DatagramChannel back;
  private final InetSocketAddress server;
  private final boolean ofClient;
  private final int at;
  private final AtomicInteger altered = new AtomicInteger();
  private volatile @Nullable SocketAddress client;

  private TamperingRelay(
      DatagramChannel front,
      DatagramChannel back,
      InetSocketAddress server,
      boolean ofClient,
      int at) {
    this.front = front;
    this.back = back;
    this.server = server;
    this.ofClient = ofClient;
    this.at = at;
  }

  /**
   * @param front where clients find it
   * @param ofClient whether the client's DATA is altered, or else the server's
   * @param at which byte behind the header
   */
  static TamperingRelay open(
      InetSocketAddress front, InetSocketAddress server, boolean ofClient, int at)
      throws IOException {
    TamperingRelay relay =
        new TamperingRelay(
            DatagramChannel.open().bind(front),
            DatagramChannel.open().bind(new InetSocketAddress(front.getAddress(), 0)),
            server,
            ofClient,
            at);
    Thread.ofPlatform().daemon().name("relay to server").start(() -> relay.run(true));
    Thread.ofPlatform().daemon().name("relay to client").start(() -> relay.run(false));
    return relay;
  }

  InetSocketAddress localAddress() throws IOException {
    return (InetSocketAddress) front.getLocalAddress();
  }

  /** How many packets were altered. */
  int altered() {
    return altered.get();
  }

  private void run(boolean toServer) {
    DatagramChannel in = toServer ? front : back;
    DatagramChannel out = toServer ? back : front;
    byte[] bytes = new byte[65_536];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      while (true) {
        SocketAddress from = in.receive(buffer.clear());
        if (toServer) {
          client = from;
        }
        alter(bytes, buffer.position());
        SocketAddress to = toServer ? server : client;
        if (to != null) {
          out.send(buffer.flip(), to);
        }
      }
    } catch (ClosedChannelException e) {
      assert !in.isOpen() || !out.isOpen(); // that is how it ends
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void alter(byte[] bytes, int length) {
    MemorySegment p = MemorySegment.ofArray(bytes);
    if (length > Header.LENGTH + at
        && Header.type(p, 0) == PacketType.DATA
        && ((Header.flags(p, 0) & Flags.CLIENT_INITIATED) != 0) == ofClient) {
      bytes[Header.LENGTH + at] ^= 0x10;
      altered.incrementAndGet();
    }
  }

  @Override
  public void close() throws IOException {
    front.close();
    back.close();
  }
}
