// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench.overload;

import io.rxrpc.udp.DatagramPort;
import io.rxrpc.udp.DatagramPorts;
import io.rxrpc.udp.PortKind;
import io.rxrpc.udp.PortOptions;
import io.rxrpc.udp.ReceiveBatch;
import io.rxrpc.udp.SendBatch;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Sends first packets of calls from random addresses of 127/8, so many a second, and counts what
 * they draw. It needs no privileges: all of 127/8 is this host's.
 */
final class Flood implements AutoCloseable {
  private static final int BATCH = 64;
  private static final int LENGTH = Header.LENGTH + 32;
  private static final long SECOND = 1_000_000_000L;

  private final DatagramPort port;
  private final InetSocketAddress server;
  private final int service;
  private final int rate;
  private final LongAdder sent = new LongAdder();
  private final LongAdder drawn = new LongAdder();
  private final LongAdder drawnBytes = new LongAdder();
  private volatile boolean over;

  /**
   * @param rate packets a second
   */
  Flood(InetSocketAddress server, int service, int rate) throws IOException {
    this.server = server;
    this.service = service;
    this.rate = rate;
    InetSocketAddress all = new InetSocketAddress(InetAddress.getByAddress(new byte[4]), 0);
    port =
        DatagramPorts.open(
            PortOptions.of(all).withForced(PortKind.LINUX).withBuffers(4 << 20, 4 << 20));
  }

  void start() {
    Thread.ofPlatform().daemon().name("flood").start(this::send);
    Thread.ofPlatform().daemon().name("flood-drawn").start(this::receive);
  }

  private void send() {
    SplittableRandom random = new SplittableRandom(7);
    SendBatch batch = new SendBatch(BATCH);
    long begin = System.nanoTime();
    long count = 0;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate((long) BATCH * LENGTH);
      while (!over) {
        batch.clear();
        for (int i = 0; i < BATCH; i++) {
          packet(memory, (long) i * LENGTH, random);
          InetAddress from = address(random.nextInt());
          batch.add(server, from, memory, (long) i * LENGTH, LENGTH, LENGTH, false);
        }
        count += port.send(batch, 0);
        sent.add(BATCH);
        long due = begin + (long) (count * (double) SECOND / rate);
        TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
      }
    } catch (ClosedChannelException | InterruptedException e) {
      over = true;
    } catch (IOException e) {
      System.err.println("flood: " + e.getMessage());
    }
  }

  private void packet(MemorySegment p, long at, SplittableRandom random) {
    int flags = Flags.CLIENT_INITIATED | Flags.LAST_PACKET;
    int epoch = random.nextInt() | 0x80000000;
    int cid = random.nextInt() & ~3;
    Header.write(p, at, epoch, cid, 1, 1, 1, PacketType.DATA, flags, 0, 0, 0, service);
  }

  private static InetAddress address(int random) throws UnknownHostException {
    byte[] ip = {127, (byte) (random >> 16), (byte) (random >> 8), (byte) (random | 1)};
    return InetAddress.getByAddress(ip);
  }

  private void receive() {
    ReceiveBatch batch = new ReceiveBatch(BATCH);
    try {
      while (!over) {
        port.receive(batch, SECOND);
        for (int i = 0; i < batch.count(); i++) {
          int length = batch.length(i);
          drawn.add(Math.ceilDiv(length, Math.max(1, batch.segmentSize(i))));
          drawnBytes.add(length);
        }
      }
    } catch (ClosedChannelException e) {
      over = true;
    } catch (IOException e) {
      System.err.println("flood: " + e.getMessage());
    }
  }

  long sent() {
    return sent.sum();
  }

  long sentBytes() {
    return sent.sum() * LENGTH;
  }

  long drawn() {
    return drawn.sum();
  }

  long drawnBytes() {
    return drawnBytes.sum();
  }

  @Override
  public void close() {
    over = true;
    port.close();
  }
}
