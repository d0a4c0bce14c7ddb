// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench.figures;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * What the machine does at this moment without RxRPC: bulk by TCP of the kernel, and small
 * datagrams to and fro. Figures of ours mean something beside these, when the machine is shared.
 */
final class Yardstick {
  private static final int CHUNK = 64 << 10;
  private static final int SMALL = 92;
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private Yardstick() {}

  /** One TCP connection over loopback, 64 KiB a write; 10^6 bytes a second. */
  static double bulk(int seconds) throws IOException, InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    try (ServerSocketChannel listener = ServerSocketChannel.open().bind(ANY)) {
      Thread writer =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try (SocketChannel out = SocketChannel.open(listener.getLocalAddress())) {
                      ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
                      while (System.nanoTime() < until) {
                        chunk.clear();
                        while (chunk.hasRemaining()) {
                          out.write(chunk);
                        }
                      }
                    } catch (IOException e) {
                      throw new IllegalStateException(e);
                    }
                  });
      long begin = System.nanoTime();
      long bytes = 0;
      try (SocketChannel in = listener.accept()) {
        ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
        for (int n = 0; n >= 0; n = in.read(chunk.clear())) {
          bytes += n;
        }
      }
      double took = (System.nanoTime() - begin) / 1e9;
      writer.join();
      return bytes / took / 1e6;
    }
  }

  /** One small datagram to an echo and back, then the next; round trips a second. */
  static double roundTrips(int seconds) throws IOException, InterruptedException {
    try (DatagramChannel echo = DatagramChannel.open().bind(ANY);
        DatagramChannel client = DatagramChannel.open().bind(ANY)) {
      echo.connect(client.getLocalAddress());
      client.connect(echo.getLocalAddress());
      Thread server =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      ByteBuffer packet = ByteBuffer.allocateDirect(SMALL);
                      while (echo.read(packet.clear()) > 1) {
                        echo.write(packet.flip());
                      }
                    } catch (IOException e) {
                      throw new IllegalStateException(e);
                    }
                  });
      ByteBuffer packet = ByteBuffer.allocateDirect(SMALL);
      long begin = System.nanoTime();
      long until = begin + TimeUnit.SECONDS.toNanos(seconds);
      long count = 0;
      while (System.nanoTime() < until) {
        client.write(packet.clear());
        client.read(packet.clear());
        count++;
      }
      double took = (System.nanoTime() - begin) / 1e9;
      client.write(packet.clear().limit(1)); // the end
      server.join();
      return count / took;
    }
  }
}
