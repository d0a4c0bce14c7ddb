// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.udp;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The port by Linux system calls. The locks enforce "one thread at a time" and let close wait; they
 * are never contended in proper use.
 */
final class LinuxPort implements DatagramPort {
  private static final int EAGAIN = Errno.EAGAIN.number();
  private static final int EINTR = Errno.EINTR.number();

  /** Errors of the socket that one receive looks past before it returns to its caller. */
  private static final int MOST_ERRORS_PASSED = 16;

  private static final int INTERNED_SOURCES = 2048;
  private static final int INTERNED_LOCALS = 64;

  private final LinuxCalls calls;
  private final Arena arena;
  private final int fd;
  private final InetSocketAddress local;
  private final int receiveBufferSize;
  private final int sendBufferSize;
  private final boolean segmentation;

  private final PendingErrors pending = new PendingErrors();
  private final ErrorQueue errorQueue;
  private final LinuxWait wait;
  private final LinuxSender sender;
  private final AddressCache sources = new AddressCache(INTERNED_SOURCES);
  private final AddressCache locals = new AddressCache(INTERNED_LOCALS);
  private final MemorySegment receiveErrno = LinuxCalls.newErrno();
  private final InterfaceMtus mtus = new InterfaceMtus();
  private ReceiveRing ring;

  private final ReentrantLock receiving = new ReentrantLock();
  private final ReentrantLock sending = new ReentrantLock();
  private volatile boolean roomWanted;
  private volatile boolean closed;

  /** Whether the last receive left the impression that more is there: then waiting comes second. */
  private boolean moreExpected = true;

  private LinuxPort(LinuxCalls calls, LinuxSocket socket, Arena arena) throws IOException {
    this.calls = calls;
    this.arena = arena;
    fd = socket.fd();
    local = socket.localAddress();
    receiveBufferSize = socket.receiveBufferSize();
    sendBufferSize = socket.sendBufferSize();
    segmentation = socket.segmentation();
    errorQueue = new ErrorQueue(calls, fd, pending, arena);
    sender = new LinuxSender(calls, fd, socket.ipv6(), segmentation, errorQueue, pending, arena);
    wait = new LinuxWait(calls, fd, arena);
    ring = newRing(ReceiveBatch.DEFAULT_CAPACITY);
  }

  @SuppressWarnings("MustBeClosedChecker") // the port owns the arena until close
  static DatagramPort open(PortOptions options, LinuxCalls calls) throws IOException {
    Arena arena = Arena.ofShared();
    LinuxSocket socket = null;
    try {
      socket = LinuxSocket.open(calls, options, arena);
      return new LinuxPort(calls, socket, arena);
    } catch (IOException | RuntimeException | Error e) {
      if (socket != null) {
        calls.close(LinuxCalls.newErrno(), socket.fd());
      }
      arena.close();
      throw e;
    }
  }

  private ReceiveRing newRing(int slots) {
    return new ReceiveRing(calls, receiveErrno, sources, locals, slots);
  }

  @Override
  public int receive(ReceiveBatch batch, long timeoutNanos) throws IOException {
    batch.clear();
    receiving.lock();
    try {
      checkOpen();
      if (batch.capacity() > ring.slots()) {
        ring.close(); // the entries of the batch before are no longer valid
        ring = newRing(batch.capacity());
      }
      batch.offerExchange();
      int count = receiveOrWait(batch, timeoutNanos);
      moreExpected = count > 1 || (count == 1 && batch.segmentSize(0) < batch.length(0));
      checkOpen();
      for (int i = 0; i < count; i++) {
        mtus.note(batch.local(i));
      }
      return count;
    } finally {
      receiving.unlock();
    }
  }

  private int receiveOrWait(ReceiveBatch batch, long timeoutNanos) throws IOException {
    long start = timeoutNanos > 0 ? System.nanoTime() : 0;
    boolean virtual = timeoutNanos != 0 && Thread.currentThread().isVirtual();
    boolean look = moreExpected || timeoutNanos == 0 || virtual;
    boolean awaited = false;
    while (true) {
      int count = look ? receiveNow(batch) : 0;
      boolean woken = wait.takeWakeup();
      if (count > 0) {
        return count;
      }
      if (woken || awaited || timeoutNanos == 0 || pending.takeAnnouncement()) {
        return 0;
      }
      long left = timeoutNanos;
      if (timeoutNanos > 0) {
        left = timeoutNanos - (System.nanoTime() - start);
        if (left <= 0) {
          return 0;
        }
      }
      if (virtual) {
        throw new IllegalStateException("a virtual thread would pin its carrier in receive");
      }
      if (wait.begin()) {
        int events = wait.await(roomWanted, left);
        if ((events & Linux.POLLERR) != 0) {
          errorQueue.drain();
        }
        look = (events & (Linux.POLLIN | Linux.POLLERR)) != 0;
        if (roomWanted && (events & Linux.POLLOUT) != 0) {
          roomWanted = false;
          awaited = true;
        }
      }
      checkOpen();
    }
  }

  /** Receives what is there, past errors that wait on the socket; 0 when nothing is. */
  private int receiveNow(ReceiveBatch batch) throws IOException {
    int unexplained = 0;
    int count = 0;
    for (int passed = 0; passed < MOST_ERRORS_PASSED; passed++) {
      count = ring.receive(fd, batch);
      if (count >= 0) {
        return count;
      }
      if (count == -EAGAIN) {
        return 0;
      }
      // The error of a datagram sent earlier: its details are in the queue, unless the sending
      // thread fetched them just now.
      if (count != -EINTR && errorQueue.drain() == 0) {
        unexplained++;
      }
    }
    if (unexplained == MOST_ERRORS_PASSED) {
      throw new IOException("recvmmsg: " + Errno.describe(-count));
    }
    return 0;
  }

  @Override
  public void wakeup() {
    wait.wakeup();
  }

  @Override
  public int send(SendBatch batch, int from) throws IOException {
    Objects.checkIndex(from, batch.size() + 1);
    sending.lock();
    try {
      checkOpen();
      int next = sender.send(batch, from);
      if (next < batch.size()) {
        roomWanted = true;
        wait.nudge(); // a receive that waits already shall wait for room, too
      }
      if (pending.isAnnounced()) {
        wait.wakeup();
      }
      return next;
    } finally {
      sending.unlock();
    }
  }

  @Override
  public int errors(Consumer<PortError> sink) {
    return pending.drain(sink);
  }

  @Override
  public InetSocketAddress localAddress() {
    return local;
  }

  @Override
  public PortKind kind() {
    return PortKind.LINUX;
  }

  @Override
  public boolean segments() {
    return segmentation;
  }

  @Override
  public boolean forbidsFragmentation() {
    return true;
  }

  @Override
  public int interfaceMtu(@Nullable InetAddress local, InetAddress peer) {
    return mtus.of(local);
  }

  @Override
  public int receiveBufferSize() {
    return receiveBufferSize;
  }

  @Override
  public int sendBufferSize() {
    return sendBufferSize;
  }

  @Override
  public void close() {
    closed = true;
    wait.wakeup();
    receiving.lock();
    sending.lock();
    try {
      if (arena.scope().isAlive()) {
        wait.close();
        calls.close(receiveErrno, fd);
        pending.clear();
        ring.close();
        arena.close();
      }
    } finally {
      sending.unlock();
      receiving.unlock();
    }
  }

  private void checkOpen() throws ClosedChannelException {
    if (closed) {
      throw new ClosedChannelException();
    }
  }
}
