// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.load.soak;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Stands between clients and a server on loopback, loses, doubles and reorders datagrams of both
 * directions. Every client gets a port of its own towards the server, so that the server sees as
 * many peers as there are.
 */
final class SoakRelay implements AutoCloseable {
  private static final int MOST_CLIENTS = 4096;
  private static final long IDLE = 60_000_000_000L;

  private final DatagramChannel front;
  private final InetSocketAddress server;
  private final double loss;
  private final long seed;
  private final Map<SocketAddress, Back> backs = new ConcurrentHashMap<>();

  /** What a relay has towards the server for one client. */
  private static final class Back {
    final DatagramChannel channel;
    volatile long lastUsed = System.nanoTime();

    Back(DatagramChannel channel) {
      this.channel = channel;
    }
  }

  private SoakRelay(DatagramChannel front, InetSocketAddress server, double loss, long seed) {
    this.front = front;
    this.server = server;
    this.loss = loss;
    this.seed = seed;
  }

  /**
   * @param loss the part of the datagrams that is lost; a quarter as many are doubled, and as many
   *     overtaken by the next one
   */
  static SoakRelay open(InetSocketAddress server, double loss, long seed) throws IOException {
    DatagramChannel front = channel(server);
    SoakRelay relay = new SoakRelay(front, server, loss, seed);
    Thread.ofPlatform().daemon().name("soak-relay").start(() -> relay.run(front, null));
    return relay;
  }

  private static DatagramChannel channel(InetSocketAddress near) throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    channel.bind(new InetSocketAddress(near.getAddress(), 0));
    channel.setOption(java.net.StandardSocketOptions.SO_RCVBUF, 4 << 20);
    return channel;
  }

  InetSocketAddress localAddress() throws IOException {
    return (InetSocketAddress) front.getLocalAddress();
  }

  /** Towards the server, or from it to one client. */
  private void run(DatagramChannel in, @Nullable SocketAddress client) {
    SplittableRandom random = new SplittableRandom(seed ^ (client == null ? 0 : client.hashCode()));
    ByteBuffer buffer = ByteBuffer.allocateDirect(65_536);
    ByteBuffer held = ByteBuffer.allocateDirect(65_536).limit(0);
    SocketAddress heldFrom = server;
    try {
      while (true) {
        SocketAddress from = in.receive(buffer.clear());
        buffer.flip();
        double luck = random.nextDouble();
        if (luck < loss) {
          continue;
        }
        if (luck < loss * 1.25 && !held.hasRemaining()) {
          held.clear().put(buffer).flip(); // the next one overtakes it
          heldFrom = from;
          continue;
        }
        send(buffer, from, client);
        if (luck < loss * 1.5) {
          send(buffer.rewind(), from, client);
        }
        if (held.hasRemaining()) {
          send(held, heldFrom, client);
          held.limit(0);
        }
      }
    } catch (ClosedChannelException e) {
      backs.values().removeIf(b -> b.channel.equals(in));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void send(ByteBuffer buffer, SocketAddress from, @Nullable SocketAddress client)
      throws IOException {
    try {
      if (client == null) {
        back(from).send(buffer, server);
      } else {
        front.send(buffer, client);
      }
    } catch (java.net.PortUnreachableException e) {
      buffer.position(buffer.limit()); // that end is closed: lost, as in a network
    }
  }

  private DatagramChannel back(SocketAddress client) throws IOException {
    Back known = backs.get(client);
    if (known == null) {
      if (backs.size() >= MOST_CLIENTS) {
        throw new IOException("more than " + MOST_CLIENTS + " clients at once");
      }
      DatagramChannel channel = channel(server);
      known = new Back(channel);
      backs.put(client, known);
      Thread.ofPlatform().daemon().name("soak-relay-back").start(() -> run(channel, client));
      tidy();
    }
    known.lastUsed = System.nanoTime();
    return known.channel;
  }

  /** Clients that were not heard for a minute are gone. */
  private void tidy() throws IOException {
    long now = System.nanoTime();
    for (Back b : backs.values()) {
      if (now - b.lastUsed > IDLE) {
        b.channel.close();
      }
    }
  }

  @Override
  public void close() throws IOException {
    front.close();
    for (Back b : backs.values()) {
      b.channel.close();
    }
  }
}
