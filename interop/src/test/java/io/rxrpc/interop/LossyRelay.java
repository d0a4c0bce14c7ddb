package io.rxrpc.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;

/** Stands between one client and a server, and loses every n-th datagram of either direction. */
final class LossyRelay implements AutoCloseable {
  private final DatagramChannel front;
  private final DatagramChannel back;
  private final InetSocketAddress server;
  private final int nth;
  private volatile @Nullable SocketAddress client;

  private LossyRelay(
      DatagramChannel front, DatagramChannel back, InetSocketAddress server, int nth) {
    this.front = front;
    this.back = back;
    this.server = server;
    this.nth = nth;
  }

  static LossyRelay open(String host, InetSocketAddress server, int nth) throws IOException {
    DatagramChannel front = DatagramChannel.open().bind(Rpc.loopback(host, 0));
    DatagramChannel back = DatagramChannel.open().bind(Rpc.loopback(host, 0));
    LossyRelay relay = new LossyRelay(front, back, server, nth);
    Thread.ofPlatform().daemon().name("relay to server").start(() -> relay.run(true));
    Thread.ofPlatform().daemon().name("relay to client").start(() -> relay.run(false));
    return relay;
  }

  InetSocketAddress localAddress() throws IOException {
    return (InetSocketAddress) front.getLocalAddress();
  }

  private void run(boolean toServer) {
    DatagramChannel in = toServer ? front : back;
    DatagramChannel out = toServer ? back : front;
    ByteBuffer buffer = ByteBuffer.allocate(65_536);
    int count = 0;
    try {
      while (true) {
        SocketAddress from = in.receive(buffer.clear());
        if (toServer) {
          client = from;
        }
        SocketAddress to = toServer ? server : client;
        count++;
        if (count % nth != 0 && to != null) {
          out.send(buffer.flip(), to);
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
