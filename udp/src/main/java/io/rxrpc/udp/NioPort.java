// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.udp;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/** The port for every platform: one system call per datagram, no local addresses, no ICMP. */
final class NioPort implements DatagramPort {
  private static final int LARGEST_DATAGRAM = 1 << 16;

  /** Receive memory at first, and at most: an idle port has little. */
  private static final int LEAST_MEMORY = 2 * LARGEST_DATAGRAM;

  private static final int MOST_MEMORY = 1 << 20;
  private static final int INTERNED_SOURCES = 1024;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final DatagramChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final InetSocketAddress local;
  private final int receiveBufferSize;
  private final int sendBufferSize;
  private final boolean forbidsFragmentation;
  private final InterfaceMtus interfaces = new InterfaceMtus();

  /** What every interface carries that a peer may be reached by; 0 if it is bound to one. */
  private final int leastOutward;

  private ByteBuffer received = ByteBuffer.allocateDirect(LEAST_MEMORY);
  private MemorySegment receivedMemory = MemorySegment.ofBuffer(received);

  /** Whether a batch has ended as the memory was full. */
  private boolean scarce;

  private final ByteBuffer staged = ByteBuffer.allocateDirect(LARGEST_DATAGRAM);
  private final MemorySegment stagedMemory = MemorySegment.ofBuffer(staged);
  private final InetSocketAddress[] sources = new InetSocketAddress[INTERNED_SOURCES];

  private final PendingErrors errors = new PendingErrors();
  private final AtomicBoolean notified = new AtomicBoolean();
  private final ReentrantLock receiving = new ReentrantLock();
  private final ReentrantLock sending = new ReentrantLock();

  /** What the socket's DF option stands at; guarded by {@link #sending}. */
  private boolean dontFragment;

  private volatile boolean roomWanted;
  private volatile boolean closed;

  private NioPort(DatagramChannel channel, Selector selector) throws IOException {
    this.channel = channel;
    this.selector = selector;
    channel.configureBlocking(false);
    key = channel.register(selector, SelectionKey.OP_READ);
    local = (InetSocketAddress) channel.getLocalAddress();
    receiveBufferSize = channel.getOption(StandardSocketOptions.SO_RCVBUF);
    sendBufferSize = channel.getOption(StandardSocketOptions.SO_SNDBUF);
    interfaces.note(InetAddress.getLoopbackAddress());
    interfaces.note(local.getAddress());
    leastOutward = local.getAddress().isAnyLocalAddress() ? InterfaceMtus.leastOutward() : 0;
    forbidsFragmentation =
        channel.supportedOptions().contains(ExtendedSocketOptions.IP_DONTFRAGMENT)
            && setFragmentation(true);
  }

  static DatagramPort open(PortOptions options) throws IOException {
    InetAddress address = options.local().getAddress();
    DatagramChannel channel =
        DatagramChannel.open(
            address instanceof Inet6Address
                ? StandardProtocolFamily.INET6
                : StandardProtocolFamily.INET);
    Selector selector = null;
    try {
      if (options.reusePort()) {
        channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
      }
      if (options.receiveBufferBytes() > 0) {
        channel.setOption(StandardSocketOptions.SO_RCVBUF, options.receiveBufferBytes());
      }
      if (options.sendBufferBytes() > 0) {
        channel.setOption(StandardSocketOptions.SO_SNDBUF, options.sendBufferBytes());
      }
      channel.bind(options.local());
      selector = Selector.open();
      return new NioPort(channel, selector);
    } catch (IOException | RuntimeException e) {
      channel.close();
      if (selector != null) {
        selector.close();
      }
      throw e;
    }
  }

  @Override
  public int receive(ReceiveBatch batch, long timeoutNanos) throws IOException {
    batch.clear();
    receiving.lock();
    try {
      checkOpen();
      int count = receiveOrWait(batch, timeoutNanos);
      checkOpen();
      return count;
    } finally {
      receiving.unlock();
    }
  }

  private int receiveOrWait(ReceiveBatch batch, long timeoutNanos) throws IOException {
    long start = timeoutNanos > 0 ? System.nanoTime() : 0;
    while (true) {
      int count = fill(batch);
      boolean woken = notified.get() && notified.getAndSet(false);
      if (count > 0) {
        return count;
      }
      if (woken || timeoutNanos == 0 || errors.takeAnnouncement()) {
        return 0;
      }
      long left = timeoutNanos;
      if (timeoutNanos > 0) {
        left = timeoutNanos - (System.nanoTime() - start);
        if (left <= 0) {
          return 0;
        }
      }
      if (Thread.currentThread().isVirtual()) {
        throw new IllegalStateException("a virtual thread would pin its carrier in receive");
      }
      if (await(left)) {
        return 0;
      }
      checkOpen();
    }
  }

