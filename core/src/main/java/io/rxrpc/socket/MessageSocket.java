// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import io.rxrpc.driver.Hold;
import io.rxrpc.driver.Look;
import io.rxrpc.udp.Errno;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NetworkChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The half of {@link RxrpcSocket} that messages go through: sendmsg, recvmsg, readiness. */
abstract sealed class MessageSocket implements NetworkChannel permits RxrpcSocket {
  final SocketSetup setup;
  private volatile boolean blocking = true;
  private volatile @Nullable ReadinessListener listener;

  /** Set under the setup lock. */
  volatile boolean closed;

  MessageSocket(SocketSetup setup) {
    this.setup = setup;
  }

  /**
   * Sends data of a call, or does to a call what the control data asks for. The first message with
   * a tag that is not in use begins a client call; {@link ControlMessage.ExclusiveCall} and the
   * like go with it. Blocks while the call's window is full, unless the socket or the flags say
   * otherwise.
   *
   * @param message its buffer's position moves over what was sent
   * @param flags {@link MsgFlag#MORE} on all but the last message of a phase, {@link
   *     MsgFlag#DONTWAIT}, {@link MsgFlag#OOB} with {@link ControlMessage.OobId}
   * @return the bytes taken: fewer than there are only when it may not block any longer
   * @throws SocketErrorException among others EAGAIN: no room now. EBADSLT: no call to abort, or
   *     the tag is in use. EDESTADDRREQ: a new call to nobody. EINVAL: control data that cannot be.
   *     EPROTO: not the time to send. ESHUTDOWN: the call is over, its end can be received
   */
  public int sendmsg(Message message, MsgFlag... flags) throws IOException {
    EnumSet<MsgFlag> set = set(flags);
    boolean oob = message.control().stream().anyMatch(ControlMessage.OobId.class::isInstance);
    if (set.contains(MsgFlag.OOB) && !oob) {
      throw new SocketErrorException(Errno.EOPNOTSUPP, "MSG_OOB without OOB_ID");
    }
    boolean block = blocking && !set.contains(MsgFlag.DONTWAIT);
    return new SendOperation(setup, message, set.contains(MsgFlag.MORE), block).run();
  }

  /**
   * Receives the next message: data of one call, or news of one. Blocks until the buffer is full,
   * the phase's data is at its end, or the next message is not of the same kind or call.
   *
   * @param buffer takes the data; its position moves
   * @param flags {@link MsgFlag#PEEK}, {@link MsgFlag#DONTWAIT}
   * @return what the buffer got, of which call, and the news of it
   * @throws SocketErrorException EAGAIN: nothing to receive, now or at all
   */
  public ReceivedMessage recvmsg(ByteBuffer buffer, MsgFlag... flags) throws IOException {
    EnumSet<MsgFlag> set = set(flags);
    if (set.contains(MsgFlag.TRUNC) || set.contains(MsgFlag.OOB)) {
      throw new SocketErrorException(Errno.EOPNOTSUPP, "recvmsg with " + set);
    }
    if (buffer.isReadOnly()) {
      throw new IllegalArgumentException("a read-only buffer");
    }
    boolean block = blocking && !set.contains(MsgFlag.DONTWAIT);
    long deadline = Deadline.ofOption(setup.options.receiveTimeout(), setup.time());
    CallTable table = table();
    if (table == null) {
      throw new SocketErrorException(Errno.EAGAIN, "there is no call to receive from");
    }
    try (Hold hold = table.driver.hold()) {
      boolean peek = set.contains(MsgFlag.PEEK);
      return new Receiver(table, hold, buffer, peek, block, deadline).receive();
    }
  }

  private static EnumSet<MsgFlag> set(MsgFlag... flags) {
    EnumSet<MsgFlag> set = EnumSet.noneOf(MsgFlag.class);
    set.addAll(Arrays.asList(flags));
    return set;
  }

  /**
   * What the socket is ready for now.
   *
   * @return what it is ready for, perhaps nothing
   * @throws IOException when the socket is closed
   */
  public Set<PollEvent> poll() throws IOException {
    CallTable table = table();
    if (table == null) {
      return EnumSet.of(PollEvent.OUT);
    }
    try (Look _ = table.driver.look()) {
      return Polling.events(table);
    }
  }

  /**
   * Waits until the socket is ready for something, as long as it takes: C's {@code poll} with a
   * negative timeout.
   *
   * @param interest what to wait for; ERR and HUP are always waited for
   * @return what it is ready for, of what was asked; never empty
   * @throws SocketErrorException EINTR when the thread is interrupted
   */
  public Set<PollEvent> await(Set<PollEvent> interest) throws IOException {
    return await(interest, Long.MAX_VALUE);
  }

  /**
   * Waits until the socket is ready for something, or time is up.
   *
   * @param interest what to wait for; ERR and HUP are always waited for
   * @param timeout how long at most; zero: it looks and returns at once. For waiting without end
   *     there is {@link #await(Set)}
   * @return what it is ready for, of what was asked; empty when time was up
   * @throws SocketErrorException EINVAL for a negative timeout, EINTR when the thread is
   *     interrupted
   */
  public Set<PollEvent> poll(Set<PollEvent> interest, Duration timeout) throws IOException {
    if (timeout.isNegative()) {
      throw new SocketErrorException(Errno.EINVAL, "a negative timeout: await waits for ever");
    }
    if (timeout.isZero()) {
      EnumSet<PollEvent> events = Polling.wanted(interest);
      events.retainAll(poll());
      return events;
    }
    return await(interest, Deadline.of(timeout, setup.time()));
  }

  private Set<PollEvent> await(Set<PollEvent> interest, long deadline) throws IOException {
    setup.lock.lock();
    try {
      setup.autoBind(); // there must be something to wait on
    } finally {
      setup.lock.unlock();
    }
    CallTable table = table();
    if (table == null) {
      throw new ClosedChannelException();
    }
    try (Hold hold = table.driver.hold()) {
      return Polling.await(table, hold, interest, deadline);
    }
  }

  /**
   * Whether operations block; they do at first.
   *
   * @param block whether they wait for what is not there yet; otherwise they fail with EAGAIN
   */
  public void configureBlocking(boolean block) {
    blocking = block;
  }

  /**
   * Whether operations block.
   *
   * @return whether they wait for what is not there yet
   */
  public boolean isBlocking() {
    return blocking;
  }

  /**
   * Has readiness told. Sockets that are not bound are bound by this.
   *
   * @param told who is told from now on; null: nobody
   * @throws IOException when the socket is closed or cannot be bound
   */
  public void onReady(@Nullable ReadinessListener told) throws IOException {
    listener = told;
    setup.lock.lock();
    try {
      setup.checkOpen();
      setup.autoBind();
    } finally {
      setup.lock.unlock();
    }
    CallTable table = table();
    if (table != null) {
      try (Hold _ = table.driver.hold()) {
        table.listener(this::tell);
      }
    }
  }

  private void tell() {
    ReadinessListener l = listener;
    if (l != null && this instanceof RxrpcSocket socket) {
      l.ready(socket);
    }
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }

  private @Nullable CallTable table() throws IOException {
    CallTable table = setup.table();
    if (table == null && closed) {
      throw new ClosedChannelException();
    }
    return table;
  }
}
