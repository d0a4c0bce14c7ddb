// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands between one client and a server, and loses datagrams of both directions. What the server
 * asks of its own accord, as file servers do, finds the client, too.
 */
final class LossyRelay implements AutoCloseable {
  /** A burst of some calls' windows must not be lost where nobody counts it. */
  private static final int SOCKET_BUFFER = 4 << 20;

  private final DatagramChannel front;
  private final DatagramChannel back;
  private final InetSocketAddress server;
  private final AtomicLong passed = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private volatile @Nullable SocketAddress client;

  private LossyRelay(DatagramChannel front, DatagramChannel back, InetSocketAddress server) {
    this.front = front;
    this.back = back;
    this.server = server;
  }

  /** Loses every n-th datagram of either direction. */
  static LossyRelay open(String host, InetSocketAddress server, int nth) throws IOException {
    return open(Rpc.loopback(host, 0), server, every(nth), every(nth));
  }

  /**
   * Loses datagrams at random.
   *
   * @param front where clients find it
   * @param loss the part of each direction that is lost, 0 to 1
   */
  static LossyRelay open(InetSocketAddress front, InetSocketAddress server, double loss, long seed)
      throws IOException {
    SplittableRandom toServer = new SplittableRandom(seed);
    SplittableRandom toClient = toServer.split();
    return open(
        front, server, () -> toServer.nextDouble() < loss, () -> toClient.nextDouble() < loss);
  }

  private static LossyRelay open(
      InetSocketAddress near,
      InetSocketAddress server,
      BooleanSupplier losesToServer,
      BooleanSupplier losesToClient)
      throws IOException {
    DatagramChannel front = channel(near);
    DatagramChannel back = channel(new InetSocketAddress(near.getAddress(), 0));
    LossyRelay relay = new LossyRelay(front, back, server);
    start("relay to server", () -> relay.run(true, losesToServer));
    start("relay to client", () -> relay.run(false, losesToClient));
    return relay;
  }

  private static DatagramChannel channel(InetSocketAddress local) throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    try {
      return channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER).bind(local);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static void start(String name, Runnable loop) {
    Thread.ofPlatform().daemon().name(name).start(loop);
  }

  private static BooleanSupplier every(int nth) {
    AtomicInteger count = new AtomicInteger();
    return () -> count.incrementAndGet() % nth == 0;
  }

  InetSocketAddress localAddress() throws IOException {
    return (InetSocketAddress) front.getLocalAddress();
  }

  /** Datagrams that got through, of both directions. */
  long passed() {
    return passed.get();
  }

  /** Datagrams that were lost on purpose, of both directions. */
  long dropped() {
    return dropped.get();
  }

  private void run(boolean toServer, BooleanSupplier loses) {
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
        if (to == null || loses.getAsBoolean()) {
          dropped.incrementAndGet();
        } else {
          out.send(buffer.flip(), to);
          passed.incrementAndGet();
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