  /**
   * Waits for the selector; true when there is room to send again, or the thread is interrupted.
   */
  private boolean await(long nanos) throws IOException {
    key.interestOps(
        roomWanted ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    selector.select(nanos < 0 ? 0 : (nanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
    boolean room = roomWanted && !closed && key.isWritable();
    selector.selectedKeys().clear();
    if (room) {
      roomWanted = false;
    }
    return room || Thread.currentThread().isInterrupted();
  }

  private int fill(ReceiveBatch batch) throws IOException {
    if (scarce && received.capacity() < MOST_MEMORY) {
      received = ByteBuffer.allocateDirect(2 * received.capacity());
      receivedMemory = MemorySegment.ofBuffer(received);
    }
    scarce = false;
    received.clear();
    while (batch.count() < batch.capacity()) {
      if (received.remaining() < LARGEST_DATAGRAM) {
        scarce = true;
        break;
      }
      int start = received.position();
      InetSocketAddress source = (InetSocketAddress) channel.receive(received);
      if (source == null) {
        break;
      }
      int length = received.position() - start;
      batch.add(interned(source), null, receivedMemory, start, length, length);
    }
    return batch.count();
  }

  private InetSocketAddress interned(InetSocketAddress source) {
    int hash = source.hashCode();
    int slot = (hash ^ (hash >>> 16)) & (INTERNED_SOURCES - 1);
    InetSocketAddress known = sources[slot];
    if (Zone.same(source, known)) {
      return known;
    }
    sources[slot] = source;
    return source;
  }

  @Override
  public void wakeup() {
    if (!notified.getAndSet(true)) {
      selector.wakeup();
    }
  }

  @Override
  public int send(SendBatch batch, int from) throws IOException {
    Objects.checkIndex(from, batch.size() + 1);
    sending.lock();
    try {
      checkOpen();
      int i = from;
      while (i < batch.size() && sendEntry(batch, i)) {
        i++;
      }
      if (i < batch.size()) {
        roomWanted = true;
        selector.wakeup(); // a receive that waits already shall wait for room, too
      }
      return i;
    } finally {
      sending.unlock();
    }
  }

  /** Sends the datagrams of one entry; false when the send buffer is full. */
  private boolean sendEntry(SendBatch batch, int i) throws IOException {
    int length = batch.length(i);
    int done = 0;
    if (forbidsFragmentation) {
      setFragmentation(batch.dontFragment(i));
    }
    do {
      int size = Math.min(batch.segmentSize(i), length - done);
      int errno = sendOne(batch, i, done, size);
      if (errno == Errno.EAGAIN.number()) {
        batch.advance(i, done);
        return false;
      }
      if (errno != 0) {
        errors.add(new PortError(batch.to(i), errno, PortError.Kind.LOCAL, 0));
        wakeup();
        return true;
      }
      done += size;
    } while (done < length);
    return true;
  }

  /** An option of the socket, not of a datagram; whether it is as wished. */
  private boolean setFragmentation(boolean forbidden) {
    if (forbidden != dontFragment) {
      try {
        channel.setOption(ExtendedSocketOptions.IP_DONTFRAGMENT, forbidden);
      } catch (IOException e) {
        return false; // the send will tell if the channel is closed
      }
      dontFragment = forbidden;
    }
    return true;
  }

  /** Returns 0 or the errno. */
  private int sendOne(SendBatch batch, int i, int at, int size) throws IOException {
    if (size > LARGEST_DATAGRAM) {
      return Errno.EMSGSIZE.number();
    }
    MemorySegment.copy(batch.memory(i), batch.offset(i) + at, stagedMemory, 0, size);
    staged.clear().limit(size);
    try {
      channel.send(staged, batch.to(i));
      // An empty datagram leaves no trace in the buffer: taken for sent.
      return staged.hasRemaining() ? Errno.EAGAIN.number() : 0;
    } catch (UnsupportedAddressTypeException e) {
      return Errno.EAFNOSUPPORT.number();
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      return NioErrno.of(e);
    }
  }

  @Override
  public int errors(Consumer<PortError> sink) {
    return errors.drain(sink);
  }

  @Override
  public InetSocketAddress localAddress() {
    return local;
  }

  @Override
  public PortKind kind() {
    return PortKind.NIO;
  }

  @Override
  public boolean segments() {
    return false;
  }

  @Override
  public boolean forbidsFragmentation() {
    return forbidsFragmentation;
  }

  @Override
  public int interfaceMtu(@Nullable InetAddress to, InetAddress peer) {
    if (peer.isLoopbackAddress()) {
      return interfaces.of(InetAddress.getLoopbackAddress());
    }
    return leastOutward > 0 ? leastOutward : interfaces.of(local.getAddress());
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
    notified.set(true);
    selector.wakeup();
    receiving.lock();
    try {
      sending.lock();
      try {
        errors.clear();
        channel.close();
        selector.close();
      } catch (IOException e) {
        System.getLogger("io.rxrpc.udp").log(System.Logger.Level.DEBUG, "closing " + local, e);
      } finally {
        sending.unlock();
      }
    } finally {
      receiving.unlock();
    }
  }

  private void checkOpen() throws ClosedChannelException {
    if (closed) {
      throw new ClosedChannelException();
    }
  }
}
